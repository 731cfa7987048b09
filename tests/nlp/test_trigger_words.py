"""The words of the event a time counts from, and of what is owed in it."""

import pytest

from nlp.parse import parse
from tests.support.builders import document

HEAD = "技术服务合同\n甲方（委托方）：青禾科技有限公司\n乙方（受托方）：远山软件有限公司\n第一条 约定事项\n"


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("一方违约，经催告后15日内仍未改正的，对方可以解除合同。", "经催告"),
        ("一方违约，经催告后在15日内仍未改正的，对方可以解除合同。", "经催告"),
        ("货物验收合格后应于10日内付清货款。", "货物验收合格"),
        ("货物验收合格后最迟应在10日内付清货款。", "货物验收合格"),
        ("设备连续运行72小时后，乙方须在3日内提交报告。", "设备连续运行72小时后"),
        ("乙方应自收到通知之日起5日内答复。", "收到通知之日"),
        ("乙方应在工程开工前7日提交方案。", "工程开工"),
    ],
)
def test_events(sentence: str, event: str) -> None:
    found = [d.trigger.text for d in parse(document(HEAD + sentence)).deadlines if d.unit == "day" and d.trigger]
    assert found == [event]


@pytest.mark.parametrize(
    ("sentence", "owed"),
    [
        ("乙方应在签订后7日内交纳保证金5000元（大写：伍仟元整）。", "交纳保证金5000元(大写:伍仟元整)"),
        ("乙方应当及时到场（接到通知后2小时内维修完毕）。", "维修完毕"),
        ("乙方应在签订后【7】日内提交方案。", "提交方案"),
    ],
)
def test_what_is_owed(sentence: str, owed: str) -> None:
    assert [d.what for d in parse(document(HEAD + sentence)).deadlines] == [owed]
