"""People's verdicts on facts as a whole: accepted, or rejected as no such fact. Values are corrected elsewhere.

A verdict belongs to the words of a fact (its kind, its words, and which of the facts with the same words it is), so it
still holds when a later reading numbers the facts anew, and falls away when the words change.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import delete, insert, select

from corpus.account_tables import VERDICT
from corpus.amending import elements_of
from corpus.database import Database
from corpus.outbox import now
from corpus.tables import CONTRACT
from schema.errors import StoreError

if TYPE_CHECKING:
    from schema.contract import Contract

Word = Literal["accepted", "rejected"]


@dataclass(frozen=True)
class Verdict:
    """What somebody said of a fact.

    Attributes:
        word: accepted or rejected.
        who: name of the person.
        at: ISO, UTC.
    """

    word: Word
    who: str
    at: str


class Verdicts:
    """The verdicts of a collection; its tables are those of the accounts (`prepare_accounts`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, contract: "Contract") -> dict[str, Verdict]:
        """Verdicts by id of the fact.

        Args:
            contract: as parsed or corrected.
        """
        query = select(VERDICT).where(VERDICT.c.contract == contract.id)
        with self._database.reading() as connection:
            said = {row.fact: Verdict(row.verdict, row.who, row.at) for row in connection.execute(query)}
        return {element: said[name] for element, name in _names(contract) if name in said} if said else {}

    def say(self, contract: "Contract", element: str, word: Word | None, *, who: str) -> None:
        """Say it; the last word counts.

        Args:
            contract: as parsed or corrected.
            element: id of the fact.
            word: None takes the verdict back.
            who: name of the person.

        Raises:
            StoreError: `element_unknown`.
        """
        name = dict(_names(contract)).get(element)
        if name is None:
            raise StoreError("element_unknown", f"the contract has no element {element[:40]}")
        key = {"contract": contract.id, "fact": name}
        with self._database.writing() as connection:
            connection.execute(delete(VERDICT).where(VERDICT.c.contract.not_in(select(CONTRACT.c.id))))
            connection.execute(delete(VERDICT).where(VERDICT.c.contract == contract.id, VERDICT.c.fact == name))
            if word is not None:
                connection.execute(insert(VERDICT).values(**key, verdict=word, who=who, at=now()))


def _names(contract: "Contract") -> Iterator[tuple[str, str]]:
    """Id and lasting name of each fact."""
    seen: Counter[tuple[str, str]] = Counter()
    for kind, _, element in elements_of(contract):
        seen[kind, element.text] += 1
        words = hashlib.sha256(element.text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        yield element.id, f"{kind}/{words}/{seen[kind, element.text]}"
