"""Lengths of time in sentences: what sort, how long, who owes (tests/specs/deadlines.toml)."""

import pytest

from nlp.parse import parse
from schema.timing import Deadline
from tests.support.builders import document
from tests.support.specs import rows

CONTRACT = "技术服务合同\n甲方（委托方）：青禾科技有限公司\n乙方（受托方）：远山软件有限公司\n第一条 约定\n"


@pytest.mark.parametrize(("text", "expect"), [pytest.param(*row, id=row[0]) for row in rows("deadlines")])
def test_deadlines(text: str, expect: list[str]) -> None:
    record = parse(document(CONTRACT + text))
    words = {p.id: p.role for p in record.parties} | {"both": "both", None: "-"}
    wanted = [*expect, *[""] * len(record.deadlines)]
    assert [described(d, words, e) for d, e in zip(record.deadlines, wanted, strict=False)] == expect


def described(deadline: Deadline, words: dict[str | None, str], wanted: str) -> str:
    """A deadline in words: as many of kind, number, unit and who as are wanted, and the details that are."""
    number = "-" if deadline.number is None else format(deadline.number.normalize(), "f")
    unit = "workday" if deadline.workday else deadline.unit
    parts = [deadline.kind, number, unit, words[deadline.who]]
    plain = [word for word in wanted.split() if "=" not in word.replace("op=", "", 1)]
    parts = parts[: len(plain)] if plain else parts
    details = {"op": deadline.op, "relation": deadline.relation, "day": deadline.day_of_month}
    named = [word.partition("=")[0] for word in wanted.split() if "=" in word]
    return " ".join([*parts, *(f"{key}={details[key]}" for key in named)])
