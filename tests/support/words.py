"""A small word segmenter for tests, so that search is tested without the one it is given at work."""

# fmt: off
_WORDS = frozenset(
    [
        "合同", "总价", "合同总价", "合同专用章", "专用章", "违约", "房租", "办公用房", "租赁",
        "违约金", "责任", "违约责任",
        "逾期",
        "延期", "迟延", "付款", "支付", "首付款", "尾款", "验收", "合格", "发票", "增值税", "专用", "甲方",
        "乙方", "买方", "卖方", "出租", "出租人", "承租人", "租金", "押金", "保证金", "服务", "服务器", "设备",
        "采购", "质保期", "保修", "争议", "解决", "仲裁", "法院", "人民法院", "管辖", "保密", "信息", "终止",
        "解除", "通知", "书面", "工作日", "交货", "交付", "货物", "运输", "赔偿", "损失", "律师", "律师费",
        "承担", "不可抗力", "知识产权", "软件", "源代码", "培训", "维修", "房屋", "水费", "电费", "物业费",
        "工资", "劳动", "加班", "试用期", "工期", "竣工", "施工", "工程", "利息", "定金", "订金", "转让",
        "分包", "附件", "补充", "协议", "生效", "盖章", "签字",
    ]
)
# fmt: on
_LONGEST = max(map(len, _WORDS))


def words(text: str) -> list[str]:
    """Words of the list, longest first, and single characters; Latin letters and digits stay together."""
    found: list[str] = []
    at = 0
    while at < len(text):
        if text[at].isascii() and text[at].isalnum():
            end = at
            while end < len(text) and text[end].isascii() and (text[end].isalnum() or text[end] in ".-"):
                end += 1
        else:
            ends = range(min(len(text), at + _LONGEST), at, -1)
            end = next((e for e in ends if text[at:e] in _WORDS), at + 1)
        found.append(text[at:end].lower())
        at = end
    return [word for word in found if word.strip()]
