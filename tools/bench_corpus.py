"""The operator's figures: bookkeeping a file, memory, exports of 100,000 clauses, two workers against one.

    python -m tools.bench_corpus [--files 5000] [--clauses 100000] [--workers 300]

Everything is made on the spot in a throw-away folder. Times are processor times of this process where it works alone,
and ratios where processes work side by side. With LibreOffice at hand the sheet is turned back into CSV and compared.
"""

import argparse
import csv
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from corpus.packing import pack
from nlp.parse import parse
from qiyue.service.base import Service
from qiyue.service.exporting import ExportRequest, export_to_file
from qiyue.service.importing import Import, ImportRequest, Watcher
from qiyue.settings import read_settings
from schema.contract import Contract
from tests.support.many import small_contract
from tests.support.quick import inline
from tools.text_contracts import SAMPLES, read_text_contract

_COLLECTION = "bench"


def service_in(folder: Path) -> Service:
    """An empty collection in a folder."""
    return Service(read_settings({"QIYUE_DATA": str(folder / "data")}))


def memory_mb() -> float:
    """Resident memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


class _Weighing(Watcher):
    """Notes the memory after each thousand files."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[float] = []

    def settled(self, file: object, done: int, total: int) -> None:
        if done % 1000 == 0:
            self.marks.append(memory_mb())


def bookkeeping(folder: Path, files: int) -> None:
    """Import small files whose reading costs nothing: what is left is hashing, ledger, store, outbox and index."""
    source = folder / "in"
    source.mkdir(parents=True)
    for number in range(files):
        (source / f"{number:06}.txt").write_text(small_contract(number), encoding="utf-8")
    weighing = _Weighing()
    with service_in(folder) as service:
        began = time.process_time()
        report = Import(service, ImportRequest(paths=(source,)), weighing).run(inline())
        spent = time.process_time() - began
    print(f"bookkeeping: {spent / files * 1000:.2f} ms a file ({files} files, {report.counts})")
    print(f"memory after each 1000 files: {' '.join(f'{mark:.0f}' for mark in weighing.marks)} MB")


@dataclass(frozen=True)
class _Exported:
    what: str
    form: str
    lines: int
    seconds: float
    size: int


def exports(folder: Path, clauses: int) -> None:
    """Fill a store with copies of a sample and write it out."""
    original = parse(read_text_contract(SAMPLES / "service.txt"))
    each = len(original.clauses) + sum(len(table.rows) for table in original.tables)
    with service_in(folder) as service:
        for copy in range(-(-clauses // each)):
            contract = _copy(original, copy)
            service.store.put(pack(contract), folder=_COLLECTION)
        before = memory_mb()
        for what, form in (("clauses", "ndjson"), ("clauses", "csv"), ("clauses", "xlsx"), ("contracts", "ndjson")):
            done = _export(service, what, form, folder)
            print(f"export {what} {form}: {done.lines} lines, {done.seconds:.1f} s, {done.size / 2**20:.0f} MB file")
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"memory: {before:.0f} MB before, at most {grown:.0f} MB in all")
    _round_trip(folder / "clauses.xlsx", folder / "clauses.csv")


def _copy(original: Contract, number: int) -> Contract:
    name = sha256(str(number).encode()).hexdigest()
    source = original.source.model_copy(update={"sha256": name, "name": f"{number}.txt"})
    return original.model_copy(update={"id": name, "source": source})


def _export(service: Service, what: str, form: str, folder: Path) -> _Exported:
    path = folder / f"{what}.{form}"
    began = time.process_time()
    lines = export_to_file(service, ExportRequest(what=what, format=form), path)
    return _Exported(what, form, lines, time.process_time() - began, path.stat().st_size)


def _round_trip(sheet: Path, table: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        print("sheet back to CSV: LibreOffice is not installed")
        return
    out = sheet.parent / "back"
    profile = f"-env:UserInstallation=file://{sheet.parent / 'profile'}"
    command = [program, profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir"]
    subprocess.run([*command, str(out), str(sheet)], check=True, capture_output=True, timeout=600)
    if not (out / "clauses.csv").exists():
        print("sheet back to CSV: LibreOffice has no Calc (package libreoffice-calc)")
        return
    back = _cells(out / "clauses.csv")
    sent = _cells(table)
    same = sum(one == other for one, other in zip(back, sent, strict=False))
    print(f"sheet back to CSV by LibreOffice: {same} of {len(sent)} rows the same ({len(back)} came back)")


def _cells(path: Path) -> list[list[str]]:
    csv.field_size_limit(2**24)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [[cell.lstrip("'").strip() for cell in row] for row in csv.reader(file)]


def workers(folder: Path, files: int) -> None:
    """The same import with one worker and with two."""
    source = folder / "in"
    source.mkdir(parents=True)
    sample = (SAMPLES / "service.txt").read_text("utf-8")
    for number in range(files):
        (source / f"{number:06}.txt").write_text(f"{sample}\n{number}", encoding="utf-8")
    took = [_timed(folder / str(jobs), source, jobs) for jobs in (1, 2)]
    print(f"import of {files} texts: one worker {took[0]:.0f} s, two {took[1]:.0f} s, ratio {took[0] / took[1]:.2f}")


def _timed(folder: Path, source: Path, jobs: int) -> float:
    with service_in(folder) as service, service.executor(jobs=jobs) as opened:
        began = time.monotonic()
        Import(service, ImportRequest(paths=(source,))).run(opened)
        return time.monotonic() - began


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser(prog="tools.bench_corpus")
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--clauses", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=300)
    options = parser.parse_args(arguments)
    parts: list[tuple[Callable[[Path, int], None], int]] = [
        (bookkeeping, options.files),
        (exports, options.clauses),
        (workers, options.workers),
    ]
    for measure, number in parts:
        if number:
            with tempfile.TemporaryDirectory() as folder:
                measure(Path(folder), number)
    return 0


if __name__ == "__main__":
    sys.exit(main())
