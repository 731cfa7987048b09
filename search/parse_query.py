"""What a person types, as a tree of meanings; never an error, never everything for a query that says something.

    违约金 逾期                  words, best matches first
    "合同总额"  “合同总额”       exactly these characters
    -定金                       without
    违约金 且 (甲方 或 乙方)      AND, OR, 且, 或, parentheses
    类型:违约责任  金额:>100万  日期:2025..2026  金额大于100万

What cannot be read this way is read as text, with a note that says so. Operators stand alone between blanks: 或 inside
a pasted sentence is text, and so is every bracket that holds no operator.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from schema.errors import SearchError
from schema.query import Condition, Op
from search.fields import BY_ANY_NAME, WhereField
from search.where import Unknown, compile_where

LONGEST = 1000
"""Characters that are read; a longer paste is cut."""

_MOST_PARTS = 64
_DEEPEST = 16


@dataclass(frozen=True)
class Text:
    """Words to look for."""

    text: str


@dataclass(frozen=True)
class Quote:
    """Characters to find exactly."""

    text: str


@dataclass(frozen=True)
class Filter:
    """A condition."""

    condition: Condition


@dataclass(frozen=True)
class Without:
    """Excludes."""

    part: "Node"


@dataclass(frozen=True)
class Both:
    """All parts, said with 且 or AND."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Either:
    """One part, said with 或 or OR."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Together:
    """Parts that stand side by side: filters, exclusions and quotes must hold, words are ranked together."""

    parts: tuple["Node", ...]


Node = Text | Quote | Filter | Without | Both | Either | Together


@dataclass(frozen=True)
class Parsed:
    """A query as it was read.

    Attributes:
        root: None when nothing was typed.
        typed: all of it, as one string of characters to look for literally.
        notes: what was read differently from how it was typed.
    """

    root: Node | None
    typed: str
    notes: tuple[str, ...] = ()


_CLOSING = {'"': '"', "“": "”", "”": "”", "「": "」", "『": "』", "＂": "＂"}
_AND = {"and", "&&", "且", "并且", "与"}
_OR = {"or", "||", "|", "或", "或者"}
_NOT = {"not", "非"}
_COMPARISONS: dict[str, Op] = {
    "大于等于": ">=",
    "小于等于": "<=",
    "不少于": ">=",
    "不低于": ">=",
    "不小于": ">=",
    "不超过": "<=",
    "不高于": "<=",
    "不大于": "<=",
    "不多于": "<=",
    "至少": ">=",
    "至多": "<=",
    "大于": ">",
    "超过": ">",
    "高于": ">",
    "多于": ">",
    "小于": "<",
    "低于": "<",
    "少于": "<",
    "等于": "=",
    ">=": ">=",
    "<=": "<=",
    "≥": ">=",
    "≤": "<=",
    "!=": "!=",
    "≠": "!=",
    ">": ">",
    "＞": ">",
    "<": "<",
    "＜": "<",
    "=": "=",
    "＝": "=",
}
_FIELD_NAME = "|".join(sorted(map(re.escape, BY_ANY_NAME), key=len, reverse=True))
_COMPARISON = "|".join(map(re.escape, _COMPARISONS))
_FIELD = re.compile(rf"(?P<name>{_FIELD_NAME})(?:[:：](?P<colon>{_COMPARISON})?|(?P<op>{_COMPARISON}))", re.IGNORECASE)
_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"[^\s\"“”「」『』＂]+")
_NEGATIVE = re.compile(r"[-－](?=[^\s\-－])")


def parse_query(text: str) -> Parsed:
    """Read a query.

    Args:
        text: as typed.
    """
    notes: list[str] = []
    if len(text) > LONGEST:
        text = text[:LONGEST]
        notes.append(f"only the first {LONGEST} characters were read")
    if not text.strip():
        return Parsed(None, "", tuple(notes))
    root = _whole_quote(text) or _Reader(text, notes).read()
    if not _says_something(root):
        notes.append("exclusions alone leave nothing to find: read as text")
        root = Text(text)
    return Parsed(root, text, tuple(dict.fromkeys(notes)))


def _whole_quote(text: str) -> Node | None:
    """A query that is one quotation, even when the quoted words hold such a mark themselves."""
    stripped = text.strip()
    closing = _CLOSING.get(stripped[0])
    if closing is None or len(stripped) < 3 or stripped[-1] != closing:
        return None
    inner = stripped[1:-1]
    alone = closing not in inner or (stripped[0] == closing and inner.count(closing) % 2 == 1)
    return Quote(inner) if alone else None


def _says_something(node: Node) -> bool:
    """Whether there is more than exclusions."""
    match node:
        case Without():
            return False
        case Text(text):
            return bool(text.strip())
        case Both(parts) | Together(parts):
            return any(map(_says_something, parts))
        case Either(parts):
            return all(map(_says_something, parts))
        case _:
            return True


class _Reader:
    """Recursive descent over the characters; each step moves on, so time grows with length only."""

    def __init__(self, text: str, notes: list[str]) -> None:
        self._text = text
        self._notes = notes
        self._at = 0
        self._parts = 0

    def read(self) -> Node:
        parts = []
        while self._at < len(self._text):
            parts.append(self._either(0))
            if self._at < len(self._text) and self._text[self._at] in ")）":
                self._at += 1  # a closing bracket that nothing opened
        return _one(Together, parts)

    def _either(self, depth: int) -> Node:
        parts = [self._both(depth)]
        while self._operator(_OR):
            parts.append(self._both(depth))
        return _one(Either, parts)

    def _both(self, depth: int) -> Node:
        parts = [self._together(depth)]
        while self._operator(_AND):
            parts.append(self._together(depth))
        return _one(Both, parts)

    def _together(self, depth: int) -> Node:
        parts: list[Node] = []
        while self._skip() and self._text[self._at] not in ")）" and not self._at_operator(_AND | _OR):
            part = self._part(depth)
            self._parts += 1
            if isinstance(part, Text) and parts and isinstance(parts[-1], Text):
                parts[-1] = Text(f"{parts[-1].text} {part.text}")
            elif part != Text("") and self._parts <= _MOST_PARTS:
                parts.append(part)
        if self._parts > _MOST_PARTS:
            self._notes.append(f"only the first {_MOST_PARTS} conditions were read")
        return _one(Together, parts)

    def _part(self, depth: int) -> Node:
        text = self._text
        negative = _NEGATIVE.match(text, self._at)
        if negative and depth < _DEEPEST:
            self._at = negative.end()
            return Without(self._part(depth + 1))
        if self._operator(_NOT) and depth < _DEEPEST and self._skip() and text[self._at] not in ")）":
            return Without(self._part(depth + 1))
        if not self._skip() or text[self._at] in ")）":
            return Text("")
        if text[self._at] in _CLOSING:
            return self._quote()
        if text[self._at] in "(（" and depth < _DEEPEST and self._groups():
            self._at += 1
            inner = self._either(depth + 1)
            if self._skip() and text[self._at] in ")）":
                self._at += 1
            return inner
        return self._field() or self._word()

    def _quote(self) -> Node:
        opening = self._text[self._at]
        end = self._text.find(_CLOSING[opening], self._at + 1)
        if end < 0:
            self._notes.append(f"the quotation mark {opening} is not closed: read as text")
            self._at += 1
            return self._word() if self._skip() and self._text[self._at] not in _CLOSING else Text("")
        inner = self._text[self._at + 1 : end]
        self._at = end + 1
        return Quote(inner) if inner else Text("")

    def _word(self) -> Node:
        match = _WORD.match(self._text, self._at)
        if match is None:
            self._at += 1
            return Text("")
        word = match.group()
        # A bracket closes a group only where one was opened; inside a word it is text.
        if (cut := _group_end(word)) is not None:
            word = word[:cut]
        self._at += max(len(word), 1)
        return Text(word)

    def _field(self) -> Node | None:
        """`类型:违约责任`, `金额>100万`, `金额大于100万`, `日期:2025..2026`."""
        match = _FIELD.match(self._text, self._at)
        if match is None:
            return None
        field = BY_ANY_NAME.get(match["name"]) or BY_ANY_NAME[match["name"].lower()]
        op = _COMPARISONS[match["colon"] or match["op"] or "="]
        start, value = match.end(), ""
        if start < len(self._text) and self._text[start] in _CLOSING:
            end = self._text.find(_CLOSING[self._text[start]], start + 1)
            value, after = (self._text[start + 1 : end], end + 1) if end > 0 else ("", start)
        elif word := _WORD.match(self._text, start):
            cut = _group_end(word.group())
            value = word.group()[: len(word.group()) if cut is None else cut]
            after = start + len(value)
        if not value:
            return None
        node = _readable(lambda: _conditions(field, op, value))
        if node is None:
            self._notes.append(f"“{self._text[self._at : after]}” is no condition ({field.example}): read as text")
            return None
        self._at = after
        return node

    def _groups(self) -> bool:
        """Whether the bracket here holds an operator or a condition, and so is no bracket of a text."""
        closing = {"(": ")", "（": "）"}[self._text[self._at]]
        depth = 0
        for place in range(self._at, len(self._text)):
            if self._text[place] in "(（":
                depth += 1
            elif self._text[place] in ")）":
                depth -= 1
                if depth == 0:
                    inner = self._text[self._at + 1 : place]
                    stands_alone = place + 1 == len(self._text) or self._text[place + 1] in " \t\n)）"
                    words = {w.lower() for w in re.split(r"[\s()（）]+", inner)}
                    return stands_alone and self._text[place] == closing and bool(words & (_AND | _OR | _NOT))
        return False

    def _skip(self) -> bool:
        """Move over blanks; False at the end."""
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._at < len(self._text)

    def _at_operator(self, names: set[str]) -> int | None:
        """End of an operator that stands alone here."""
        before = self._at == 0 or self._text[self._at - 1] in ' \t\n\r\u3000)）"”」』'
        match = _WORD.match(self._text, self._at)
        if before and match and match.group().lower() in names:
            return match.end()
        return None

    def _operator(self, names: set[str]) -> bool:
        if self._skip() and (end := self._at_operator(names)) is not None:
            self._at = end
            return True
        return False


def _group_end(word: str) -> int | None:
    """Where a closing bracket ends the word, when the word did not open it."""
    depth = 0
    for place, character in enumerate(word):
        if character in "(（":
            depth += 1
        elif character in ")）":
            depth -= 1
            if depth < 0 and place > 0:
                return place
    return None


def _one(kind: type[Both] | type[Either] | type[Together], parts: list[Node]) -> Node:
    found = [part for part in parts if part != Text("")]
    if len(found) == 1:
        return found[0]
    return kind(tuple(found)) if found else Text("")


def _conditions(field: WhereField, op: Op, value: str) -> Node:
    """One condition, or two for a range `a..b`; an unreadable value raises."""
    bounds = (
        re.fullmatch(r"(.*?)(?:\.\.+|～|~|至)(.*)", value)
        if op == "=" and field.sort not in ("contract", "party", "word", "facet")
        else None
    )
    if bounds and any(bounds.groups()):
        ends: list[tuple[Op, str]] = [(">=", bounds[1]), ("<=", bounds[2])]
        wanted = [Condition(field=field.name, op=o, values=(v,)) for o, v in ends if v]
    else:
        wanted = [
            Condition(field=field.name, op=op, values=tuple(v for v in re.split("[,，]", value) if v) or (value,))
        ]
        wanted = [c.model_copy(update={"op": "in"}) if len(c.values) > 1 and op == "=" else c for c in wanted]
    compile_where(wanted, Unknown())
    return _one(Together, [Filter(c) for c in wanted])


def _readable(read: Callable[[], Node]) -> Node | None:
    try:
        return read()
    except SearchError:
        return None
