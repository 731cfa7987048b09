"""Special terms that override general ones are no contradiction, and are told as what they are."""

from nlp.parse import parse
from tests.support.builders import document

GENERAL = """施工合同
发包人：青禾置业有限公司
承包人：远山建设有限公司
第一部分 通用条款
第一条 质量保证期为24个月。
第二条 工期为90日历天。
第二部分 {second}
第一条 质量保证期为36个月。
第二条 本合同一式两份。
"""


def told(second: str) -> list[tuple[str, str]]:
    found = parse(document(GENERAL.format(second=second))).findings
    return [(f.severity, f.message) for f in found if f.code == "values_conflict"]


def test_special_terms_override_general_ones() -> None:
    assert [severity for severity, _ in told("专用条款")] == ["info"]
    assert told("专用条款")[0][1].endswith("（专用条款优先于通用条款）")


def test_two_parts_of_one_rank_contradict_each_other() -> None:
    assert [severity for severity, _ in told("其他约定")] == ["warning"]
