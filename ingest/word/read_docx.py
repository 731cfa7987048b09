"""DOCX reader: opens the package, finds its parts, reads the flow, keeps aside what is no contract text."""

import posixpath
from typing import Final

from lxml import etree

from ingest.blocks import Draft, PageInfo
from ingest.characters import clean
from ingest.container import Container
from ingest.embedded import read_pictures
from ingest.flow import is_margin_number, mend_flow
from ingest.office_password import opened
from ingest.options import ReadOptions
from ingest.word.body import BodyReader
from ingest.word.names import attribute, child, local
from ingest.word.numbering import Numbering
from ingest.word.styles import Styles
from schema.errors import ReadError
from schema.page import Furniture, FurnitureRole
from schema.problem import Problem, Severity

_OLE: Final = b"\xd0\xcf\x11\xe0"


def read_docx(data: bytes, options: ReadOptions, *, legal_lost: bool = False) -> Draft:
    """Read a Word file.

    Args:
        data: the file.
        options: password, limits.
        legal_lost: see `ingest.word.numbering`.

    Raises:
        ReadError: `file_encrypted`, `file_damaged`, `file_too_large`.
    """
    if data.startswith(_OLE):
        data = opened(data, options.password)
    return _Reader(Container(data, options.limits, what="the Word file"), options, legal_lost=legal_lost).read()


class _Reader:
    """One DOCX package."""

    def __init__(self, package: Container, options: ReadOptions, *, legal_lost: bool) -> None:
        self._legal_lost = legal_lost
        self._package = package
        self._options = options
        self._main = self._main_part()
        self._relations = self._relations_of(self._main)
        self._draft = Draft(pages=[PageInfo(reason="Word file")])

    def read(self) -> Draft:
        root = self._package.xml(self._main)
        body = child(root, "body")
        if body is None:
            raise ReadError("file_damaged", "the Word file has no readable text part")
        styles = Styles(self._part("styles"))
        numbering = Numbering(self._part("numbering"), legal_lost=self._legal_lost)
        reader = BodyReader(styles, numbering, self._notes(), self._diagram)
        self._draft.blocks = reader.read(body)
        mend_flow(self._draft)
        read_pictures(self._draft, self._picture, self._options)
        self._margins(styles)
        self._aside(reader)
        return self._draft

    def _main_part(self) -> str:
        root = self._package.xml("_rels/.rels")
        for item in root if root is not None else ():
            if (item.get("Type") or "").endswith("/officeDocument"):
                return (item.get("Target") or "").lstrip("/")
        return "word/document.xml"

    def _relations_of(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part: id -> (kind, path in the package); outside targets are left out."""
        folder, name = posixpath.split(part)
        root = self._package.xml(f"{folder}/_rels/{name}.rels")
        found = {}
        for item in root if root is not None else ():
            if item.get("TargetMode") != "External":
                target = item.get("Target") or ""
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
                found[item.get("Id") or ""] = ((item.get("Type") or "").rpartition("/")[2], path)
        return found

    def _part(self, kind: str) -> etree._Element | None:
        path = next((path for found, path in self._relations.values() if found == kind), None)
        return self._package.xml(path) if path else None

    def _picture(self, relation: str) -> bytes | None:
        _, path = self._relations.get(relation, ("", ""))
        return self._package.read(path) if path in self._package else None

    def _diagram(self, relation: str) -> etree._Element | None:
        _, path = self._relations.get(relation, ("", ""))
        return self._package.xml(path)

    def _notes(self) -> dict[tuple[str, str], etree._Element]:
        notes = {}
        for kind in ("footnote", "endnote"):
            root = self._part(f"{kind}s")
            for item in root if root is not None else ():
                if attribute(item, "type") in (None, "normal"):
                    notes[kind, attribute(item, "id") or ""] = item
        return notes

    def _margins(self, styles: Styles) -> None:
        """Headers and footers of all sections, each once."""
        roles: dict[str, FurnitureRole] = {"header": "header", "footer": "footer"}
        for kind, path in self._relations.values():
            root = self._package.xml(path) if kind in roles else None
            if root is None:
                continue
            reader = BodyReader(styles, Numbering(None), {})
            text = " ".join(block.text for block in reader.read(root) if block.text)
            if text:
                role: FurnitureRole = "page_number" if is_margin_number(text) else roles[kind]
                self._keep(role, text, f"{kind} of the pages")
            for words in reader.story.watermarks:
                self._keep("watermark", words, "watermark of the pages")

    def _aside(self, reader: BodyReader) -> None:
        """What the file holds and the page does not print as text of the contract."""
        for words in reader.story.watermarks:
            self._keep("watermark", words, "drawn word art")
        for words in reader.story.contents:
            self._keep("noise", words, "table of contents")
        hidden = "".join(reader.story.hidden).strip()
        if hidden:
            self._keep("noise", hidden, "hidden text: not printed, or white on white")
            self._problem("info", "hidden text was left out of the text")
        if reader.story.diagrams:
            self._problem(
                "info", f"the words of {reader.story.diagrams} diagrams were read, but not how they are drawn"
            )
        if reader.story.unread:
            self._problem(
                "error", f"{reader.story.unread} parts in another format inside the file were not read", "part_unread"
            )
        if self._package.mended:
            names = ", ".join(posixpath.basename(name) for name in self._package.mended)
            self._problem(
                "warning", f"{names} is broken XML, words may be missing: open the file in Word", "part_unread"
            )
        comments = self._part("comments")
        for item in comments if comments is not None else ():
            words = " ".join("".join(part.itertext()) for part in item.iter() if local(part) == "p").strip()
            if words:
                self._keep("noise", words, "comment of a reviewer")
        for words in reader.runs.deletions:
            self._keep("noise", words, "deleted, the deletion is tracked")
        if reader.runs.insertions or reader.runs.deletions:
            self._problem(
                "info",
                f"tracked changes were read as accepted: {reader.runs.insertions} insertions, "
                f"{len(reader.runs.deletions)} deletions",
            )

    def _keep(self, role: FurnitureRole, text: str, reason: str) -> None:
        self._draft.furniture.append(Furniture(page=1, role=role, text=clean(text).strip(), reason=reason))

    def _problem(self, severity: Severity, message: str, code: str = "reading_note") -> None:
        self._draft.problems.append(Problem(code=code, severity=severity, message=message))
