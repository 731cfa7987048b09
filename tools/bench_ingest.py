"""How fast and how exactly files are read, as ratios to the bare engine in the same run.

    python -m tools.bench_ingest               all of it (some ten minutes on two cores)
    python -m tools.bench_ingest --quick       a few pages of each scan
    python -m tools.bench_ingest ocr --errors 20

The bare engine is `RapidOCR()` with its defaults but without the line classifier, on decoded images: one process, two
threads. CPU seconds are user and system time around the reading itself.
"""

import argparse
import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium

from ingest.options import ReadOptions
from ingest.pdf.images import page_picture
from ingest.pdf.read_pdf import read_pages
from tools.bench_files import bench_files
from tools.ocr_score import Score, commonest_errors, score_page
from tools.ocr_truth import Quad, ScanSet, load_sets

_QUICK = (2, 5, 9, 13, 14, 17, 20)


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


def cpu_seconds() -> float:
    """User and system time of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _chosen(scan: ScanSet, quick: bool) -> list[int]:
    numbers = range(1, len(scan.pages) + 1)
    return [number for number in numbers if not quick or number in _QUICK or (len(scan.pages) < 10 and number % 2)]


def read_by_product(
    scan: ScanSet, numbers: Sequence[int], *, fast: bool
) -> Iterator[tuple[int, list[tuple[str, Quad]], int]]:
    """Read pages by the whole path of the product: page, lines in points as scanned, degrees turned."""
    document = pdfium.PdfDocument(scan.file)
    options = ReadOptions(fast=fast)
    part = pdfium.PdfDocument.new()
    part.import_pages(document, [number - 1 for number in numbers])
    for number, page in zip(numbers, read_pages(part, options), strict=True):
        info = page.info
        read = [(line.text, page.shown(line.box)) for line in page.lines]
        yield (
            number,
            [(text, _as_scanned(box, info.rotation, info.width, info.height)) for text, box in read],
            info.rotation,
        )


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


def read_by_bare_engine(
    scan: ScanSet, numbers: Sequence[int], *, threads: int | None
) -> Iterator[tuple[int, list[tuple[str, Quad]], int]]:
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
        yield number, lines, 0


def _measure(name: str, scan: ScanSet, numbers: Sequence[int]) -> Run:
    if name == "bare":
        pages = read_by_bare_engine(scan, numbers, threads=None)
    elif name == "bare1":
        pages = read_by_bare_engine(scan, numbers, threads=1)
    else:
        pages = read_by_product(scan, numbers, fast=name == "fast")
    score, turned, read = Score(), 0, []
    list(read_by_product(scan, numbers[:1], fast=name == "fast") if name in ("product", "fast") else ())
    cpu, wall = cpu_seconds(), time.perf_counter()
    read = list(pages)
    cpu, wall = cpu_seconds() - cpu, time.perf_counter() - wall
    for number, lines, turn in read:
        truth = scan.pages[number - 1]
        score += score_page(truth, lines)
        turned += turn == (360 - truth.turn) % 360
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Run(name, scan.name, score, cpu / len(numbers), wall / len(numbers), rss, turned)


def _in_process(function: Any, *arguments: Any) -> Any:  # noqa: ANN401 — any result
    """Run in a fresh process, so that its memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def bench_ocr(*, quick: bool, errors: int, names: Sequence[str] = ("bare", "product", "fast")) -> None:
    """Accuracy and CPU a page of each scan, product and fast mode beside the bare engine."""
    print("reading          scan        CER %  clear  sealed   figures      CPU s  of bare   RSS MB  upright")
    for scan in load_sets():
        numbers = _chosen(scan, quick)
        runs = {name: _in_process(_measure, name, scan, numbers) for name in names}
        for name, run in runs.items():
            score = run.score
            print(
                f"{name:16s} {scan.name:10s} {score.cer:6.2f} {score.clear_cer:6.2f} {score.sealed_cer:7.2f}"
                f"  {score.exact:4d}/{score.figures:<4d} {run.cpu:9.2f} {run.cpu / runs[names[0]].cpu:8.2f}"
                f" {run.rss:8d}   {run.turned}/{len(numbers)}",
                flush=True,
            )
        if errors:
            for line in runs["product"].score.missed:
                print("     figure", line)
            for line, _ in commonest_errors([runs["product"].score], errors):
                print("     line", line)


def _throughput(name: str, scan: ScanSet, numbers: Sequence[int], ready: Any, go: Any) -> None:  # noqa: ANN401
    if name == "bare":
        list(read_by_bare_engine(scan, numbers[:1], threads=None))
    elif name == "bare1":
        list(read_by_bare_engine(scan, numbers[:1], threads=1))
    else:
        list(read_by_product(scan, numbers[:1], fast=name == "fast"))
    ready.release()
    go.wait()
    _measure(name, scan, numbers)


def bench_workers(*, quick: bool) -> None:
    """Pages a minute: bare engine in one process with two threads, the others in two processes of one thread."""
    scan = next((item for item in load_sets() if item.name == "office"), load_sets()[0])
    numbers = [number for number in (2, 3, 4, 5, 6, 9, 10, 11, 16, 19) if number <= len(scan.pages)][
        : 4 if quick else 10
    ]
    context = multiprocessing.get_context("spawn")
    rates: dict[str, float] = {}
    for name, workers in (("bare", 1), ("bare1", 2), ("product", 2), ("fast", 2)):
        ready, go = context.Semaphore(0), context.Event()
        processes = [context.Process(target=_throughput, args=(name, scan, numbers, ready, go)) for _ in range(workers)]
        for process in processes:
            process.start()
        for _ in processes:
            ready.acquire()
        start = time.perf_counter()
        go.set()
        for process in processes:
            process.join()
        # each process warms up once more inside its measurement: one page
        rates[name] = 60 * workers * (len(numbers) + (name in ("product", "fast"))) / (time.perf_counter() - start)
        print(
            f"{name:8s} {workers} worker(s): {rates[name]:6.1f} pages/min, {rates[name] / rates['bare']:.2f} of bare",
            flush=True,
        )


def main() -> int:
    """Run the parts asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("parts", nargs="*", help="ocr, workers, files; all when none is named")
    parser.add_argument("--quick", action="store_true", help="a few pages only")
    parser.add_argument("--errors", type=int, default=0, help="show so many wrong lines of each scan")
    parser.add_argument("--alone", action="store_true", help="the product only, without ratios")
    arguments = parser.parse_args()
    parts = arguments.parts or ["ocr", "workers", "files"]
    if "ocr" in parts:
        names = ("product",) if arguments.alone else ("bare", "product", "fast")
        bench_ocr(quick=arguments.quick, errors=arguments.errors, names=names)
    if "workers" in parts:
        bench_workers(quick=arguments.quick)
    if "files" in parts:
        print(json.dumps(bench_files(quick=arguments.quick), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
