"""What the embedded engine found, read as far as somebody looks at it."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import tantivy

from search.backend import Kept, Row
from search.backends.embedded_files import unusable
from search.backends.embedded_query import KEPT, SAME


def rows_of(
    searcher: tantivy.Searcher, hits: Sequence[tuple[Any, tantivy.DocAddress]], *, scored: bool
) -> Iterator[Row]:
    """Rows whose documents are read when they are looked at: most of those that are ranked say what others say."""
    addresses = [address for _, address in hits]
    columns = (searcher.fast_field_values(name, addresses) for name in (SAME, "place"))
    for (score, address), same, place in zip(hits, *columns, strict=True):
        yield Row(float(score) if scored else 0.0, read=partial(_kept, searcher, address), same=same, place=place)


def _kept(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Kept:
    try:
        core, own, rest = searcher.doc(address).get_first(KEPT).split(b"\n")
    except (OSError, ValueError) as error:
        raise unusable(error) from error
    return core, own, rest
