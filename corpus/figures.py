"""Figures over many contracts: how many, what they are worth, by year and party, and what the checks found.

Sums are exact and kept apart by currency; a contract without a total adds to the numbers only.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import func, select

from corpus.catalogue import Wanted, conditions
from corpus.database import Database
from corpus.tables import CONTRACT, FINDING, PARTY


@dataclass
class Worth:
    """So many contracts and what they are worth by currency."""

    contracts: int = 0
    sums: dict[str, Decimal] = field(default_factory=dict)

    def add(self, total: str | None, currency: str | None) -> None:
        """Count a contract."""
        self.contracts += 1
        if total is not None:
            key = currency or "CNY"
            self.sums[key] = self.sums.get(key, Decimal(0)) + Decimal(total)


@dataclass(frozen=True)
class Found:
    """Findings of one code: how grave, how many, in how many contracts."""

    code: str
    severity: str
    findings: int
    contracts: int


@dataclass(frozen=True)
class Figures:
    """The figures of a collection, or of the part of it that somebody may see.

    Attributes:
        whole: all contracts.
        pages: they have.
        by_year: of signing, oldest first; None for those whose year is unknown.
        by_kind: most first; None for unknown.
        by_party: those named in most contracts first.
        findings: most frequent first.
    """

    whole: Worth
    pages: int
    by_year: dict[str | None, Worth]
    by_kind: dict[str | None, Worth]
    by_party: dict[str, Worth]
    findings: list[Found]


def figures(database: Database, wanted: Wanted, *, parties: int = 12) -> Figures:
    """Count.

    Args:
        database: of the collection.
        wanted: which contracts.
        parties: how many parties to name.
    """
    where = conditions(wanted)
    columns = (CONTRACT.c.id, CONTRACT.c.kind, CONTRACT.c.sign_date, CONTRACT.c.total_exact, CONTRACT.c.currency)
    whole, by_year, by_kind, pages = (
        Worth(),
        defaultdict[str | None, Worth](Worth),
        defaultdict[str | None, Worth](Worth),
        0,
    )
    worth: dict[str, tuple[str | None, str | None]] = {}
    with database.reading() as connection:
        for row in connection.execute(select(*columns, CONTRACT.c.pages).where(*where)):
            year = row.sign_date[:4] if row.sign_date else None
            for counted in (whole, by_year[year], by_kind[row.kind]):
                counted.add(row.total_exact, row.currency)
            pages += row.pages or 0
            worth[row.id] = row.total_exact, row.currency
        named = select(PARTY.c.contract, PARTY.c.name).distinct().where(PARTY.c.name.is_not(None))
        within = named.where(PARTY.c.contract.in_(select(CONTRACT.c.id).where(*where)))
        by_party = _by_party(((row.contract, row.name) for row in connection.execute(within)), worth, parties)
        grouped = select(
            FINDING.c.code, FINDING.c.severity, func.count(), func.count(FINDING.c.contract.distinct())
        ).group_by(FINDING.c.code, FINDING.c.severity)
        rows = connection.execute(grouped.where(FINDING.c.contract.in_(select(CONTRACT.c.id).where(*where))))
        found = [Found(code, severity, number, contracts) for code, severity, number, contracts in rows]
    return Figures(
        whole=whole,
        pages=pages,
        by_year=dict(sorted(by_year.items(), key=lambda entry: (entry[0] is None, entry[0] or ""))),
        by_kind=dict(sorted(by_kind.items(), key=lambda entry: (-entry[1].contracts, entry[0] or ""))),
        by_party=by_party,
        findings=sorted(found, key=lambda entry: (-entry.findings, entry.code)),
    )


def _by_party(
    rows: Iterable[tuple[str, str]], worth: dict[str, tuple[str | None, str | None]], most: int
) -> dict[str, Worth]:
    contracts = defaultdict[str, list[str]](list)
    for contract, name in rows:
        if contract in worth:
            contracts[name].append(contract)
    busiest = Counter({name: len(of) for name, of in contracts.items()}).most_common()
    chosen = sorted(busiest, key=lambda entry: (-entry[1], entry[0]))[:most]
    found = {}
    for name, _ in chosen:
        found[name] = Worth()
        for contract in contracts[name]:
            found[name].add(*worth[contract])
    return found
