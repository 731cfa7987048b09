"""References: from words to clause, annex, paper or law, in a contract with an annex agreement."""

import pytest

from nlp.clauses.laws import full_title
from nlp.clauses.pointers import find_pointers, find_words
from nlp.normalize import fold
from nlp.parse import parse
from schema.contract import Contract
from tests.support.builders import document

FRAME = """设备维护合同
甲方：青禾公司
乙方：蓝岸公司
双方订立本合同。
第一条 服务内容
1、巡检。
2、故障处理：
（1）到场；
（2）修复。
3、{item}
第二条 价款
（一）总价为十万元。
（二）按季支付。
（三）{money}
第三条 违约责任
3.1 {first}
3.2 {second}
第四条 其他
{last}
附件1 设备清单
名称\t数量
水泵\t2
附件2 保密协议
甲方：青禾公司
乙方：蓝岸公司
一、保密范围
技术资料。
二、违约责任
{annex}
甲方（盖章）：
乙方（盖章）："""

BLANK = {"item": "无。", "money": "无。", "first": "无。", "second": "无。", "last": "无。", "annex": "无。"}


def record(place: str, words: str) -> Contract:
    return parse(document(FRAME.format(**(BLANK | {place: words}))))


POINTERS = [
    ("last", "违反本合同第三条的，应当赔偿。", ["main/3"]),
    ("last", "按第 三 条处理。", ["main/3"]),
    ("last", "按第3条处理。", ["main/3"]),
    ("last", "适用第二、三条。", ["main/2", "main/3"]),
    ("last", "适用第一条和第三条。", ["main/1", "main/3"]),
    ("last", "适用第一条至第三条。", ["main/1", "main/2", "main/3"]),
    ("last", "第二条第（二）项所列款项。", ["main/2/2"]),
    ("last", "第二条第二款所列款项。", ["main/2/2"]),
    ("last", "第二条第（一）至（三）项。", ["main/2/1", "main/2/2", "main/2/3"]),
    ("last", "第一条第2款第（1）项。", ["main/1/2/1"]),
    ("last", "第一条第1款、第3款。", ["main/1/1", "main/1/3"]),
    ("last", "按照3.1条的约定。", ["main/3/1"]),
    ("last", "按照第3.2款的约定。", ["main/3/2"]),
    ("second", "本条约定的违约金。", ["main/3"]),
    ("second", "依照本条款处理。", ["main/3"]),
    ("second", "前款约定的违约金。", ["main/3/1"]),
    ("second", "前条所列价款。", ["main/2"]),
    ("money", "第（二）项的款项。", ["main/2/2"]),
    ("item", "第（2）项的工作。", ["main/1/2/2"]),
    ("annex", "违反第一条的，赔偿损失。", ["annex2/1"]),
    ("annex", "违反本协议第一条的。", ["annex2/1"]),
    ("annex", "按照主合同第三条处理。", ["main/3"]),
    ("annex", "按照第四条处理。", ["main/4"]),
    ("last", "附件二第二条的责任。", ["annex2/2"]),
    ("last", "按3.1至3.2条的约定。", ["main/3/1", "main/3/2"]),
    ("last", "依3.2处理。", ["main/3/2"]),
    ("last", "按1.5的比例分摊，每批3-5项。", []),
    ("second", "前条第（二）项的款项。", ["main/2/2"]),
    ("last", "第三条3.2款的责任。", ["main/3/2"]),
    ("last", "清单第2项的设备。", []),
    ("last", "违反第一条（2）的，应当赔偿。", ["main/1/2"]),
    ("last", "违反第三条（7）的，应当赔偿。", ["main/3"]),
    ("last", "违反3（1）的。", ["main/3/1"]),
    ("last", "分为5（五）、6（六）两批。", []),
    ("money", "依照（一）的款项。", ["main/2/1"]),
    ("last", "按1.5的标准执行。", []),
    ("last", "依B条处理。", []),
    ("last", "在【二】个工作日内。", []),
    ("last", "第九条所列情形。", [None]),
    ("last", "根据《民法典》第五百八十五条的规定。", []),
    ("last", "依照民法典第五百八十五条、第五百八十六条。", []),
    ("last", "招标文件第三章的要求。", []),
    ("last", "本条件下的项目款项，本项目由双方各方负责。", []),
    ("last", "第三方的责任。", []),
]


@pytest.mark.parametrize(("place", "words", "targets"), POINTERS, ids=[p[1] for p in POINTERS])
def test_a_pointer_finds_its_clause(place: str, words: str, targets: list[str | None]) -> None:
    found = [r for r in record(place, words).references if r.kind == "clause"]
    assert [r.target for r in found] == targets
    assert [r.resolved for r in found] == [target is not None for target in targets]


ANNEXES = [
    ("last", "见附件1。", [("附件1", "annex1")]),
    ("last", "见附件一《设备清单》。", [("附件一《设备清单》", "annex1")]),
    ("last", "见附件1、2。", [("附件1", "annex1"), ("2", "annex2")]),
    ("last", "双方应签订保密协议。", [("保密协议", "annex2")]),
    ("last", "见《设备清单》。", [("《设备清单》", "annex1")]),
    ("last", "见附件三。", [("附件三", None)]),
    ("annex", "违反本协议的。", [("本协议", "annex2")]),
    ("annex", "违反本保密协议的。", [("本保密协议", "annex2")]),
    ("annex", "本合同终止后仍有效。", []),
]


@pytest.mark.parametrize(("place", "words", "annexes"), ANNEXES, ids=[a[1] for a in ANNEXES])
def test_an_annex_is_found(place: str, words: str, annexes: list[tuple[str, str | None]]) -> None:
    found = [r for r in record(place, words).references if r.kind == "annex"]
    assert [(r.text, r.target) for r in found] == annexes


def test_a_pointer_to_nothing_is_reported() -> None:
    contract = record("last", "违反第九条的，赔偿损失。")
    assert [(r.text, r.target, r.resolved) for r in contract.references if r.kind == "clause"] == [
        ("第九条", None, False)
    ]
    assert [f.data["reference"] for f in contract.findings if f.code == "dangling_reference"] == ["第九条"]


def test_the_words_of_a_reference_are_its_span() -> None:
    contract = record("last", "适用第一条至第三条，见附件1《设备清单》和《民法典》。")
    assert all(contract.text[r.span.start : r.span.end] == r.text for r in contract.references)


LAWS = [
    ("网络安全法", "中华人民共和国网络安全法"),
    ("中华人民共和国网络安全法", "中华人民共和国网络安全法"),
    ("民法典", "中华人民共和国民法典"),
    ("劳动合同法", "中华人民共和国劳动合同法"),
    ("政府采购法实施条例", "中华人民共和国政府采购法实施条例"),
    ("网络信息内容生态治理规定", "网络信息内容生态治理规定"),
    ("建设工程质量管理条例", "建设工程质量管理条例"),
    ("云汀市政务服务管理办办法（试行）", "云汀市政务服务管理办法(试行)"),
    (
        "最高人民法院关于审理买卖合同纠纷案件适用法律问题的解释",
        "最高人民法院关于审理买卖合同纠纷案件适用法律问题的解释",
    ),
    ("保密承诺书", None),
    ("设备采购合同", None),
    ("设备清单", None),
    ("混凝土结构工程施工质量验收规范", None),
    ("员工手册", None),
    ("物业管理公约", None),
]


@pytest.mark.parametrize(("title", "law"), LAWS)
def test_a_title_is_a_law_or_not(title: str, law: str | None) -> None:
    assert full_title(fold(title)) == law


def test_laws_are_found_with_and_without_brackets() -> None:
    contract = record("last", "根据《数据安全法》、劳动合同法及《保密承诺书》，按合同法律关系处理。")
    assert [(r.text, r.target) for r in contract.references if r.kind == "law"] == [
        ("《数据安全法》", "中华人民共和国数据安全法"),
        ("劳动合同法", "中华人民共和国劳动合同法"),
    ]
    assert [r.canonical for r in contract.references if r.text == "《保密承诺书》"] == ["保密承诺书"]


@pytest.mark.parametrize("words", ["本条件", "本项目", "本款项", "样本合同", "基本合同", "本章程", "文本协议"])
def test_words_that_only_look_like_pointers(words: str) -> None:
    assert list(find_words(words)) == []


def test_a_blank_number_points_nowhere() -> None:
    assert find_pointers("违反本合同第    条约定") == []


@pytest.mark.parametrize(("second", "wanted"), [("3", "main/2/3"), ("1", None)])
def test_numbers_that_run_on_through_parts_are_found_in_any_of_them(second: str, wanted: str | None) -> None:
    text = "服务合同\n甲方：青禾公司\n乙方：蓝岸公司\n第一部分 服务\n1. 乙方提供服务。\n2. 甲方付款。\n"
    text += f"第二部分 考核\n{second}. 迟到的，扣款。\n4. 缺席的，扣款。\n第三部分 其他\n5. 按第3条、第2条处理。\n"
    found = [r.target for r in parse(document(text)).references if r.kind == "clause"]
    assert found[0] == wanted if wanted else "main/2/3" not in found
