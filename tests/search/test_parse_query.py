"""The query language: never an error, never everything."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schema.query import Condition
from search.parse_query import Both, Either, Filter, Node, Quote, Text, Together, Without, parse_query


def condition(field: str, op: str, *values: str) -> Filter:
    return Filter(Condition.model_validate({"field": field, "op": op, "values": values}))


READ: dict[str, Node] = {
    "违约金": Text("违约金"),
    "违约金 逾期": Text("违约金 逾期"),
    '"合同总额"': Quote("合同总额"),
    "“合同总额”": Quote("合同总额"),
    "「合同总额」": Quote("合同总额"),
    '" "': Quote(" "),
    '"甲"方"': Quote('甲"方'),
    '违约金 "逾期"': Together((Text("违约金"), Quote("逾期"))),
    "违约金 -定金": Together((Text("违约金"), Without(Text("定金")))),
    '违约金 -"定金 罚则"': Together((Text("违约金"), Without(Quote("定金 罚则")))),
    "违约金 NOT 定金": Together((Text("违约金"), Without(Text("定金")))),
    "甲 且 乙": Both((Text("甲"), Text("乙"))),
    "甲 AND 乙": Both((Text("甲"), Text("乙"))),
    "甲 或 乙": Either((Text("甲"), Text("乙"))),
    "甲 或 乙 且 丙": Either((Text("甲"), Both((Text("乙"), Text("丙"))))),
    "(甲 或 乙) 且 丙": Both((Either((Text("甲"), Text("乙"))), Text("丙"))),
    "（甲 或 乙） 且 丙": Both((Either((Text("甲"), Text("乙"))), Text("丙"))),
    "甲或乙": Text("甲或乙"),
    "价款（含税）": Text("价款（含税）"),
    "1000-3000": Text("1000-3000"),
    "类型:违约责任": condition("type", "=", "违约责任"),
    "类型：违约责任": condition("type", "=", "违约责任"),
    "type:penalty": condition("type", "=", "penalty"),
    "类型:违约责任,付款": condition("type", "in", "违约责任", "付款"),
    "金额:>100万": condition("amount", ">", "100万"),
    "金额>=100万": condition("amount", ">=", "100万"),
    "金额大于100万": condition("amount", ">", "100万"),
    "金额不超过100万元": condition("amount", "<=", "100万元"),
    "期限不超过30日": condition("deadline.length", "<=", "30日"),
    "日期:2025..": condition("date", ">=", "2025"),
    "日期:..2025": condition("date", "<=", "2025"),
    "日期:2025..2026": Together((condition("date", ">=", "2025"), condition("date", "<=", "2026"))),
    '当事人:"信达 科技"': condition("party", "=", "信达 科技"),
    "deadline.who:甲方": condition("deadline.who", "=", "甲方"),
    "金额大于100万 且 有 仲裁": Both((condition("amount", ">", "100万"), Text("有 仲裁"))),
}


@pytest.mark.parametrize("typed", READ)
def test_queries_mean_what_they_say(typed: str) -> None:
    assert parse_query(typed).root == READ[typed]
    assert parse_query(typed).notes == ()


TEXT_WITH_NOTE = [
    "-甲方",
    "NOT 甲",
    "OR",
    "或 或 或",
    '"没有成对',
    "金额:很多",
    "类型:没有这种",
    "日期:昨天",
]


@pytest.mark.parametrize("typed", TEXT_WITH_NOTE)
def test_what_cannot_be_read_is_text_and_says_so(typed: str) -> None:
    parsed = parse_query(typed)
    assert parsed.notes
    assert isinstance(parsed.root, Text)


@pytest.mark.parametrize("typed", ["", " ", "\n\t", "\u3000"])
def test_nothing_typed_is_nothing(typed: str) -> None:
    assert parse_query(typed).root is None


def test_a_long_paste_is_cut_and_says_so() -> None:
    parsed = parse_query("违" * 5000)
    assert "1000" in parsed.notes[0]


PIECES = st.sampled_from(
    [*READ, *TEXT_WITH_NOTE, "(", ")", "（", "）", '"', "“", "”", "-", ":", ">", "且", "或", " ", "金额"]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join)))
@example("(" * 500)
@example("-" * 500)
@example("(a 或 " * 200)
def test_anything_can_be_typed(typed: str) -> None:
    parsed = parse_query(typed)
    assert (parsed.root is None) == (not typed.strip())
    assert parsed.root is None or says_something(parsed.root)


def says_something(node: Node) -> bool:
    match node:
        case Text(text) | Quote(text):
            return bool(text)
        case Without():
            return False
        case Both(parts) | Together(parts):
            return any(map(says_something, parts))
        case Either(parts):
            return all(map(says_something, parts))
        case _:
            return True
