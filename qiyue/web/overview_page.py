"""Overview: how many contracts, what they are worth by year and party, what the checks found."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import Response

from qiyue.service.overview import money
from qiyue.web.desk import Desk, DeskOf
from qiyue.web.plots import Bar, Plot, plot
from qiyue.web.wording import value_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpus.figures import Figures, Found, Worth

router = APIRouter()


@router.get("/overview")
def overview(desk: DeskOf) -> Response:
    """The figures of all contracts that may be seen."""
    from corpus.catalogue import Wanted
    from corpus.figures import figures

    found = figures(desk.service.store.database, Wanted(folders=desk.folders))
    return desk.page("overview.html", {"figures": found, "plots": _plots(desk, found), "sums": _sums(found.whole)})


def _plots(desk: Desk, found: "Figures") -> dict[str, Plot]:
    unknown = desk.say("overview.unknown")
    years = [_bar(year or unknown, worth, _where(date=year)) for year, worth in found.by_year.items()]
    parties = [_bar(name, worth, f"/contracts?{urlencode({'party': name})}") for name, worth in found.by_party.items()]
    kinds: Mapping[str | None, Worth] = found.by_kind
    named = [
        Bar(
            value_name(desk.language, "kind", kind) if kind else unknown,
            worth.contracts,
            str(worth.contracts),
            _where(kind=kind),
        )
        for kind, worth in kinds.items()
    ]
    return {
        "years": plot(years),
        "parties": plot(parties),
        "kinds": plot(named),
        "found": plot(_finding(desk, one) for one in found.findings),
    }


def _bar(label: str, worth: "Worth", address: str | None) -> Bar:
    total = max(worth.sums.values(), default=None)
    shown = f"{_short(float(total))} · {worth.contracts}" if total is not None else str(worth.contracts)
    return Bar(label, float(total or 0), shown, address)


def _finding(desk: Desk, one: "Found") -> Bar:
    name = value_name(desk.language, "finding", one.code)
    return Bar(name, one.findings, f"{one.findings} / {one.contracts}", _where(finding=one.code), one.severity)


def _where(**condition: str | None) -> str | None:
    """A search that lists what the bar counts."""
    ((field, value),) = condition.items()
    return f"/?{urlencode({'where': f'{field}={value}'})}" if value else None


def _sums(worth: "Worth") -> list[str]:
    return [f"{money(total)} {currency}" for currency, total in sorted(worth.sums.items())]


def _short(total: float) -> str:
    """A sum beside a bar: 48.6万, 1.2亿."""
    if total >= 1e8:
        return f"{total / 1e8:,.2f}亿"
    return f"{total / 1e4:,.1f}万" if total >= 1e4 else f"{total:,.0f}"
