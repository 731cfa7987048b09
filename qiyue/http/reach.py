"""What the asker may see: the one place where rights meet the collection. Every path goes through it.

What lies outside is not there: the answers about a contract of another folder and about one that does not exist are the
same, in words and in status.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from qiyue.accounts.person import Person
from qiyue.service.base import Service

if TYPE_CHECKING:
    from corpus.catalogue import Card
    from qiyue.http.pool import Lease
    from schema.query import ClauseQuery


class Reach:
    """What one request may see of the collection.

    Attributes:
        person: who asks.
    """

    def __init__(self, person: Person, lease: "Lease") -> None:
        """Bind a person and the right to a service."""
        self.person = person
        self._lease = lease

    @property
    def service(self) -> Service:
        """Lent for this request, from its first use on."""
        return self._lease.service

    @cached_property
    def folders(self) -> tuple[str, ...] | None:
        """Exact names of the folders that may be seen; None when nothing is hidden."""
        return None if self.person.sees_all else self.person.folders(self.service.store.catalogue.folders())

    def contract(self, reference: str) -> str:
        """The id a person means, of a contract they may see.

        Args:
            reference: an id, or the beginning of one.

        Raises:
            StoreError: `contract_unknown`, whether it does not exist or lies elsewhere.
        """
        return self.service.store.resolve(reference, folders=self.folders)

    def card(self, reference: str) -> "Card":
        """The entry of the list of a contract they may see.

        Raises:
            StoreError: `contract_unknown`.
        """
        return self.service.store.catalogue.card(self.contract(reference))

    def editable(self, reference: str) -> "Card":
        """The same of one they may change.

        Raises:
            StoreError: `contract_unknown`.
            UsageError: `not_allowed`.
        """
        self.person.need("write")
        card = self.card(reference)
        self.person.need_to_edit(card.folder)
        return card

    def within(self, query: "ClauseQuery") -> "ClauseQuery":
        """A query that finds only what they may see."""
        return query.model_copy(update={"folders": self.folders})
