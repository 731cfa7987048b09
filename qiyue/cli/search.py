"""`qiyue search`: clauses that answer."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qiyue.cli.hits import print_hits
from qiyue.cli.output import JsonOption, console, note, print_json
from qiyue.service.base import open_service

if TYPE_CHECKING:
    from schema.query import ClauseQuery, Results

SortOrder = Literal["relevance", "date", "-date", "amount", "-amount"]
ExportFormat = Literal["csv", "xlsx"]


def command(
    query: Annotated[
        str, typer.Argument(help='Words, "exact words", -without, 且, 或, 类型:违约责任, 金额:>100万.')
    ] = "",
    where: Annotated[list[str] | None, typer.Option(help="Filter: field, comparison, value. Repeatable.")] = None,
    sort: Annotated[SortOrder, typer.Option(help="Order of the hits.")] = "relevance",
    size: Annotated[int, typer.Option(min=0, max=1000, help="Hits a page.")] = 20,
    cursor: Annotated[str | None, typer.Option(help="Go on where the last page ended.")] = None,
    group: Annotated[bool, typer.Option("--group", help="One hit a contract, its best clause.")] = False,
    facet: Annotated[list[str] | None, typer.Option(help="Count the hits by this: type, kind, party …")] = None,
    folder: Annotated[list[str] | None, typer.Option(help="Only in this folder. Repeatable.")] = None,
    export: Annotated[ExportFormat | None, typer.Option(help="Write all hits as a table to --out.")] = None,
    out: Annotated[Path | None, typer.Option(help="File to write; stdout for csv by default.")] = None,
    as_json: JsonOption = False,
) -> int:
    """Find clauses: words, exact words, filters on every fact.

    Each hit says where it stands and why it matched. docs/search.md tells what can be typed and filtered by.

    Example: qiyue search 违约金 --where 'deadline.who=甲方' --where 'amount>100万'
    """
    from qiyue.service.searching import every_hit, search_clauses
    from schema.query import ClauseQuery
    from search.where import parse_condition

    asked = ClauseQuery(
        text=query,
        where=tuple(map(parse_condition, where or ())),
        sort=sort,
        limit=size,
        cursor=cursor,
        group=group,
        facets=tuple(facet or ()),
        folders=tuple(folder) if folder else None,
    )
    with open_service() as service:
        if export:
            from qiyue.cli.hit_tables import write_hits

            count = write_hits(every_hit(service, asked), export, out)
            note(f"{count} hits")
            return 0
        results = search_clauses(service, asked)
    if as_json:
        print_json(results.model_dump(mode="json"))
    else:
        _print(results, asked)
    return 0


def _print(results: "Results", asked: "ClauseQuery") -> None:
    for remark in results.notes:
        note(remark)
    print_hits(results.hits)
    paper = console()
    for name, values in results.facets.items():
        paper.print(f"{name}: " + "  ".join(f"{v.value} {v.count}" for v in values), markup=False)
    what = "contracts" if asked.group else "clauses"
    more = f"; go on with --cursor {results.cursor}" if results.cursor else ""
    at_least = "at least " if results.relation == "gte" else ""
    note(f"{at_least}{results.total} {what}, {len(results.hits)} shown, {results.took_ms} ms{more}")
