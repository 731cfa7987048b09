"""LibreOffice asked to turn a file into another format: an empty profile, no macros, no links, a time limit."""

import tempfile
from pathlib import Path
from typing import Final

from ingest.outside_tool import find_tool, run_tool
from schema.errors import ReadError

PROGRAMS: Final = ("soffice", "libreoffice")
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>2</value></prop></item></oor:items>
"""


def find_libreoffice() -> str | None:
    """Path of LibreOffice, None where it is not installed."""
    return find_tool(*PROGRAMS)


def convert(program: str, data: bytes, *, suffix: str, target: str, seconds: float, most_bytes: int) -> bytes:
    """Turn a file into another format.

    Args:
        program: path of LibreOffice.
        data: the file.
        suffix: of its kind, without the dot.
        target: as `--convert-to` takes it (`pdf:writer_pdf_Export`).
        seconds: time it may take.
        most_bytes: of what it makes.

    Returns:
        What it made.

    Raises:
        ReadError: `file_damaged`, `reader_timeout`.
    """
    with tempfile.TemporaryDirectory(prefix="qiyue-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        settings = home / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        source = home / f"source.{suffix}"
        source.write_bytes(data)
        command = [program, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--nolockcheck", "--nodefault", "--nologo", "--convert-to", target]
        command += ["--outdir", str(home / "out"), str(source)]
        run_tool(command, home=home, seconds=seconds, what="LibreOffice")
        made = home / "out" / f"source.{target.partition(':')[0]}"
        if not made.is_file() or made.stat().st_size > most_bytes:
            raise ReadError("file_damaged", "LibreOffice cannot read it")
        return made.read_bytes()
