"""Scanned pages whose printed lines are known: the shipped sample, and generated scans beside the project."""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ROOT.parent / "shared" / "contracts" / "scans"
PROFILES = ("clean", "office", "bad", "sealcolour", "rotated")
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


def load_sets() -> list[ScanSet]:
    """All sets that are there: the sample always, the generated scans when they lie beside the project."""
    sets = [_sample()]
    if BESIDE.is_dir():
        sets += [_beside(profile) for profile in PROFILES]
    return sets


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
    return ScanSet("sample", file, pages)


def _beside(profile: str) -> ScanSet:
    truth = {page["page"]: page for page in json.loads((BESIDE / "truth.json").read_text())["pages"]}
    pages = []
    for entry in json.loads((BESIDE / f"{profile}.json").read_text()):
        printed = truth[entry["page"]]
        to_pixels = np.array(entry["M"]).reshape(2, 3)
        scale = 72 / entry["dpi"]
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
    return ScanSet(profile, BESIDE / f"{profile}.pdf", pages)


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
