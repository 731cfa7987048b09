"""People's corrections: kept apart from the parser's word, applied on reading, carried over to the next reading."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from corpus.amending import WHOLE, Change, amend, apply, find_again
from corpus.database import Database
from corpus.outbox import announce, now
from corpus.packing import contract_row, fact_rows, unpack
from corpus.tables import CONTRACT, CORRECTION, FACTS, RECORD, RULE_USE
from schema.contract import Contract
from schema.correction import Correction
from schema.errors import StoreError

_LIVE = ("applied", "orphaned")


@dataclass(frozen=True)
class Filed:
    """A correction with the contract it belongs to."""

    contract: str
    title: str | None
    correction: Correction


@dataclass(frozen=True)
class RuleScore:
    """How often people disagreed with a rule.

    Attributes:
        rule: id.
        elements: it made, in the whole collection.
        corrected: of those, with at least one correction.
    """

    rule: str
    elements: int
    corrected: int

    @property
    def agreement(self) -> float:
        """Share nobody disagreed with, 0 to 1."""
        return 1 - self.corrected / self.elements if self.elements else 1.0


class Corrections:
    """The corrections of a collection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def correct(
        self,
        contract: str,
        element: str,
        field: str,
        typed: str,
        *,
        who: str,
        why: str,
        unchanged_since: str | None = None,
    ) -> Correction:
        """Put a person's value beside the parser's; an earlier one of the same field is replaced.

        Args:
            contract: id.
            element: id of the element, or `contract` for a field of the contract itself.
            field: path of the field in the record.
            typed: the value as a person types it.
            who: name of the person.
            why: reason.
            unchanged_since: `changed_at` of the record the person looked at; None when it does not matter.

        Raises:
            StoreError: `contract_unknown`, `element_unknown`, `record_changed`.
            UsageError: `field_unknown`, `value_unreadable`.
        """
        with self._database.writing() as connection:
            parsed = parsed_contract(connection, contract)
            _expect(connection, contract, unchanged_since)
            _, change = amend(parsed, element, field, typed)
            same = (CORRECTION.c.contract == contract) & (CORRECTION.c.element == element)
            same &= CORRECTION.c.field == field
            connection.execute(update(CORRECTION).where(same, CORRECTION.c.state == "applied").values(state="replaced"))
            number = connection.execute(
                insert(CORRECTION).values(_row(contract, change, who, why)).returning(CORRECTION.c.number)
            ).scalar_one()
            self._refresh(connection, parsed)
            made = connection.execute(select(CORRECTION).where(CORRECTION.c.number == number)).one()
        return _correction(made)

    def withdraw(self, number: int) -> str:
        """Take a correction back; returns the contract.

        Raises:
            StoreError: `correction_unknown`.
        """
        with self._database.writing() as connection:
            where = (CORRECTION.c.number == number) & CORRECTION.c.state.in_(_LIVE)
            contract = connection.execute(select(CORRECTION.c.contract).where(where)).scalar()
            if contract is None:
                raise StoreError("correction_unknown", f"there is no correction {number}")
            connection.execute(update(CORRECTION).where(where).values(state="withdrawn"))
            self._refresh(connection, parsed_contract(connection, contract))
        return str(contract)

    def of(self, contract: str) -> list[Correction]:
        """Those of a contract that are not withdrawn or replaced, oldest first."""
        with self._database.reading() as connection:
            return corrections_in(connection, contract)

    def each(self, *, contract: str | None = None, orphaned: bool = False) -> Iterator[Filed]:
        """All of them, oldest first.

        Args:
            contract: only of this one.
            orphaned: only those whose words are gone.
        """
        states = ("orphaned",) if orphaned else _LIVE
        query = select(CORRECTION, CONTRACT.c.title).join(CONTRACT).where(CORRECTION.c.state.in_(states))
        query = query.where(CORRECTION.c.contract == contract) if contract else query
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(CORRECTION.c.number)).all()
        return (Filed(row.contract, row.title, _correction(row)) for row in rows)

    def precision(self) -> list[RuleScore]:
        """Rules with how often people disagreed, the most disputed first."""
        made = select(RULE_USE.c.rule, func.sum(RULE_USE.c.number).label("number")).group_by(RULE_USE.c.rule)
        element = CORRECTION.c.contract + "/" + CORRECTION.c.element
        wrong = (
            select(CORRECTION.c.rule, func.count(element.distinct()).label("number"))
            .where(CORRECTION.c.state == "applied", CORRECTION.c.rule.is_not(None))
            .group_by(CORRECTION.c.rule)
        )
        with self._database.reading() as connection:
            corrected = {row.rule: int(row.number) for row in connection.execute(wrong)}
            scores = [
                RuleScore(row.rule, int(row.number), corrected.get(row.rule, 0)) for row in connection.execute(made)
            ]
        return sorted(scores, key=lambda s: (s.agreement, -s.elements, s.rule))

    def _refresh(self, connection: Connection, parsed: Contract) -> None:
        """Make what people query and search agree with the corrections."""
        write_facts(connection, apply(parsed, corrections_in(connection, parsed.id)))
        announce(connection, [parsed.id], "put")


def _expect(connection: Connection, contract: str, unchanged_since: str | None) -> None:
    """See that nobody was quicker."""
    changed_at = connection.execute(select(CONTRACT.c.changed_at).where(CONTRACT.c.id == contract)).scalar()
    if unchanged_since not in (None, changed_at):
        raise StoreError("record_changed", f"the record of {contract[:12]} has changed at {changed_at}")


def parsed_contract(connection: Connection, contract: str) -> Contract:
    """The parser's word, within a transaction.

    Raises:
        StoreError: `contract_unknown`.
    """
    data = connection.execute(select(RECORD.c.data).where(RECORD.c.contract == contract)).scalar()
    if data is None:
        raise StoreError("contract_unknown", f"no contract has the id {contract}")
    return Contract.model_validate_json(unpack(data))


def corrections_in(connection: Connection, contract: str) -> list[Correction]:
    """Those of a contract, within a transaction."""
    query = select(CORRECTION).where(CORRECTION.c.contract == contract, CORRECTION.c.state.in_(_LIVE))
    return [_correction(row) for row in connection.execute(query.order_by(CORRECTION.c.number))]


def write_facts(connection: Connection, contract: Contract) -> None:
    """Write the fact tables and the list entry of a contract anew.

    Args:
        connection: in a writing transaction.
        contract: with corrections applied.
    """
    values = {**contract_row(contract), "changed_at": now()}
    connection.execute(update(CONTRACT).where(CONTRACT.c.id == contract.id).values(**values))
    facts = fact_rows(contract)
    for table in FACTS:
        connection.execute(delete(table).where(table.c.contract == contract.id))
        if facts[table.name]:
            connection.execute(insert(table), facts[table.name])


def carry_over(connection: Connection, contract: Contract) -> tuple[int, int]:
    """Bind corrections to the elements of a new reading; those whose words are gone are orphaned.

    Args:
        connection: in a writing transaction, the new record written.
        contract: the new reading.

    Returns:
        How many hold, how many are orphaned.
    """
    query = select(CORRECTION).where(CORRECTION.c.contract == contract.id, CORRECTION.c.state.in_(_LIVE))
    holds = orphaned = 0
    for row in connection.execute(query.order_by(CORRECTION.c.number)).all():
        element = WHOLE if row.kind == WHOLE else None
        if element is None:
            again = find_again(contract, row.kind, row.words, row.span_start, row.clause)
            element = again.id if again else None
        state = "applied" if element else "orphaned"
        holds, orphaned = holds + bool(element), orphaned + (element is None)
        connection.execute(
            update(CORRECTION).where(CORRECTION.c.number == row.number).values(element=element, state=state)
        )
    return holds, orphaned


def _row(contract: str, change: Change, who: str, why: str) -> dict[str, object]:
    values = {name: json.dumps(getattr(change, name), ensure_ascii=False) for name in ("parser_value", "value")}
    about = {"contract": contract, "who": who, "at": now(), "why": why, "state": "applied"}
    return vars(change) | values | about


def _correction(row: Row[tuple[object, ...]]) -> Correction:
    values = {name: getattr(row, name) for name in ("number", "element", "field", "who", "at", "why", "rule", "words")}
    read = {name: json.loads(getattr(row, name)) for name in ("parser_value", "value")}
    return Correction.model_validate({**values, **read, "state": row.state})
