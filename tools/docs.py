"""Write the generated documents, or check that they are in step (`make docs`, `python -m tools.docs --check`).

Each entry of `DOCUMENTS` is a path and a function that returns the whole text; nothing else may write these files.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def contract_schema() -> str:
    """JSON Schema of the contract record."""
    from schema.contract import SCHEMA_VERSION, Contract

    schema = Contract.model_json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$id"] = f"contract-{SCHEMA_VERSION}.json"
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


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


DOCUMENTS: dict[str, Callable[[], str]] = {
    "docs/schema/contract-1.0.json": contract_schema,
    "docs/errors.md": errors,
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
