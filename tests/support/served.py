"""A collection for tests of the server: invented contracts in two folders and outside all."""

from dataclasses import dataclass
from pathlib import Path

from corpus.packing import pack
from qiyue.service.base import Service
from qiyue.service.indexing import drain
from qiyue.settings import read_settings
from schema.contract import Contract
from tests.support.collection import lease, purchase, software


@dataclass(frozen=True)
class Names:
    """Ids: of a contract the readers of the tests may see, of one in another folder, of one outside all folders."""

    seen: str
    hidden: str
    loose: str


def fill(data: Path, database_url: str = "") -> Names:
    """Store and index the contracts.

    Args:
        data: folder of the collection.
        database_url: of another database than the one in the folder.
    """
    contracts = (purchase(), lease(), software())
    with Service(read_settings({"QIYUE_DATA": str(data), "QIYUE_DATABASE_URL": database_url})) as service:
        for contract, folder in zip(contracts, ("采购/2025", "行政", None), strict=True):
            put(service, contract, folder)
        drain(service, wait=10)
    return Names(*(contract.id for contract in contracts))


def put(service: Service, contract: Contract, folder: str | None) -> None:
    """Store one contract."""
    service.store.put(pack(contract), folder=folder)
