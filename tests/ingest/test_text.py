"""Plain text: encodings, wrapped lines, page breaks, tables."""

import pytest

from ingest.options import ReadOptions
from ingest.read import read
from ingest.text_encoding import decode
from schema.document import Document
from schema.errors import ReadError

CONTRACT = (
    "采购合同\n\n第一条 标的\n\n1、甲方向乙方购买设备，价款为人民币壹拾万元整（¥100,000.00），由甲方在验收合格后支付。"
)


def read_text(text: str, encoding: str = "utf-8") -> Document:
    return read(text.encode(encoding), ReadOptions(name="合同.txt"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_simplified_encodings(encoding: str) -> None:
    assert read_text(CONTRACT, encoding).text == CONTRACT.replace("\n\n", "\n")


def test_traditional_big5() -> None:
    text = "買賣合約書\n第一條 標的物\n甲方應於驗收合格後三十日內將貨款支付予乙方，逾期應按日計付違約金。"
    assert read_text(text, "big5").text == text


def test_not_text() -> None:
    assert decode(bytes(range(256)) * 20) is None


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        # a page break in mid-sentence: both halves are one paragraph
        (["补充协议与本合同不一致的，以补充协", "", "议为准。"], True),
        (["双方约定本合同项下货物的交货地点为：武汉市江岸区滨江路 1 号综合物流", "园三号仓库。"], True),
        # a heading over its clause is no broken sentence
        (["1、保密信息", "", "本条所称保密信息，指一方披露的资料。"], False),
        (["第三条 交货", "乙方应在收到订单后，按约交货。"], False),
        # a label and its value are complete
        (["乙方：武汉云栖设备制造有限公司东湖分公司", "", "双方经协商，订立本合同。"], False),
        (["开户行：中国银行武汉分行", "账号：0210000000001234567"], False),
        (["供  方：武汉云栖暖通设备有限公司", "", "需方办公楼空调改造项目，经比选确定由供方承担。"], False),
        (["受 托 人：武汉云栖暖通设备有限公司", "", "委托人办公楼的改造，由受托人承担。"], False),
        # the last field of a row of a form is filled in, or left empty
        (
            [
                "经营地址：__临湖区书院路一百零七号，底层__   联系电话：__0700-8112340__",
                "",
                "甲乙双方经协商，就租赁事宜订立本合同。",
            ],
            False,
        ),
        (["委托代理人：______，住：______   电话：__________", "", "甲乙双方，经协商订立本合同。"], False),
        (["乙方应，", "1、按时交货；", "2、开具发票。"], False),
        # a number that begins a line may be the rest of a sentence
        (["违约方应当按照合同总价款，向守约方支付不低于", "1.5万元的违约金，并赔偿损失。"], True),
    ],
)
def test_breaks(lines: list[str], joined: bool) -> None:
    words = [line for line in lines if line]
    assert read_text("\n".join(lines)).text.split("\n") == (["".join(words)] if joined else words)


def test_fixed_width_wrap_is_undone() -> None:
    clause = (
        "第{}条 甲方应当自收到乙方开具的合法有效的增值税专用发票之日起三十个工作日内"
        "将相应款项汇入乙方指定的银行账户逾期付款的应按照逾期金额承担违约责任"
    )
    wrapped = []
    for number in "一二三四五":
        text = clause.format(number) + "。"
        wrapped += [text[start : start + 25] for start in range(0, len(text), 25)]
    document = read_text("\n".join(wrapped))
    assert document.text.split("\n") == [clause.format(number) + "。" for number in "一二三四五"]


def test_table_with_a_page_break_is_one_table() -> None:
    document = read_text(
        "附件一 报价\n序号\t名称\t单价(元)\t数量\n1\t水泵\t13\t20\n\n2\t阀门\t0.15\t680\n合计\t\t\t362\n以上含税。"
    )
    (table,) = document.tables
    assert table.columns == ("序号", "名称", "单价(元)", "数量")
    assert [row.id for row in table.rows] == ["t1/1", "t1/2", "t1/total"]
    assert [cell.text for cell in table.rows[1].cells] == ["2", "阀门", "0.15", "680"]
    assert all(document.text[c.span.start : c.span.end] == c.text for row in table.rows for c in row.cells)
    assert document.text.split("\n")[-1] == "以上含税。"


def test_spans_cover_all_words() -> None:
    document = read_text(CONTRACT + "\n序号\t名称\n1\t\n2\t泵\n\n")
    covered = [paragraph.span for paragraph in document.paragraphs] + [table.span for table in document.tables]
    inside = set().union(*(range(span.start, span.end) for span in covered))
    assert all(place in inside for place, char in enumerate(document.text) if not char.isspace())
    assert "\n\n" not in document.text
    assert not any(line != line.rstrip() for line in document.text.split("\n"))


def test_unprinted_characters_go() -> None:
    assert read_text("甲\u200b方：\ufeff长江\u00ad公司\x00").text == "甲方：长江公司"


def test_only_blanks_is_no_text() -> None:
    with pytest.raises(ReadError) as caught:
        read_text(" \n\u3000\n")
    assert caught.value.code == "no_text"


def test_typed_page_numbers_and_what_repeats_beside_them_leave_the_text() -> None:
    pages = [f"第{n}条 本条第{n}款。\n\n内部资料 请勿外传\n第 {n} 页 共 6 页\n\n" for n in range(1, 7)]
    pages[1] = pages[1].replace("本条第2款。", "违约方应当按照合同总价款向守约方支付违约金，并赔偿守约方因此遭受的全部")
    pages[2] = pages[2].replace("第3条 本条第3款。", "损失，包括律师费。")
    document = read_text("".join(pages))
    assert document.text.split("\n") == [
        "第1条 本条第1款。",
        "第2条 违约方应当按照合同总价款向守约方支付违约金，并赔偿守约方因此遭受的全部损失，包括律师费。",
        *(f"第{n}条 本条第{n}款。" for n in (4, 5, 6)),
    ]
    assert {(item.role, item.text) for item in document.furniture} == {
        ("footer", "内部资料 请勿外传"), *(("page_number", f"第 {n} 页 共 6 页") for n in range(1, 7)),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("marks", "kept"), [(["- 1 -", "- 2 -", "- 3 -"], 0), (["- 1 -", "- 2 -"], 2), (["- 5 -", "- 2 -", "- 9 -"], 3)]
)
def test_figures_between_dashes_are_page_numbers_when_they_count_up(marks: list[str], kept: int) -> None:
    document = read_text("".join(f"第{mark[2]}条 内容。\n{mark}\n" for mark in marks))
    assert sum(line.startswith("-") for line in document.text.split("\n")) == kept


def test_a_passage_in_another_script_leaves_formats_without_pages_too() -> None:
    strange = "書院春日讀詩會將於週末舉辦，歡迎喜愛詩詞與茶藝的朋友們報名參與，現場備有點心與紀念禮。"
    clauses = "\n".join(f"第{n}条 甲方应当在验收合格后三十日内向乙方支付货款。" for n in "一二三四五")
    document = read_text(f"{clauses}\n{strange}\n附件一 技术要求\n水泵流量不低于每小时三十立方米。")
    assert strange not in document.text
    assert [(item.role, item.text) for item in document.furniture] == [("noise", strange)]


def test_thousands_of_empty_lines_are_nothing() -> None:
    """A pattern for table rules once tried each empty line from each: a file of 2 MB held its reader for good."""
    assert read(("第一条 标的" + "\n" * 300_000 + "第二条 价款").encode()).text.split("\n") == [
        "第一条 标的",
        "第二条 价款",
    ]
