"""Scanned pages whose printed lines are known.

`sample` is the shipped scan; `own-clean`, `own-office` and `own-bad` print the text of the shipped contract and scan it
well, as an office does, and badly; the others are generated scans beside the project, where there are any.
"""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tests.support.samples import sample_text
from tests.support.scan import Spoil, scan, write_pdf
from tests.support.sheets import SERVICE
from tests.support.typeset import Setter

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ROOT.parent / "shared" / "contracts" / "scans"
PROFILES = ("clean", "office", "bad", "sealcolour", "rotated")
OWN = {
    "own-clean": Spoil(dpi=300, quality=90, skew=0.0, noise=1.0, blur=0.3, shade=0.02, specks_per_page=5, colour=True),
    "own-office": Spoil(dpi=200, quality=60, skew=1.2),
    "own-bad": Spoil(
        dpi=150, quality=35, skew=2.5, noise=7.0, blur=0.9, shade=0.15, specks_per_page=200, ink=70.0, paper=220.0,
        colour=True,
    ),
}  # fmt: skip
Quad = tuple[float, float, float, float]


@dataclass(frozen=True)
class TrueLine:
    """A printed line: its box in points of the page as scanned (before it is turned upright)."""

    text: str
    box: Quad
    sealed: bool
    kind: str


@dataclass(frozen=True)
class TrueCell:
    """A cell of a printed table."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str


@dataclass
class TruePage:
    """What is printed on one page."""

    lines: list[TrueLine]
    turn: int = 0
    seals: int = 0
    tables: list[tuple[str, list[TrueCell]]] = field(default_factory=list)
    seal_boxes: list[Quad] = field(default_factory=list)


@dataclass(frozen=True)
class ScanSet:
    """A scanned file and its truth; `pages` in the order of the file."""

    name: str
    file: Path
    pages: Sequence[TruePage]
    dpi: int


def set_names() -> list[str]:
    """Sets that are there: those of the project always, the generated scans when they lie beside it."""
    return ["sample", *OWN, *(PROFILES if BESIDE.is_dir() else ())]


def load_set(name: str) -> ScanSet:
    """A set by its name; own ones are made on the spot."""
    if name == "sample":
        return _sample()
    return _own(name) if name in OWN else _beside(name)


def _own(name: str) -> ScanSet:
    """The shipped service contract printed and scanned anew."""
    text, spoil = sample_text("service"), OWN[name]
    scans = scan(text, SERVICE, spoil, seed=11)
    pages = [
        TruePage(
            [TrueLine(line.text, line.box, line.sealed, line.kind) for line in scanned.lines],
            seals=len(printed.seals),
            # a cell of the setter is told by its table, the row and the column it begins in
            tables=[
                (
                    f"t{table}",
                    [TrueCell(c.row, c.column, 1, c.column_span, c.text) for c in printed.cells if c.table == table],
                )
                for table in sorted({cell.table for cell in printed.cells})
            ],
        )
        for scanned, printed in zip(scans, Setter(SERVICE).set(text), strict=True)
    ]
    file = ROOT / ".bench" / f"{name}.pdf"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(write_pdf(scans, spoil))
    return ScanSet(name, file, pages, spoil.dpi)


def _sample() -> ScanSet:
    file = ROOT / "samples" / "service.pdf"
    pages = []
    for page in json.loads(gzip.decompress(file.with_suffix(".lines.json.gz").read_bytes())):
        lines = [
            TrueLine(line["text"], tuple(line["box"]), bool(line["sealed"]), line["kind"])
            for line in page["lines"]
            if line["kind"] != "seal"
        ]
        pages.append(TruePage(lines, seals=sum(line.sealed for line in lines)))
    return ScanSet("sample", file, pages, Spoil().dpi)


def _beside(profile: str) -> ScanSet:
    truth = {page["page"]: page for page in json.loads((BESIDE / "truth.json").read_text())["pages"]}
    pages = []
    scales: list[float] = []
    for entry in json.loads((BESIDE / f"{profile}.json").read_text()):
        printed = truth[entry["page"]]
        to_pixels = np.array(entry["M"]).reshape(2, 3)
        scale = 72 / entry["dpi"]
        scales.append(entry["dpi"])
        seals = [seal for seal in printed["seals"] if seal["x"] < 560]
        lines = [
            TrueLine(line["text"], _moved(line["bbox"], to_pixels, scale), _touches(line["bbox"], seals), line["kind"])
            for line in printed["lines"]
            if line["kind"] not in ("seal", "hand")
        ]
        boxes = [
            _moved(
                [s["x"] - 1.15 * s["r"], s["y"] - 1.15 * s["r"], s["x"] + 1.15 * s["r"], s["y"] + 1.15 * s["r"]],
                to_pixels,
                scale,
            )
            for s in printed["seals"]
        ]
        boxes += [
            _moved([b[0] - 20, b[1] - 15, b[2] + 30, b[3] + 25], to_pixels, scale)
            for b in (line["bbox"] for line in printed["lines"] if line["kind"] == "hand")
        ]
        tables = [
            (
                table["id"],
                [TrueCell(c["row"], c["col"], c["rowspan"], c["colspan"], c["text"]) for c in table["cells"]],
            )
            for table in printed["tables"]
        ]
        pages.append(TruePage(lines, entry["turn"], len(seals), tables, boxes))
    return ScanSet(profile, BESIDE / f"{profile}.pdf", pages, round(scales[0]))


def _moved(box: Sequence[float], matrix: np.ndarray, scale: float) -> Quad:
    corners = np.array([[box[x], box[y]] for x in (0, 2) for y in (1, 3)])
    moved = (corners @ matrix[:, :2].T + matrix[:, 2]) * scale
    (x0, y0), (x1, y1) = moved.min(0).tolist(), moved.max(0).tolist()
    return x0, y0, x1, y1


def _touches(box: Sequence[float], seals: Sequence[dict[str, float]]) -> bool:
    for seal in seals:
        dx = max(box[0], min(seal["x"], box[2])) - seal["x"]
        dy = max(box[1], min(seal["y"], box[3])) - seal["y"]
        if dx * dx + dy * dy < seal["r"] ** 2:
            return True
    return False
