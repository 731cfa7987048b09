"""Role words in brackets: `甲方：（出租方）李明`, `李明（买方）`, `某公司（以下简称甲方）`."""

import re

from nlp.extract.labels import match_role
from nlp.extract.names import Name, short_names

_BRACKETED = re.compile(r" *\( ?(?:(?:以下|下)?(?:简)?称(?:为)?)? ?[“\"]?(?P<role>[^()“”\"]{2,8})[”\"]? ?\) *")


def called_before(text: str, start: int, limit: int) -> tuple[int, list[str]]:
    """Role words in a bracket between label and name, with where the name begins.

    Args:
        text: folded text.
        start: behind the label.
        limit: end of the line, or where the next label begins.
    """
    match = _BRACKETED.match(text, start, limit)
    if match is None or not _is_role(match["role"]):
        return start, []
    return match.end(), [re.sub(r"\s", "", match["role"])]


def role_bracket(text: str, start: int, limit: int) -> int:
    """Where `（买方）` behind a name begins; the limit where there is none.

    Args:
        text: folded text.
        start: behind the label.
        limit: end of the line, or where the next label begins.
    """
    for match in _BRACKETED.finditer(text, start, limit):
        if _is_role(match["role"]) and match.start() > start and "称" not in match[0]:
            return match.start()
    return limit


def role_words_behind(text: str, name: Name, limit: int) -> list[str]:
    """Role words of (以下简称甲方) or (买方) behind a name or a blank.

    Args:
        text: folded text.
        name: in front of the bracket.
        limit: end of the line, or where the next label begins.
    """
    bracket = _BRACKETED.match(text, name.end, limit) if name.name else None
    if bracket and _is_role(bracket["role"]) and "称" not in bracket[0]:
        return [re.sub(r"\s", "", bracket["role"])]
    at = name.end
    while at < limit and text[at] in " _":
        at += 1
    return [word for word, _ in short_names(text, at, limit) if _is_role(word)]


def _is_role(word: str) -> bool:
    label = match_role(word)
    return label is not None and label.end == len(word)
