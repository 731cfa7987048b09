"""Contracts kept in memory are those of the store, whatever happens to it."""

from pathlib import Path

from qiyue.http.shelf import Shelf
from qiyue.service.base import Service
from qiyue.service.correcting import correct
from qiyue.settings import read_settings
from tests.support.served import fill


def test_a_contract_is_read_once_until_it_changes(tmp_path: Path) -> None:
    data = tmp_path / "data"
    names = fill(data)
    shelf = Shelf(kept=2)
    with Service(read_settings({"QIYUE_DATA": str(data)})) as service:
        first = shelf.read(service, service.store.catalogue.card(names.seen))
        assert shelf.read(service, service.store.catalogue.card(names.seen)) is first
        assert {record.contract.id for record in first.records} == {names.seen}
        correct(service, names.seen, "contract", "title", "新名称", why="补充协议", who="王芳")
        again = shelf.read(service, service.store.catalogue.card(names.seen))
        assert again is not first
        assert (again.contract.title, len(again.contract.corrections)) == ("新名称", 1)
        for other in (names.hidden, names.loose):
            shelf.read(service, service.store.catalogue.card(other))
        assert shelf.read(service, service.store.catalogue.card(names.seen)) is not again
