"""Heads of small contracts of many kinds, for tables of sentences: invented parties, no facts of their own."""

HEADS = {
    "service": "技术服务合同\n甲方（委托方）：青禾科技有限公司\n乙方（受托方）：远山软件有限公司\n",
    "sale": "设备买卖合同\n买方：晴川机电有限公司\n卖方：岭南设备制造有限公司\n",
    "lease": "房屋租赁合同\n出租方：李明\n承租方：王芳\n",
    "labour": "劳动合同\n甲方（用人单位）：青禾科技有限公司\n乙方（劳动者）：王芳\n",
    "construction": "建设工程施工合同\n发包人：霁川置业有限公司\n承包人：远山建设有限公司\n",
    "subcontract": "专业分包合同\n承包人：霁川建设有限公司\n分包人：远山幕墙工程有限公司\n",
    "software": "软件开发合同\n甲方：青禾商贸有限公司\n乙方：远山软件有限公司\n",
    "loan": "借款合同\n出借人（甲方）：李明\n借款人（乙方）：王芳\n",
    "agency": "委托代理协议\n委托人：青禾茶业有限公司\n代理人：远山贸易有限公司\n",
    "transport": "货物运输合同\n托运人：青禾商贸有限公司\n承运人：远山物流有限公司\n",
    "storage": "仓储保管合同\n存货人：青禾粮油有限公司\n保管人：远山仓储有限公司\n",
    "licence": "专利实施许可合同\n许可方：青禾生物科技有限公司\n被许可方：远山制药有限公司\n",
    "decoration": "家庭装饰装修合同\n甲方（业主）：李明\n乙方（装饰公司）：远山装饰有限公司\n",
}
CLAUSE = "第一条 约定事项\n"
LAST = "双方应当依约履行。"


def contract_of(kind: str, words: str) -> str:
    """A contract of some kind with words in its first clause.

    Args:
        kind: key of `HEADS`.
        words: one or more lines of the clause.
    """
    return HEADS[kind] + CLAUSE + words
