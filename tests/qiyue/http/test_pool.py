"""Services are lent when they are needed and kept for the next; more are neither opened nor kept."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from qiyue.accounts.person import Person
from qiyue.http import pool as pools
from qiyue.http.pool import THREADS, Pool
from qiyue.http.reach import Reach
from qiyue.service.base import Service
from qiyue.settings import Settings, read_settings


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Service]:
    """All services that were opened."""
    made: list[Service] = []

    def remembered(settings: Settings) -> Service:
        made.append(Service(settings))
        return made[-1]

    monkeypatch.setattr(pools, "Service", remembered)
    return made


@pytest.fixture
def pool(tmp_path: Path) -> Pool:
    return Pool(read_settings({"QIYUE_DATA": str(tmp_path)}))


def test_a_request_that_waits_for_its_turn_holds_no_service(pool: Pool, opened: list[Service]) -> None:
    with ExitStack() as stack:
        reaches = [Reach(Person("who", True), stack.enter_context(pool.lease())) for _ in range(50)]
        assert not opened
        assert reaches[0].service is reaches[0].service
        assert len(opened) == 1


def test_the_service_used_last_is_lent_again(pool: Pool, opened: list[Service]) -> None:
    for _ in range(3):
        with pool.lend() as service:
            assert service is opened[0]
    assert len(opened) == 1


def test_as_many_are_kept_as_can_be_used_at_once(pool: Pool, opened: list[Service]) -> None:
    for _ in range(2):
        with ExitStack() as stack:
            for _ in range(THREADS):
                stack.enter_context(pool.lend())
    assert len(opened) == THREADS
