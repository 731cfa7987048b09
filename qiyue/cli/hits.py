"""Hits on a terminal: by contract, with place, page and reason, the sentences around the match, the match marked."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from qiyue.cli.output import console
from schema.query import Hit

if TYPE_CHECKING:
    from rich.text import Text

_ROOM = 160


def print_hits(hits: Iterable[Hit], *, score: bool = False) -> None:
    """Print hits to stdout.

    Args:
        hits: in order; those of one contract stand together, at the place of its best hit.
        score: print the score instead of the reasons.
    """
    paper = console()
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.contract, []).append(hit)
    for contract, group in groups.items():
        title = group[0].citation.partition("》")[0] + "》"
        paper.print(f"{title}  {contract[:12]}", style="bold", markup=False)
        for hit in group:
            for line in _lines(hit, title, score=score):
                paper.print(line)


def _lines(hit: Hit, title: str, *, score: bool) -> "Iterator[Text]":
    from rich.text import Text

    from search.highlight import snippet

    place = hit.citation.removeprefix(title).strip() or hit.clause
    page = f" · p. {hit.page}" if hit.page else ""
    reason = f"{hit.score:.2f}" if score else ", ".join(hit.matched_by)
    yield Text(f"  {place}{page} · {reason}", style="cyan")
    start, end = snippet(hit.text, hit.highlights, room=_ROOM)
    words = Text(hit.text[start:end].replace("\n", " ").replace("\t", " "))
    for mark in hit.highlights:
        if start <= mark.start < end:
            words.stylize("bold yellow", mark.start - start, min(mark.end, end) - start)
    yield Text("    ").append(words)
