"""`make demo`: import the shipped scanned contract and show what comes out.

Nothing here but commands that anybody can type: each is printed, then run in a throw-away data folder (`.demo/`). No
earlier collection, search server or database of yours is touched.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".demo"
SAMPLE = "samples/service.pdf"
SEARCHES = (
    ("违约金", "--size", "4"),
    ("验收", "--where", "deadline.workday=true", "--where", "deadline.who=甲方", "--size", "3"),
)
BOLD, GREEN, DIM, PLAIN = ("\x1b[1m", "\x1b[32m", "\x1b[2m", "\x1b[0m") if sys.stdout.isatty() else ("", "", "", "")


def main(folder: Path = FOLDER) -> int:
    """Run the demonstration.

    Args:
        folder: throw-away; emptied first.

    Returns:
        0, or the exit code of the first command that fails; its message stands on stderr.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        _demonstrate(Commands(folder / "data"), folder / "service.json")
    except subprocess.CalledProcessError as failed:
        return failed.returncode
    return 0


class Commands:
    """Runs `qiyue` on one data folder."""

    def __init__(self, data: Path) -> None:
        """Settings of the caller are left out, so that nothing but this folder is used."""
        foreign = {key: value for key, value in os.environ.items() if not key.startswith("QIYUE_")}
        self._environment = foreign | {"QIYUE_DATA": str(data)}

    def show(self, *arguments: str) -> None:
        """Print a command and run it.

        Raises:
            CalledProcessError: it failed.
        """
        print(f"\n{GREEN}$ qiyue {' '.join(arguments)}{PLAIN}", flush=True)
        subprocess.run(self._command(arguments), env=self._environment, cwd=ROOT, check=True)

    def answer(self, *arguments: str) -> str:
        """What a command prints.

        Raises:
            CalledProcessError: it failed.
        """
        done = subprocess.run(
            self._command(arguments), env=self._environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    @staticmethod
    def _command(arguments: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-m", "qiyue", *arguments]


def _demonstrate(qiyue: Commands, record: Path) -> None:
    _say("A scanned contract: nine pictures of pages, no text in the file.")
    started = time.monotonic()
    qiyue.show("import", SAMPLE)
    print(f"{DIM}{time.monotonic() - started:.0f} s{PLAIN}")
    (card,) = json.loads(qiyue.answer("list", "--json"))["contracts"]
    name = card["id"][:8]
    _say("What it says and what a reviewer should look at; each value with its clause and page.")
    qiyue.show("show", name)
    _say("Every clause can be found; words, or words and facts.")
    for words in SEARCHES:
        qiyue.show("search", *words)
    record.write_text(qiyue.answer("show", name, "--json"), encoding="utf-8")
    shown = record.relative_to(ROOT) if record.is_relative_to(ROOT) else record
    _say(f"The whole record is in {shown} ({record.stat().st_size // 1024} KB).")
    print("Next:")
    for line in (
        "source .venv/bin/activate",
        "export QIYUE_DATA=.demo/data",
        "qiyue import samples                        # the other two: Word with automatic numbers, digital PDF",
        "qiyue search 违约金 --where penalty.per=day",
        "qiyue --help",
    ):
        print(f"  {GREEN}{line}{PLAIN}")


def _say(words: str) -> None:
    print(f"\n{BOLD}{words}{PLAIN}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
