"""Tables of expectations: `tests/specs/*.toml`, value first, many surface forms.

    [[case]]
    expect = ["30 workday"]
    texts = ["收到发票后30个工作日内", "收到发票后三十个工作日内"]

A case that expects nothing says `expect = []`: a trap. The loader refuses a case that asserts nothing.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "specs"


def rows(name: str) -> list[tuple[str, list[str]]]:
    """All texts of a table with what they must give.

    Args:
        name: file name without suffix.

    Raises:
        ValueError: a case has no texts or no `expect`, or a text stands twice.
    """
    found = list(_rows(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["case"], name))
    texts = [text for text, _ in found]
    doubled = {text for text in texts if texts.count(text) > 1}
    if doubled:
        raise ValueError(f"{name}: a text stands twice: {sorted(doubled)}")
    return found


def _rows(cases: list[dict[str, list[str]]], name: str) -> Iterator[tuple[str, list[str]]]:
    for case in cases:
        if "expect" not in case or not case.get("texts"):
            raise ValueError(f"{name}: a case without texts or expect: {case}")
        for text in case["texts"]:
            yield text, case["expect"]
