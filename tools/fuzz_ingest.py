"""Damaged files by the thousand: none may crash its caller, hang, or take memory without bound.

    python -m tools.fuzz_ingest                         # 2,000 damaged files, a table of what came of them
    python -m tools.fuzz_ingest --kinds docx,ofd --count 500 --seed 7
    python -m tools.fuzz_ingest --inline --count 100     # in this process, for a debugger

Each case is a sample with bytes flipped, zeroed, cut out, doubled, or its end cut off; in containers also inside an
unpacked part, where checksums do not catch it. A case is known by kind, seed and number and can be repeated alone
(`--kinds docx --seed 1 --only 17`). Files are read in processes with the limits of an import. What is read must keep
its word: spans in the text, cells that say what their span says.
"""

import argparse
import io
import json
import random
import resource
import signal
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from pebble import ProcessExpired
from PIL import Image, ImageDraw

from ingest.ocr.engine import Image as Picture
from ingest.ocr.engine import OcrLine
from ingest.options import Limits as ReadLimits
from ingest.options import ReadOptions
from ingest.read import read
from qiyue.executors import LimitedProcesses
from qiyue.tasks import OVER_MEMORY, Limits
from schema.document import Document
from schema.errors import QiyueError
from tests.support.docx import make_docx, p
from tests.support.odt import make_odt
from tests.support.ofd import make_ofd, path, ruled, words
from tools.bench_files import table_pdf

_SAMPLES = Path(__file__).parent.parent / "samples"
_SECONDS = 20  # of processor time: a busy machine is no hang
_PATIENCE = 10
_MEMORY_MB = 1536
_LIMITS = ReadLimits(unpacked_bytes=100_000_000, pixels=20_000_000, tool_seconds=15)
_KEPT = 12


class Blind:
    """An engine that sees nothing: the files are hostile here, the recogniser has tests of its own."""

    def recognize(self, image: Picture) -> list[OcrLine]:
        """No lines."""
        return []


@dataclass
class Tally:
    """What came of the cases of one kind."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    peak_mb: int = 0
    bad: list[str] = field(default_factory=list)


def samples() -> dict[str, bytes]:
    """One whole file of each format."""
    text = (_SAMPLES / "purchase.txt").read_text(encoding="utf-8")
    return {
        "txt": text.encode("gb18030"),
        "md": _markdown(text),
        "html": _html(text),
        "rtf": _rich_text(text),
        "docx": (_SAMPLES / "purchase.docx").read_bytes(),
        "docx-picture": make_docx(p("附件") + p(_DRAWN), files={"word/media/image1.png": _picture("PNG")}),
        "odt": make_odt("".join(f"<text:p>{line}</text:p>" for line in text.split("\n")[:60]) + _GRID),
        "ofd": _ofd(),
        "pdf": (_SAMPLES / "lease.pdf").read_bytes(),
        "pdf-table": table_pdf(1),
        "png": _picture("PNG"),
        "jpeg": _picture("JPEG"),
        "tiff": _picture("TIFF"),
        "photo": _photograph(620, 877),
        "photo-pdf": _photograph(620, 877, "PDF"),
    }


_GRID = (
    "<table:table><table:table-row>"
    '<table:table-cell table:number-rows-spanned="2"><text:p>1</text:p></table:table-cell>'
    "<table:table-cell><text:p>2</text:p></table:table-cell></table:table-row><table:table-row><table:covered-table-cell/>"
    "<table:table-cell><text:p>3</text:p></table:table-cell></table:table-row></table:table>"
)
_DRAWN = '<w:r><w:drawing><a:blip r:embed="m1"/></w:drawing></w:r>'


def _markdown(text: str) -> bytes:
    lines = text.split("\n")
    table = "| 序号 | 名称 | 单价 |\n|---|---|---|\n" + "".join(f"| {n} | 水泵{n} | {n * 3} |\n" for n in range(9))
    return ("# " + "\n\n".join(lines[:60]) + "\n\n" + table + "\n- [x] **转账**\n- [ ] _支票_\n").encode()


def _html(text: str) -> bytes:
    rows = "".join(f"<tr><td rowspan={1 + n % 2}>{n}<td colspan=2>水泵" for n in range(9))
    body = "".join(f"<p style='text-indent:2em'>{line}</p>\n" for line in text.split("\n")[:60])
    head = "<!DOCTYPE html><html><head><meta charset=gbk></head><body>"
    return (f"{head}{body}<ol type=a><li>甲<li>乙</ol><table>{rows}</table>").encode("gb18030")


def _rich_text(text: str) -> bytes:
    paragraphs = "".join(
        "".join(f"\\u{int.from_bytes(char.encode('utf-16-le')[:2], 'little', signed=True)}?" for char in line)
        + "\\par "
        for line in text.split("\n")[:40]
    )
    row = "\\trowd\\clvmgf\\cellx1000\\cellx3000\\pard\\intbl 1\\cell 2\\cell\\row "
    return ("{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 SimSun;}}" + paragraphs + row * 4 + "}").encode()


def _ofd() -> bytes:
    clauses = "".join(words(25, 40 + 8 * n, f"第{n}条　乙方应当按时交付货物。") for n in range(1, 20))
    rows = [["序号", "名称", "单价"], ["1", "水泵", "13"], ["2", "阀门", "15"]]
    picture = '<ofd:ImageObject ID="5" Boundary="0 0 210 297" ResourceID="101"/>'
    pages = (clauses, ruled(rows, left=30, top=50) + path("M 20 200 L 90 200 B 1 2 3 4 5 6"), picture)
    return make_ofd(*pages, files={"Doc_0/Res/scan.png": _picture("PNG")})


def _picture(kind: str) -> bytes:
    image = Image.new("RGB", (620, 877), "white")
    draw = ImageDraw.Draw(image)
    for line in range(20):
        draw.rectangle((60, 60 + 30 * line, 500, 72 + 30 * line), fill=(20, 20, 60))
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def _photograph(wide: int, high: int, kind: str = "JPEG") -> bytes:
    """A bright sheet askew on a dark table."""
    image = Image.new("RGB", (wide, high), (60, 60, 60))
    corners = [
        (0.14 * wide, 0.08 * high),
        (0.86 * wide, 0.08 * high),
        (0.96 * wide, 0.93 * high),
        (0.04 * wide, 0.93 * high),
    ]
    ImageDraw.Draw(image).polygon(corners, fill=(235, 235, 235))
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def _odd_photograph(chance: random.Random) -> bytes:
    """A photograph of extreme shape, a sheet of extreme shape in it, sometimes damaged as well."""
    wide, high = (chance.choice((1, 2, 24, 641, 900, 4000, 9000)) for _ in range(2))
    high = min(high, 24_000_000 // wide)
    image = Image.new("RGB", (wide, high), (chance.randrange(120),) * 3)
    corners = [
        (chance.uniform(-0.2, 1.2) * wide, chance.uniform(-0.2, 1.2) * high)
        for _ in range(chance.choice((3, 4, 4, 4, 5)))
    ]
    ImageDraw.Draw(image).polygon(corners, fill=(235, 235, 235))
    out = io.BytesIO()
    image.save(out, chance.choice(("JPEG", "PNG", "PDF")))
    return out.getvalue() if chance.random() < 0.8 else damaged(out.getvalue(), chance)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A file with one kind of damage."""
    if data.startswith(b"PK") and chance.random() < 0.6:
        return _damaged_inside(data, chance)
    return chance.choice(_DAMAGE)(data, chance)


def _damaged_inside(data: bytes, chance: random.Random) -> bytes:
    """A container whose parts are packed anew, one or two of them damaged or gone."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        hit = set(chance.sample(names, min(len(names), chance.choice((1, 1, 2)))))
        for name in names:
            part = source.read(name)
            if name not in hit:
                target.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
            elif part and chance.random() < 0.95:
                changed = chance.choice(_DAMAGE)(part, chance)
                target.writestr(zipfile.ZipInfo(name), changed, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        changed[chance.randrange(len(changed))] = chance.choice((0, 255, 0x3C, chance.randrange(256)))
    return bytes(changed)


def _bit(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _range(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice((1, 4, 40, 400, 4000)))


def _zeroed(data: bytes, chance: random.Random) -> bytes:
    start, end = _range(data, chance)
    return data[:start] + bytes(end - start) + data[end:]


def _without(data: bytes, chance: random.Random) -> bytes:
    start, end = _range(data, chance)
    return data[:start] + data[end:]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    start, end = _range(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _number(data: bytes, chance: random.Random) -> bytes:
    """A figure of the file made absurd."""
    places = [place for place in range(len(data)) if 48 <= data[place] <= 57]
    if not places:
        return _flipped(data, chance)
    at = chance.choice(places)
    return data[:at] + chance.choice((b"999999999", b"-1", b"0", b"1e999", b"4294967296")) + data[at + 1 :]


_DAMAGE: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flipped, _flipped, _bit, _cut, _cut, _zeroed, _without, _doubled, _number,
)  # fmt: skip


def attempt(data: bytes) -> tuple[str, float, int]:
    """Read a file.

    Returns:
        What came of it, seconds of processor time, peak memory of the process in 2**20 bytes so far.
    """
    begun = time.process_time()
    try:
        what = _broken_promise(read(data, ReadOptions(engine=Blind(), limits=_LIMITS))) or "read"
    except QiyueError as error:
        what = error.code
    except Exception as error:  # exactly what is looked for
        what = f"EXCEPTION {type(error).__name__}: {error}"[:200]
    return what, time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def _broken_promise(document: Document) -> str | None:
    """What a document says of itself that is not so."""
    text, end = document.text, len(document.text)
    spans = [paragraph.span for paragraph in document.paragraphs] + [table.span for table in document.tables]
    spans += [mark.span for mark in document.marks] + [doubt.span for doubt in document.suspects]
    spans += [line.span for page in document.pages for line in page.lines]
    if any(not 0 <= span.start <= span.end <= end for span in spans):
        return "PROMISE a span outside the text"
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    if any(cell.span.of(text) != cell.text for cell in cells):
        return "PROMISE a cell that is not its span"
    return None


def cases(kind: str, sample: bytes, count: int, seed: int) -> Iterator[tuple[int, bytes]]:
    """Damaged copies of a sample, each known by its number."""
    for number in range(count):
        chance = random.Random(f"{kind}/{seed}/{number}")
        # a photograph is as often of a shape nobody takes as it is damaged
        yield number, _odd_photograph(chance) if kind == "photo" and number % 2 else damaged(sample, chance)


def run_inline(kind: str, sample: bytes, count: int, seed: int) -> Tally:
    """Read all cases of a kind in this process."""
    tally = Tally()
    for number, data in cases(kind, sample, count, seed):
        _enter(tally, f"{kind}/{seed}/{number}", attempt(data))
    return tally


def run_apart(kind: str, sample: bytes, count: int, seed: int, workers: int) -> Tally:
    """Read all cases of a kind in limited processes."""
    tally = Tally()
    waiting: list[tuple[int, Future[tuple[str, float, int]]]] = []
    with LimitedProcesses(workers, Limits(_PATIENCE * _SECONDS, _SECONDS, _MEMORY_MB)) as processes:
        for number, data in cases(kind, sample, count, seed):
            waiting.append((number, processes.submit(attempt, data)))
        for number, future in waiting:
            _enter(tally, f"{kind}/{seed}/{number}", _answer(future))
    return tally


def _answer(future: Future[tuple[str, float, int]]) -> tuple[str, float, int]:
    try:
        return future.result()
    except TimeoutError:
        return "HANG", float(_SECONDS), 0
    except ProcessExpired as error:
        what = "HANG" if error.exitcode == -signal.SIGXCPU else "MEMORY" if error.exitcode == OVER_MEMORY else "CRASH"
        return f"{what} exit code {error.exitcode}", float(_SECONDS), 0
    except Exception as error:  # the process could not answer
        return f"CRASH {error}"[:120], 0.0, 0


def _enter(tally: Tally, case: str, answer: tuple[str, float, int]) -> None:
    what, seconds, peak = answer
    word = what.partition(" ")[0]
    tally.outcomes[word] += 1
    tally.slowest, tally.peak_mb = max(tally.slowest, seconds), max(tally.peak_mb, peak)
    if word.isupper() and len(tally.bad) < _KEPT:
        tally.bad.append(f"{case}: {what}")


def main() -> int:
    """Run what the command line asks for; 1 when a case was bad."""
    options = _arguments()
    whole = samples()
    kinds = options.kinds.split(",") if options.kinds else list(whole)
    each = max(1, options.count // len(kinds))
    if options.only is not None:
        for kind in kinds:
            sys.stdout.buffer.write(dict(cases(kind, whole[kind], options.only + 1, options.seed))[options.only])
        return 0
    tallies: dict[str, Tally] = {}
    for kind in kinds:
        if options.inline:
            tallies[kind] = run_inline(kind, whole[kind], each, options.seed)
        else:
            tallies[kind] = run_apart(kind, whole[kind], each, options.seed, options.workers)
        _show(kind, tallies[kind])
    bad = [line for tally in tallies.values() for line in tally.bad]
    if options.json:
        print(json.dumps({kind: dict(tally.outcomes) for kind, tally in tallies.items()}), *bad, sep="\n")
    print(f"{each * len(kinds)} damaged files, {len(bad)} bad", file=sys.stderr)
    return 1 if bad else 0


def _show(kind: str, tally: Tally) -> None:
    counts = "  ".join(f"{word} {count}" for word, count in tally.outcomes.most_common())
    print(f"{kind:<13} slowest {tally.slowest:5.1f} s  peak {tally.peak_mb:4} MB  {counts}", file=sys.stderr)
    for line in tally.bad:
        print(f"    {line}", file=sys.stderr)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000, help="damaged files over all kinds")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", help="formats, with commas; all when left out")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--inline", action="store_true", help="in this process")
    parser.add_argument("--json", action="store_true", help="counts as JSON on stdout")
    parser.add_argument("--only", type=int, help="write this one case to stdout instead")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
