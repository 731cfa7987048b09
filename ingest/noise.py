"""What does not belong to the document, found by what it is; it moves to furniture with its reason.

Three kinds are taken out, each with two independent signs, because nothing real may leave the text:

- a passage in another script (traditional characters, kana, Cyrillic … in a contract that has none) that says nothing a
  contract says and shares no words with the rest; with the headings right above it;
- a passage that repeats itself over and over, as recognition does when it runs wild;
- a stray mark before a number (a speck read as a stop), one character.

A passage in the script of the contract stays, whatever its subject: an annex may speak of anything.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from ingest.blocks import Block, Draft, ParagraphBlock, Piece
from ingest.characters import is_han
from ingest.joining import begins_item, ends_sentence
from schema.base import Box
from schema.page import Furniture

# Words that any part of a contract may use, in both scripts: who, what document, what is to be signed or paid.
_CONTRACT: Final = re.compile(
    "甲方|乙方|丙方|买方|卖方|買方|賣方|合同|合约|合約|契约|契約|协议|協議|条款|條款|双方|雙方|本条|公司|签字|签署|签名|簽字|簽署|盖章|蓋章|附件|附表|地址|电话|電話|传真|邮编|账号|帳號"
    "|银行|銀行|代表|日期|年\\s*月|正文|金额|金額|人民币|违约|違約|责任|責任|agreement|contract|party|signature|annex",
    re.IGNORECASE,
)
_LEAST: Final = 8
_OTHER_SCRIPT: Final = 0.15
_USED_HERE: Final = 0.02
_KNOWN: Final = 0.5
_LONGEST_HEADING: Final = 30
_MOST_HEADINGS: Final = 4
# the same words, run together; boxes, blanks and fields to fill in repeat by design
_LOOP: Final = re.compile(r"([^\s□☐☑☒_]{2,24}?)\1{4,}")
_STEPS: Final = range(2, 25)
_NOT_A_LOOP: Final = re.compile(r"[\W_\d年月日]+")
_SPECK: Final = re.compile(r"[.·,'`](?=\s*(?:[（(第]|[一二三四五六七八九十]{1,3}、|\d{1,2}[、.．]))")


def take_out_noise(draft: Draft) -> None:
    """Move passages that do not belong from the blocks to the furniture of a draft."""
    reasons = _reasons(draft.blocks)
    for place, reason in reasons.items():
        block = draft.blocks[place]
        draft.furniture.append(_furniture(block, reason))
    draft.blocks = [block for place, block in enumerate(draft.blocks) if place not in reasons]
    for block in draft.blocks:
        if isinstance(block, ParagraphBlock) and block.pieces[0].box is not None:
            _drop_speck(block.pieces[0], draft)


def _reasons(blocks: Sequence[Block]) -> dict[int, str]:
    """Places of the blocks to take out, and why."""
    texts = [block.text if isinstance(block, ParagraphBlock) else "" for block in blocks]
    found = {place: reason for place, text in enumerate(texts) if (reason := _repeats(text))}
    foreign = _foreign(blocks)
    if foreign:
        known = Counter(
            pair for place, block in enumerate(blocks) if place not in foreign for pair in _pairs(block.text)
        )
        for place, reason in foreign.items():
            if _share_known(texts[place], known) < _KNOWN:
                found[place] = reason
                for above in _headings_above(texts, place, known):
                    found.setdefault(above, "stands as heading over a passage that does not belong")
    return found


def _foreign(blocks: Sequence[Block]) -> dict[int, str]:
    """Paragraphs in a script that the document does not use otherwise."""
    total: Counter[str] = Counter()
    own: list[Counter[str]] = []
    for block in blocks:
        counts: Counter[str] = Counter()
        for char, times in Counter(_letters(block.text)).items():
            counts[_script(char)] += times
        own.append(counts)
        total += counts
    found = {}
    everything = sum(total.values())
    for place, (block, counts) in enumerate(zip(blocks, own, strict=True)):
        letters = sum(counts.values())
        if not isinstance(block, ParagraphBlock) or letters < _LEAST or _CONTRACT.search(block.text):
            continue
        if 2 * letters > everything:
            # what makes up most of a document is the document
            continue
        for script in ("traditional", "kana", "hangul", "other"):
            elsewhere = total[script] - counts[script]
            rest = max(1, everything - letters)
            # beside traditional ones characters count that no usual set holds (爲): others come out simplified
            beside = counts["rare"] if script == "traditional" else 0
            many = counts[script] >= 3 and counts[script] + beside >= _OTHER_SCRIPT * letters
            if many and elsewhere <= _USED_HERE * rest:
                found[place] = f"a passage in another script ({script}) that shares nothing with the contract"
    return found


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


@lru_cache(maxsize=20_000)
def _script(char: str) -> str:
    if is_han(char):
        # GB 2312 holds the simplified characters in common use; what Big5 has beyond it is traditional
        return "simplified" if _encodes(char, "gb2312") else "traditional" if _encodes(char, "big5hkscs") else "rare"
    code = ord(char)
    if code < 0x250:
        return "latin"
    if 0x3040 <= code <= 0x30FF or 0x31F0 <= code <= 0x31FF:
        return "kana"
    if 0xAC00 <= code <= 0xD7AF or 0x1100 <= code <= 0x11FF:
        return "hangul"
    return "greek" if 0x370 <= code <= 0x3FF else "latin" if 0xFF00 <= code <= 0xFFEF else "other"


def _encodes(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _pairs(text: str) -> list[str]:
    bare = _letters(text)
    return [bare[place : place + 2] for place in range(len(bare) - 1)]


def _share_known(text: str, known: Counter[str], *, counted: bool = False) -> float:
    """Share of the character pairs that occur elsewhere in the document; `counted`: they are among the known ones."""
    pairs = _pairs(text)
    own = Counter(pairs) if counted else Counter[str]()
    return sum(known[pair] > own[pair] for pair in pairs) / len(pairs) if pairs else 0.0


def _headings_above(texts: Sequence[str], place: int, known: Counter[str]) -> list[int]:
    """Short lines right above a strange passage that are headings of nothing else."""
    found: list[int] = []
    for above in range(place - 1, max(-1, place - 1 - _MOST_HEADINGS), -1):
        text = texts[above]
        if not text or len(_letters(text)) > _LONGEST_HEADING or ends_sentence(text) or begins_item(text):
            break
        if _CONTRACT.search(text.replace(" ", "")) or _share_known(text, known, counted=True) >= _KNOWN:
            break
        found.append(above)
    return found


def _repeats(text: str) -> str | None:
    """Why a paragraph is the work of a recogniser that ran wild."""
    if not _may_repeat(text):
        return None
    for loop in _LOOP.finditer(text):
        if len(loop.group()) >= 0.6 * len(text) and len(_NOT_A_LOOP.sub("", loop.group(1))) >= 2:
            return "repeats the same words over and over"
    return None


def _may_repeat(text: str) -> bool:
    """Whether a loop may make up three fifths of a text: then the fifth in its middle lies inside the loop.

    Looking for loops everywhere costs as much as all the rest of laying out a page.
    """
    size = len(text)
    middle = text[size * 2 // 5 + 1 : size * 3 // 5]
    return any(middle[step:] == middle[:-step] for step in _STEPS)


def _furniture(block: Block, reason: str) -> Furniture:
    pieces = (
        block.pieces if isinstance(block, ParagraphBlock) else [piece for cell in block.cells for piece in cell.pieces]
    )
    page = pieces[0].page if pieces else 1
    boxes = [piece.box for piece in pieces if piece.box is not None and piece.page == page]
    return Furniture(page=page, role="noise", text=block.text, box=_around(boxes), reason=reason)


def _around(boxes: Sequence[Box]) -> Box | None:
    if not boxes:
        return None
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _drop_speck(piece: Piece, draft: Draft) -> None:
    """A stop before a number (`.（三）`) is a speck on paper: no text begins so."""
    if piece.confidence >= 1.0 or not _SPECK.match(piece.text):
        return
    draft.furniture.append(
        Furniture(page=piece.page, role="noise", text=piece.text[0], box=piece.box, reason="a speck before a number")
    )
    gone = len(piece.text) - len(piece.text[1:].lstrip())
    piece.text = piece.text[gone:]
    for item in piece.marks:
        item.start, item.end = max(0, item.start - gone), max(0, item.end - gone)
    for doubt in piece.suspects:
        doubt.start, doubt.end = max(0, doubt.start - gone), max(0, doubt.end - gone)
    piece.suspects = [doubt for doubt in piece.suspects if doubt.start < doubt.end]
