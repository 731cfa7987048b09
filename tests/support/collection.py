"""A small collection of contracts of invented companies, with every kind of fact a filter asks for."""

from schema.contract import Contract
from search.record import IndexRecord, build_records
from tests.support.drafts import ContractDraft


def purchase() -> Contract:
    """Xinda buys servers from Hengyuan."""
    draft = ContractDraft("服务器采购合同", kind="sale", signed="2025-03-01")
    draft.prose("preamble", "甲方（买方）：信达科技有限公司\n乙方（卖方）：恒远设备有限公司")
    draft.clause("main/1", "第一条", "标的与价款", types=("subject_matter", "price"))
    draft.clause(
        "main/1/1", "1、", None, "甲方向乙方采购服务器，合同总价为人民币 1,200,000 元（大写：壹佰贰拾万元整）。"
    )
    draft.clause("main/2", "第二条", "付款方式", types=("payment",))
    draft.clause("main/2/1", "1、", None, "合同签订后甲方应在 5 个工作日内支付首付款，即合同总价的30%，计360,000元。")
    draft.clause("main/2/2", "2、", None, "验收合格后三十日内甲方支付尾款，乙方应先开具税率为13%的增值税专用发票。")
    draft.clause("main/3", "第三条", "违约责任", types=("penalty",))
    draft.clause(
        "main/3/1", "1、", None, "乙方逾期交货的，每逾期一日按合同总价的万分之五支付违约金，累计不超过合同总价的10%。"
    )
    draft.clause(
        "main/3/2",
        "2、",
        None,
        "甲 方逾期付款的，每逾期一日按未付款项的万分之三支付违约金；逾期超过30日的，乙方有权解除合同。",
    )
    draft.clause("main/4", "第四条", "争议解决", "协商不成的，向甲方住所地人民法院起诉。", types=("dispute",))
    draft.clause(
        "main/5", "第五条", "其他", "本合同盖合同专用章后生效，一式肆份。ＩＰ地址由甲方分配。", types=("general",)
    )
    draft.row("annex1/1", "1", "机架式服务器", "20", "50000", columns=("序号", "名称", "数量", "单价(元)"))
    draft.row("annex1/2", "2", "交换机", "10", "20000")
    draft.row("annex1/total", "合计", "", "", "1200000")
    draft.party("甲方", "信达科技有限公司", other_roles=("买方",), role_kind="buyer", aliases=("信达",))
    draft.party("乙方", "恒远设备有限公司", other_roles=("卖方",), role_kind="seller")
    draft.amount("main/1/1", "1,200,000", "1200000", is_total=True, role="total")
    draft.amount("main/2/1", "360,000", "360000", role="instalment")
    draft.amount("annex1/1", "50000", "50000", role="unit_price")
    draft.rate("main/2/2", "13%", "0.13", role="tax")
    draft.payment("main/2/1", "首付款", percent="30", amount="360000")
    draft.deadline("main/2/1", "5 个工作日", 5, "day", workday=True, who="p1")
    draft.deadline("main/2/2", "三十日", 30, "day", who="p1")
    draft.deadline("main/3/2", "30日", 30, "day", kind="threshold", who="p2")
    cap = {"rate": "0.1"}
    draft.penalty("main/3/1", "违约金", rate="0.0005", per="day", liable="p2", cap=cap, kind="rate_per_day")
    draft.penalty("main/3/2", "违约金", rate="0.0003", per="day", liable="p1", kind="rate_per_day")
    draft.finding("penalty_without_cap", "甲 方逾期付款")
    return draft.dispute("court", "向甲方住所地人民法院起诉").build()


def lease() -> Contract:
    """Mrs Lin lets an office to Xinda."""
    draft = ContractDraft("办公用房租赁合同", kind="lease", signed="2024-11-15")
    draft.prose("preamble", "出租人：林岚\n承租人：信达科技有限公司")
    draft.clause("main/1", "一、", "租赁物", "房屋位于滨江路18号，面积200平方米，用于办公。", types=("subject_matter",))
    draft.clause("main/2", "二、", "租金与押金", types=("price", "deposit"))
    draft.clause("main/2/1", "（一）", None, "月租金为20000元，承租人每季度首月5日前支付当季租金。")
    draft.clause(
        "main/2/2",
        "（二）",
        None,
        "承租人应于签约当日交纳押金40000元，租期届满后十个工作日内，出租人应在3个月内无息退还。",
    )
    draft.clause("main/3", "三、", "违约", "承租人逾期支付租金的，每逾期一日支付500元违约金。", types=("penalty",))
    draft.clause("main/4", "四、", "房屋维修", "房屋的修缮由出租人负责，承租人造成毁损的除外。", types=("warranty",))
    draft.clause("main/5", "五、", "争议", "因本合同发生的争议，提交滨江仲裁委员会仲裁。", types=("dispute",))
    draft.clause("main/6", "六、", "合同编号", "合同编号：____。本合同自双方签字盖章之日起生效。", types=("general",))
    draft.party("出租人", "林岚", role_kind="lessor").party("承租人", "信达科技有限公司", role_kind="lessee")
    draft.amount("main/2/1", "20000", "20000", role="rent", per="月")
    draft.amount("main/2/2", "40000", "40000", role="deposit")
    draft.amount("main/3", "500", "500", role="penalty")
    draft.deadline("main/2/2", "十个工作日", 10, "day", workday=True, who="p2")
    draft.deadline("main/2/2", "3个月", 3, "month", who="p1")
    draft.penalty("main/3", "违约金", amount="500", per="day", liable="p2", kind="fixed_per_day")
    draft.blank("main/6", "____", "合同编号").finding("blank_field", "____")
    return draft.dispute("arbitration", "滨江仲裁委员会仲裁").build()


def software() -> Contract:
    """Traditional characters and full width, as an older text would have them."""
    draft = ContractDraft("軟件開發合同", kind="software")
    draft.prose("preamble", "委托方：青禾数据有限公司\n开发方：云杉软件有限公司")
    draft.clause(
        "main/1",
        "１．",
        "標的",
        "開發方為委託方開發ＥＲＰ系統，可用性不低於９９．９％，７×２４小時響應。",
        types=("service_level",),
    )
    draft.clause("main/2", "２．", "知識產權", "開發成果的知識產權歸委託方所有，源代碼一併交付。", types=("ip",))
    draft.clause("main/3", "３．", "違約", "任何一方違約的，應支付違約金。", types=("penalty",))
    draft.clause(
        "main/4",
        "４．",
        "保密",
        "保密期限为三年，自2025年1月31日起算，泄密的应赔偿损失，定金不予返还。",
        types=("confidentiality",),
    )
    draft.party("委托方", "青禾数据有限公司", role_kind="principal")
    draft.party("开发方", "云杉软件有限公司", role_kind="provider")
    draft.date("main/4", "2025年1月31日", "2025-01-31", role="event")
    draft.penalty("main/3", "違約金", liable="both")
    return draft.build(paged=False)


def records() -> list[IndexRecord]:
    """Records of all three, in folders 采购, 行政 and none."""
    return [
        *build_records(purchase(), folder="采购", tags=("重点",)),
        *build_records(lease(), folder="行政", tags=("重点", "房屋")),
        *build_records(software()),
    ]
