"""What clauses are about: rules of `clause_types.toml`, combined from heading, words and the clauses above.

`第十二条 违约责任` is about penalties by its heading; its item 6, `…甲方有权解除本合同`, also about termination by its
words. Under a heading only decisive words count: a payment clause speaks of acceptance without regulating it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from nlp.lexicon import Rule, read_rules
from schema.clause import ClauseType

Types = tuple[ClauseType, ...]

# a clause on the remainder says nothing about what stands in it
_NOT_INHERITED = frozenset({"general"})
# matters that all parts of a clause share, whatever their own heading: 违约责任 under 保密条款
_PERVADING = frozenset({"confidentiality", "ip", "data_protection", "force_majeure", "insurance", "acceptance"})
# an item of one of these regulates its own side of the money: 发票 under 合同金额
_MONEY = frozenset({"price", "payment", "tax", "deposit"})
# a cue so near the beginning is what the sentence is about: 质量保证期为十二个月
_TOPIC = 8
_DUTY = "duty"
# duties may stand beside these; beside others a duty is only how the matter is put
_BESIDE_DUTIES = frozenset({"assignment", "safety", "quality", "liability"})


@dataclass(frozen=True)
class TypeRules:
    """The rules, made ready.

    Attributes:
        headings: type and expression, in file order.
        openers: a class of all characters a words rule can begin with.
        by_first: for each such character the rules to try.
        beside: types whose words count under any heading.
        fallback: types whose words count when nothing else does.
    """

    headings: tuple[tuple[ClauseType, re.Pattern[str]], ...]
    openers: re.Pattern[str]
    by_first: dict[str, tuple[tuple[str, re.Pattern[str]], ...]]
    beside: frozenset[ClauseType]
    fallback: frozenset[ClauseType]


@cache
def type_rules() -> TypeRules:
    """Read the rules; once a process."""
    rules = read_rules("clause_types")
    words = [rule for rule in rules if rule.id.endswith(".words")]
    grouped: dict[str, dict[str, list[str]]] = {}
    for rule in words:
        name = _DUTY if rule.data.get("duty") else _type(rule)
        for pattern in rule.patterns:
            for char in first_characters(pattern):
                grouped.setdefault(char, {}).setdefault(name, []).append(pattern)
    by_first = {
        char: tuple((name, re.compile("|".join(f"(?:{p})" for p in patterns))) for name, patterns in types.items())
        for char, types in grouped.items()
    }
    return TypeRules(
        tuple((_type(rule), rule.regex) for rule in rules if rule.id.endswith(".heading")),
        re.compile("[" + re.escape("".join(sorted(by_first))) + "]"),
        by_first,
        frozenset(_type(rule) for rule in words if rule.data.get("beside")),
        frozenset(_type(rule) for rule in words if rule.data.get("fallback")),
    )


def _type(rule: Rule) -> ClauseType:
    return cast(ClauseType, rule.data["type"])


def heading_types(heading: str | None) -> Types:
    """Types a heading names, in the order it names them."""
    if not heading:
        return ()
    words = "".join(heading.split()) if not heading.isascii() else heading
    found = [(match.start(), name) for name, regex in type_rules().headings if (match := regex.search(words))]
    return tuple(name for _, name in sorted(found, key=lambda item: item[0]))


def word_types(words: str) -> dict[str, int]:
    """Types of which the words of a clause hold a cue, with its place, in order; `duty` for a ban or a must."""
    rules = type_rules()
    found: dict[str, int] = {}
    for place in rules.openers.finditer(words):
        for name, regex in rules.by_first[place[0]]:
            if name not in found and regex.match(words, place.start()):
                found[name] = place.start()
    return found


def clause_types(heading: str | None, words: str, above: Types) -> tuple[Types, Types]:
    """Types of a clause.

    Args:
        heading: folded, or None.
        words: folded own words.
        above: what the clause above hands down.

    Returns:
        Its types, and those that it hands down.
    """
    rules = type_rules()
    named = heading_types(heading)
    found = word_types(words)
    own = cast(Types, tuple(name for name in found if name != _DUTY and name not in rules.fallback))
    decisive = tuple(name for name in own if name in rules.beside)
    if named:
        pervading = tuple(name for name in above if name in _PERVADING)
        down = tuple(name for name in named if name not in _NOT_INHERITED)
        return _joined(named, decisive, pervading), _joined(down, pervading)
    if not above:
        duty = _DUTY in found and set(own) <= _BESIDE_DUTIES
        types = _joined(own, tuple(rules.fallback) if duty or (found and not own) else ())
        return types, types
    shared = tuple(name for name in own if name in above)
    if shared:
        types = _joined(tuple(name for name in own if name in above or name in rules.beside))
        return types, tuple(name for name in types if name in above)
    if set(above) <= _MONEY and set(own) & _MONEY:
        return own, above
    topic = tuple(name for name in own if found[name] < _TOPIC)
    return _joined(topic, decisive, above), above


def gathered(children: Sequence[Types]) -> Types:
    """Types of a clause that says nothing itself: what at least half of the clauses below it are about."""
    counts: dict[ClauseType, int] = {}
    for name in (name for types in children for name in types):
        counts[name] = counts.get(name, 0) + 1
    return tuple(name for name, count in counts.items() if 2 * count >= len(children))


def _joined(*groups: Sequence[ClauseType]) -> Types:
    return tuple(dict.fromkeys(name for group in groups for name in group))


_LOOK = re.compile(r"\^|\(\?<?[!=]")


def first_characters(pattern: str) -> frozenset[str]:
    """Characters a match of a pattern can begin with.

    Raises:
        ValueError: it does not begin with plain characters, a class or a group of such.
    """
    look = _LOOK.match(pattern)
    if look:
        end = 1 if look[0] == "^" else _group_end(pattern)
        return first_characters(pattern[end:])
    if pattern.startswith("(?:"):
        end = _group_end(pattern)
        branches = _branches(pattern[3 : end - 1])
        found = frozenset[str]().union(*(first_characters(branch) for branch in branches if branch))
        return found | _if_optional(pattern, end)
    if pattern.startswith("["):
        end = pattern.index("]") + 1
        inner = pattern[1 : end - 1]
        if inner.startswith("^") or "-" in inner:
            raise ValueError(f"begins with an open class: {pattern}")
        chars = set(inner.replace(r"\d", "")) | (set("0123456789") if r"\d" in inner else set())
        return frozenset(chars) | _if_optional(pattern, end)
    if not pattern or pattern[0] in r".\(*+?|)":
        raise ValueError(f"does not begin with plain characters: {pattern}")
    return frozenset(pattern[0]) | _if_optional(pattern, 1)


def _if_optional(pattern: str, end: int) -> frozenset[str]:
    """Characters of what follows, when the piece before may be missing."""
    return first_characters(pattern[end + 1 :]) if pattern[end : end + 1] == "?" else frozenset()


def _group_end(pattern: str) -> int:
    """Index behind the group a pattern begins with."""
    depth = 0
    for index, char in enumerate(pattern):
        if char == "(" and pattern[index - 1 : index] != "\\":
            depth += 1
        elif char == ")" and pattern[index - 1 : index] != "\\":
            depth -= 1
            if depth == 0:
                return index + 1
    raise ValueError(f"a group is not closed: {pattern}")


def _branches(inner: str) -> list[str]:
    """Alternatives of a group, at its outermost level."""
    branches, depth, begin = [], 0, 0
    for index, char in enumerate(inner):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            branches.append(inner[begin:index])
            begin = index + 1
    return [*branches, inner[begin:]]
