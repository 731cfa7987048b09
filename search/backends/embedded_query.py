"""The layout as a tantivy schema, documents and query trees as its objects."""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from functools import lru_cache
from typing import Any
from zlib import adler32, crc32

import tantivy
from tantivy import Occur, Query

from search import tree as t
from search.backends.embedded_facets import COLUMNS, FILLED, column
from search.backends.embedded_values import Values
from search.documents import Document
from search.layout import LAYOUT, FieldKind

CARD, KEYS, KEPT, SAME = "card", "keys", "kept", "same"
"""Fields of the engine in which those of the layout are joined: each value handed over costs as much as ten tokens.

`card`: what all documents of a contract share, `keys`: what is of one document alone, both as `field:value`, and facts
as they are; `kept`: what is stored; `same`: a number that clauses which say the same have in common.
"""

SHARED = ("contract", "kind", "dispute", "folder", "tag", "year", "party", "date", "total")
"""Fields that all documents of a contract share, handed over once."""

_CARDS = 6
_FEW = 8
_ON_CARD = frozenset(SHARED[:_CARDS])
_NAMES = ("name", "sound", "initials")
_OWN = frozenset(("unit", "type", "finding", *_NAMES))
_WORDS = ("word:", "party:")
_OPTIONS: dict[FieldKind, dict[str, Any]] = {
    "positions": {"tokenizer_name": "whitespace", "index_option": "position"},
    "frequency": {"tokenizer_name": "whitespace", "index_option": "freq"},
    "presence": {"tokenizer_name": "whitespace", "index_option": "basic"},
}
_BLANKS = str.maketrans({blank: chr(0xFDD0 + k) for k, blank in enumerate(" \n\t\r\f\v")})
_BLANK = frozenset(map(chr, _BLANKS))
_TEXTS = tuple(f.name for f in LAYOUT if f.kind in _OPTIONS and f.name != "facts")
AS_THEY_ARE = frozenset(_TEXTS)
"""Fields of the layout that are fields of the engine with the same tokens."""

_INTEGERS = tuple(field.name for field in LAYOUT if field.kind == "integer")


def schema() -> tantivy.Schema:
    """The layout as a schema."""
    builder = tantivy.SchemaBuilder()
    for field in LAYOUT:
        if field.kind == "integer":
            builder.add_integer_field(field.name, fast=True)
        elif field.name in _TEXTS:
            builder.add_text_field(field.name, **_OPTIONS[field.kind])
    for name in (CARD, KEYS):
        builder.add_text_field(name, **_OPTIONS["presence"])
    for name in COLUMNS.values():
        builder.add_unsigned_field(name, fast=True)
    builder.add_unsigned_field(SAME, fast=True)
    builder.add_bytes_field(KEPT, stored=True)
    return builder.build()


class Writing:
    """Makes documents of the engine; what those of one contract share is made once."""

    def __init__(self, known: tantivy.Schema, values: Values) -> None:
        """Begin.

        Args:
            known: schema of the index.
            values: of its facets; whoever commits saves them before.
        """
        self._schema = known
        self._number = values.number
        self._shared: list[Any] = []
        self._card = tantivy.Document()

    def document(self, fields: Document) -> tantivy.Document:
        """A document as the engine takes it."""
        shared = [fields.get(name) for name in SHARED]
        if shared != self._shared:
            self._shared, self._card = shared, self._make_card(dict(zip(SHARED, shared, strict=True)))
        found: dict[str, Any] = {name: value for name, value in fields.items() if name in _OF_DOCUMENT}
        types, findings = _each(fields.get("type")), _each(fields.get("finding"))
        keys = _keys(str(fields["unit"]), types, findings)
        keys += f" {_token(_identity(str(fields['id'])))} {fields.get('facts', '')}"
        if "name" in fields:
            keys += "".join(f" {_token(f'{name}:{value}')}" for name in _NAMES for value in _each(fields.get(name)))
        found[KEYS] = keys
        own = str(fields.get("own", "")).encode()
        found[KEPT] = b"%b\n%b\n%b" % (str(fields["core"]).encode(), own, str(fields.get("rest", "")).encode())
        if own:
            found[SAME] = crc32(own) << 32 | adler32(own)
        found[COLUMNS["type"]] = column("type", types, self._number)
        if findings:
            found[COLUMNS["finding"]] = column("finding", findings, self._number)
        document = copy(self._card)
        document.extend(found, self._schema)
        return document

    def _make_card(self, shared: dict[str, Any]) -> tantivy.Document:
        keys = [_token(f"{name}:{value}") for name in SHARED[:_CARDS] for value in _each(shared[name])]
        fields: dict[str, Any] = {name: shared[name] for name in ("date", "total") if shared[name] is not None}
        fields |= {CARD: " ".join(keys)} if keys else {}
        for name in SHARED:
            if name in COLUMNS and (shared[name] or name in FILLED):
                fields[COLUMNS[name]] = column(name, _each(shared[name]), self._number)
        return tantivy.Document.from_dict(fields, self._schema)


_OF_DOCUMENT = frozenset((*_TEXTS, *_INTEGERS)).difference(SHARED)


def _each(values: object) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else tuple(values) if isinstance(values, list) else ()


def _token(text: str) -> str:
    return text if _BLANK.isdisjoint(text) else text.translate(_BLANKS)


@lru_cache(maxsize=4096)
def _keys(unit: str, types: tuple[str, ...], findings: tuple[str, ...]) -> str:
    several = [f"type:{value}" for value in types] + [f"finding:{value}" for value in findings]
    return " ".join(map(_token, [f"unit:{unit}", *several]))


def _identity(identity: str) -> str:
    """Of a contract's documents only the clause, which others share: a term for each document makes a large index."""
    return f"id:{identity}" if identity.startswith(_WORDS) else f"clause:{identity.partition('/')[2]}"


def located(field: str, value: str) -> list[tuple[str, str]]:
    """Fields and tokens of the engine, all of which a document has that has this token in a field of the layout."""
    if field in _ON_CARD:
        return [(CARD, _token(f"{field}:{value}"))]
    if field in _OWN:
        return [(KEYS, _token(f"{field}:{value}"))]
    if field == "id":
        own = (KEYS, _token(_identity(value)))
        return [own] if value.startswith(_WORDS) else [*located("contract", value.partition("/")[0]), own]
    return [(KEYS if field == "facts" else field, value)]


def query_of(schema: tantivy.Schema, tree: t.Tree) -> Query:
    """The query objects of tantivy for a tree."""
    match tree:
        case t.Everything():
            return Query.all_query()
        case t.Nothing():
            return Query.empty_query()
        case t.Term(field, value) | t.Phrase(field, (value,)):
            return _token_query(schema, field, value)
        case t.Terms("id", values):
            return Query.boolean_query([(Occur.Should, _token_query(schema, "id", value)) for value in values], 1)
        case t.Terms(field, values):
            return _one_of(schema, [located(field, value)[0] for value in values])
        case t.Phrase(field, tokens):
            return Query.phrase_query(schema, field, list(tokens))
        case t.Prefix(field, value):
            return Query.fuzzy_term_query(schema, field, value, 0, prefix=True)  # a regular expression compiles slowly
        case t.Range(field, low, high):
            return Query.range_query(schema, field, tantivy.FieldType.Integer, low, high)
        case t.AllOf(parts):
            clauses = [(Occur.MustNot, p.part) if isinstance(p, t.Not) else (Occur.Must, p) for p in parts]
            return Query.boolean_query([(occur, query_of(schema, part)) for occur, part in clauses])
        case t.AnyOf(parts, least):
            return Query.boolean_query([(Occur.Should, query_of(schema, p)) for p in parts], least)
        case t.Boost(part, factor):
            return Query.boost_query(query_of(schema, part), factor)
        case t.Prefer(part, extras):
            # One by one: a union of all extras would be read from end to end, a single one only where it is asked.
            query = query_of(schema, part)
            for extra in extras:
                query = Query.boolean_query([(Occur.Must, query), (Occur.Should, query_of(schema, extra))])
            return query
        case t.Constant(part, score):
            return Query.const_score_query(query_of(schema, part), score)
        case t.Not(part):
            everything = (Occur.Must, Query.all_query())
            return Query.boolean_query([everything, (Occur.MustNot, query_of(schema, part))])


def _token_query(schema: tantivy.Schema, field: str, value: str) -> Query:
    if field in AS_THEY_ARE:
        return Query.term_query(schema, field, value)
    queries = [Query.term_query(schema, *place) for place in located(field, value)]
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])


def _one_of(schema: tantivy.Schema, places: Sequence[tuple[str, str]]) -> Query:
    """Documents with one of the tokens of a field; a set is read from end to end, a few tokens only where needed."""
    if len(places) > _FEW:
        return Query.term_set_query(schema, places[0][0], [token for _, token in places])
    queries = [Query.term_query(schema, *place) for place in places]
    one_of = queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries], 1)
    return Query.const_score_query(one_of, 1.0)


Occurs = Callable[[str, str], int]
"""In how many documents a token of a field stands."""


def pruned(tree: t.Tree, occurs: Occurs) -> t.Tree:
    """A tree that matches and scores the same, without what cannot match: most synonyms stand nowhere."""
    match tree:
        case t.Term(field, value):
            return tree if occurs(field, value) else t.Nothing()
        case t.Phrase(field, tokens):
            return tree if all(occurs(field, token) for token in tokens) else t.Nothing()
        case t.Terms(field, values):
            known = tuple(value for value in values if occurs(field, value))
            return t.Terms(field, known) if known else t.Nothing()
        case t.Not(part):
            return t.Not(pruned(part, occurs))
        case t.Boost(part) | t.Constant(part):
            left = pruned(part, occurs)
            return left if isinstance(left, t.Nothing) else replace(tree, part=left)
        case t.Prefer(part, extras):
            left = pruned(part, occurs)
            wanted = _some(extras, occurs)
            return left if isinstance(left, t.Nothing) or not wanted else t.Prefer(left, wanted)
        case t.AnyOf(parts, least):
            some = _some(parts, occurs)
            if len(some) < max(least, 1):
                return t.Nothing()
            return t.any_of(*some) if least == 1 else t.AnyOf(some, least)
        case t.AllOf(parts):
            every = [pruned(part, occurs) for part in parts]
            if any(isinstance(part, t.Nothing) for part in every):
                return t.Nothing()
            kept = [part for part in every if not (isinstance(part, t.Not) and isinstance(part.part, t.Nothing))]
            return t.all_of(*_narrowed(kept))
        case _:
            return tree


def _narrowed(parts: list[t.Tree]) -> list[t.Tree]:
    """Unions of ranges made to look only at what the other parts match; alone they read a whole column."""
    wide = [part for part in parts if isinstance(part, t.AnyOf) and any(isinstance(p, t.Range) for p in part.parts)]
    if not wide:
        return parts
    others = [t.unscored(part) for part in parts if part not in wide and not isinstance(part, t.Not | t.Range)]
    if not others:
        return parts
    return [
        t.AnyOf(tuple(t.all_of(*others, p) for p in part.parts), part.least)
        if isinstance(part, t.AnyOf) and part in wide
        else part
        for part in parts
    ]


def _some(parts: tuple[t.Tree, ...], occurs: Occurs) -> tuple[t.Tree, ...]:
    return tuple(left for part in parts if not isinstance(left := pruned(part, occurs), t.Nothing))
