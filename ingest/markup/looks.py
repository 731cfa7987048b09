"""How an HTML element looks: its tag, and the few CSS properties that change what is printed.

<u>…</u>, text-decoration: underline      -> on a drawn line
display: none, visibility: hidden, hidden  -> not shown
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from schema.document import Alignment

_DECLARATION: Final = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_SIZE: Final = re.compile(r"([\d.]+)\s*(pt|px|rem|em|%)")
_POINTS: Final = {"pt": 1.0, "px": 0.75, "rem": 12.0, "em": 12.0, "%": 0.12}
_ALIGNED: Final[dict[str, Alignment]] = {"center": "center", "right": "right", "end": "right", "left": "left"}
_HEADINGS: Final = {"h1": 24.0, "h2": 18.0, "h3": 14.0, "h4": 12.0, "h5": 10.0, "h6": 8.0}


@dataclass(frozen=True, slots=True)
class Look:
    """What an element hands down to its words."""

    bold: bool = False
    underlined: bool = False
    struck: bool = False
    inserted: bool = False
    hidden: bool = False
    kept: bool = False
    size: float | None = None
    alignment: Alignment | None = None
    indent: float | None = None
    style: str | None = None


def style_of(element: etree._Element) -> dict[str, str]:
    """The declarations of a `style` attribute, lower case."""
    return {name.lower(): value.strip().lower() for name, value in _DECLARATION.findall(element.get("style") or "")}


def look_of(element: etree._Element, name: str, above: Look) -> Look:
    """Look of an element inside another.

    Args:
        element: the element.
        name: its tag.
        above: look of its parent.
    """
    style = style_of(element)
    look = above
    if name in ("b", "strong", "th", *_HEADINGS) or style.get("font-weight") in ("bold", "bolder", "700", "800", "900"):
        look = replace(look, bold=True)
    elif style.get("font-weight") in ("normal", "400"):
        look = replace(look, bold=False)
    if name in _HEADINGS:
        look = replace(look, size=_HEADINGS[name], style=f"Heading {name[1]}")
    decoration = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    if name == "u" or "underline" in decoration or _has_line(style):
        look = replace(look, underlined=True)
    if name in ("s", "strike") or "line-through" in decoration:
        look = replace(look, struck=True)
    if name == "ins":
        look = replace(look, inserted=True)
    if name in ("pre", "textarea") or style.get("white-space", "").startswith("pre"):
        look = replace(look, kept=True)
    return _measured(element, style, replace(look, hidden=look.hidden or _is_hidden(element, style)))


def _measured(element: etree._Element, style: dict[str, str], look: Look) -> Look:
    size = _length(style.get("font-size", ""))
    indent = _length(style.get("text-indent", ""))
    aligned = _ALIGNED.get(style.get("text-align", "") or (element.get("align") or "").lower())
    if local_name(element) == "center":
        aligned = "center"
    return replace(
        look,
        size=size or look.size,
        indent=indent if indent is not None else look.indent,
        alignment=aligned or look.alignment,
    )


def _has_line(style: dict[str, str]) -> bool:
    """A drawn lower edge of words in a line is a place to write on; of a block it is decoration."""
    edge = style.get("border-bottom", "")
    return (
        bool(edge) and not edge.startswith(("0", "none")) and style.get("display") in (None, "inline", "inline-block")
    )


def _is_hidden(element: etree._Element, style: dict[str, str]) -> bool:
    return (
        element.get("hidden") is not None
        or style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("mso-hide") == "all"
        or style.get("font-size", "x") in ("0", "0px", "0pt", "0em")
        or style.get("opacity") in ("0", "0.0")
    )


def _length(text: str) -> float | None:
    """A CSS length in points."""
    found = _SIZE.match(text)
    try:
        return float(found.group(1)) * _POINTS[found.group(2)] if found else None
    except ValueError:
        return None


def local_name(element: etree._Element) -> str:
    """Tag in lower case without prefix; empty for comments and instructions."""
    tag = element.tag
    return tag.lower().rpartition("}")[2] if isinstance(tag, str) else ""
