"""How fast and how exactly files are read, as ratios to the bare engine in the same run.

    python -m tools.bench                      all of it (an hour or so on two cores with the scans beside the project)
    python -m tools.bench --quick              a few pages of each scan
    python -m tools.bench ocr --sets own-office,own-bad --errors 20
    python -m tools.bench workers --sets own-office,own-bad --quick      pages a minute in two workers, memory of each
    python -m tools.bench files                the rest: digital files

Each scan by itself, with or without its workers, takes a few minutes.

The bare engine is `RapidOCR()` with its defaults but without the line classifier, on decoded images: one process, two
threads. CPU seconds are user and system time around the reading itself. Pages a minute are wall time and mean something
on a quiet machine only: the product in two workers of one thread, beside the bare engine in one process of two threads
and in two workers of one thread.
"""

import argparse
import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from ingest.layout.page import PageContent
from ingest.options import ReadOptions
from ingest.pdf.images import page_picture
from ingest.pdf.read_pdf import read_pages
from tools.bench_files import bench_files
from tools.ocr_score import Score, commonest_errors, score_page
from tools.ocr_truth import Quad, ScanSet, load_set, set_names
from tools.table_score import TableScore, score_tables

_QUICK = (2, 5, 9, 13, 14, 15, 17)


@dataclass
class PageRead:
    """A page as it was read: lines in points of the page as scanned, degrees turned, and all else where known."""

    number: int
    lines: list[tuple[str, Quad]]
    turn: int = 0
    content: PageContent | None = None


@dataclass
class Run:
    """One way of reading one scan."""

    name: str
    scan: str
    score: Score
    cpu: float
    wall: float
    rss: int
    turned: int = 0
    tables: TableScore = field(default_factory=TableScore)


def cpu_seconds() -> float:
    """User and system time of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak_mb() -> int:
    """Most memory this process held, in 2**20 bytes; `ru_maxrss` would also tell of the process it was started by."""
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) // 1024
    except (OSError, ValueError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _chosen(scan: ScanSet, quick: bool) -> list[int]:
    numbers = range(1, len(scan.pages) + 1)
    return [number for number in numbers if not quick or number in _QUICK or (len(scan.pages) < 10 and number % 2)]


def read_by_product(scan: ScanSet, numbers: Sequence[int], *, fast: bool) -> Iterator[PageRead]:
    """Read pages by the whole path of the product."""
    document = pdfium.PdfDocument(scan.file)
    options = ReadOptions(fast=fast)
    part = pdfium.PdfDocument.new()
    part.import_pages(document, [number - 1 for number in numbers])
    for number, page in zip(numbers, read_pages(part, options), strict=True):
        info = page.info
        read = [(line.text, page.shown(line.box)) for line in page.lines]
        lines = [(text, _as_scanned(box, info.rotation, info.width, info.height)) for text, box in read]
        yield PageRead(number, lines, info.rotation, page)


def _as_scanned(box: Quad, turn: int, width: float, height: float) -> Quad:
    """Back from the upright page to the page as it lies in the file."""
    x0, y0, x1, y1 = box
    if turn == 90:
        return y0, width - x1, y1, width - x0
    if turn == 180:
        return width - x1, height - y1, width - x0, height - y0
    if turn == 270:
        return height - y1, x0, height - y0, x1
    return box


def read_by_bare_engine(scan: ScanSet, numbers: Sequence[int], *, threads: int | None) -> Iterator[PageRead]:
    """The same by the bare engine on decoded images."""
    from rapidocr import RapidOCR

    params: dict[str, Any] = {"Global.log_level": "critical", "Global.use_cls": False}
    if threads is not None:
        params |= {"EngineConfig.onnxruntime.intra_op_num_threads": threads, "Rec.rec_batch_num": 1}
    engine = RapidOCR(params=params)
    document = pdfium.PdfDocument(scan.file)
    for number in numbers:
        page = document[number - 1]
        image = page_picture(page, most_pixels=10**9, finest=10**6)
        scale = page.get_size()[0] / image.shape[1]
        found = engine(image)
        boxes = [] if found.boxes is None else found.boxes.tolist()
        lines = []
        for quad, text in zip(boxes, found.txts or (), strict=True):
            xs, ys = [x * scale for x, _ in quad], [y * scale for _, y in quad]
            lines.append((text, (min(xs), min(ys), max(xs), max(ys))))
        yield PageRead(number, lines)


def _measure(name: str, scan: ScanSet, numbers: Sequence[int]) -> Run:
    if name == "bare":
        pages = read_by_bare_engine(scan, numbers, threads=None)
    elif name == "bare1":
        pages = read_by_bare_engine(scan, numbers, threads=1)
    else:
        pages = read_by_product(scan, numbers, fast=name == "fast")
    list(read_by_product(scan, numbers[:1], fast=name == "fast") if name in ("product", "fast") else ())
    cpu, wall = cpu_seconds(), time.perf_counter()
    read = list(pages)
    cpu, wall = cpu_seconds() - cpu, time.perf_counter() - wall
    rss = peak_mb()
    run = Run(name, scan.name, Score(), cpu / len(numbers), wall / len(numbers), rss)
    for page in read:
        truth = scan.pages[page.number - 1]
        run.score += score_page(truth, page.lines)
        run.turned += page.turn == (360 - truth.turn) % 360
        if page.content is not None:
            run.tables += score_tables(truth, page.content)
    return run


def _in_process(function: Any, *arguments: Any) -> Any:  # noqa: ANN401 — any result
    """Run in a fresh process, so that its memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def bench_ocr(
    sets: Sequence[str], *, quick: bool, errors: int, names: Sequence[str] = ("bare", "product", "fast")
) -> None:
    """Accuracy and CPU a page of each scan, product and fast mode beside the bare engine."""
    print(
        "reading  scan        dpi  CER %  clear  sealed  figures    cells    in cells   CPU s  of bare  RSS MB  upright"
    )
    for scan in map(load_set, sets):
        numbers = _chosen(scan, quick)
        runs: dict[str, Run] = {name: _in_process(_measure, name, scan, numbers) for name in names}
        for name, run in runs.items():
            print(f"{name:8s} {scan.name:10s} {scan.dpi:4d} {_row(run, runs[names[0]], len(numbers))}", flush=True)
        if errors:
            for line in runs["product"].score.missed:
                print("     figure", line)
            for line, _ in commonest_errors([runs["product"].score], errors):
                print("     line", line)


def _row(run: Run, bare: Run, pages: int) -> str:
    """The figures of one way of reading one scan."""
    score, cells = run.score, run.tables
    return (
        f"{score.cer:6.2f} {score.clear_cer:6.2f} {score.sealed_cer:7.2f} {score.exact:4d}/{score.figures:<4d}"
        f" {cells.placed:4d}/{cells.cells:<4d} {cells.exact:4d}/{cells.figures:<4d}"
        f" {run.cpu:7.2f} {run.cpu / bare.cpu:8.2f} {run.rss:7d}   {run.turned}/{pages}"
    )


_LAYOUTS = (("bare", 1), ("bare1", 2), ("product", 2), ("fast", 2))


def _throughput(name: str, scan: ScanSet, numbers: Sequence[int], ready: Any, go: Any, told: Any) -> None:  # noqa: ANN401
    """Load, read a page, wait for the others, then read; tell the processor time of it and the most memory held."""
    cpu = 0.0
    for pages in (numbers[:1], numbers):
        if name in ("product", "fast"):
            read = read_by_product(scan, pages, fast=name == "fast")
        else:
            read = read_by_bare_engine(scan, pages, threads=None if name == "bare" else 1)
        if pages is numbers:
            ready.release()
            go.wait()
            cpu = cpu_seconds()
        list(read)
    told.put((cpu_seconds() - cpu, peak_mb()))


def bench_workers(sets: Sequence[str], *, quick: bool) -> None:
    """Pages a minute of each scan, processor time a page and memory a worker.

    The bars are those of two workers: 1.15 times the pages of the bare engine in one process, 0.85 of it in two.
    """
    print("reading  scan        dpi  workers  pages/min  / bare in 1  / bare in 2  CPU s a page  of bare  MB a worker")
    for scan in map(load_set, sets):
        numbers = [number for number in (2, 3, 4, 5, 6, 9, 10, 11, 16, 19) if number <= len(scan.pages)]
        numbers = numbers[: 4 if quick else 10]
        runs = {name: _side_by_side(name, workers, scan, numbers) for name, workers in _LAYOUTS}
        one, two = runs["bare"], runs["bare1"]
        for name, workers in _LAYOUTS:
            rate, cpu, peak = runs[name]
            print(
                f"{name:8s} {scan.name:10s} {scan.dpi:4d} {workers:8d} {rate:10.1f} {rate / one[0]:12.2f}"
                f" {rate / two[0]:12.2f} {cpu:13.2f} {cpu / one[1]:8.2f} {peak:12d}",
                flush=True,
            )
        print(
            f"{scan.name}: two workers read {runs['product'][0] / one[0]:.2f} x the pages of the bare engine in one"
            f" process (bar 1.15), {runs['product'][0] / two[0]:.2f} x those of it in two workers (bar 0.85)",
            flush=True,
        )


def _side_by_side(name: str, workers: int, scan: ScanSet, numbers: Sequence[int]) -> tuple[float, float, int]:
    """Pages a minute of some workers together, processor time a page, most memory of one of them."""
    context = multiprocessing.get_context("spawn")
    ready, go, told = context.Semaphore(0), context.Event(), context.SimpleQueue()
    processes = [
        context.Process(target=_throughput, args=(name, scan, numbers, ready, go, told)) for _ in range(workers)
    ]
    for process in processes:
        process.start()
    for _ in processes:
        ready.acquire()
    start = time.perf_counter()
    go.set()
    results = [told.get() for _ in processes]
    wall = time.perf_counter() - start
    for process in processes:
        process.join()
    pages = workers * len(numbers)
    return 60 * pages / wall, sum(cpu for cpu, _ in results) / pages, max(peak for _, peak in results)


def main() -> int:
    """Run the parts asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("parts", nargs="*", help="ocr, workers, files; all when none is named")
    parser.add_argument("--quick", action="store_true", help="a few pages only")
    parser.add_argument("--errors", type=int, default=0, help="show so many wrong lines of each scan")
    parser.add_argument("--alone", action="store_true", help="the product only, without ratios")
    parser.add_argument("--sets", help="scans, with commas: " + ", ".join(set_names()))
    arguments = parser.parse_args()
    sets = arguments.sets.split(",") if arguments.sets else set_names()
    parts = arguments.parts or ["ocr", "workers", "files"]
    if "ocr" in parts:
        names = ("product",) if arguments.alone else ("bare", "product", "fast")
        bench_ocr(sets, quick=arguments.quick, errors=arguments.errors, names=names)
    if "workers" in parts:
        bench_workers(sets, quick=arguments.quick)
    if "files" in parts:
        print(json.dumps(bench_files(quick=arguments.quick), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
