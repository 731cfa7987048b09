"""Draw docs/terminal.svg, the picture of the README: real output of `qiyue` on the scanned sample (`make picture`)."""

import fcntl
import html
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Sequence
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "terminal.svg"
COLUMNS = 104
SIZE, CELL, LINE, MARGIN = 14.0, 8.4, 19.0, 14.0
COLOURS = {2: "#a3be8c", 3: "#ebcb8b", 6: "#88c0d0"}  # green, yellow, cyan
SECTIONS = ("Total", "Payments", "Penalties")
SEARCH = ("search", "违约金", "--where", "penalty.liable=乙方", "--size", "3")


def main() -> None:
    """Import, show, search, draw."""
    with tempfile.TemporaryDirectory() as folder:
        foreign = {key: value for key, value in os.environ.items() if not key.startswith("QIYUE_")}
        environment = foreign | {"QIYUE_DATA": folder, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS)}
        stored = screen(["import", "samples/service.pdf"], environment)
        name = screen(["list"], environment).splitlines()[-1].split()[0][:8]
        shown = sections(screen(["show", name], environment))
        found = screen([*SEARCH], environment)
    lines: list[Text] = []
    for command, output in ((("import", "samples/service.pdf"), stored), (("show", name), shown), (SEARCH, found)):
        lines += [
            Text(f"$ qiyue {' '.join(command)}", style="green"),
            *map(Text.from_ansi, output.splitlines()),
            Text(),
        ]
    PICTURE.write_text(draw(lines[:-1]), encoding="utf-8")


def draw(lines: Sequence[Text]) -> str:
    """An SVG in which each run of equally wide characters stands at its own column, whatever font draws it."""
    height = len(lines) * LINE + 2 * MARGIN
    width = COLUMNS * CELL + 2 * MARGIN
    rows = "".join(_draw_line(line, MARGIN + (n + 0.8) * LINE) for n, line in enumerate(lines))
    fonts = "Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK SC',monospace"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img">\n'
        f'<rect width="100%" height="100%" rx="8" fill="#1f2329"/>\n'
        f'<g font-family="{fonts}" font-size="{SIZE:g}" fill="#d8dee9" xml:space="preserve">\n{rows}</g>\n</svg>\n'
    )


def _draw_line(line: Text, y: float) -> str:
    column, runs = 0, []
    for segment in line.render(Console(color_system="truecolor")):
        for run in re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]+", segment.text):
            cells = cell_len(run)
            if run.strip():
                at = f'x="{MARGIN + column * CELL:.1f}" y="{y:.1f}" textLength="{cells * CELL:.1f}"'
                at += "" if run.isascii() else f' font-size="{SIZE * 1.12:.1f}"'
                runs.append(f"<text {at}{_look(segment.style)}>{html.escape(run)}</text>\n")
            column += cells
    return "".join(runs)


def _look(style: Style | None) -> str:
    if style is None:
        return ""
    colour = COLOURS.get(style.color.number or 0) if style.color else None
    return (f' fill="{colour}"' if colour else "") + (' font-weight="bold"' if style.bold else "")


def sections(output: str) -> str:
    """The sections of `qiyue show` that the picture has room for, penalties without a number left out."""
    blocks = output.split("\n\n")
    return "\n\n".join(
        "\n".join(line for line in block.splitlines() if block.split()[0] != "Penalties" or _has_room(line))
        for block in blocks
        if block.split()[0] in SECTIONS
    )


def _has_room(line: str) -> bool:
    return "Penalties" in Text.from_ansi(line).plain or "clause" in line or any(mark in line for mark in ("×", "每"))


def screen(arguments: list[str], environment: dict[str, str]) -> str:
    """What a command prints on a terminal of `COLUMNS` columns, with its colours.

    Raises:
        CalledProcessError: it failed.
    """
    inner, outer = pty.openpty()
    fcntl.ioctl(outer, termios.TIOCSWINSZ, struct.pack("HHHH", 60, COLUMNS, 0, 0))
    command = [sys.executable, "-m", "qiyue", *arguments]
    process = subprocess.Popen(command, stdout=outer, stderr=subprocess.DEVNULL, env=environment, cwd=ROOT)
    os.close(outer)
    output = b""
    while True:
        try:
            piece = os.read(inner, 65536)
        except OSError:  # the other end was closed
            break
        if not piece:
            break
        output += piece
    os.close(inner)
    if process.wait():
        raise subprocess.CalledProcessError(process.returncode, command)
    return output.decode("utf-8").replace("\r\n", "\n")


if __name__ == "__main__":
    main()
