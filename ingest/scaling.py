"""Smaller copies of pictures, at least one pixel wide and high: a strip of 1 x 9000 must not shrink to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from ingest.ocr.engine import Image


def scaled(image: Image, factor: float) -> Image:
    """A copy of a picture, so many times as large (mostly smaller), by the mean of what falls on each pixel."""
    small: Image = cv2.resize(image, _size(image, factor), interpolation=cv2.INTER_AREA)
    return small


def sampled(image: Image, factor: float) -> Image:
    """The same at a fraction of the cost, by some of the pixels only: enough to see edges, colours, which way is up."""
    size = _size(image, factor)
    step = max(1, int(0.5 / factor))
    part = np.ascontiguousarray(image[::step, ::step])
    small: Image = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    return small


def _size(image: Image, factor: float) -> tuple[int, int]:
    height, width = image.shape[:2]
    return max(1, round(width * factor)), max(1, round(height * factor))
