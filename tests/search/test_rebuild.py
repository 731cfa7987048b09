"""Searches go on while the index is made anew; what an engine declares is true."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from search.backend import Engine
from search.backends.elastic import Elastic
from search.backends.embedded import Tantivy
from tests.search.conftest import ENGINES
from tools.bench_search import Copies
from tools.prove_rebuild import rebuild_while_searching


@pytest.fixture(params=ENGINES)
def same_index(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Engine]:
    """Opens the same index each time."""
    if request.param == "tantivy":
        return lambda: Tantivy(tmp_path)
    where = f"{request.getfixturevalue('elastic_url')(int(request.param[-1]))}/anew-{uuid4().hex[:8]}"
    return lambda: Elastic(where)


def test_searches_go_on_while_the_index_is_made_anew(same_index: Callable[[], Engine]) -> None:
    engine = same_index()
    assert "search_while_rebuilding" in engine.capabilities
    engine.close()
    seen = rebuild_while_searching(same_index, lambda: Copies(1500))
    assert seen.failed == []
    assert (seen.asked > 0, seen.empty) == (True, 0)
