"""What the search page shows: hits by contract, chips, facets, and what to try when nothing was found."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qiyue.service.searching import search_clauses
from qiyue.web.asked import FACETS, FIELD_OF_FACET, Asked
from qiyue.web.snippets import Piece, snippet
from qiyue.web.wording import Language, value_name
from search.labels import labels

if TYPE_CHECKING:
    from corpus.catalogue import Card
    from qiyue.service.base import Service
    from schema.query import FacetValue, Hit, Results

_CITED_TITLE = 40
_STEP = re.compile(r"“[^”]*”|\S+")
_MOST_ATTEMPTS = 6
_FACET_ROWS = 8


@dataclass(frozen=True)
class ShownHit:
    """A clause that answers.

    Attributes:
        address: of the clause on the page of its contract.
        steps: breadcrumb, from the top: 第十二条, 3.
        pieces: of the snippet.
        page: it stands on, None for formats without pages.
        matched_by: layers, strongest first.
        clause: id.
    """

    address: str
    steps: tuple[str, ...]
    pieces: list[Piece]
    page: int | None
    matched_by: tuple[str, ...]
    clause: str


@dataclass
class Group:
    """The hits of one contract.

    Attributes:
        contract: id.
        title: of the contract.
        card: what the list knows of it; None when it was removed meanwhile.
        address: of its page.
        hits: in their order.
    """

    contract: str
    title: str
    card: "Card | None"
    address: str
    hits: list[ShownHit] = field(default_factory=list)


@dataclass(frozen=True)
class Chip:
    """A filter that can be taken away."""

    text: str
    address: str


@dataclass(frozen=True)
class FacetRow:
    """A value with its count; following `address` adds the filter or takes it away."""

    text: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True)
class ShownFacet:
    """A facet: the first rows, and the rest folded away."""

    name: str
    rows: list[FacetRow]
    more: list[FacetRow]


@dataclass(frozen=True)
class Attempt:
    """What would be found without one of the filters."""

    text: str
    count: int
    address: str


@dataclass(frozen=True)
class Found:
    """All that is shown of an answer."""

    results: "Results"
    groups: list[Group]
    facets: list[ShownFacet]
    attempts: list[Attempt]
    next_page: str | None


def find(service: "Service", asked: Asked, folders: tuple[str, ...] | None, language: Language) -> Found:
    """Search and make ready to show.

    Args:
        service: the collection.
        asked: the state of the page.
        folders: the asker may see.
        language: of the page.

    Raises:
        SearchError: a condition or the cursor cannot be read, or the engine does not answer.
    """
    results = search_clauses(service, asked.query(folders, facets=FACETS))
    return Found(
        results=results,
        groups=groups_of(service, asked, results.hits),
        facets=[shown for name in FACETS if (shown := _facet(asked, name, results.facets.get(name, ()), language))],
        attempts=[] if results.total else _attempts(service, asked, folders, language),
        next_page=asked.at(results.cursor).address() if results.cursor else None,
    )


def chips(asked: Asked, language: Language) -> list[Chip]:
    """The filters that hold."""
    return [Chip(condition_words(condition, language), asked.toggled(condition).address()) for condition in asked.where]


def condition_words(condition: str, language: Language) -> str:
    """A condition as a person says it: `type=penalty` → `条款类型 = 违约责任`; as typed where it cannot be read."""
    from schema.errors import SearchError
    from search.fields import BY_FIELD
    from search.where import parse_condition

    try:
        read = parse_condition(condition)
    except SearchError:
        return condition
    known = BY_FIELD[read.field]
    name = known.names[0] if language == "zh" else known.name
    table = known.labels or known.name
    values = [value_name(language, table, value) if table in labels() else value for value in read.values]
    joint = "：" if read.op in ("=", "in") else f" {read.op} "
    return f"{name}{joint}{'、'.join(values)}"


def steps_of(citation: str, title: str) -> tuple[str, ...]:
    """The breadcrumb in a citation: `《办公用房租赁合同》第十二条 3` → 第十二条, 3.

    Args:
        citation: of a hit.
        title: of its contract.
    """
    head = f"《{' '.join(title.split())[:_CITED_TITLE]}》"
    place = citation[len(head) :] if citation.startswith(head) else citation.partition("》")[2]
    return tuple(_STEP.findall(place))


def groups_of(service: "Service", asked: Asked, hits: Iterable["Hit"]) -> list[Group]:
    """Hits by contract, each where its best hit stands.

    Args:
        service: the collection.
        asked: what found them; following a hit leads back to it.
        hits: in their order.
    """
    from corpus.catalogue import Wanted

    hits = list(hits)
    names = tuple(dict.fromkeys(hit.contract for hit in hits))
    cards = {card.id: card for card in service.store.catalogue.each(Wanted(ids=names))} if names else {}
    groups: dict[str, Group] = {}
    for hit in hits:
        card = cards.get(hit.contract)
        title = (card.title or card.source["name"]) if card else hit.contract[:12]
        start = asked.at(None).address(f"/contracts/{hit.contract}")
        group = groups.setdefault(hit.contract, Group(hit.contract, title, card, start))
        pieces = snippet(hit.text, [(mark.start, mark.end) for mark in hit.highlights])
        address = asked.at(None).address(f"/contracts/{hit.contract}", clause=hit.clause)
        steps = steps_of(hit.citation, title)
        group.hits.append(ShownHit(address, steps, pieces, hit.page, hit.matched_by, hit.clause))
    return list(groups.values())


def _facet(asked: Asked, name: str, values: Iterable["FacetValue"], language: Language) -> ShownFacet | None:
    field_name = FIELD_OF_FACET.get(name, name)
    rows = []
    for value in values:
        condition = f"{field_name}={value.value}"
        text = value_name(language, name, value.value) if name in labels() else value.value
        chosen = condition in asked.where
        rows.append(FacetRow(text, value.count, asked.toggled(condition).address(), chosen))
    if not rows:
        return None
    return ShownFacet(name, rows[:_FACET_ROWS], rows[_FACET_ROWS:])


def _attempts(service: "Service", asked: Asked, folders: tuple[str, ...] | None, language: Language) -> list[Attempt]:
    """Leave out one filter at a time, or all words, and see what that would find."""
    tries = [(condition_words(c, language), asked.toggled(c)) for c in asked.where[:_MOST_ATTEMPTS]]
    if asked.where and asked.text:
        tries.append((asked.text, Asked(where=asked.where)))
    counted = [(text, service.index.count(less.query(folders)), less) for text, less in tries if less.says_something]
    return [Attempt(text, count, less.address()) for text, count, less in counted if count]
