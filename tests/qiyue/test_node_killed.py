"""A genuine Elasticsearch node is killed in the middle of an import and started again: nothing lost, nothing double."""

from collections import Counter
from pathlib import Path

import pytest

from qiyue.service.base import Service
from qiyue.service.doctor import examine
from qiyue.service.importing import Import, ImportRequest
from qiyue.service.indexing import bring_up_to_date
from qiyue.service.searching import every_hit
from qiyue.settings import read_settings
from qiyue.tasks import Failed, Limits, Parsed, Task
from schema.query import ClauseQuery
from tests.support.elastic import running
from tests.support.quick import Inline, inline, quick_read, write_files

FILES = 40


@pytest.mark.elastic
@pytest.mark.slow
@pytest.mark.xdist_group("elastic")
def test_a_killed_node_loses_and_doubles_nothing(tmp_path: Path) -> None:
    paths = write_files(tmp_path / "in", FILES)
    with running(8) as node:
        values = {"QIYUE_DATA": str(tmp_path / "data"), "QIYUE_SEARCH_URL": f"{node.url}/killed"}

        def read_and_kill(task: Task, limits: Limits) -> Parsed | Failed:
            if task.name == f"{FILES // 2:05}.txt":
                node.kill()
            return quick_read(task, limits)

        with Service(read_settings(values)) as service:
            Import(service, ImportRequest(paths=tuple(paths[: FILES // 4]))).run(inline())
            assert len(service.index.contracts()) == FILES // 4
            report = Import(service, ImportRequest(paths=(tmp_path / "in",))).run(inline(Inline(read_and_kill)))
            assert (report.counts["duplicate"], report.counts["stored"]) == (FILES // 4, FILES - FILES // 4)
            assert not service.index.health().ok
            assert service.store.outbox.count() > 0
            node.start()
            bring_up_to_date(service)
            assert set(service.index.contracts()) == set(service.store.catalogue.ids())
            assert [check for check in examine(service, deep=True) if not check.ok] == []
            places = Counter((hit.contract, hit.clause) for hit in every_hit(service, ClauseQuery()))
            assert max(places.values()) == 1
            assert len({contract for contract, _ in places}) == FILES
