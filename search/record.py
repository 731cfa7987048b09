"""What the index knows of a contract: one flat record per clause, per table row, and per part for words outside both.

Words of a clause are its own: number, heading and text without the clauses below it and without table rows, so each
character of the contract stands in exactly one record and nothing is lost.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from schema.citation import Citations
from schema.contract import Contract
from schema.page import Line
from schema.query import HitBox
from schema.span import Span
from search.facts import Fact, clause_facts, party_facts, party_names, party_roles
from search.layout import INDEX_VERSION
from search.scale import MONEY, day_number, scaled

Unit = Literal["clause", "row", "part"]


@dataclass(frozen=True)
class Card:
    """What all records of a contract share.

    Attributes:
        id: of the contract.
        version: changes whenever something searchable of the contract changes.
        title: as printed, or the file name.
        number: contract number.
        source: file name.
        kind: sort of contract.
        date: `yyyymmdd` of signing, else of taking effect or beginning; 0 unknown.
        total: of the contract, scaled; 0 unknown.
        folder: where the collection keeps it.
        tags: of the collection.
        dispute: method.
        parties: all names.
        roles: all roles.
        facts: one for each party.
    """

    id: str
    version: str
    title: str
    number: str | None
    source: str
    kind: str | None
    date: int
    total: int
    folder: str | None
    tags: tuple[str, ...]
    dispute: str | None
    parties: tuple[str, ...]
    roles: tuple[str, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class IndexRecord:
    """One clause, table row or part.

    Attributes:
        contract: what it shares with the others of its contract.
        clause: id of the clause, row or part.
        unit: which of these it is.
        ordinal: place in the contract, from 0.
        citation: how a lawyer would cite it.
        headings: of the part, the clauses above and its own; for a row also the column names.
        text: own words, pieces joined by a line end.
        pieces: where they stand in the text of the contract.
        boxes: of its lines, with pages.
        types: its own, or of the nearest clause above that has some.
        facts: those that lie in it.
        findings: codes of findings about it.
    """

    contract: Card
    clause: str
    unit: Unit
    ordinal: int
    citation: str
    headings: tuple[str, ...]
    text: str
    pieces: tuple[Span, ...]
    boxes: tuple[HitBox, ...] = ()
    types: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    findings: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """From its first to its last own word, in the text of the contract."""
        if not self.pieces:
            return Span(start=0, end=0)
        return Span(start=self.pieces[0].start, end=self.pieces[-1].end)


@dataclass
class _Draft:
    """A record before its facts are known."""

    clause: str
    unit: Unit
    citation: str
    headings: tuple[str, ...]
    pieces: tuple[Span, ...]
    types: tuple[str, ...] = ()


def build_records(contract: Contract, *, folder: str | None = None, tags: tuple[str, ...] = ()) -> list[IndexRecord]:
    """Make the records of a contract.

    Args:
        contract: a parsed contract.
        folder: folder of the collection.
        tags: tags of the collection.

    Returns:
        At least one record, in document order.
    """
    drafts = sorted(_drafts(contract), key=lambda d: (d.pieces[0].start if d.pieces else 0, d.clause))
    drafts = drafts or [_Draft("main", "part", Citations(contract).of_part("main"), (), ())]
    places = _Places(drafts)
    facts: defaultdict[str, list[Fact]] = defaultdict(list)
    for clause, offset, fact in clause_facts(contract):
        facts[places.settle(clause, offset)].append(fact)
    findings: defaultdict[str, list[str]] = defaultdict(list)
    for clause, code in _findings(contract, places):
        findings[clause].append(code)
    card = _card(contract, folder, tags)
    boxes = _Boxes(contract)
    return [
        IndexRecord(
            contract=card,
            clause=draft.clause,
            unit=draft.unit,
            ordinal=ordinal,
            citation=draft.citation,
            headings=draft.headings,
            text="\n".join(piece.of(contract.text) for piece in draft.pieces),
            pieces=draft.pieces,
            boxes=tuple(boxes.of(draft.pieces)),
            types=draft.types,
            facts=tuple(facts[draft.clause]),
            findings=tuple(dict.fromkeys(findings[draft.clause])),
        )
        for ordinal, draft in enumerate(drafts)
    ]


def _card(contract: Contract, folder: str | None, tags: tuple[str, ...]) -> Card:
    dates = [contract.sign_date.value] if contract.sign_date else []
    dates += [d.value for role in ("sign", "effective", "start") for d in contract.dates if d.role == role and d.valid]
    dates += [contract.term.start] if contract.term and contract.term.start else []
    totals = [a.value for a in contract.amounts if a.is_total] or [
        a.value for a in contract.amounts if a.role == "total"
    ]
    seen = (INDEX_VERSION, contract.model_dump_json(), folder, tags)
    return Card(
        id=contract.id,
        version=sha256(repr(seen).encode(errors="replace")).hexdigest()[:16],
        title=" ".join((contract.title or contract.source.name).split()),
        number=contract.contract_no,
        source=contract.source.name,
        kind=contract.kind,
        date=next((day for d in dates if (day := day_number(d))), 0),
        total=scaled(max(totals), MONEY) if totals else 0,
        folder=folder,
        tags=tags,
        dispute=contract.dispute.method if contract.dispute else None,
        parties=tuple(dict.fromkeys(n for p in contract.parties for n in party_names(p))),
        roles=tuple(dict.fromkeys(r for p in contract.parties for r in party_roles(p))),
        facts=party_facts(contract),
    )


def _drafts(contract: Contract) -> Iterator[_Draft]:
    citations = Citations(contract)
    text = contract.text
    part_titles = {part.id: " ".join((part.title or "").split()) for part in contract.parts}
    clauses = {clause.id: clause for clause in contract.clauses}
    rows = [(row, table) for table in contract.tables for row in table.rows if row.cells]
    row_spans = [(min(c.span.start for c in r.cells), max(c.span.end for c in r.cells)) for r, _ in rows]
    children: defaultdict[str | None, list[tuple[int, int]]] = defaultdict(list)
    for clause in contract.clauses:
        children[clause.parent if clause.parent in clauses else None].append((clause.span.start, clause.span.end))
    for (row, table), (start, end) in zip(rows, row_spans, strict=True):
        around = [c for c in contract.clauses if c.span.start <= start and end <= c.span.end]
        chain = citations.chain(max(around, key=lambda c: c.level)) if around else []
        above = [part_titles.get(table.part or "", ""), *(c.heading or "" for c in chain), *table.columns]
        types = next((c.types for c in reversed(chain) if c.types), ())
        place = citations.of_row(row.id, table.part)
        yield _Draft(row.id, "row", place, _named(above), _strip(text, [(start, end)]), types)
    for clause in contract.clauses:
        own = subtract((clause.span.start, clause.span.end), sorted(children[clause.id] + row_spans))
        chain = citations.chain(clause)
        above = [part_titles.get(clause.part, ""), *(c.heading or "" for c in chain)]
        types = next((c.types for c in reversed(chain) if c.types), ())
        yield _Draft(clause.id, "clause", citations.of_clause(clause), _named(above), _strip(text, own), types)
    tops = [span for spans in children.values() for span in spans]
    yield from _part_drafts(contract, citations, sorted(tops + row_spans))


def _part_drafts(contract: Contract, citations: Citations, taken: list[tuple[int, int]]) -> Iterator[_Draft]:
    """Words outside all clauses and rows, by part; words outside all parts go to the body."""
    spans = [(part.id, (part.span.start, part.span.end)) for part in contract.parts]
    left: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, (start, end) in spans:
        inner = [s for n, s in spans if n != name and start <= s[0] and s[1] <= end and s != (start, end)]
        left[name] += subtract((start, end), sorted(taken + inner))
    left["main"] += subtract((0, len(contract.text)), sorted(taken + [s for _, s in spans]))
    titles = {part.id: " ".join((part.title or "").split()) for part in contract.parts}
    for name, ranges in left.items():
        if pieces := _strip(contract.text, sorted(ranges)):
            yield _Draft(name, "part", citations.of_part(name), _named([titles.get(name, "")]), pieces)


def _named(headings: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(h.split()) for h in headings if h))


def _strip(text: str, ranges: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """The ranges without white space at their ends; empty ones fall away."""
    found = []
    for start, end in ranges:
        words = text[start:end]
        left, right = len(words) - len(words.lstrip()), len(words.rstrip())
        if left < right:
            found.append(Span(start=start + left, end=start + right))
    return tuple(found)


def subtract(whole: tuple[int, int], taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a range.

    Args:
        whole: start and end.
        taken: ranges sorted by start; they may overlap and stick out.
    """
    position, found = whole[0], []
    for start, end in taken:
        if end <= position:
            continue
        if start >= whole[1]:
            break
        if start > position:
            found.append((position, start))
        position = max(position, end)
    return [*found, (position, whole[1])] if position < whole[1] else found


class _Places:
    """Which record a place of the text belongs to."""

    def __init__(self, drafts: list[_Draft]) -> None:
        self._names = {draft.clause for draft in drafts}
        tiles = sorted((p.start, p.end, d.clause) for d in drafts for p in d.pieces)
        self._starts = [t[0] for t in tiles]
        self._tiles = tiles
        self._first = drafts[0].clause

    def settle(self, clause: str | None, offset: int) -> str:
        """The record named, or else the one that holds the offset or ends before it."""
        if clause in self._names and clause is not None:
            return clause
        index = bisect_right(self._starts, offset) - 1
        return self._tiles[index][2] if index >= 0 else self._first


def _findings(contract: Contract, places: _Places) -> Iterator[tuple[str, str]]:
    """Record and code; a finding about nothing in particular goes to the first record."""
    for finding in contract.findings:
        for span in finding.spans or (Span(start=0, end=0),):
            yield places.settle(None, span.start), finding.code


class _Boxes:
    """Boxes of the lines that print a range of the text."""

    def __init__(self, contract: Contract) -> None:
        lines = [(line.span.start, page.number, line) for page in contract.pages for line in page.lines]
        lines.sort(key=lambda entry: entry[:2])
        self._lines: list[tuple[int, int, Line]] = lines
        self._starts = [entry[0] for entry in lines]
        self._longest = max((len(line.span) for _, _, line in lines), default=0)

    def of(self, pieces: Iterable[Span]) -> Iterator[HitBox]:
        for piece in pieces:
            first = bisect_right(self._starts, piece.start - self._longest - 1)
            for start, page, line in self._lines[first:]:
                if start >= piece.end:
                    break
                if line.span.overlaps(piece):
                    yield HitBox(page=page, box=line.box)
