"""Every engine, for the tests that all of them must pass."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from search.backend import Engine
from search.backends.elastic import Elastic
from search.backends.embedded import Tantivy
from search.index import ClauseIndex
from tests.support.collection import records
from tests.support.elastic import running
from tests.support.words import words

ELASTIC = [pytest.mark.elastic, pytest.mark.xdist_group("elastic")]
ENGINES = [
    pytest.param("tantivy", id="tantivy"),
    pytest.param("elasticsearch 8", id="elasticsearch8", marks=ELASTIC),
    pytest.param("elasticsearch 9", id="elasticsearch9", marks=ELASTIC),
]


@pytest.fixture(scope="session")
def elastic_url() -> Iterator[Callable[[int], str]]:
    """URL of a node of a version, started when first asked for."""
    running_nodes: dict[int, str] = {}
    contexts = []

    def url(major: int) -> str:
        if major not in running_nodes:
            context = running(major)
            running_nodes[major] = context.__enter__().url
            contexts.append(context)
        return running_nodes[major]

    yield url
    for context in contexts:
        context.__exit__(None, None, None)


@pytest.fixture(params=ENGINES, scope="module")
def new_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Engine]]:
    """Makes empty engines of one kind."""
    made: list[Engine] = []

    def make() -> Engine:
        if request.param == "tantivy":
            made.append(Tantivy(Path(tmp_path_factory.mktemp("index")), patience=0.5))
        else:
            url = request.getfixturevalue("elastic_url")(int(request.param[-1]))
            made.append(Elastic(f"{url}/test-{uuid4().hex[:8]}"))
        return made[-1]

    yield make
    for engine in made:
        engine.close()


@pytest.fixture(scope="module")
def index(new_engine: Callable[[], Engine]) -> ClauseIndex:
    """The small collection in an engine; tests only read it."""
    backend = ClauseIndex(new_engine(), words)
    backend.add(records())
    return backend
