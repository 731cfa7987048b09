"""Passages that do not belong leave the text; nothing real does."""

import pytest

from ingest.options import ReadOptions
from ingest.read import read
from schema.document import Document

BODY = [
    "采购合同",
    "甲方：长江设备公司",
    "第一条 标的 乙方向甲方提供离心水泵三十台，型号见附件一。",
    "第二条 价款 合同总价为人民币十万元，甲方应当在验收合格后三十日内支付。",
    "第三条 违约责任 乙方逾期交货的，每逾期一日按照合同总价的万分之五支付违约金。",
]
END = ["附件一 设备清单", "以下无正文，为签署页", "甲方（盖章）："]
CLASSICAL = (
    "晉太元中，武陵人捕魚為業，緣溪行，忘路之遠近，忽逢桃花林，夾岸數百步，中無雜樹，芳草鮮美，落英繽紛，漁人甚異之。"
)


def read_lines(lines: list[str]) -> Document:
    return read("\n\n".join(lines).encode(), ReadOptions(name="合同.txt"))


def taken(document: Document) -> list[str]:
    return [item.text for item in document.furniture if item.role == "noise"]


def test_passage_in_another_script_with_its_headings() -> None:
    document = read_lines([*BODY, "春 季 诗 词 朗 诵 会", "XQ 1997", CLASSICAL, *END])
    assert document.text.split("\n") == [*BODY, *END]
    assert taken(document) == [CLASSICAL, "XQ 1997", "春 季 诗 词 朗 诵 会"]
    assert "another script" in document.furniture[0].reason


def test_a_recogniser_writes_some_of_its_characters_simplified_and_others_in_rare_forms() -> None:
    passage = (
        "晋太元中，武陵人捕魚爲业，緣溪行，忘路之远近，忽逢桃花林，"
        "夾岸數百步，中无杂树，芳草鲜美，皆爲异景，渔人甚爲異之。"
    )
    assert taken(read_lines([*BODY, passage, *END])) == [passage]


@pytest.mark.parametrize(
    "passage",
    [
        "Этот договор не относится к предмету и попал сюда при сканировании по ошибке.",
        "この文書は別の書類から紛れ込んだものであり、内容とは関係がありません。",
    ],
)
def test_other_scripts(passage: str) -> None:
    assert taken(read_lines([*BODY, passage, *END])) == [passage]


@pytest.mark.parametrize(
    "real",
    [
        # an address in Hong Kong, in the traditional characters of its letterhead
        "公司地址：香港九龍彌敦道壹佰號環球貿易廣場三十樓",
        # a name with a rare character
        "项目经理由张喆堃担任，乙方不得擅自更换。",
        # another subject in the script of the contract
        "水泵的轴承应当每三个月加注一次润滑脂，夏季环境温度高于四十摄氏度时缩短为两个月。",
        # English terms in a Chinese contract
        "The pump shall be delivered free of charge to the site within thirty days.",
        # items that resemble each other
        "□合格 □不合格 □合格 □不合格 □合格 □不合格",
        "年 月 日 年 月 日 年 月 日 年 月 日 年 月 日 年 月 日",
        "________________________________________",
        "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
    ],
)
def test_what_belongs_stays(real: str) -> None:
    document = read_lines([*BODY, real, *END])
    assert real in document.text.split("\n")
    assert not taken(document)


def test_traditional_contract_is_no_noise() -> None:
    lines = [
        "買賣合約書",
        "第一條 標的物 乙方應將貨物運至甲方指定之倉庫。",
        "第二條 價金 甲方應於驗收後三十日內給付。",
        CLASSICAL,
    ]
    assert not taken(read_lines(lines))


def test_recogniser_that_ran_wild() -> None:
    wild = "违约责任条款" * 12
    assert taken(read_lines([*BODY, wild, *END])) == [wild]


def test_what_makes_up_the_document_is_no_noise() -> None:
    text = "初，鄭武公娶于申，曰武姜，生莊公及共叔段。莊公寤生，驚姜氏，故名曰寤生，遂惡之。"
    assert read(text.encode()).text == text


@pytest.mark.parametrize(("before", "behind"), [(0, 0), (30, 0), (0, 30), (20, 20)])
def test_a_loop_is_found_wherever_it_stands_in_a_paragraph(before: int, behind: int) -> None:
    sentence = BODY[2] + BODY[3]
    loop = sentence[:before] + "验收合格单" * 40 + sentence[-behind:] * bool(behind)
    assert taken(read_lines([*BODY, loop, *END])) == [loop]
