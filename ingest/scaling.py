"""Smaller copies of pictures, at least one pixel wide and high: a strip of 1 x 9000 must not shrink to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2

if TYPE_CHECKING:
    from ingest.ocr.engine import Image


def scaled(image: Image, factor: float) -> Image:
    """A copy of a picture, so many times as large (mostly smaller)."""
    height, width = image.shape[:2]
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    small: Image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    return small
