"""Lines inside a quotation: clauses of another contract, whose numbers count nothing here.

`二、原合同第五条修改为： ⏎ “第五条 付款方式 ⏎ 1、签订后支付20%； ⏎ 2、验收后支付80%。” ⏎ 三、…`
"""

from collections.abc import Sequence

from nlp.clauses.lines import Line

MAX_LINES = 40
_OPEN, _CLOSE = "“「『", "”」』"


def quoted_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Indices of the lines of quotations that begin with a line and run over several."""
    found: set[int] = set()
    index = 0
    while index < len(lines):
        end = _quotation_end(lines, index) if lines[index].text[0] in _OPEN else index
        if end > index + 1:
            found.update(range(index, end))
        index = max(end, index + 1)
    return frozenset(found)


def _quotation_end(lines: Sequence[Line], first: int) -> int:
    """Index behind the line in which the quotation that begins at a line ends; the line itself when it does not."""
    depth = 0
    for index in range(first, min(first + MAX_LINES, len(lines))):
        for char in lines[index].text:
            depth += (char in _OPEN) - (char in _CLOSE)
            if depth == 0 and char in _CLOSE:
                return index + 1
    return first
