"""What a breach costs, in sentences: form, who is liable, number, cap, tier (tests/specs/penalties*.toml)."""

import pytest

from nlp.parse import parse
from schema.penalty import Penalty
from tests.support.builders import document
from tests.support.heads import contract_of
from tests.support.specs import Case, cases, rows

CONTRACT = "技术服务合同\n甲方（委托方）：青禾科技有限公司\n乙方（受托方）：远山软件有限公司\n第一条 违约责任\n"


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        pytest.param(*row, id=row[0])
        for row in rows("penalties") + rows("penalties_loose") + rows("penalties_turns") + rows("penalties_more")
    ],
)
def test_penalties(text: str, expect: list[str]) -> None:
    record = parse(document(CONTRACT + text))
    words = {p.id: p.role for p in record.parties} | {"both": "both", None: "-"}
    found = [p for p in record.penalties if p.kind != "unquantified" and not p.blank]
    wanted = [*expect, *[""] * len(found)]
    assert [described(p, words, e) for p, e in zip(found, wanted, strict=False)] == expect


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c.contract}:{c.text}") for c in cases("penalties_forms")])
def test_penalties_of_many_forms(case: Case) -> None:
    record = parse(document(contract_of(case.contract, case.text).replace("约定事项", "违约责任")))
    words = {p.id: p.role for p in record.parties} | {"both": "both", None: "-"}
    found = [p for p in record.penalties if p.kind != "unquantified" and not p.blank]
    wanted = [*case.expect, *[""] * len(found)]
    assert [described(p, words, e) for p, e in zip(found, wanted, strict=False)] == case.expect


def test_rates_and_sums_of_a_table_are_penalties_under_a_head_that_says_so() -> None:
    table = (
        "月度可用率低于承诺的，乙方按下表补偿甲方：\n可用率\t补偿比例（占当月服务费）\n低于99.9%\t5%\n低于99%\t15%\n"
    )
    table += "各项补偿合计不超过当月服务费的50%。\n"
    record = parse(document(CONTRACT + table))
    words = {p.id: p.role for p in record.parties} | {None: "-"}
    found = [p for p in record.penalties if p.rate is not None]
    assert [described(p, words, "") for p in found] == [
        "rate_once 乙方 0.05 cap=0.5",
        "rate_once 乙方 0.15 cap=0.5",
    ]


def test_the_rows_of_a_table_and_the_lines_of_a_list_are_cases_of_their_own() -> None:
    table = "乙方违反下列规定的，甲方按下表扣款：\n序号\t情形\t扣款标准\n1\t迟到30分钟以内\t每次扣200元\n"
    table += "2\t迟到30分钟以上\t每次扣500元，影响开餐的扣2000元\n下列行为，发现一次按下列标准罚款：\n"
    table += "未系安全带：500元/人次；\n临时用电不规范：1000元/处。\n"
    record = parse(document(CONTRACT + table))
    cases = [p.trigger for p in record.penalties if p.amount is not None]
    assert cases == ["迟到30分钟以内", "迟到30分钟以上", "迟到30分钟以上", "未系安全带", "临时用电不规范"]
    assert not {"overlapping_penalties", "values_conflict"} & {f.code for f in record.findings}


def described(penalty: Penalty, words: dict[str | None, str], wanted: str) -> str:
    """A penalty in words; a cap is always shown, the tier and the base where wanted."""
    value = next(v for v in (penalty.rate, penalty.amount, penalty.multiple) if v is not None)
    parts = [penalty.kind, words[penalty.liable], format(value.normalize(), "f")]
    if penalty.cap and penalty.cap.rate is not None:
        parts.append(f"cap={penalty.cap.rate.normalize():f}")
    if penalty.cap and penalty.cap.amount is not None:
        parts.append(f"capsum={penalty.cap.amount.normalize():f}")
    parts += [f"{key}={getattr(penalty, key)}" for key in ("tier", "base") if f"{key}=" in wanted]
    return " ".join(parts)
