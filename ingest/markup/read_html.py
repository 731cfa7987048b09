"""HTML reader: what a browser shows, without scripts, styles and what is hidden."""

import base64
import email
import email.policy
import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

from ingest.blocks import Draft, PageInfo
from ingest.embedded import read_pictures
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


def read_mhtml(data: bytes, options: ReadOptions) -> Draft:
    """Read a web page kept in one file with its pictures, as Word and browsers write it.

    Raises:
        ReadError: `file_damaged`.
    """
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    parts = [part for part in message.walk() if not part.is_multipart()]
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    words = page.get_payload(decode=True) if page is not None else None
    if not isinstance(words, bytes) or not words.strip():
        raise ReadError("file_damaged", "the web archive holds no page")
    pictures: dict[str, bytes] = {}
    for part in parts:
        body = part.get_payload(decode=True) if part.get_content_maintype() == "image" else None
        if isinstance(body, bytes):
            for name in (str(part.get("Content-Location", "")), "cid:" + str(part.get("Content-ID", "")).strip("<>")):
                pictures[name] = pictures[name.rpartition("/")[2]] = body
    return read_html(words, options, pictures=pictures)


def read_html(data: bytes, options: ReadOptions, *, pictures: Mapping[str, bytes] | None = None) -> Draft:
    """Read an HTML file.

    Args:
        data: the file.
        options: OCR mode and limits.
        pictures: those that lie in the same file, by address.

    Raises:
        ReadError: `file_damaged` when the bytes are no text.
    """
    text = decode(data)
    if text is None:
        raise ReadError("file_damaged", "the bytes are not text in any encoding known")
    draft = Draft(pages=[PageInfo(reason="HTML file")])
    reader = FlowReader(frozenset(pictures or ()))
    root, whole = parse_html(text)
    if root is not None:
        draft.blocks = reader.read(root)
    if not whole:
        message = "elements lie in each other too deeply, what is inside them may be missing: open it in a browser"
        draft.problems.append(Problem(code="part_unread", severity="error", message=message))
    mend_flow(draft)
    read_pictures(draft, lambda name: _picture(name, pictures or {}), options)
    set_aside(reader.aside, draft)
    return draft


def _picture(name: str, pictures: Mapping[str, bytes]) -> bytes | None:
    if name.startswith("data:"):
        try:
            return base64.b64decode(name.partition(",")[2], validate=False)
        except ValueError:
            return None
    return pictures.get(name) or pictures.get(name.rpartition("/")[2])


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
