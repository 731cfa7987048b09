"""The tables. People query the views of `corpus.views`, which stay when these change.

A fact table holds what a person asks for in SQL; the record itself, exact and whole, is in `record`. Money and rates
are NUMERIC: exact in PostgreSQL, 15 digits in SQLite, and always exact in the record. Times are ISO text in UTC, so
that both engines keep and sort them alike; for the same reason text sorts by code point.
"""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

METADATA = MetaData()


def _text() -> TypeEngine[str]:
    return String().with_variant(String(collation="C"), "postgresql")


def _column(name: str, kind: TypeEngine[Any] | None = None, *, key: bool = False) -> Column[Any]:
    return Column(name, kind if kind is not None else _text(), primary_key=key)


def _number(name: str) -> Column[Any]:
    return _column(name, Numeric(asdecimal=False))


def _whole(name: str) -> Column[Any]:
    return _column(name, Integer())


def _flag(name: str) -> Column[Any]:
    return _column(name, Boolean())


def _of_contract(*, key: bool = True) -> Column[Any]:
    return Column("contract", _text(), ForeignKey("contract.id", ondelete="CASCADE"), primary_key=key, nullable=False)


META = Table("meta", METADATA, _column("key", key=True), _column("value"))

CONTRACT = Table(
    "contract",
    METADATA,
    _column("id", key=True),
    *map(_column, ("name", "media_type", "title", "contract_no", "kind", "sign_date", "folder", "producer")),
    *map(_column, ("total_exact", "currency", "term_start", "term_end")),
    *map(_column, ("imported_at", "parsed_at", "changed_at", "text_hash")),
    _number("total"),
    *map(_whole, ("size", "pages", "errors", "warnings", "infos")),
    _column("sketch", LargeBinary()),
    Index("contract_by_import", "imported_at", "id"),
    Index("contract_by_text", "text_hash"),
)

RECORD = Table("record", METADATA, _of_contract(), _column("data", LargeBinary()))
"""The record as JSON, compressed with zlib; the parser's word, without corrections."""

CONTRACT_TEXT = Table("contract_text", METADATA, _of_contract(), _column("text"))
"""The canonical text; places of all other tables count its code points from 0."""

TAG = Table("tag", METADATA, _of_contract(), _column("tag", key=True), Index("tag_by_name", "tag"))

IDENTITY = Table("identity", METADATA, _of_contract(), _column("key", key=True), Index("identity_by_key", "key"))
"""What two files of one contract have in common: contract number, title with parties."""

LINK = Table("link", METADATA, _of_contract(), *map(_column, ("of", "relation")), _number("certainty"))
"""A contract that is the twin or a version of an older one."""

CLAUSE = Table(
    "clause",
    METADATA,
    _of_contract(),
    _column("id", key=True),
    *map(_whole, ("place", "level", "page", "span_start", "span_end")),
    *map(_column, ("unit", "part", "parent", "number", "heading", "types", "citation", "path_text", "own_text")),
)
"""Clauses and table rows (`unit`), in document order by `place`; `types` is JSON."""


def _fact(name: str, *columns: Column[Any]) -> Table:
    """A table with one row per element of a record."""
    shared = (
        _of_contract(),
        _column("id", key=True),
        _whole("place"),
        _column("clause"),
        *columns,
        *map(_whole, ("page", "span_start", "span_end")),
        *map(_column, ("text", "rule", "citation")),
    )
    return Table(name, METADATA, *shared)


PARTY = _fact(
    "party",
    *map(_column, ("role", "role_kind", "name", "credit_code", "legal_representative", "agent", "address", "phone")),
    *map(_column, ("email", "bank", "account")),
)
AMOUNT = _fact(
    "amount",
    _number("value"),
    *map(_column, ("currency", "form", "label", "role", "per", "same_as")),
    *map(_flag, ("is_total", "tax_included")),
)
RATE = _fact("rate", _number("value"), _column("role"))
PAYMENT = _fact(
    "payment",
    _whole("sequence"),
    *map(_number, ("percent", "amount")),
    *map(_column, ("label", "payer", "payee", "deadline", "schedule", "conditions")),
)
DEADLINE = _fact(
    "deadline",
    _number("number"),
    *map(_column, ("unit", "kind", "relation", "op", "who", "what", "trigger_text", "date")),
    _whole("day_of_month"),
    *map(_flag, ("workday", "placeholder")),
)
CALENDAR_DATE = _fact("calendar_date", *map(_column, ("value", "precision", "end_value", "role")), _flag("valid"))
PENALTY = _fact(
    "penalty",
    *map(_number, ("rate", "multiple", "amount", "cap_rate", "cap_amount", "exposure")),
    *map(_column, ("kind", "liable", "beneficiary", "base", "per", "breach", "remedies")),
    _whole("tier"),
)
FINDING = Table(
    "finding",
    METADATA,
    _of_contract(),
    Column("place", Integer(), primary_key=True, autoincrement=False),
    *map(_column, ("code", "severity", "message", "elements", "suggestion", "clause", "citation", "text")),
    *map(_whole, ("page", "span_start", "span_end")),
)
RULE_USE = Table("rule_use", METADATA, _of_contract(), _column("rule", key=True), _whole("number"))
"""How many elements of a contract a rule made."""

FACTS = (CLAUSE, PARTY, AMOUNT, RATE, PAYMENT, DEADLINE, CALENDAR_DATE, PENALTY, FINDING, RULE_USE)
"""Tables that are written anew from the record whenever it changes."""

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("seq", Integer(), primary_key=True, autoincrement=True),
    *map(_column, ("contract", "action", "at")),
)
"""What the index has still to learn: `put` or `remove` a contract."""

JOB = Table(
    "job",
    METADATA,
    Column("id", Integer(), primary_key=True, autoincrement=True),
    *map(_column, ("state", "arguments", "started_at", "finished_at", "note")),
)

JOB_FILE = Table(
    "job_file",
    METADATA,
    Column("job", Integer(), ForeignKey("job.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("place", Integer(), primary_key=True, autoincrement=False),
    *map(_column, ("path", "sha256", "state", "code", "message", "remedy", "contract", "relation", "of", "at")),
    _number("certainty"),
    UniqueConstraint("job", "path"),
    Index("job_file_by_state", "job", "state", "place"),
    Index("job_file_by_bytes", "sha256"),
)
"""The ledger: one row per file and import."""

CORRECTION = Table(
    "correction",
    METADATA,
    Column("number", Integer(), primary_key=True, autoincrement=True),
    _of_contract(key=False),
    *map(_column, ("element", "kind", "field", "parser_value", "value", "who", "at", "why", "rule", "clause")),
    *map(_column, ("words", "state")),
    _whole("span_start"),
    Index("correction_by_contract", "contract"),
)

ANCHOR = Table(
    "anchor",
    METADATA,
    _of_contract(),
    _column("event", key=True),
    *map(_column, ("date", "who", "at")),
)
"""The day an event happened, as people said."""
