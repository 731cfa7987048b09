"""What was taken out of the text because it does not belong, and what the page reader was unsure of."""

import re
from collections.abc import Iterator

from nlp.checks.borne_out import is_borne_out
from nlp.checks.ledger import Draft, Ledger
from nlp.values.numerals import parse_number
from schema.document import Suspect
from schema.page import Furniture

_LEFT_OVER = re.compile(r"comment|deleted|hidden")
_HARMLESS = re.compile(r"speck|table of contents")
_SHOWN = 30
_STOPS = " .,:;·。，：；、'`"
_AROUND = re.compile(r"[元圆整正角分%‰¥￥,，年月日天份个\s]")
_VALUE = re.compile(r"\d|[壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分年月日%‰]")


def passages(ledger: Ledger) -> Iterator[Draft]:
    """Passages that do not belong: one finding for each page that has some."""
    pages: dict[int, list[Furniture]] = {}
    for piece in ledger.contract.furniture:
        if piece.role == "noise" and not _LEFT_OVER.search(piece.reason) and not _HARMLESS.search(piece.reason):
            pages.setdefault(piece.page, []).append(piece)
    for page, pieces in pages.items():
        longest = max(pieces, key=lambda p: len(p.text))
        yield Draft(
            f"第{page}页有与合同无关的文字，已移出正文：“{_short(longest.text)}”",
            data={"page": page, "texts": tuple(p.text for p in pieces), "reason": longest.reason},
        )


def left_over(ledger: Ledger) -> Iterator[Draft]:
    """Comments, tracked deletions and hidden words in the file: one finding for all."""
    pieces = [p for p in ledger.contract.furniture if p.role == "noise" and _LEFT_OVER.search(p.reason)]
    if pieces:
        yield Draft(
            f"文件中有{len(pieces)}处批注、修订删除或隐藏文字，未计入正文：“{_short(pieces[0].text)}”",
            data={"texts": tuple(p.text for p in pieces), "reasons": tuple(dict.fromkeys(p.reason for p in pieces))},
        )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words[:_SHOWN] + ("……" if len(words) > _SHOWN else "")


def suspects(ledger: Ledger) -> Iterator[Draft]:
    """Characters that a second reading of the page saw otherwise; those that carry values count more.

    A reading that is no number, a stop or a speck at its end, and a number that the contract itself bears out are
    passed over: the second reader was wrong there.
    """
    for doubt in ledger.suspects:
        if _same_but_stops(doubt) or _worse_number(doubt) or is_borne_out(ledger, doubt.span):
            continue
        yield Draft(
            f"“{doubt.reading}”可能是“{doubt.alternative}”（两次识别不一致）",
            (doubt.span,),
            data={"reading": doubt.reading, "reason": doubt.reason},
            suggestion=doubt.alternative,
            severity=None if _carries_value(doubt) else "info",
        )


def _same_but_stops(doubt: Suspect) -> bool:
    """7 and .7, 24 and 24.: specks are read as stops."""
    return doubt.reading.strip(_STOPS) == doubt.alternative.strip(_STOPS)


def _worse_number(doubt: Suspect) -> bool:
    """壹佰抬元 for 壹佰拾元: what stands is a number, what the other reader saw is none."""
    return _is_number(doubt.reading) and not _is_number(doubt.alternative)


def _is_number(words: str) -> bool:
    """Whether the capitals or figures of some words are all one number."""
    bare = _AROUND.sub("", words)
    try:
        parse_number(bare)
    except ValueError:
        return False
    return True


def _carries_value(doubt: Suspect) -> bool:
    return bool(_VALUE.search(doubt.reading + doubt.alternative))
