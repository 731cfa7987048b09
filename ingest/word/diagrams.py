"""SmartArt: the words of a diagram (a procedure in boxes, an organisation), which lie in a part of their own.

流程：  [签订合同] → [预付款] → [验收]        three points in the order of their connections
"""

from typing import Final

from lxml import etree

from ingest.characters import clean
from ingest.word.names import local

_MOST: Final = 2000


def diagram_texts(root: etree._Element | None) -> list[str]:
    """Words of the points of a diagram: each point before what hangs under it, neighbours as they are counted.

    Args:
        root: the data part (`dgm:dataModel`).
    """
    if root is None:
        return []
    points = [item for item in root.iter() if local(item) == "pt"][:_MOST]
    words = {item.get("modelId") or "": _words(item) for item in points}
    below: dict[str, list[tuple[int, str]]] = {}
    for item in root.iter():
        # of the connections only those of parent and child have no type of their own
        if local(item) == "cxn" and item.get("type", "parOf") == "parOf":
            place = item.get("srcOrd") or "0"
            below.setdefault(item.get("srcId") or "", []).append(
                (int(place) if place.isdigit() else 0, item.get("destId") or "")
            )
    hung = {child for children in below.values() for _, child in children}
    order: list[str] = []
    waiting = [point for point in words if point not in hung][::-1]
    seen: set[str] = set()
    while waiting:
        point = waiting.pop()
        if point not in seen and point in words:
            seen.add(point)
            order.append(point)
            waiting.extend(child for _, child in sorted(below.get(point, ()), reverse=True))
    # what hangs in a ring under itself is still printed
    order.extend(point for point in words if point not in seen)
    return [words[point] for point in order if words[point]]


def _words(point: etree._Element) -> str:
    """Words of one point; its paragraphs stand side by side."""
    paragraphs = [item for item in point.iter() if local(item) == "p"]
    rows = ["".join(part.text or "" for part in item.iter() if local(part) == "t") for item in paragraphs]
    return clean(" ".join(row.strip() for row in rows if row.strip()))
