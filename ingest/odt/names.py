"""Attributes of OpenDocument elements by their bare names: prefixes differ, and no element has two of one name."""

from lxml import etree


def attribute(element: etree._Element | None, name: str) -> str | None:
    """An attribute of whatever name space."""
    if element is None:
        return None
    found: str | None = next((value for key, value in element.items() if key.rpartition("}")[2] == name), None)
    return found


def count(text: str | None, otherwise: int, *, most: int = 10_000) -> int:
    """A small whole number, or another when there is none."""
    return min(int(text), most) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise
