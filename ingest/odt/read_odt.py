"""ODT reader: opens the package, reads the flow, keeps aside what is no contract text."""

from lxml import etree

from ingest.blocks import Draft, PageInfo
from ingest.characters import clean
from ingest.container import Container
from ingest.embedded import read_pictures
from ingest.flow import is_margin_number, mend_flow
from ingest.odt.flow import OdtFlow
from ingest.odt.styles import OdtStyles
from ingest.options import ReadOptions
from ingest.word.names import child, local
from schema.errors import ReadError
from schema.page import Furniture, FurnitureRole
from schema.problem import Problem, Severity


def read_odt(data: bytes, options: ReadOptions) -> Draft:
    """Read an OpenDocument text.

    Raises:
        ReadError: `file_encrypted`, `file_damaged`, `file_too_large`.
    """
    package = Container(data, options.limits, what="the OpenDocument file")
    if b"encryption-data" in (package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in package else b""):
        remedy = "open it in its own program and save it without"
        raise ReadError("file_encrypted", "the OpenDocument file is protected by a password", remedy=remedy)
    content, styles = package.xml("content.xml"), package.xml("styles.xml")
    body = child(content, "body", "text")
    if body is None:
        raise ReadError("file_damaged", "the OpenDocument file has no readable text part")
    draft = Draft(pages=[PageInfo(reason="OpenDocument file")])
    looks = OdtStyles(styles, content)
    flow = OdtFlow(looks)
    draft.blocks = flow.read(body)
    mend_flow(draft)
    read_pictures(draft, lambda name: _picture(package, name), options)
    _margins(styles, looks, draft)
    _aside(body, flow, draft)
    if package.mended:
        message = f"{', '.join(package.mended)} is broken XML, words may be missing: open the file in its own program"
        _problem(draft, "part_unread", "warning", message)
    return draft


def _picture(package: Container, name: str) -> bytes | None:
    name = name.removeprefix("./")
    return package.read(name) if name in package else None


def _margins(styles: etree._Element | None, looks: OdtStyles, draft: Draft) -> None:
    """Headers and footers of all page styles, each once."""
    seen: set[tuple[str, str]] = set()
    pages = child(styles, "master-styles")
    for element in pages.iter() if pages is not None else ():
        name = local(element)
        role: FurnitureRole | None = (
            "header" if name in ("header", "header-left", "header-first")
            else "footer" if name in ("footer", "footer-left", "footer-first") else None
        )  # fmt: skip
        if role is None:
            continue
        text = " ".join(block.text for block in OdtFlow(looks).read(element) if block.text)
        if text and (role, text) not in seen:
            seen.add((role, text))
            _keep(draft, "page_number" if is_margin_number(text) else role, text, f"{role} of the pages")


def _aside(body: etree._Element, flow: OdtFlow, draft: Draft) -> None:
    aside = flow.aside
    deleted: list[str] = []
    insertions = 0
    changes = child(body, "tracked-changes")
    for region in changes if changes is not None else ():
        gone = child(region, "deletion")
        insertions += child(region, "insertion") is not None
        if gone is not None:
            parts = [
                clean("".join(part.itertext())).strip() for part in gone if local(part) in ("p", "h", "list", "table")
            ]
            deleted.append(" ".join(part for part in parts if part))
    for words, reason in (
        (aside.contents, "table of contents"),
        (aside.comments, "comment of a reviewer"),
        (aside.hidden, "hidden text, not printed"),
        (deleted, "deleted, the deletion is tracked"),
    ):
        for text in words:
            _keep(draft, "noise", text, reason)
    if aside.hidden:
        _problem(draft, "reading_note", "info", "hidden text was left out of the text")
    if deleted or insertions:
        message = f"tracked changes were read as accepted: {insertions} insertions, {len(deleted)} deletions"
        _problem(draft, "reading_note", "info", message)


def _keep(draft: Draft, role: FurnitureRole, text: str, reason: str) -> None:
    if text.strip():
        draft.furniture.append(Furniture(page=1, role=role, text=text.strip(), reason=reason))


def _problem(draft: Draft, code: str, severity: Severity, message: str) -> None:
    draft.problems.append(Problem(code=code, severity=severity, message=message))
