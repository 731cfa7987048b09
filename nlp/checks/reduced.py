"""Whether a share is taken of a price from which something is taken off: `签约合同价（扣除暂列金额）的10%`.

How much is taken off is rarely read for sure, so nothing is computed from such a base.
"""

import re

_OFF = "扣除|扣减|扣去|扣掉|减去|减除|核减|剔除|去除|抵扣|不含|不包括|不包含|不计|未含|未包括|未计"
_PRICE = "(?:签约|合同|协议|总|价|余|净|剩|款|金额)"
_REDUCED = re.compile(
    # （扣除暂列金额）  （暂列金额除外）  （不含税）
    rf"\([^()]{{0,24}}(?:{_OFF}|除外|以外|之外)[^()]{{0,24}}\)"
    # 扣除暂列金额后合同总价的, but not 扣除合同总价的10%
    rf"|(?:{_OFF})[^，,。；;()]{{1,24}}?(?:后|外|的(?={_PRICE}))"
    # 除暂列金额外合同总价的, but not 除另有约定外
    rf"|除(?!另|双方|[甲乙]方|本合同)[^，,。；;()]{{1,16}}?外(?:的)?(?={_PRICE}|，?其[余他])"
    # 合同总价与暂列金额之差  合同总价与增补价款之和
    r"|[与和减加及][^，,。；;()]{1,16}(?:之差|差额|之和|余额|净额)|加上"
)
_BEHIND = re.compile(rf"{_OFF}|除外|冲抵|抵减")
_WITHOUT_TAX = re.compile(r"不含(?:增值)?税|税前|未税")
_BORDER = re.compile(r"[。；;\n]|[，,](?![^()]*\))")
_TO_BASE = 64


def is_reduced(text: str, start: int, end: int, amount: int, *, net: bool = False) -> bool:
    """Whether words around a percentage take something off its base.

    Args:
        text: folded text of the contract.
        start: offset of the percentage.
        end: offset behind it.
        amount: offset of the sum it is said to be, before or behind it.
        net: whether the price of the contract is itself one without tax.
    """
    before = text[max(0, start - _TO_BASE) : start]
    cut = max((m.end() for m in _BORDER.finditer(before)), default=0)
    base = before[cut:]
    if cut and re.search(rf"(?:{_OFF})[^，,。；;]{{1,24}}后[，,]\Z", before[:cut]):
        return True
    if net and _WITHOUT_TAX.search(base):
        return False
    return bool(_REDUCED.search(base) or _WITHOUT_TAX.search(base) or _BEHIND.search(text, end, max(end, amount)))
