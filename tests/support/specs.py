"""Tables of expectations: `tests/specs/*.toml`, value first, many surface forms.

    [[case]]
    expect = ["30 workday"]
    texts = ["收到发票后30个工作日内", "收到发票后三十个工作日内"]

A case that expects nothing says `expect = []`: a trap. The loader refuses a case that asserts nothing. A case may say
in which kind of contract its sentences stand (`in = "lease"`, see tests/support/heads.py).
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "specs"


@dataclass(frozen=True)
class Case:
    """One text with what it must give, and the kind of contract around it."""

    text: str
    expect: list[str]
    contract: str = "service"


def rows(name: str) -> list[tuple[str, list[str]]]:
    """All texts of a table with what they must give.

    Args:
        name: file name without suffix.

    Raises:
        ValueError: a case has no texts or no `expect`, or a text stands twice.
    """
    return [(case.text, case.expect) for case in cases(name)]


def cases(name: str) -> list[Case]:
    """All rows of a table with the contracts around them.

    Args:
        name: file name without suffix.

    Raises:
        ValueError: a case has no texts or no `expect`, or a text stands twice in one kind of contract.
    """
    found = list(_cases(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["case"], name))
    places = [(case.contract, case.text) for case in found]
    doubled = {place for place in places if places.count(place) > 1}
    if doubled:
        raise ValueError(f"{name}: a text stands twice: {sorted(doubled)}")
    return found


def _cases(table: list[dict[str, Any]], name: str) -> Iterator[Case]:
    for case in table:
        if "expect" not in case or not case.get("texts"):
            raise ValueError(f"{name}: a case without texts or expect: {case}")
        for text in case["texts"]:
            yield Case(text, case["expect"], case.get("in", "service"))
