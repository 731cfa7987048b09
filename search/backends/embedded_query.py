"""The layout as a tantivy schema, documents and query trees as its objects."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import tantivy
from tantivy import Occur, Query

from search import tree as t
from search.backends.embedded_facets import COLUMNS, columns
from search.documents import Document
from search.layout import LAYOUT, FieldKind

_STORED = tuple(field.name for field in LAYOUT if field.kind == "stored")
_OPTIONS: dict[FieldKind, dict[str, Any]] = {
    "keyword": {"tokenizer_name": "raw", "index_option": "basic"},
    "facet": {"tokenizer_name": "raw", "index_option": "basic"},
    "positions": {"tokenizer_name": "whitespace", "index_option": "position"},
    "frequency": {"tokenizer_name": "whitespace", "index_option": "freq"},
    "presence": {"tokenizer_name": "whitespace", "index_option": "basic"},
}


def schema() -> tantivy.Schema:
    """The layout as a schema."""
    builder = tantivy.SchemaBuilder()
    for field in LAYOUT:
        if field.kind == "integer":
            builder.add_integer_field(field.name, fast=True)
        elif field.kind == "stored":
            builder.add_bytes_field(field.name, stored=True)
        else:
            counted = field.kind == "facet" and field.name not in COLUMNS
            builder.add_text_field(field.name, fast=counted, **_OPTIONS[field.kind])
    for column in COLUMNS.values():
        if column == "party_number":
            builder.add_integer_field(column, fast=True)
        else:
            builder.add_text_field(column, fast=True, **_OPTIONS["facet"])
    return builder.build()


def document_of(fields: Document, known: tantivy.Schema) -> tantivy.Document:
    """A document as the engine takes it."""
    stored = {name: str(fields[name]).encode() for name in _STORED if name in fields}
    return tantivy.Document.from_dict(fields | stored | columns(fields), known)


def query_of(schema: tantivy.Schema, tree: t.Tree) -> Query:
    """The query objects of tantivy for a tree."""
    match tree:
        case t.Everything():
            return Query.all_query()
        case t.Nothing():
            return Query.empty_query()
        case t.Term(field, value) | t.Phrase(field, (value,)):
            return Query.term_query(schema, field, value)
        case t.Terms(field, values):
            return Query.term_set_query(schema, field, list(values))
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
