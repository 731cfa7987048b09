"""The bundled OCR works in a thread of its own, which nobody else notices."""

import multiprocessing

import cv2
import numpy as np

from ingest.ocr.engine import Image
from ingest.ocr.reader import reader_for


def page() -> Image:
    image = np.full((200, 600, 3), 255, np.uint8)
    cv2.putText(image, "Contract 2025-118", (30, 110), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (0, 0, 0), 3)
    return image


def words_of(image: Image) -> list[str]:
    return [line.text for line in reader_for(None, fast=True).engine.recognize(image)]


def test_the_smallest_numbers_of_the_caller_stay_what_they_are() -> None:
    assert "2025-118" in "".join(words_of(page()))
    # were they taken for zero, this would be zero
    assert float(np.float64(5e-324) * np.float64(1.0)) > 0


def test_a_process_forked_after_reading_reads_too() -> None:
    here = words_of(page())
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(words_of, (page(),)).get(timeout=60) == here
