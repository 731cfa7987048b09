"""Values of facets as small numbers, in the order in which an index first met them.

    <index>/values   one value a line: ["party", "青禾供水有限公司"]

The engine counts small numbers several times faster than text, and without looking anything up that is not shown in the
end. Lines are only ever added, before the documents that need them are committed, so a number that a reader meets has
a line, whoever wrote it. What a killed writer left over does no harm: a value nobody has, or half a line, which the
next writer cuts off.
"""

import json
import os
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

NOTHING = 0
"""Stands for no value, so that a column has one for every document: others are read far more slowly."""


class Values:
    """The values of one index; whoever adds to them holds the lock of the folder."""

    def __init__(self, index: Path) -> None:
        """Read nothing yet.

        Args:
            index: folder of the index.
        """
        self._path = index / "values"
        self._names: dict[str, list[str]] = {}
        self._numbers: dict[str, dict[str, int]] = {}
        self._read = 0
        self._added: list[str] = []
        self._lock = threading.Lock()

    def number(self, facet: str, value: str) -> int:
        """Number of a value, a new one where it has none; not before `catch_up`."""
        known = self._numbers.setdefault(facet, {})
        found = known.get(value)
        if found is None:
            self._learn(facet, value)
            found = known[value]
            self._added.append(json.dumps([facet, value]))
        return found

    def names(self, facet: str, numbers: Iterable[int]) -> dict[int, str]:
        """What numbers stand for; `NOTHING` stands for none."""
        wanted = [number for number in numbers if number != NOTHING]
        if wanted and max(wanted) > len(self._names.get(facet, ())):
            self.catch_up()
        known = self._names.get(facet, [])
        return {number: known[number - 1] for number in wanted if number <= len(known)}

    def catch_up(self, *, mend: bool = False) -> None:
        """Read what others have added.

        Args:
            mend: cut off half a line; for writers.
        """
        with self._lock, suppress(FileNotFoundError), self._path.open("r+b" if mend else "rb") as file:
            file.seek(self._read)
            data = file.read()
            whole = data.rfind(b"\n") + 1
            if mend and whole < len(data):
                file.truncate(self._read + whole)
            self._read += whole
            for line in data[:whole].splitlines():
                self._learn(*json.loads(line))

    def save(self) -> None:
        """Write what was added, so that it outlives a power cut; before the documents are committed."""
        if not self._added:
            return
        data = "".join(line + "\n" for line in self._added).encode()
        with self._lock, self._path.open("ab") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            self._read += len(data)
            self._added = []

    def forget(self) -> None:
        """Drop what was added and not saved."""
        with self._lock:
            self._names, self._numbers, self._read, self._added = {}, {}, 0, []

    def _learn(self, facet: str, value: str) -> None:
        names = self._names.setdefault(facet, [])
        names.append(value)
        self._numbers.setdefault(facet, {})[value] = len(names)
