"""A contract made ready for the store: rows for the tables and the record as bytes.

This is the costly half of storing, and it needs no database: it runs in the process that parsed the file, so that the
one process that writes has little to do.
"""

import json
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from corpus.likeness import likeness
from schema.base import Model
from schema.citation import Citations
from schema.clause import Clause
from schema.contract import Contract
from schema.elements import Element
from schema.party import Party
from schema.penalty import Penalty
from schema.span import Span
from schema.table import Table

Row = dict[str, Any]
_LEVEL = 3


@dataclass(frozen=True)
class Packed:
    """What the store writes.

    Attributes:
        id: of the contract.
        contract: row of the table `contract`, without folder and times.
        text: canonical text.
        record: JSON of the record, zlib-compressed.
        keys: identity keys.
        facts: rows by table name.
    """

    id: str
    contract: Row
    text: str
    record: bytes
    keys: tuple[str, ...]
    facts: dict[str, list[Row]]


def pack(contract: Contract) -> Packed:
    """Make rows of a record as the parser gave it."""
    like = likeness(contract)
    record = zlib.compress(contract.model_dump_json().encode(), _LEVEL)
    row = contract_row(contract) | {"text_hash": like.text_hash, "sketch": like.sketch}
    return Packed(contract.id, row, contract.text, record, like.keys, fact_rows(contract))


def unpack(record: bytes) -> bytes:
    """The JSON of a stored record."""
    return zlib.decompress(record)


def contract_row(contract: Contract) -> Row:
    """What the collection lists of a contract; made anew when a correction changes it."""
    severities = Counter(finding.severity for finding in contract.findings)
    totals = [a for a in contract.amounts if a.is_total] or [a for a in contract.amounts if a.role == "total"]
    total = next((a for a in totals if a.form == "figures"), totals[0] if totals else None)
    return {
        "name": contract.source.name,
        "media_type": contract.source.media_type,
        "size": contract.source.size,
        "title": contract.title,
        "contract_no": contract.contract_no,
        "kind": contract.kind,
        "sign_date": contract.sign_date.value if contract.sign_date else None,
        "term_start": contract.term.start if contract.term else None,
        "term_end": contract.term.end if contract.term else None,
        "producer": contract.producer.version,
        "pages": len(contract.pages),
        "total": total.value if total else None,
        "total_exact": format(total.value, "f") if total else None,
        "currency": total.currency if total else None,
        "errors": severities["error"],
        "warnings": severities["warning"],
        "infos": severities["info"],
    }


def fact_rows(contract: Contract) -> dict[str, list[Row]]:
    """Rows of all fact tables, by table name."""
    where = _Places(contract)
    rules = Counter(element.evidence.rule for element in elements(contract))
    return {
        "clause": _clauses(contract, where),
        "party": [where.row(n, e, _party(e)) for n, e in enumerate(contract.parties)],
        "amount": [
            where.row(n, e, _fields(e, "value currency form label role per same_as is_total tax_included"))
            for n, e in enumerate(contract.amounts)
        ],
        "rate": [where.row(n, e, _fields(e, "value role")) for n, e in enumerate(contract.rates)],
        "payment": [
            where.row(
                n,
                e,
                _fields(e, "sequence percent amount label payer payee deadline schedule")
                | {"conditions": _json(c.text for c in e.conditions)},
            )
            for n, e in enumerate(contract.payments)
        ],
        "deadline": [
            where.row(
                n,
                e,
                _fields(e, "number unit kind relation op who what date day_of_month workday placeholder")
                | {"trigger_text": e.trigger.text if e.trigger else None},
            )
            for n, e in enumerate(contract.deadlines)
        ],
        "calendar_date": [
            where.row(n, e, _fields(e, "value precision role valid") | {"end_value": e.end})
            for n, e in enumerate(contract.dates)
        ],
        "penalty": [where.row(n, e, _penalty(e)) for n, e in enumerate(contract.penalties)],
        "finding": _findings(contract, where),
        "rule_use": [{"contract": contract.id, "rule": rule, "number": n} for rule, n in sorted(rules.items())],
    }


def elements(contract: Contract) -> Iterable[Element]:
    """All elements of a contract, kind by kind."""
    for name in type(contract).model_fields:
        value = getattr(contract, name)
        if isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, Element))


class _Places:
    """Page and citation of places of a contract."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self._citations = Citations(contract)
        self._clauses = {clause.id: clause for clause in contract.clauses}
        self._rows = {row.id: table for table in contract.tables for row in table.rows}
        lines = [(line.span.start, page.number) for page in contract.pages for line in page.lines]
        lines.sort()
        self._starts, self._pages = [s for s, _ in lines], [p for _, p in lines]

    def page(self, span: Span) -> int | None:
        """Page of the first character; None for formats without pages."""
        index = bisect_right(self._starts, span.start) - 1
        return self._pages[max(index, 0)] if self._pages else None

    def citation(self, clause: str | None) -> str:
        """How a lawyer would cite a clause, row or part."""
        if clause in self._clauses:
            return self._citations.of_clause(self._clauses[clause])
        if clause in self._rows:
            return self._citations.of_row(clause, self._rows[clause].part)
        return self._citations.of_part(clause or "main")

    def path(self, clause_id: str) -> str:
        """Numbers and headings from the top down to a clause."""
        chain = self._citations.chain(self._clauses[clause_id])
        return " / ".join(" ".join(filter(None, (c.number, c.heading))) for c in chain)

    def row(self, place: int, element: Element, values: Row) -> Row:
        """A row of a fact table."""
        return {
            "contract": self.contract.id,
            "id": element.id,
            "place": place,
            "clause": element.clause,
            **values,
            "page": self.page(element.span),
            "span_start": element.span.start,
            "span_end": element.span.end,
            "text": element.text,
            "rule": element.evidence.rule,
            "citation": self.citation(element.clause),
        }


def _clauses(contract: Contract, where: _Places) -> list[Row]:
    """Clauses and table rows in document order."""
    found = [(c.span, _clause(c, contract.text, where)) for c in contract.clauses]
    for table in contract.tables:
        for row in table.rows:
            if row.cells:
                cells = [cell.span for cell in row.cells]
                span = Span(start=min(s.start for s in cells), end=max(s.end for s in cells))
                found.append((span, _table_row(row.id, span.of(contract.text), table)))
    found.sort(key=lambda pair: (pair[0].start, -pair[0].end))
    return [
        {
            "contract": contract.id,
            "place": place,
            **values,
            "page": where.page(span),
            "citation": where.citation(values["id"]),
            "span_start": span.start,
            "span_end": span.end,
        }
        for place, (span, values) in enumerate(found)
    ]


def _clause(clause: Clause, text: str, where: _Places) -> Row:
    return _fields(clause, "id level part parent number heading") | {
        "unit": "clause",
        "types": _json(clause.types),
        "path_text": where.path(clause.id),
        "own_text": "\n".join(span.of(text) for span in clause.own_spans),
    }


def _table_row(name: str, words: str, table: Table) -> Row:
    return {
        "id": name,
        "level": None,
        "part": table.part,
        "parent": None,
        "number": name.rpartition("/")[2],
        "heading": None,
        "unit": "row",
        "types": "[]",
        "path_text": " / ".join(filter(None, table.columns)),
        "own_text": words,
    }


def _findings(contract: Contract, where: _Places) -> list[Row]:
    by_id = {element.id: element for element in elements(contract)}
    rows = []
    for place, finding in enumerate(contract.findings):
        span = finding.spans[0] if finding.spans else None
        about = next((by_id[e].clause for e in finding.elements if e in by_id), None)
        rows.append(
            {
                "contract": contract.id,
                "place": place,
                **_fields(finding, "code severity message suggestion"),
                "elements": _json(finding.elements),
                "clause": about,
                "citation": where.citation(about),
                "text": span.of(contract.text) if span else None,
                "page": where.page(span) if span else None,
                "span_start": span.start if span else None,
                "span_end": span.end if span else None,
            }
        )
    return rows


def _party(party: Party) -> Row:
    values = _fields(party, "role role_kind name")
    for name in ("credit_code", "legal_representative", "agent", "address", "phone", "email", "bank", "account"):
        values[name] = "；".join(entry.text for entry in getattr(party, name)) or None
    return values


def _penalty(penalty: Penalty) -> Row:
    return _fields(penalty, "kind liable beneficiary base per rate multiple amount tier") | {
        "breach": penalty.trigger,
        "remedies": _json(penalty.remedies),
        "cap_rate": penalty.cap.rate if penalty.cap else None,
        "cap_amount": penalty.cap.amount if penalty.cap else None,
        "exposure": penalty.exposure.value if penalty.exposure else None,
    }


def _fields(model: Model, names: str) -> Row:
    return {name: getattr(model, name) for name in names.split()}


def _json(values: Iterable[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
