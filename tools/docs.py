"""Write the generated documents, or check that they are in step (`make docs`, `python -m tools.docs --check`).

Each entry of `DOCUMENTS` is a path and a function that returns the whole text; nothing else may write these files.
"""

import contextlib
import io
import json
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nlp.checks.rule import Rule
    from schema.finding import Finding

from tools.docs_http import http_page
from tools.docs_search import search_page

ROOT = Path(__file__).resolve().parent.parent


def record_schema() -> str:
    """JSON Schema of the contract record."""
    from schema.published import contract_schema

    return json.dumps(contract_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def errors() -> str:
    """Table of error codes and remedies."""
    from schema.errors import CATALOGUE

    rows = [f"| `{code}` | {e.meaning} | {e.remedy} | {int(e.exit_code)} |" for code, e in CATALOGUE.items()]
    return "\n".join(
        [
            "# Errors",
            "",
            "Generated from `schema/errors.py`. An error is one line on stderr, `CODE: message (remedy)`;",
            'with `--json` also `{"error": {"code", "message", "remedy"}}` on stdout.',
            "Exit codes: 0 done, 1 findings (only `check`), 2 the request was wrong,",
            "3 something failed (the rest was done).",
            "",
            "| code | what it means | what helps | exit |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def command_line() -> str:
    """What `--help` says, verb by verb."""
    from qiyue.cli.app import VERBS

    texts = [f"## {name}\n\n```\n{_help(name)}\n```\n" for name in VERBS]
    head = [
        "# Command line",
        "",
        "Generated from `qiyue --help`. Results go to stdout, progress and errors to stderr; every verb takes",
        "`--json`. Exit codes: 0 done, 1 findings (only `check`), 2 the request was wrong, 3 something failed.",
        "",
    ]
    return "\n".join([*head, f"```\n{_help()}\n```\n", *texts])


def _help(*verb: str) -> str:
    """Help of a verb; of a group also that of its verbs."""
    from qiyue.__main__ import main

    with contextlib.redirect_stdout(io.StringIO()) as out:
        main([*verb, "--help"])
    return "\n".join(line.rstrip() for line in out.getvalue().strip().splitlines())


def settings() -> str:
    """Table of settings."""
    from qiyue.settings import SETTINGS

    rows = [f"| `{s.variable}` | `{s.key}` | {s.default and f'`{s.default}`'} | {s.purpose} |" for s in SETTINGS]
    return "\n".join(
        [
            "# Settings",
            "",
            "Generated from `qiyue/settings.py`. The environment comes first, then the settings file: TOML, at",
            "`QIYUE_CONFIG` or `settings.toml` in the data folder.",
            "",
            "| variable | key in the file | default | what it does |",
            "| --- | --- | --- | --- |",
            *rows,
            "| `QIYUE_CONFIG` | | | The settings file. |",
            "| `QIYUE_DEBUG` | | | When set, errors of the program itself show where they arose. |",
            "",
        ]
    )


def views() -> str:
    """What can be asked in SQL."""
    from corpus.views import VIEWS

    parts = [
        f"## {view.name}\n\n{view.purpose}\n\n{', '.join(f'`{name}`' for name, _ in view.columns)}\n" for view in VIEWS
    ]
    return "\n".join(
        [
            "# SQL",
            "",
            "Generated from `corpus/views.py`. These views are a promise; the tables behind them may change. SQLite",
            "(`qiyue.sqlite` in the data folder, open it read-only) and PostgreSQL have the same. Values are the",
            "corrected ones; every row leads back to its words by `contract`, `clause`, `page` and the code points",
            "`span_start` to `span_end` of the contract's text. Sums are NUMERIC: exact in PostgreSQL, 15 digits in",
            "SQLite; the record is always exact.",
            "",
            "```sql",
            "SELECT title, label, value, citation FROM amounts WHERE is_total AND value > 1000000;",
            "SELECT title, who_role, number, unit, trigger_text FROM deadlines WHERE workday;",
            "```",
            "",
            *parts,
        ]
    )


def findings() -> str:
    """Table of checks, each with what it finds in its example."""
    from nlp.checks.rules import RULES

    head = [
        "# Findings",
        "",
        "Generated from `nlp/checks/rules.py`. Each check reads the finished facts of a contract and shows its working",
        "in `data`. `error`: the contract provably contradicts itself; `warning`: a person should look; `info`: worth",
        "knowing. Where a case is less certain than usual, a finding is milder than its check. The settings file can",
        "switch off or re-grade any code (docs/settings.md).",
        "",
        "| code | checks |",
        "| --- | --- |",
    ]
    codes = dict.fromkeys(rule.code for rule in RULES)
    rows = [f"| `{code}` | {', '.join(f'`{r.id}`' for r in RULES if r.code == code)} |" for code in codes]
    checks = [line for rule in RULES for line in _check(rule)]
    return "\n".join([*head, *rows, "", *checks, *_required()])


_KINDS = {
    "any": "各类合同（补充协议、保密协议除外）",
    "sale": "买卖",
    "service": "服务",
    "software": "软件",
    "lease": "租赁",
    "labour": "劳动",
    "construction": "建设工程",
    "purchase_framework": "采购框架",
    "technology": "技术",
    "loan": "借款",
    "confidentiality": "保密",
    "supplement": "补充",
    "cooperation": "合作",
    "other": "其他",
}


def _required() -> list[str]:
    """What is asked of each kind of contract, for a lawyer to read."""
    from nlp.lexicon import read_rules

    rows = read_rules("required")
    lines = [
        "# 各类合同应当写明的内容",
        "",
        "`missing_field` 逐项核对下表（nlp/data/required.toml），合同有一处写到即算写明。",
        "",
    ]
    lines += ["| 合同 | 应当写明 | 依据 | 级别 |", "| --- | --- | --- | --- |"]
    for kind, words in _KINDS.items():
        lines += [
            f"| {words} | {row.label} | {row.data['source']} | {row.data.get('severity', 'warning')} |"
            for row in rows
            if kind in row.data["kinds"]
        ]
    return [*lines, ""]


def _check(rule: "Rule") -> list[str]:
    """What one check compares, and what it finds in its example."""
    lines = [f"## {rule.id}", "", f"`{rule.code}`, {rule.severity}. {rule.doc}", ""]
    if rule.tolerance:
        lines += [f"Tolerance: {rule.tolerance}.", ""]
    if not rule.example:
        return lines
    found = examples()[rule.id]
    lines += ["```", *rule.example.replace("\t", " | ").split("\n"), "```", "", found.message + "。"]
    lines += [f"Working: {found.data['formula']}."] if "formula" in found.data else []
    return [*lines, *([f"Suggestion: {found.suggestion}."] if found.suggestion else []), ""]


@cache
def examples() -> "dict[str, Finding]":
    """What each check finds in its example, set between the heads of a contract."""
    from ingest.read import read
    from nlp.checks.rules import RULES
    from nlp.parse import parse

    found = {}
    for rule in (rule for rule in RULES if rule.example):
        text = f"采购合同\n甲方：青禾商贸有限公司\n乙方：远山机械有限公司\n{rule.example}"
        findings = parse(read(text.encode())).findings
        found[rule.id] = next(f for f in findings if f.data["rule"] == rule.id)
    return found


DOCUMENTS: dict[str, Callable[[], str]] = {
    "docs/schema/contract-1.0.json": record_schema,
    "docs/errors.md": errors,
    "docs/cli.md": command_line,
    "docs/http.md": http_page,
    "docs/settings.md": settings,
    "docs/search.md": search_page,
    "docs/sql.md": views,
    "docs/findings.md": findings,
}


def main(arguments: list[str]) -> int:
    """Write all documents; with `--check` only report which differ, and return 1 when one does."""
    stale = []
    for name, make in DOCUMENTS.items():
        path, text = ROOT / name, make()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"{'out of step, run make docs' if '--check' in arguments else 'written'}: {name}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
