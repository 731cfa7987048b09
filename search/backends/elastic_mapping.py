"""The layout as an Elasticsearch mapping, and query trees as its query language (never query_string, no scripts)."""

import hashlib
import json
from typing import Any

from search import tree as t
from search.layout import INDEX_VERSION, LAYOUT, FieldKind

_TYPES: dict[FieldKind, dict[str, Any]] = {
    "keyword": {"type": "keyword", "doc_values": False, "norms": False},
    "facet": {"type": "keyword"},
    "positions": {"type": "text", "analyzer": "whitespace", "index_options": "positions"},
    "frequency": {"type": "text", "analyzer": "whitespace", "index_options": "freqs"},
    "presence": {"type": "text", "analyzer": "whitespace", "index_options": "docs"},
    "integer": {"type": "long"},
    "stored": {"type": "keyword", "index": False, "doc_values": False},
}


def mapping() -> dict[str, Any]:
    """Strict mapping; version and hash of the layout are kept in its `_meta`."""
    properties = {field.name: _TYPES[field.kind] for field in LAYOUT}
    digest = hashlib.sha256(json.dumps(properties, sort_keys=True).encode()).hexdigest()[:12]
    return {"dynamic": "strict", "_meta": {"version": INDEX_VERSION, "layout": digest}, "properties": properties}


SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "refresh_interval": "-1",
    "max_result_window": 10_000,
}
"""New documents are shown by an explicit refresh after each batch, so that a contract is never half replaced."""


def query(tree: t.Tree) -> dict[str, Any]:
    """The query of Elasticsearch for a tree."""
    match tree:
        case t.Everything():
            return {"match_all": {}}
        case t.Nothing():
            return {"match_none": {}}
        case t.Term(field, value) | t.Phrase(field, (value,)):
            return {"term": {field: {"value": value}}}
        case t.Terms(field, values):
            return {"terms": {field: list(values)}}
        case t.Phrase(field, tokens):
            return {"match_phrase": {field: " ".join(tokens)}}
        case t.Prefix(field, value):
            return {"prefix": {field: {"value": value}}}
        case t.Range(field, low, high):
            bounds = {name: bound for name, bound in (("gte", low), ("lte", high)) if bound is not None}
            return {"range": {field: bounds}}
        case t.AllOf(parts):
            body: dict[str, Any] = {"must": [query(p) for p in parts if not isinstance(p, t.Not)]}
            if excluded := [query(p.part) for p in parts if isinstance(p, t.Not)]:
                body["must_not"] = excluded
            return {"bool": body}
        case t.AnyOf(parts, least):
            return {"bool": {"should": [query(p) for p in parts], "minimum_should_match": least}}
        case t.Boost(part, factor):
            return {"bool": {"must": [query(part)], "boost": factor}}
        case t.Prefer(part, extras):
            return {"bool": {"must": [query(part)], "should": [query(extra) for extra in extras]}}
        case t.Constant(part, score):
            return {"constant_score": {"filter": query(part), "boost": score}}
        case t.Not(part):
            return {"bool": {"must": [{"match_all": {}}], "must_not": [query(part)]}}
