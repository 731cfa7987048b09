"""Names of WordprocessingML elements and attributes."""

from typing import Final

from lxml import etree

_MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def local(element: etree._Element) -> str:
    """Name of an element without its namespace; empty for comments and instructions.

    The strict and the transitional form of the standard differ only in namespaces, so names are compared bare.
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute of the main namespace, either form."""
    found: str | None = element.get(f"{{{_MAIN}}}{name}")
    return found if found is not None else element.get(f"{{{_STRICT}}}{name}") or element.get(name)


def relation(element: etree._Element, name: str = "id") -> str | None:
    """An attribute that names a relation (`r:id`, `r:embed`)."""
    found: str | None = element.get(f"{{{_RELATIONS}}}{name}") or element.get(f"{{{_STRICT_RELATIONS}}}{name}")
    return found


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Follow a path of names downwards, first child of each name; None where it ends."""
    for name in path:
        if element is None:
            return None
        element = next((item for item in element if local(item) == name), None)
    return element


def value(element: etree._Element | None, *path: str) -> str | None:
    """The `w:val` of a descendant along a path."""
    found = child(element, *path)
    return None if found is None else attribute(found, "val")


def flag(element: etree._Element | None, name: str) -> bool | None:
    """An on-off property: None when it is not set."""
    found = child(element, name)
    if found is None:
        return None
    return attribute(found, "val") not in ("0", "false", "off", "none")


def integer(text: str | None) -> int | None:
    """A whole number, None for what is none; Word itself writes `12.0` now and then."""
    try:
        return int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None
