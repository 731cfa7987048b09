"""Reads from the store what `corpus.due` counts: time limits, parties, printed days and anchors, in batches."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from corpus.catalogue import Wanted, conditions
from corpus.database import Database
from corpus.due import Due, Situation, Term, due_items
from corpus.tables import ANCHOR, CALENDAR_DATE, CONTRACT, DEADLINE, LINK, PARTY

_BATCH = 200
_PRINTED = {"sign": "签订", "effective": "生效", "delivery": "交付"}


class Obligations:
    """The time limits of a collection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def each(
        self, wanted: Wanted, first: datetime.date, last: datetime.date | None, *, party: str | None = None
    ) -> Iterator[Due]:
        """What is owed, contract by contract in the order of import.

        Args:
            wanted: of which contracts.
            first: dates from this day on; what has no date is always given.
            last: until this day; None for all.
            party: only what is owed by a party with these words in its name or role.
        """
        with self._database.reading() as connection:
            for known in situations(connection, wanted):
                for item in due_items(known, first, last):
                    if _within(item, first, last) and (party is None or _owed_by(item, known, party)):
                        yield item


def situations(connection: Connection, wanted: Wanted) -> Iterator[Situation]:
    """What is known of each contract, within a transaction."""
    columns = (CONTRACT.c.id, CONTRACT.c.title, CONTRACT.c.sign_date, CONTRACT.c.term_start, CONTRACT.c.term_end)
    query = select(*columns).where(*conditions(wanted)).order_by(CONTRACT.c.imported_at, CONTRACT.c.id)
    if wanted.ids is None:  # the same contract in another format owes nothing twice
        twins = select(LINK.c.contract).where(LINK.c.relation == "twin", LINK.c.of.in_(select(CONTRACT.c.id)))
        query = query.where(CONTRACT.c.id.not_in(twins))
    rows = connection.execute(query).all()
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        names = [row.id for row in batch]
        terms, parties = _by_contract(connection, DEADLINE, names), _by_contract(connection, PARTY, names)
        dates, anchors = _by_contract(connection, CALENDAR_DATE, names), _anchors(connection, names)
        for row in batch:
            yield _situation(row, terms[row.id], parties[row.id], dates[row.id], anchors[row.id])


def _situation(
    row: Row[Any, Any, Any, Any, Any],
    terms: list[Row[Any]],
    parties: list[Row[Any]],
    dates: list[Row[Any]],
    anchors: dict[str, str],
) -> Situation:
    printed = {
        _PRINTED[date.role]: date.value
        for date in reversed(dates)
        if date.role in _PRINTED and date.precision == "day" and date.valid
    }
    printed |= {"签订": row.sign_date} if row.sign_date and len(row.sign_date) == 10 else {}
    printed |= {"开始": row.term_start} if row.term_start else {}
    printed |= {"届满": row.term_end} if row.term_end else {}
    return Situation(
        contract=row.id,
        title=row.title,
        parties={party.id: (party.role, party.name) for party in parties},
        said=anchors,
        printed=printed,
        term_start=row.term_start,
        term_end=row.term_end,
        terms=tuple(map(_term, terms)),
        own_rule=any(term.kind == "counting_rule" for term in terms),
    )


def _term(row: Row[Any]) -> Term:
    return Term(
        id=row.id,
        kind=row.kind,
        number=None if row.number is None else Decimal(str(row.number)),
        unit=row.unit,
        workday=bool(row.workday),
        relation=row.relation,
        who=row.who,
        what=row.what,
        trigger=row.trigger_text,
        date=row.date,
        day_of_month=row.day_of_month,
        clause=row.clause,
        citation=row.citation,
        page=row.page,
        text=row.text,
    )


def _by_contract(connection: Connection, table: Table, names: list[str]) -> dict[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = {name: [] for name in names}
    for row in connection.execute(select(table).where(table.c.contract.in_(names)).order_by(table.c.place)):
        found[row.contract].append(row)
    return found


def _anchors(connection: Connection, names: list[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {name: {} for name in names}
    for row in connection.execute(select(ANCHOR).where(ANCHOR.c.contract.in_(names)).order_by(ANCHOR.c.at)):
        found[row.contract][row.event] = row.date
    return found


def _within(item: Due, first: datetime.date, last: datetime.date | None) -> bool:
    if item.due is None:
        return True
    return item.due >= first.isoformat() and (last is None or item.due <= last.isoformat())


def _owed_by(item: Due, known: Situation, party: str) -> bool:
    """Whether a party owes it; the end of a contract concerns all its parties, and so does what both owe."""
    if item.kind == "expiry" or item.role == "双方":
        return any(party in role or party in (name or "") for role, name in known.parties.values())
    return party in (item.role or "") or party in (item.party or "")
