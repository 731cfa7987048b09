"""Signature blocks: where the words of a contract end and the signing begins."""

import re
from collections.abc import Sequence

from nlp.clauses.front import is_contract_title
from nlp.clauses.lines import Line
from nlp.clauses.marks import is_closing, is_field, is_party_label, is_signing, squeeze

# 特许人（盖章）    被特许人（签字）
_SEAL = re.compile(r"[(](?:[^()]{0,8}[签盖][名字章][^()]{0,6}|公?章)[)]|[签盖][字章名][:：]")
# 寄存人：  加盟商（签字）：
_LABEL = re.compile(r"(?P<label>[一-龥]{1,6}[人方者商户主])(?:[(][^()]{1,12}[)])?[:：]")
# 订阅方：某公司（下称“客户”）, who signs as 客户：
_CALLED = re.compile(r"[:：][^:：]{4,40}[(](?:以下|下)?(?:简)?称为?[“\"](?P<label>[一-龥A-Za-z]{2,8})[”\"][)]")
_ANY_LABEL = re.compile(r"(?P<label>[一-龥A-Za-z]{2,8})(?:[(][^()]{1,12}[)])?[:：]")
_COLUMN = re.compile(r" {3,}|\t")
MAX_LABELLED = 60
MAX_STRAY = 24  # a seal, a number or a name between the lines of a block


def signature_blocks(
    lines: Sequence[Line],
    first: int,
    last: int,
    barred: frozenset[int] = frozenset(),
    labels: frozenset[str] = frozenset(),
) -> list[range]:
    """Blocks to sign between two lines.

    Args:
        lines: of the document.
        first: index of the first line to look at.
        last: index behind the last.
        barred: lines that no block may hold (numbers of clauses, headings of annexes).
        labels: words by which the contract calls its parties (寄存人, 加盟商), beside those that are usual.
    """
    found = []
    index = first
    while index < last:
        opens = index not in barred and _opens(lines[index], labels)
        end = _block_end(lines, index, last, barred, labels) if opens else index
        if end > index:
            found.append(range(index, end))
            index = end
        else:
            index += 1
    return found


def front_labels(lines: Sequence[Line]) -> frozenset[str]:
    """What the parties are called in the front: `寄存人：方某`."""
    texts = [squeeze(line.text) for line in lines if len(line.text) <= MAX_LABELLED]
    labels = (_LABEL.match(text) for text in texts)
    called = (_CALLED.search(text) for text in texts)
    return frozenset(match["label"] for match in (*labels, *called) if match)


def _is_label(text: str, labels: frozenset[str]) -> bool:
    if is_party_label(text):
        return True
    match = _ANY_LABEL.match(squeeze(text)) if labels else None
    return match is not None and match["label"] in labels


def _opens(line: Line, labels: frozenset[str]) -> bool:
    if line.row:
        return any(_is_label(cell, labels) or is_signing(cell) for cell in line.text.split("\t"))
    return is_closing(line.text) or _is_label(line.text, labels) or is_signing(line.text)


def _block_end(lines: Sequence[Line], first: int, last: int, barred: frozenset[int], labels: frozenset[str]) -> int:
    """Index behind a block that begins at a line; the line itself when it is none."""
    signed = party = False
    end = index = first
    stray = 0
    while index < last and index not in barred:
        line = lines[index]
        cells = line.text.split("\t") if line.row else [line.text]
        label = any(_is_label(cell, labels) for cell in cells)
        mark = any(is_signing(cell) or is_closing(cell) for cell in cells)
        if label or mark or is_field(line.text) or (line.row and index == end):
            signed, party = signed or mark, party or label
            end, stray = index + 1, 0
        elif _is_stray(line.text) and stray < 2 and not is_contract_title(line.text):
            stray += 1
        else:
            break
        index += 1
    # a party label alone is a label; with a line to sign on it is a signature
    paired = len(_SEAL.findall(lines[first].text)) > 1
    return end if signed and (party or paired or end - first > 1 or is_closing(lines[first].text)) else first


def _is_stray(text: str) -> bool:
    """A seal, a number, or the names of two companies side by side."""
    columns = _COLUMN.split(text.strip())
    words = len(columns) > 1 and re.search(r"[，,。;:]", text)  # 期限类型为    期限合同，续订日期为 is a sentence
    return len(text) <= MAX_STRAY or (not words and all(len(column) <= MAX_STRAY for column in columns))


def _is_form(text: str) -> bool:
    """A label, a party's details, or a line drawn to sign on."""
    return is_party_label(text) or is_field(text) or not squeeze(text)


def trailing_labels(lines: Sequence[Line], first: int, last: int) -> int:
    """Where the labels of a form's end begin: `甲方：        乙方：` and no more; `last` when there are none."""
    start = last
    while start > first and _is_form(lines[start - 1].text):
        start -= 1
    while start < last and not is_party_label(lines[start].text):
        start += 1
    return start
