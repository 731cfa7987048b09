"""Which lines of a page are one paragraph, as word processors set them."""

from reportlab.pdfgen.canvas import Canvas

from ingest.joining import continues, wraps_into
from ingest.read import read
from tests.support.pdf import FONT, Draw, lines, make_pdf, ruled, together, wrapped

FULL = "甲方应当在收到乙方开具的增值税专用发票之日起三十日内支付全部合同价款并书面通知乙方财务部门"


def texts(*pages: Draw) -> list[str]:
    return read(make_pdf(*pages)).text.split("\n")


def test_a_single_character_in_the_last_line() -> None:
    assert texts(lines(FULL[:36], "门。", "第二条 验收。")) == [FULL[:36] + "门。", "第二条 验收。"]
    assert texts(lines(FULL[:36], "。", "第二条 验收。")) == [FULL[:36] + "。", "第二条 验收。"]


def test_labels_above_a_table_do_not_hide_the_margin() -> None:
    head = lines(
        "合同编号：CG-2025-01", "买受人：霁川市清源供水有限公司", "出卖人：霁川衡岭流体设备有限公司",
        "双方就采购水泵事宜经友好协商达成一致，签订本合同，以资共同遵守，并承诺", "全面履行。",
    )  # fmt: skip
    table = ruled([["序号", "名称", "数量"], ["1", "水泵", "2"]], widths=[60.0, 200.0, 100.0], y=600)
    found = texts(together(head, table, lines("以上含税。", y=500)))
    assert found[2:4] == [
        "出卖人：霁川衡岭流体设备有限公司",
        "双方就采购水泵事宜经友好协商达成一致，签订本合同，以资共同遵守，并承诺全面履行。",
    ]


def test_a_page_of_labels_ends_where_it_ends() -> None:
    labels = lines("• 签署人：周远", "• 签署日期：2025年3月1日", y=300)
    found = texts(together(wrapped(FULL + FULL), labels), together(lines("鉴于："), wrapped(FULL, y=720)))
    assert found[1:4] == ["• 签署人：周远", "• 签署日期：2025年3月1日", "鉴于："]


def test_a_hanging_line_in_the_middle_is_not_centred() -> None:
    def hanging(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        canvas.drawString(72, 700, "第三条 付款方式如下，双方应当按照下列期次支付并以书面形式确认每期款项。")
        canvas.drawString(120, 680, "（1）定金：本合同生效后七个工作日内支付百分之二十，即人")
        canvas.drawString(120, 660, "民币104,000.00元（大写：壹拾万肆仟元整），抵作货款；")

    assert texts(hanging)[1] == (
        "（1）定金：本合同生效后七个工作日内支付百分之二十，即人民币104,000.00元（大写：壹拾万肆仟元整），抵作货款；"
    )


def test_latin_lines_end_where_the_next_word_does_not_fit() -> None:
    def latin(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        for place, row in enumerate(
            (
                "The Provider may process personal data in the approved regions and may use",
                "subcontractors for support, provided that it remains responsible for all of",
                "their acts.",
            )
        ):
            canvas.drawString(72, 700 - 16 * place, row)

    assert len(texts(latin)) == 1


def test_a_title_written_downwards() -> None:
    def title(canvas: Canvas) -> None:
        canvas.setFont(FONT, 26)
        for place, char in enumerate("合作协议"):
            canvas.drawString(280, 700 - 50 * place, char)

    assert texts(together(title, lines("第一条 合作内容。", y=400))) == ["合作协议", "第一条 合作内容。"]


def test_blanks_as_short_as_a_day_and_as_long_as_two_lines() -> None:
    def form(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        for x, words in ((72, "签于"), (132, "年"), (154, "月"), (176, "日，乙方应当")):
            canvas.drawString(x, 700, words)
        for left, right in ((97, 131), (145, 153), (167, 175)):
            canvas.line(left, 698, right, 698)
        canvas.drawString(72, 660, "双方确认，本合同项下的技术服务内容为，")
        canvas.line(300, 658, 504, 658)
        canvas.line(72, 638, 300, 638)
        canvas.drawString(302, 640, "，并由乙方负责实施。")
        canvas.drawString(72, 600, "本行文字写满整行用来表明本页的右边界在哪里以便判断上一行是否写满")
        canvas.drawString(72, 580, "如上。")

    found = read(make_pdf(form))
    first, second = found.text.split("\n")[:2]
    assert [mark.kind for mark in found.marks] == ["blank"] * 5
    assert first.replace("_", "").replace(" ", "") == "签于年月日，乙方应当"
    assert second.replace("_", "") == "双方确认，本合同项下的技术服务内容为，，并由乙方负责实施。"


def test_a_code_that_did_not_fit_goes_on() -> None:
    """A code or an account is never broken: the line above ends early, with a colon that opens nothing."""
    first = "　　乙方：兰沟同舟企业合伙企业（有限合伙），统一社会信用代码："
    found = texts(lines(FULL[:35] + "。", first, "91990105MA3K7T2P0E，执行事务合伙人：陶然", "第二条 验收。"))
    assert found[1:] == [f"{first.strip()}91990105MA3K7T2P0E，执行事务合伙人：陶然", "第二条 验收。"]


def test_a_list_below_a_colon_begins_anew() -> None:
    found = texts(lines(FULL[:35] + "。", "　　收款账户如下：", "62100000888866660001", "第二条 验收。"))
    assert found[1:3] == ["收款账户如下：", "62100000888866660001"]


def test_a_date_alone_on_its_line_is_no_rest_of_a_label() -> None:
    assert not wraps_into("联系方式：0600-82003344", "2025年8月28日")
    assert not wraps_into("法定代表人：周远", "    年  月  日".strip())
    assert wraps_into("双方确认开工日期为", "2025年8月28日，竣工日期另定。")


def test_the_last_group_of_an_account_that_did_not_fit() -> None:
    def wide(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        canvas.drawString(72, 700, "第三条 付款方式如下，双方应当按照下列期次支付，以书面形式确认每期款项，")
        canvas.drawString(72, 680, "账户如下，户名：远山软件，开户行：霁川银行，账号：3458 9999 1010")
        canvas.setFont(FONT, 9)  # digits alone are taken for smaller than they are
        canvas.drawString(72, 662, "71252。")

    assert texts(wide)[-1].endswith("账号：3458 9999 101071252。")


def test_a_last_line_without_chinese_characters() -> None:
    def low(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        canvas.drawString(72, 700, "第三条 首年订阅费人民币叁拾万元整。以上价格均为含税的价格，增值税税率")
        canvas.setFont(FONT, 9)
        canvas.drawString(72, 682, "6%。")

    assert texts(low)[-1].endswith("增值税税率6%。")


def test_a_signature_table_cut_by_a_page_break() -> None:
    upper = [
        ["供方", "需方"],
        ["单位名称（章）：远山机械", "单位名称（章）：青禾商贸"],
        ["电话：8311001", "电话：8311002"],
    ]
    lower = [["账号：62001234", "账号：62005678"], ["邮政编码：272100", "邮政编码：454150"]]
    widths = [220.0, 220.0]
    found = texts(
        together(lines("第一条 标的。"), ruled(upper, widths=widths, y=200)), ruled(lower, widths=widths, y=740)
    )
    assert found[1:] == [
        "供方", "单位名称（章）：远山机械", "电话：8311001", "账号：62001234", "邮政编码：272100",
        "需方", "单位名称（章）：青禾商贸", "电话：8311002", "账号：62005678", "邮政编码：454150",
    ]  # fmt: skip


def test_signatures_typed_side_by_side_that_a_page_break_cuts() -> None:
    upper = together(
        lines("第一条 标的。"),
        lines("甲方（盖章）：远山机械", "法定代表人：", x=72, y=200),
        lines("乙方（盖章）：青禾商贸", "法定代表人：", x=330, y=200),
    )
    lower = together(
        lines("电话：8311001", "2025年3月1日", x=72, y=760),
        lines("电话：8311002", "2025年3月2日", x=330, y=760),
        lines("附件一 报价单", y=600),
    )
    assert texts(upper, lower)[1:] == [
        "甲方（盖章）：远山机械", "法定代表人：", "电话：8311001", "2025年3月1日",
        "乙方（盖章）：青禾商贸", "法定代表人：", "电话：8311002", "2025年3月2日",
        "附件一 报价单",
    ]  # fmt: skip


def test_a_code_that_did_not_fit_behind_its_label() -> None:
    def wide(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        canvas.drawString(72, 700, "第三条 付款方式如下，双方应当按照下列期次支付，以书面形式确认每期款项，")
        canvas.drawString(72, 680, "甲方一：霁川同舟企业管理合伙企业，统一社会信用代码：")
        canvas.drawString(72, 660, "91990105MA3K7T2P0E，执行事务合伙人：陶然亭")

    assert texts(wide)[-1].endswith("统一社会信用代码：91990105MA3K7T2P0E，执行事务合伙人：陶然亭")


def test_groups_of_an_account_that_did_not_fit_behind_its_label() -> None:
    def wide(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        canvas.drawString(72, 700, "第三条 付款方式如下，双方应当按照下列期次支付，以书面形式确认每期款项，")
        canvas.drawString(72, 680, "账户信息如下，户名：霁川果蔬制品有限公司，开户行：霁川农商行，账号：")
        canvas.drawString(72, 660, "1010 3301 2200 7788。")

    assert texts(wide)[-1].endswith("账号：1010 3301 2200 7788。")


def test_a_label_cut_by_the_end_of_the_line() -> None:
    before, after = "甲方（雇主）：崔远 地址：霁川市西厢巷3号 电", "话：0600-77110001"
    assert wraps_into(before, after)
    assert not wraps_into(before, "传真：0600-77110002")


def test_a_number_cut_in_a_narrow_cell() -> None:
    table = ruled([["序号", "品名", "金额（元）"], ["1", "绿茶", "76,800."]], widths=[60.0, 200.0, 60.0], height=40)
    assert "76,800.00" in " ".join(texts(together(table, lines("00", x=336, y=622, size=10))))


def test_a_sum_in_brackets_goes_on_and_a_place_to_sign_does_not() -> None:
    before = "2、货到验收合格后7个工作日内，需方付清余款人民币壹拾壹万捌仟壹佰陆拾元整"
    assert continues(before, "（¥118,160.00）。")
    assert not continues("法定代表人，或者受其书面委托办理本合同签署事宜的代理人", "（签字）：")
