"""The layout as a tantivy schema, documents and query trees as its objects."""

import re
from collections.abc import Mapping
from typing import Any

import tantivy
from tantivy import Occur, Query

from search import tree as t
from search.documents import Document
from search.layout import LAYOUT, FieldKind

_STORED = tuple(field.name for field in LAYOUT if field.kind == "stored")
_OPTIONS: dict[FieldKind, dict[str, Any]] = {
    "keyword": {"tokenizer_name": "raw", "index_option": "basic"},
    "facet": {"tokenizer_name": "raw", "index_option": "basic", "fast": True},
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
            builder.add_text_field(field.name, **_OPTIONS[field.kind])
    return builder.build()


def document_of(fields: Document, known: tantivy.Schema) -> tantivy.Document:
    """A document as the engine takes it."""
    stored = {name: str(fields[name]).encode() for name in _STORED if name in fields}
    return tantivy.Document.from_dict(fields | stored, known)


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
            return Query.regex_query(schema, field, re.escape(value) + ".*")
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
            wanted = [(Occur.Should, query_of(schema, extra)) for extra in extras]
            return Query.boolean_query([(Occur.Must, query_of(schema, part)), *wanted])
        case t.Constant(part, score):
            return Query.const_score_query(query_of(schema, part), score)
        case t.Not(part):
            everything = (Occur.Must, Query.all_query())
            return Query.boolean_query([everything, (Occur.MustNot, query_of(schema, part))])


def aggregations(facets: Mapping[str, int]) -> dict[str, Any]:
    """What to count."""
    # Ties at the end are cut by name, the same in every engine, so a few more are asked for.
    return {
        name: {"terms": {"field": name, "size": size + 50, "segment_size": size * 5}} for name, size in facets.items()
    }


def buckets(counted: dict[str, Any], size: int) -> tuple[tuple[str, int], ...]:
    """What was counted, most frequent first, equal ones by name."""
    found = [(str(b["key"]), int(b["doc_count"])) for b in counted["buckets"]]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0]))[:size])
