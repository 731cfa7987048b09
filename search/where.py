"""Filters: from `deadline.who=甲方` to a query tree."""

import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Protocol

from schema.errors import SearchError
from schema.query import Condition, Op
from search.analysis import keyword
from search.fields import BY_ANY_NAME, WhereField
from search.labels import labels, value_of
from search.readers import Bounds, read_length, read_money, read_rate
from search.scale import LARGEST, RATE, SLOTTED, slot_term, slotted
from search.tree import AllOf, Not, Nothing, Range, Term, Terms, Tree, all_of, any_of


class Known(Protocol):
    """What the index knows, for reading filters."""

    def resolve(self, kind: str, words: str) -> Sequence[str]:
        """Names of parties, or ids of contracts (`party`, `contract`), that the words mean."""

    def slots(self, kind: str) -> int:
        """The most facts of a kind that any clause has."""


class Unknown:
    """An index that knows nothing: to find out whether a filter can be read at all."""

    def resolve(self, kind: str, words: str) -> Sequence[str]:
        """No name is known."""
        return ()

    def slots(self, kind: str) -> int:
        """One fact a clause."""
        return 1


Leaf = Callable[[int | None], Tree]
"""The tree of a condition: on any fact, or on the fact in one slot."""

_CONDITION = re.compile(
    r"\s*(?P<field>[^\s=!<>≥≤＝＞＜]+?)\s*(?P<op>!=|>=|<=|[=<>≥≤＝＞＜]|\s+in\s+)\s*(?P<value>.+?)\s*", re.DOTALL
)
_OPS: dict[str, Op] = {"＝": "=", "＞": ">", "＜": "<", "≥": ">=", "≤": "<=", "≠": "!="}
_TRUE, _FALSE = ("true", "yes", "是", "1"), ("false", "no", "否", "0")


def parse_condition(text: str) -> Condition:
    """Read what stands behind `--where`.

    Args:
        text: `field op value`; op one of `= != > >= < <= in`; the values of `in` are separated by commas.

    Raises:
        SearchError: there is no such field (the nearest one is named), or no comparison.
    """
    match = _CONDITION.fullmatch(text)
    if match is None:
        raise SearchError(
            "value_unreadable",
            f"Not a condition: {text[:80]}",
            remedy="write field, comparison, value: deadline.who=甲方",
        )
    op = match["op"].strip()
    if op == "in":
        values = tuple(v.strip() for v in re.split("[,，、]", match["value"]) if v.strip())
    else:
        values = (match["value"],)
    return Condition(field=find_field(match["field"]).name, op=_OPS.get(op, op), values=values)


def find_field(name: str) -> WhereField:
    """The field of a name in either language.

    Raises:
        SearchError: there is none; the nearest is named.
    """
    field = BY_ANY_NAME.get(name) or BY_ANY_NAME.get(name.lower())
    if field is None:
        near = difflib.get_close_matches(name.lower(), BY_ANY_NAME, 1, 0.0)
        raise SearchError("field_unknown", f"There is no search field {name[:40]}", remedy=f"did you mean {near[0]}?")
    return field


def compile_where(conditions: Iterable[Condition], known: Known) -> list[Tree]:
    """Trees that must all hold.

    Args:
        conditions: filters; those on one kind of fact are asked of one and the same fact.
        known: looks up in the index.

    Raises:
        SearchError: unknown field or unreadable value.
    """
    trees: list[Tree] = []
    either: list[Condition] = []
    by_fact: defaultdict[str, list[tuple[Leaf, bool]]] = defaultdict(list)
    for condition in conditions:
        field = find_field(condition.field)
        if field.sort == "amount":
            either.append(condition)
        elif field.fact is None or (field.sort in ("party",) and condition.op == "!="):
            trees.append(_plain(field, condition, known))
        elif field.fact in ("party", "blank") and condition.op == "!=":
            trees.append(Not(_word_leaf(field, condition.model_copy(update={"op": "="}), known)(None)))
        else:
            by_fact[field.fact].append((_leaf(field, condition, known), condition.op == "!="))
    if either:
        trees.append(_amount(either, known))
    return trees + [_one_fact(kind, leaves, known) for kind, leaves in by_fact.items()]


def _one_fact(kind: str, leaves: Sequence[tuple[Leaf, bool]], known: Known) -> Tree:
    """Conditions that hold for one and the same fact; a single one that denies nothing needs no slot."""
    if len(leaves) == 1 and not leaves[0][1]:
        return leaves[0][0](None)
    return any_of(*(all_of(*(leaf(slot) for leaf, _ in leaves)) for slot in range(known.slots(kind))))


def _amount(conditions: Sequence[Condition], known: Known) -> Tree:
    """All conditions hold for the total of the contract, or all for one sum in the clause."""
    field = find_field("amount")
    total, leaves = [], []
    for condition in conditions:
        bounds = [_read(field, value) for value in condition.values]
        total.append(_known_range("total", condition, bounds))
        leaves.append((partial(_range, "amount", condition, bounds), False))
    return any_of(all_of(*total), _one_fact("amount", leaves, known))


def _plain(field: WhereField, condition: Condition, known: Known) -> Tree:
    """What a clause or its contract has once."""
    if condition.op == "!=":
        return Not(_plain(field, condition.model_copy(update={"op": "="}), known))
    if field.sort == "facet":
        _only(condition, field, "=", "in")
        return Terms(field.name, tuple(_choice(field, v) for v in condition.values))
    if field.sort in ("contract", "party"):
        _only(condition, field, "=", "in")
        found = [name for value in condition.values for name in known.resolve(field.sort, value)]
        if field.sort == "contract":
            return Terms("contract", tuple(dict.fromkeys(found))) if found else Nothing()
        return _facts_terms("party.party", found, None)
    bounds = [_read(field, value) for value in condition.values]
    return _known_range("date", condition, bounds)


def _leaf(field: WhereField, condition: Condition, known: Known) -> Leaf:
    """A condition on a fact."""
    if field.sort == "party":
        _only(condition, field, "=", "in")
        names = [name for value in condition.values for name in known.resolve("party", value)]
        return lambda slot: _facts_terms("party.party", names, slot)
    if field.sort == "length":
        read = [_length(field, value) for value in condition.values]
        return lambda slot: any_of(*(_range(name, condition, [bounds], slot) for name, bounds in read))
    if field.sort == "cap":
        return _cap_leaf(field, condition, known)
    if field.sort == "number":
        bounds = [_read(field, value) for value in condition.values]
        return lambda slot: _range(field.number or "", condition, bounds, slot)
    return _word_leaf(field, condition, known)


def _word_leaf(field: WhereField, condition: Condition, known: Known) -> Leaf:
    _only(condition, field, "=", "!=", "in")
    attribute = field.name if "." in field.name else f"{field.fact}.{field.name}"
    values = [_choice(field, v) for v in condition.values]
    if attribute in SLOTTED:
        slots = range(known.slots(field.fact or ""))
        return lambda slot: any_of(*(_facts_terms(attribute, values, k) for k in (slots if slot is None else (slot,))))
    if condition.op != "!=":
        return lambda slot: _facts_terms(attribute, values, slot)
    return lambda slot: AllOf(
        (Term("facts", slot_term(slot or 0, attribute)), Not(_facts_terms(attribute, values, slot)))
    )


def _cap_leaf(field: WhereField, condition: Condition, known: Known) -> Leaf:
    if [v.strip().lower() for v in condition.values] in (["none"], ["无"]) and condition.op in ("=", "!="):
        return _word_leaf(field, condition, known) if condition.op == "=" else _has_cap
    read: list[tuple[str, Bounds]] = []
    for value in condition.values:
        rate = _read(field, value, read_rate)
        # 0.3 and 30% are rates, 50000 is a sum.
        is_rate = rate[0] <= 10**RATE
        read.append(("penalty_cap", rate) if is_rate else ("penalty_cap_amount", _read(field, value, read_money)))
    return lambda slot: any_of(*(_range(name, condition, [bounds], slot) for name, bounds in read))


def _has_cap(slot: int | None) -> Tree:
    """A penalty that is not without a cap."""
    return AllOf(
        (Term("facts", slot_term(slot or 0, "penalty.kind")), Not(Term("facts", slot_term(slot or 0, "penalty.cap"))))
    )


def _facts_terms(attribute: str, values: Sequence[str], slot: int | None) -> Tree:
    terms = [f"{attribute}={keyword(value)}" for value in values]
    terms = terms if slot is None else [slot_term(slot, term) for term in terms]
    return Terms("facts", tuple(dict.fromkeys(terms))) if terms else Nothing()


def _range(name: str, condition: Condition, bounds: Sequence[Bounds], slot: int | None) -> Tree:
    """A comparison of a number; `low` and `high` of the typed value differ for a date without a day."""

    def between(low: int, high: int) -> Tree:
        if slot is None:
            return Range(name, low, high)
        return Range(f"{name}_at", slotted(slot, low), slotted(slot, high))

    low, high = bounds[0]
    match condition.op:
        case ">":
            return between(min(high + 1, LARGEST), LARGEST)
        case ">=":
            return between(low, LARGEST)
        case "<":
            return between(0, low - 1) if low else Nothing()
        case "<=":
            return between(0, high)
        case "!=":
            return any_of(*([between(0, low - 1)] if low else []), between(min(high + 1, LARGEST), LARGEST))
        case _:
            return any_of(*(between(first, last) for first, last in bounds))


def _known_range(name: str, condition: Condition, bounds: Sequence[Bounds]) -> Tree:
    """A comparison that what is not known (0 in the index) never passes."""
    tree = _range(name, condition, bounds, None)
    return all_of(tree, Range(name, 1, None)) if condition.op in ("<", "<=", "!=") else tree


def _only(condition: Condition, field: WhereField, *ops: Op) -> None:
    if condition.op not in ops:
        raise SearchError(
            "value_unreadable",
            f"{field.name} cannot be compared with {condition.op}",
            remedy=f"use {' or '.join(ops)}: {field.example}",
        )


def _choice(field: WhereField, text: str) -> str:
    """A typed value of a field with fixed values, by value or by name; free text stays as it is."""
    if field.name in ("deadline.workday", "blank") and text.lower() in (*_TRUE, *_FALSE):
        return "true" if text.lower() in _TRUE else "false"
    if field.labels is None:
        return text.strip()
    value = value_of(field.labels, text)
    if value is None and field.name == "role":
        return text.strip()  # roles are as printed; the table only knows what they mean in law
    if value is None:
        known = ", ".join(labels()[field.labels])
        raise SearchError("value_unreadable", f"{field.name} has no value {text[:40]}", remedy=f"use one of {known}")
    return value


def _read(field: WhereField, text: str, reader: Callable[[str], Bounds] | None = None) -> Bounds:
    try:
        return (reader or field.reader or read_money)(text)
    except (ValueError, ArithmeticError) as error:
        raise SearchError(
            "value_unreadable",
            f"{field.name} cannot be read from {text[:40]!r}",
            remedy=f"write it like {field.example}",
        ) from error


def _length(field: WhereField, text: str) -> tuple[str, Bounds]:
    try:
        return read_length(text)
    except (ValueError, ArithmeticError) as error:
        raise SearchError(
            "value_unreadable",
            f"{field.name} cannot be read from {text[:40]!r}",
            remedy=f"write it like {field.example}",
        ) from error
