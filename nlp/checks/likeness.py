"""How alike two phrases are, by the pairs of characters they share."""

import re

_EMPTY = re.compile(
    r"[\s，。；：、,;:()（）“”\"']|本合同|本协议|甲方|乙方|丙方|双方|一方|任何|对方|约定的?|规定的?|应当?|如果?|因|未能?按|的|地|得"
    r"|每|超过|\d+|【|】|[个]?(?:工作)?[日天月年周]|小时|仍|且|并|或者?|及|即"
)


def bare_event(words: str) -> str:
    """An event without who, how long and what only joins: `乙方逾期交货超过30日的` → `逾期交货`."""
    return _EMPTY.sub("", words)


def pairs(words: str) -> set[str]:
    """The pairs of neighbouring characters."""
    return {words[n : n + 2] for n in range(len(words) - 1)}


def likeness(first: str, second: str) -> float:
    """Share of the pairs of both that they have in common; 1.0 for equal phrases."""
    if first == second:
        return 1.0
    left, right = pairs(first), pairs(second)
    return len(left & right) / len(left | right) if left | right else 0.0
