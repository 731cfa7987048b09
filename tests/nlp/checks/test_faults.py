"""Faults that a careless drafter makes, each put into a clean contract: the code that is found, and no error besides."""

from functools import cache
from pathlib import Path

import pytest

from ingest.read import read
from nlp.parse import parse
from schema.finding import Finding

FOLDER = Path(__file__).with_name("contracts")

# contract, words that go, words that come, code, words of the message
FAULTS = [
    # units, parts, factors
    ("goods_wan", "即31.08万元", "即31.08元", "sum_differs", "混用了元与万元"),
    ("goods_wan", "（￥777,000.00）", "（￥777.00）", "capitals_figures_differ", "单位或位数"),
    ("decoration", "吊顶工程：265,200元", "吊顶工程：256,200元", "sum_differs", "1,349,000"),
    ("supplement", "增购设备价款合计人民币170,000元（大写：壹拾柒万元整）", "增购设备价款合计人民币180,000元（大写：壹拾捌万元整）", "sum_differs", "170,000"),
    ("supplement", "75台，单价1,240元，计93,000元", "75台，单价1,240元，计95,000元", "sum_differs", "93,000"),
    ("cooperation", "甲方出资225万元，占45%", "甲方出资215万元，占45%", "sum_differs", ""),
    ("cooperation", "乙方分配35%", "乙方分配30%", "percent_sum", "95%"),
    ("loan_guarantee", "2025年7月15日前归还80万元", "2025年7月15日前归还60万元", "sum_differs", "2,200,000"),
    ("loan_guarantee", "每月利息为14,400元", "每月利息为14,000元", "sum_differs", "14,400"),
    ("house_sale", "契税17,730元", "契税11,820元", "sum_differs", "17,730"),
    ("house_sale", "每平方米12,000元", "每平方米12,500元", "sum_differs", "1,231,250"),
    ("shop_lease", "保证金37,680元（大写：叁万柒仟陆佰捌拾元整）", "保证金56,520元（大写：伍万陆仟伍佰贰拾元整）", "sum_differs", "37,680"),
    ("shop_lease", "首期租金56,520元", "首期租金65,520元", "sum_differs", "56,520"),
    ("shop_lease", "共62天", "共92天", "values_conflict", ""),
    ("cleaning_year", "履约保证金83,700元，为合同金额的5%", "履约保证金83,700元，为合同金额的10%", "sum_differs", "167,400"),
    ("steel_sale", "税额为104,874.34元", "税额为118,508.00元", "sum_differs", "104,874.34"),
    ("dispatch", "5,800	1,430	120	7,350	110,250", "5,800	1,430	120	7,530	112,950", "sum_differs", "7,350"),
    ("licence", "入门费为人民币600,000元（陆拾万元整）", "入门费为人民币600,000元（陆万元整）", "capitals_figures_differ", ""),
    # dates
    ("licence", "自2025年1月1日起至2029年12月31日止", "自2025年1月1日起至2028年12月31日止", "values_conflict", "5年"),
    ("dispatch", "自2025年1月1日起至2025年12月31日止", "自2025年12月31日起至2025年1月1日止", "dates_out_of_order", "早于"),
    ("decoration", "签订日期：2025年2月24日", "签订日期：2025年4月24日", "dates_out_of_order", "晚于"),
    ("house_sale", "2025年6月20日前", "2025年6月31日前", "impossible_date", "6月31日"),
    ("shop_lease", "2026年7月1日至2027年6月30日", "2026年8月1日至2027年6月30日", "dates_out_of_order", "不连续"),
    ("steel_sale", "2025年5月31日前全部交清", "2025年3月31日前全部交清", "dates_out_of_order", "早于签订日期"),
    # references
    ("dispatch", "违反4.1款、4.2款的约定", "违反4.1款、4.7款的约定", "dangling_reference", "4.7"),
    ("nda", "违反第2条约定的", "违反第12条约定的", "dangling_reference", "第12条"),
    ("loan_guarantee", "未按第四条的约定归还本金", "未按第六条的约定归还本金", "wrong_reference", "第四条"),
    ("shop_lease", "交付标准见附件二", "交付标准见附件三", "missing_annex", "附件三"),
    # parties
    ("nda", "披露方（盖章）：霁川曜石半导体有限公司", "披露方（盖章）：霁川耀石半导体有限公司", "party_name_varies", "曜→耀"),
    ("supplement", "乙方（盖章）：霁川鼎越安防技术有限公司", "乙方（盖章）：霁川市轨道资产经营有限公司", "party_name_varies", "这是甲方"),
    ("loan_guarantee", "户名：沅塘绿原农业科技有限公司", "户名：沅塘青原粮食购销有限公司", "account_conflict", "户名"),
    # values in conflict
    ("decoration", "保修期为两年", "保修期为一年。保修期为两年", "values_conflict", ""),
    ("nda", "本协议有效期为2年", "本协议有效期为2年，协议有效期为3年", "values_conflict", ""),
    ("saas_service", "应提交汀州仲裁委员会仲裁", "应提交汀州仲裁委员会仲裁，也可以向客户所在地人民法院起诉", "values_conflict", "仲裁"),
    ("licence", "9.2 本合同一式五份", "9.3 本合同一式六份。\n9.2 本合同一式五份", "values_conflict", "份数"),
    ("steel_sale", "2、买方逾期付款的", "2、卖方逾期交货的，每日按逾期部分货款的0.3%支付违约金。\n3、买方逾期付款的", "values_conflict", ""),
    # penalties
    ("cleaning_year", "应支付合同金额10%的违约金，即167,400元", "应支付合同金额40%的违约金，即669,600元", "penalty_over_threshold", "40%"),
    ("decoration", "，违约金总额不超过合同总价的5%。\n第十四条", "。\n第十四条", "penalty_without_cap", "乙方"),
    # words
    ("nda", "接收方应仅为目的项目使用", "接收方应仅为目的项目使用使用", "ocr_suspect", "使用"),
    ("dispatch", "未按3.2款的约定", "末按3.2款的约定", "ocr_suspect", "未"),
    ("saas_service", "因本协议产生的争议", "因本协议[填写具体事项]产生的争议", "placeholder_text", "填写"),
    ("licence", "净销售额的3%计算", "净销售额的____%计算", "blank_field", ""),
]  # fmt: skip

# what looks like a fault and is none
HARMLESS = [
    ("decoration", "其中防水工程的保修期为五年", "屋面防水的保修期为五年，其他部分的保修期为两年"),
    ("goods_wan", "三年，自验收合格之日起计算；", "三年，自验收合格之日起计算；更换后的部件的质量保证期为一年；"),
    ("steel_sale", "货到工地验收合格后10日内", "货到工地验收合格后10（十）日内"),
    ("licence", "违约方应向对方支付违约金100,000元", "违约方应向对方支付违约金100,000元（大写：拾万元整）"),
    ("cleaning_year", "受托人应于每月5日前提交", "除本合同另有约定外，受托人应于每月5日前提交"),
    ("nda", "保密义务在本协议终止后3年内", "保密义务在本协议终止后3年内（技术秘密为5年内）"),
    ("loan_guarantee", "乙方未按第一条约定的用途", "乙方违反《中华人民共和国民法典》第六百七十三条，未按第一条约定的用途"),
    ("shop_lease", "统一社会信用代码：91009900MA0K1T2R0E", "统一社会信用代码：91**********1T2R0E"),
    ("dispatch", "甲方执三份，乙方执一份", "甲方执二份，乙方执一份，报劳动行政部门备案一份"),
    ("house_sale", "定金50,000元（大写：伍万元整）", "定金伍万元整（50,000.00元）"),
    ("supplement", "第十二条的约定承担违约责任", "第三十二条的约定承担违约责任"),
    ("saas_service", "服务期限为24个月", "服务期限为二十四（24）个月"),
]  # fmt: skip


@cache
def clean(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def findings(name: str, old: str, new: str) -> tuple[str, list[Finding]]:
    """Errors and warnings with one place changed."""
    assert clean(name).count(old) >= 1
    contract = parse(read(clean(name).replace(old, new, 1).encode()))
    return contract.text, [f for f in contract.findings if f.severity != "info"]


@pytest.mark.parametrize(("name", "old", "new", "code", "words"), FAULTS, ids=lambda value: str(value)[:16])
def test_the_fault_is_found(name: str, old: str, new: str, code: str, words: str) -> None:
    _, found = findings(name, old, new)
    told = [(f.code, f.message) for f in found]
    assert any(f.code == code and words in f.message for f in found), told
    assert {f.code for f in found if f.severity == "error"} <= {code}, told


@pytest.mark.parametrize(("name", "old", "new"), HARMLESS, ids=lambda value: str(value)[:16])
def test_what_is_no_fault_is_not_told(name: str, old: str, new: str) -> None:
    assert [(f.code, f.message) for f in findings(name, old, new)[1]] == []
