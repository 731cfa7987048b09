"""Signature blocks side by side are read party by party."""

from ingest.layout.order import read_columns
from ingest.layout.page import TextLine

PAGE = (0.0, 0.0, 595.0, 842.0)
SIZE = 10.0


def line(text: str, x: float, row: int) -> TextLine:
    y = 600.0 + 20.0 * row
    centres = [x + SIZE * (place + 0.5) for place in range(len(text))]
    return TextLine(text, (x, y, x + SIZE * len(text), y + SIZE), centres, SIZE)


def columns(*lines: TextLine) -> list[list[str]]:
    return [[each.text for each in column.lines] for column in read_columns(lines, PAGE)]


def test_halves_that_do_not_begin_below_each_other() -> None:
    """Typed with blanks: below the long label on the left the right half begins left of where that label ends."""
    found = columns(
        line("发包人：（公章）", 70, 0), line("承包人：（公章）", 330, 0),
        line("法定代表人或其委托代理人：", 70, 1), line("法定代表人或其委托代理人：", 340, 1),
        line("（签字）", 70, 2), line("（签字）", 180, 2),
        line("电话：0600-8311001", 70, 3), line("电话：0600-8311002", 320, 3),
    )  # fmt: skip
    assert found == [
        ["发包人：（公章）", "法定代表人或其委托代理人：", "（签字）", "电话：0600-8311001"],
        ["承包人：（公章）", "法定代表人或其委托代理人：", "（签字）", "电话：0600-8311002"],
    ]


def test_what_follows_the_signatures_is_not_theirs() -> None:
    found = columns(
        line("甲方（盖章）：", 70, 0), line("乙方（盖章）：", 330, 0),
        line("2025年3月1日", 70, 1), line("2025年3月2日", 330, 1),
        line("本合同附件为合同的组成部分，与正文具有同等效力，双方均应遵守执行。", 70, 4),
    )  # fmt: skip
    assert found[:2] == [["甲方（盖章）：", "2025年3月1日"], ["乙方（盖章）：", "2025年3月2日"]]
    assert found[2] == ["本合同附件为合同的组成部分，与正文具有同等效力，双方均应遵守执行。"]


def test_rows_with_gaps_that_name_no_parties_are_read_across() -> None:
    found = columns(
        line("开工日期：", 70, 0), line("竣工日期：", 330, 0), line("数量：", 70, 1), line("单价：", 200, 1)
    )  # fmt: skip
    assert len(found) == 1


def test_halves_with_one_label_are_halves_however_narrow_the_gap() -> None:
    found = columns(
        line("发包人（盖章）：", 60, 0), line("承包人（盖章）：", 330, 0),
        line("法定代表人或委托代理人（签字）：庄可欣", 60, 1), line("法定代表人或委托代理人（签字）：范立国", 300, 1),
        line("地址：霁川市云台区望江路一百二十六号", 60, 2), line("地址：霁川市滨江路9号", 250, 2),
        line("电话：0600-8311001", 60, 3), line("电话：0600-8311002", 300, 3),
        line("2025年2月26日", 330, 4),
    )  # fmt: skip
    assert found == [
        [
            "发包人（盖章）：",
            "法定代表人或委托代理人（签字）：庄可欣",
            "地址：霁川市云台区望江路一百二十六号",
            "电话：0600-8311001",
        ],
        [
            "承包人（盖章）：",
            "法定代表人或委托代理人（签字）：范立国",
            "地址：霁川市滨江路9号",
            "电话：0600-8311002",
            "2025年2月26日",
        ],
    ]


def test_a_line_that_holds_a_label_of_each_party_is_cut() -> None:
    found = columns(
        line("甲方（签字）：", 60, 0), line("乙方（盖章）：", 330, 0),
        line("身份证号：990102199007253624 法定代表人：麦青", 60, 1),
        line("电话：0600-85006677", 60, 2), line("电话：0600-85008899", 300, 2),
    )  # fmt: skip
    assert found == [
        ["甲方（签字）：", "身份证号：990102199007253624", "电话：0600-85006677"],
        ["乙方（盖章）：", "法定代表人：麦青", "电话：0600-85008899"],
    ]


def test_a_long_label_of_the_left_party_reaches_below_the_right_one() -> None:
    found = columns(
        line("甲方（章）", 60, 0), line("乙方（签字）：孟宪", 160, 0),
        line("法定代表人或委托代理人：佟丽", 60, 1),
        line("2024年2月27日", 60, 2), line("2024年2月28日", 240, 2),
    )  # fmt: skip
    assert found == [
        ["甲方（章）", "法定代表人或委托代理人：佟丽", "2024年2月27日"],
        ["乙方（签字）：孟宪", "2024年2月28日"],
    ]


def test_three_parties_side_by_side_are_read_party_by_party() -> None:
    found = columns(
        line("以下无正文。", 70, -2),
        line("甲方（盖章）：", 70, 0), line("乙方（盖章）：", 240, 0), line("丙方（盖章）：", 410, 0),
        line("法定代表人：麦青", 70, 1), line("法定代表人：", 240, 1), line("法定代表人：范立国", 400, 1),
        line("地址：霁川市云台区", 70, 2), line("地址：霁川市", 240, 2), line("地址：霁川", 410, 2),
        line("望江路9号", 70, 3), line("滨江路", 260, 3),
        line("2025年3月1日", 70, 4), line("2025年3月2日", 250, 4), line("2025年3月3日", 400, 4),
        line("本合同附件为合同的组成部分，与正文具有同等效力，各方均应遵守执行。", 70, 7),
    )  # fmt: skip
    assert found == [
        ["以下无正文。"],
        ["甲方（盖章）：", "法定代表人：麦青", "地址：霁川市云台区", "望江路9号", "2025年3月1日"],
        ["乙方（盖章）：", "法定代表人：", "地址：霁川市", "滨江路", "2025年3月2日"],
        ["丙方（盖章）：", "法定代表人：范立国", "地址：霁川", "2025年3月3日"],
        ["本合同附件为合同的组成部分，与正文具有同等效力，各方均应遵守执行。"],
    ]


def test_three_parties_in_one_line_and_labels_pushed_together() -> None:
    found = columns(
        line("甲方： 乙方： 丙方：", 70, 0),
        line("住所：霁川市云台区 住所：霁川市滨江区 住所：云栖市", 70, 1),
        line("电话：1", 70, 2), line("电话：2", 200, 2), line("电话：3", 330, 2),
    )  # fmt: skip
    assert found == [
        ["甲方：", "住所：霁川市云台区", "电话：1"],
        ["乙方：", "住所：霁川市滨江区", "电话：2"],
        ["丙方：", "住所：云栖市", "电话：3"],
    ]


def test_three_names_of_one_party_are_no_three_parties() -> None:
    found = columns(
        line("甲方：", 70, 0), line("甲方一：", 240, 0), line("乙方：", 410, 0),
        line("数量：", 70, 1), line("单价：", 240, 1), line("金额：", 410, 1),
    )  # fmt: skip
    assert len(found) != 3


def test_the_rest_of_signatures_on_the_next_page() -> None:
    rest = [line("电话：1", 70, 0), line("电话：2", 330, 0), line("2025年3月1日", 70, 1), line("2025年3月2日", 340, 1)]
    found = read_columns(rest, PAGE, signing=2)
    assert [[each.text for each in column.lines] for column in found] == [
        ["电话：1", "2025年3月1日"],
        ["电话：2", "2025年3月2日"],
    ]
    assert [column.parties for column in found] == [2, 2]
    other = [line("合同编号：1", 70, 0), line("签订地点：霁川", 330, 0)]
    assert len(read_columns(other, PAGE, signing=2)) == 1
    assert len(read_columns(rest, PAGE)) == 1
