"""A genuine Elasticsearch node is killed in the middle of an import and started again: nothing lost, nothing double."""

import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from qiyue.service.base import Service
from qiyue.service.doctor import examine
from qiyue.service.importing import Import, ImportRequest
from qiyue.service.indexing import bring_up_to_date
from qiyue.service.searching import every_hit
from qiyue.settings import read_settings
from schema.query import ClauseQuery
from tests.support.elastic import running
from tests.support.quick import inline, write_files

FILES = 40


@pytest.mark.elastic
@pytest.mark.slow
@pytest.mark.xdist_group("elastic")
def test_a_killed_node_loses_and_doubles_nothing(tmp_path: Path) -> None:
    write_files(tmp_path / "in", FILES)
    with running(8) as node:
        values = {"QIYUE_DATA": str(tmp_path / "data"), "QIYUE_SEARCH_URL": f"{node.url}/killed"}

        def kill_in_the_middle() -> None:
            with Service(read_settings(values)) as watcher:
                while watcher.store.catalogue.count() < FILES // 4:
                    time.sleep(0.01)
            node.kill()

        killer = threading.Thread(target=kill_in_the_middle, daemon=True)
        killer.start()
        with Service(read_settings(values)) as service:
            report = Import(service, ImportRequest(paths=(tmp_path / "in",))).run(inline())
            killer.join(timeout=30)
            assert report.counts["stored"] == FILES
            assert not service.index.health().ok
            assert service.store.outbox.count() > 0
            node.start()
            bring_up_to_date(service)
            assert set(service.index.contracts()) == set(service.store.catalogue.ids())
            assert [check for check in examine(service, deep=True) if not check.ok] == []
            places = Counter((hit.contract, hit.clause) for hit in every_hit(service, ClauseQuery()))
            assert max(places.values()) == 1
            assert len({contract for contract, _ in places}) == FILES
