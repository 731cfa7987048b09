"""The state of the search page, which is its address and nothing else.

/?q=违约金&where=type%3Dpenalty&where=kind%3Dlease&sort=date
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args
from urllib.parse import urlencode

from schema.query import ClauseQuery, Sort

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

SORTS: tuple[Sort, ...] = get_args(Sort)
PAGE = 20
FACETS = ("type", "kind", "party", "year", "dispute", "finding", "folder", "tag")
FIELD_OF_FACET = {"year": "date"}
"""Facets that are filtered by a field of another name."""


@dataclass(frozen=True)
class Asked:
    """What is asked of the search page.

    Attributes:
        text: as typed.
        where: conditions as typed (`type=penalty`).
        sort: order of the hits.
        cursor: where the page before ended.
    """

    text: str = ""
    where: tuple[str, ...] = ()
    sort: Sort = "relevance"
    cursor: str | None = None

    @property
    def says_something(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.text.strip() or self.where)

    def address(self, path: str = "/", **more: str) -> str:
        """The address of this state.

        Args:
            path: of the page.
            more: further parameters.
        """
        pairs = [("q", self.text)] if self.text else []
        pairs += [("where", condition) for condition in self.where]
        pairs += [("sort", self.sort)] if self.sort != "relevance" else []
        pairs += [("cursor", self.cursor)] if self.cursor else []
        pairs += list(more.items())
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def toggled(self, condition: str) -> "Asked":
        """With the condition, or without it if it was there; from the first page."""
        if condition in self.where:
            return replace(self, where=tuple(c for c in self.where if c != condition), cursor=None)
        return replace(self, where=(*self.where, condition), cursor=None)

    def sorted_by(self, sort: Sort) -> "Asked":
        """In another order, from the first page."""
        return replace(self, sort=sort, cursor=None)

    def at(self, cursor: str | None) -> "Asked":
        """Another page."""
        return replace(self, cursor=cursor)

    def query(
        self,
        folders: tuple[str, ...] | None,
        *,
        facets: Iterable[str] = (),
        limit: int = PAGE,
        extra: Iterable[str] = (),
    ) -> ClauseQuery:
        """As search takes it.

        Args:
            folders: the asker may see.
            facets: to count.
            limit: hits.
            extra: further conditions.

        Raises:
            SearchError: a condition cannot be read.
        """
        from search.where import parse_condition

        return ClauseQuery(
            text=self.text,
            where=tuple(map(parse_condition, (*self.where, *extra))),
            sort=self.sort,
            limit=limit,
            cursor=self.cursor,
            facets=tuple(facets),
            folders=folders,
        )


def read_asked(given: "QueryParams") -> Asked:
    """What an address asks; an unknown order is the usual one."""
    sort: Sort = next((known for known in SORTS if known == given.get("sort")), "relevance")
    where = tuple(dict.fromkeys(c.strip() for c in given.getlist("where") if c.strip()))
    return Asked(given.get("q", "").strip(), where, sort, given.get("cursor") or None)
