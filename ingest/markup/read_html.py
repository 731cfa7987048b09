"""HTML reader: what a browser shows, without scripts, styles and what is hidden."""

import re
from typing import Final

from lxml import etree

from ingest.blocks import Draft, PageInfo
from ingest.flow import mend_flow
from ingest.markup.flow import Aside, FlowReader
from ingest.options import ReadOptions
from ingest.text_encoding import decode
from schema.errors import ReadError
from schema.page import Furniture
from schema.problem import Problem

_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*>")
# Word hides numbers of lists between these, and other browsers show what is inside
_CONDITION: Final = re.compile(r"<!(?:--)?\[(?:if[^\]]*|endif)\](?:--)?>")
_CUT: Final = "Excessive depth"


def read_html(data: bytes, options: ReadOptions) -> Draft:
    """Read an HTML file.

    Raises:
        ReadError: `file_damaged` when the bytes are no text.
    """
    text = decode(data)
    if text is None:
        raise ReadError("file_damaged", "the bytes are not text in any encoding known")
    draft = Draft(pages=[PageInfo(reason="HTML file")])
    reader = FlowReader()
    root, whole = parse_html(text)
    if root is not None:
        draft.blocks = reader.read(root)
    if not whole:
        message = "elements lie in each other too deeply, what is inside them may be missing: open it in a browser"
        draft.problems.append(Problem(code="part_unread", severity="error", message=message))
    mend_flow(draft)
    set_aside(reader.aside, draft)
    return draft


def parse_html(text: str) -> tuple[etree._Element | None, bool]:
    """Parse HTML of strangers.

    Returns:
        The root, None when there is no element; and whether all of the file is in it.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, recover=True
    )
    text = _CONDITION.sub("", _DECLARATION.sub("", text)).replace("\x00", "")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, True
    return root, not any(_CUT in str(item.message) or item.level_name == "FATAL" for item in parser.error_log)


def set_aside(aside: Aside, draft: Draft) -> None:
    """Keep what is no text of the contract, with its reason."""
    for words, reason in (
        (aside.hidden, "hidden text, not shown"),
        (aside.comments, "comment of a reviewer"),
        (aside.deleted, "deleted, the deletion is tracked"),
        (aside.navigation, "navigation of the web page"),
    ):
        draft.furniture.extend(Furniture(page=1, role="noise", text=text, reason=reason) for text in words)
    if aside.hidden:
        _note(draft, "hidden text was left out of the text")
    if aside.deleted or aside.insertions:
        _note(
            draft,
            f"tracked changes were read as accepted: {aside.insertions} insertions, {len(aside.deleted)} deletions",
        )
    if aside.pictures:
        _note(draft, f"{aside.pictures} pictures of the page lie in files of their own and were not read")


def _note(draft: Draft, message: str) -> None:
    draft.problems.append(Problem(code="reading_note", severity="info", message=message))
