"""What is exported, line by line: read in one state of the store, in batches, in the order of import."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from corpus.catalogue import Wanted, cards_in, conditions
from corpus.corrections import corrections_in
from corpus.exporting.columns import Line
from corpus.packing import unpack
from corpus.store import Store
from corpus.tables import (
    AMOUNT,
    CLAUSE,
    CONTRACT,
    CONTRACT_TEXT,
    CORRECTION,
    DEADLINE,
    FINDING,
    PARTY,
    PAYMENT,
    PENALTY,
    RATE,
    RECORD,
)

_BATCH = 50

_PARTY_FIELDS = ("who", "liable", "beneficiary", "payer", "payee")

FACT_TABLES: dict[str, Table] = {
    "parties": PARTY,
    "amounts": AMOUNT,
    "rates": RATE,
    "payments": PAYMENT,
    "deadlines": DEADLINE,
    "penalties": PENALTY,
}
WHAT = ("contracts", "clauses", *FACT_TABLES, "findings")


@dataclass(frozen=True)
class Selection:
    """Which lines.

    Attributes:
        wanted: of which contracts.
        places: clauses, rows and parts by contract that lines must stand in; None for all.
    """

    wanted: Wanted
    places: dict[str, frozenset[str]] | None = None

    def takes(self, contract: str, clause: str | None) -> bool:
        """Whether a line that stands there is wanted."""
        return self.places is None or clause in self.places.get(contract, ())


def export_lines(store: Store, what: str, selection: Selection, *, flat: bool = False) -> Iterator[Line]:
    """Lines of an export.

    Args:
        store: the collection.
        what: one of `WHAT`.
        selection: which lines.
        flat: of contracts only what the list shows, for tables.

    Returns:
        Lines as export.md words them: contracts in the order of import, then document order.
    """
    with store.database.reading() as connection:
        for batch in _batches(connection, selection):
            if what == "contracts":
                yield from _cards(connection, batch) if flat else _records(connection, batch)
            elif what == "clauses":
                yield from _clauses(connection, batch, selection)
            elif what == "findings":
                yield from _findings(connection, batch, selection)
            else:
                facts = _facts(connection, batch, what, selection)
                yield from map(_flat, facts) if flat else (fact for fact, _ in facts)


def _batches(connection: Connection, selection: Selection) -> Iterator[dict[str, str | None]]:
    """Ids and titles of the contracts, so many at a time."""
    query = select(CONTRACT.c.id, CONTRACT.c.title).where(*conditions(selection.wanted))
    rows = connection.execute(query.order_by(CONTRACT.c.imported_at, CONTRACT.c.id)).all()
    chosen = [row for row in rows if selection.places is None or row.id in selection.places]
    for start in range(0, len(chosen), _BATCH):
        yield {row.id: row.title for row in chosen[start : start + _BATCH]}


def _stored(connection: Connection, names: Iterator[str] | list[str]) -> dict[str, dict[str, Any]]:
    names = list(names)
    query = select(RECORD.c.contract, RECORD.c.data).where(RECORD.c.contract.in_(names))
    return {contract: json.loads(unpack(data)) for contract, data in connection.execute(query)}


def _records(connection: Connection, batch: dict[str, str | None]) -> Iterator[Line]:
    corrected = _corrected(connection, batch)
    for name, record in _in_order(_stored(connection, list(batch)), batch):
        made = corrections_in(connection, name) if name in corrected else []
        yield record | {"corrections": [c.model_dump(mode="json") for c in made]}


def _cards(connection: Connection, batch: dict[str, str | None]) -> Iterator[Line]:
    query = select(CONTRACT).where(CONTRACT.c.id.in_(list(batch)))
    cards = {card.id: vars(card) for card in cards_in(connection, connection.execute(query).all())}
    notes = _notes(connection, batch, None)
    for name, card in _in_order(cards, batch):
        parties = [f"{p['role']} {p['name'] or ''}".strip() for p in card["parties"]]
        corrections = [_in_words(note) for per_element in notes.get(name, {}).values() for note in per_element]
        yield card | {"parties": parties, "tags": list(card["tags"]), "corrections": corrections}


def _clauses(connection: Connection, batch: dict[str, str | None], selection: Selection) -> Iterator[Line]:
    query = select(CONTRACT_TEXT).where(CONTRACT_TEXT.c.contract.in_(list(batch)))
    texts = {row.contract: row.text for row in connection.execute(query)}
    rows: dict[str, list[Line]] = {name: [] for name in batch}
    for row in connection.execute(select(CLAUSE).where(CLAUSE.c.contract.in_(list(batch))).order_by(CLAUSE.c.place)):
        if selection.takes(row.contract, row.id):
            span = {"start": row.span_start, "end": row.span_end}
            rows[row.contract].append(
                {
                    "contract": row.contract,
                    "title": batch[row.contract],
                    "clause": row.id,
                    "parent": row.parent,
                    "number": row.number,
                    "heading": row.heading,
                    "path_text": row.path_text,
                    "types": json.loads(row.types),
                    "text": texts[row.contract][row.span_start : row.span_end],
                    "own_text": row.own_text,
                    "citation": row.citation,
                    "page": row.page,
                    "span": span,
                }
            )
    for lines in rows.values():
        yield from lines


def _facts(
    connection: Connection, batch: dict[str, str | None], what: str, selection: Selection
) -> Iterator[tuple[Line, Line]]:
    """Facts, each with the record it stands in."""
    table = FACT_TABLES[what]
    columns = (table.c.contract, table.c.id, table.c.citation, table.c.page)
    places = {
        (row.contract, row.id): {"citation": row.citation, "page": row.page}
        for row in connection.execute(select(*columns).where(table.c.contract.in_(list(batch))))
    }
    notes = _notes(connection, batch, what)
    for name, record in _in_order(_stored(connection, list(batch)), batch):
        for element in record[what]:
            if selection.takes(name, element["clause"]):
                head = {"contract": name, "title": batch[name], **places[name, element["id"]]}
                yield head | element | {"corrections": notes.get(name, {}).get(element["id"], [])}, record


def _flat(found: tuple[Line, Line]) -> Line:
    """A fact for a table: roles and words in the place of ids."""
    fact, record = found
    names = {party["id"]: party["role"] for party in record["parties"]} | {"both": "双方"}
    named = {key: names.get(fact[key], fact[key]) for key in _PARTY_FIELDS if fact.get(key)}
    terms = {deadline["id"]: deadline["text"] for deadline in record["deadlines"]}
    named |= {"deadline": terms.get(fact["deadline"])} if fact.get("deadline") else {}
    return fact | named | {"corrections": [_in_words(note) for note in fact["corrections"]]}


def _in_words(note: Line) -> str:
    return f"{note['field']}: {note['parser_value']} → {note['value']} ({note['who']}: {note['why']})"


def _findings(connection: Connection, batch: dict[str, str | None], selection: Selection) -> Iterator[Line]:
    query = select(FINDING).where(FINDING.c.contract.in_(list(batch))).order_by(FINDING.c.place)
    rows: dict[str, dict[int, Any]] = {name: {} for name in batch}
    for row in connection.execute(query):
        rows[row.contract][row.place] = row
    for name, record in _in_order(_stored(connection, list(batch)), batch):
        for place, finding in enumerate(record["findings"]):
            row = rows[name][place]
            if selection.takes(name, row.clause):
                head = {"contract": name, "title": batch[name], "clause": row.clause, "citation": row.citation}
                yield head | {"page": row.page, "text": row.text} | finding


def _corrected(connection: Connection, batch: dict[str, str | None]) -> set[str]:
    query = select(CORRECTION.c.contract).where(CORRECTION.c.contract.in_(list(batch))).distinct()
    return set(connection.execute(query).scalars())


def _notes(
    connection: Connection, batch: dict[str, str | None], kind: str | None
) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Corrections by contract and element; of one kind of element, or of all."""
    query = select(CORRECTION).where(CORRECTION.c.contract.in_(list(batch)), CORRECTION.c.state == "applied")
    query = query.where(CORRECTION.c.kind == kind) if kind else query
    notes: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for row in connection.execute(query.order_by(CORRECTION.c.number)):
        values = {"parser_value": json.loads(row.parser_value), "value": json.loads(row.value)}
        note = {"field": row.field, **values, "who": row.who, "at": row.at, "why": row.why}
        notes.setdefault(row.contract, {}).setdefault(row.element, []).append(note)
    return notes


def _in_order(found: dict[str, Line], batch: dict[str, str | None]) -> Iterator[tuple[str, Line]]:
    for name in batch:
        if name in found:
            yield name, found[name]
