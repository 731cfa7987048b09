"""Read stored files again after the parser has improved, and say what that changed."""

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qiyue.executors import Opened
from qiyue.executors import outcome as what_came
from qiyue.service.base import Service
from qiyue.service.indexing import Drained, drain
from qiyue.tasks import Failed, Parsed, Task, run
from schema.errors import StoreError, UsageError

if TYPE_CHECKING:
    from corpus.catalogue import Card
    from corpus.comparing import Difference

_SPARE = 2
_TRIES = 3
_PATIENCE = 10.0


@dataclass
class Reparsed:
    """How it went.

    Attributes:
        read: contracts read again.
        changed: those whose facts differ.
        failed: those that could not be read; they keep their old record.
        holding: corrections that hold.
        orphaned: corrections whose words are gone.
        index: how far the index is.
    """

    read: int = 0
    changed: list[dict[str, Any]] = field(default_factory=list)
    failed: list[dict[str, Any]] = field(default_factory=list)
    holding: int = 0
    orphaned: int = 0
    index: Drained = field(default_factory=lambda: Drained(0, 0))

    def as_json(self) -> dict[str, Any]:
        """As `--json` prints it."""
        corrections = {"holding": self.holding, "orphaned": self.orphaned}
        return {"read": self.read, "changed": self.changed, "failed": self.failed, "corrections": corrections}


def choose(
    service: Service, references: list[str], *, everything: bool = False, older_than: str | None = None
) -> list[str]:
    """Ids of the contracts to read again, oldest first.

    Args:
        service: the collection.
        references: named ones.
        everything: all.
        older_than: those read by a version of this program before this one; `this` for the present one.

    Raises:
        UsageError: nothing is named, or the version is none.
        StoreError: `contract_unknown`.
    """
    from corpus.catalogue import Wanted

    if references:
        return [service.store.resolve(reference) for reference in references]
    if everything:
        return service.store.catalogue.ids()
    if older_than is None:
        raise UsageError("usage", "which contracts?", remedy="name them, or add --all or --older-than VERSION")
    limit = _version(metadata.version("qiyue") if older_than == "this" else older_than)
    return [card.id for card in service.store.catalogue.each(Wanted()) if _version(card.producer) < limit]


def reparse(
    service: Service,
    names: list[str],
    opened: Opened,
    *,
    on_progress: Callable[[int, int], None] | None = None,
) -> Reparsed:
    """Read files again; each contract is replaced in a transaction of its own, so it may be stopped at any time.

    Args:
        service: the collection.
        names: ids of the contracts.
        opened: reads the files.
        on_progress: told after each: done, in all.
    """
    outcome = Reparsed()
    waiting: Iterator[str] = iter(names)
    in_hand: dict[Future[Parsed | Failed], tuple[Card, Task, int]] = {}
    done = 0
    while True:
        while len(in_hand) < opened.workers + _SPARE and (name := next(waiting, None)) is not None:
            card = service.store.catalogue.card(name)
            try:
                task = _task(service, card, read_bytes=opened.elsewhere)
            except StoreError as error:
                outcome.failed.append({"contract": name, "code": error.code, "message": error.message})
                done += 1
                continue
            in_hand[opened.executor.submit(run, task, service.limits)] = card, task, 1
        if not in_hand:
            break
        for future in wait(in_hand, return_when=FIRST_COMPLETED).done:
            card, task, tries = in_hand.pop(future)
            if _settle(service, outcome, card, task, future) is None and tries < _TRIES:
                in_hand[opened.executor.submit(run, task, service.limits)] = card, task, tries + 1
                continue
            done += 1
            if on_progress:
                on_progress(done, len(names))
    order = {name: place for place, name in enumerate(names)}
    outcome.changed.sort(key=lambda change: order[change["contract"]])
    outcome.failed.sort(key=lambda failure: order[failure["contract"]])
    outcome.index = drain(service, wait=_PATIENCE)
    return outcome


def _settle(
    service: Service, outcome: Reparsed, card: "Card", task: Task, future: "Future[Parsed | Failed]"
) -> bool | None:
    """Write what came of a file; None when it never began."""
    result = what_came(future, task, service.limits)
    if result is None:
        return None
    if isinstance(result, Failed):
        outcome.failed.append({"contract": card.id, "title": card.title, **vars(result)})
        return False
    assert result.packed is not None
    difference, (holding, orphaned) = service.store.replace(result.packed)
    outcome.read += 1
    outcome.holding += holding
    outcome.orphaned += orphaned
    if difference:
        outcome.changed.append({"contract": card.id, "title": card.title, **_as_json(difference)})
    return True


def _as_json(difference: "Difference") -> dict[str, Any]:
    return asdict(difference)


def _task(service: Service, card: "Card", *, read_bytes: bool) -> Task:
    originals = service.store.originals
    source: Path | bytes
    if originals.is_local and not read_bytes:
        source = Path(originals.place(card.id))
        if not source.exists():
            raise StoreError("original_missing", f"the original of {card.id[:12]} is not in the store")
    else:
        with originals.open(card.id) as stream:
            source = stream.read()
    name, checks = card.source["name"], service.settings.checks
    return Task(source=source, name=name, sha256=card.id, for_store=True, checks=checks)


def _version(text: str) -> tuple[int, ...]:
    """`0.10.1` → (0, 10, 1).

    Raises:
        UsageError: it is no version.
    """
    parts = text.removeprefix("v").split(".")
    if not all(part.isdigit() for part in parts):
        raise UsageError("value_unreadable", f"{text} is no version", remedy="write it as 0.2.0")
    return tuple(int(part) for part in parts)
