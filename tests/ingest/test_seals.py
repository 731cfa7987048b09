"""Red seals: what is printed below stays as it is, two that touch are two."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.picture import lift_red, make_ready
from ingest.seals import lies_under

PAPER, INK, PAIR = 220, 140, (250, 248)


def pale_page(seals: tuple[tuple[int, int], ...]) -> NDArray[np.uint8]:
    """A page of 150 dpi with pale upright strokes, and seals stamped over them."""
    page = np.full((877, 620, 3), PAPER, np.float32)
    page[100:800, 60:560:20] = INK
    page[100:800, 61:560:20] = INK
    stamp = np.full_like(page, 255)
    for x, y in seals:
        cv2.circle(stamp, (x, y), 110, (45, 30, 208), 8)
        cv2.circle(stamp, (x, y), 34, (45, 30, 208), -1)
    page *= stamp / 255
    made: NDArray[np.uint8] = np.clip(cv2.GaussianBlur(page, (0, 0), 0.5), 0, 255).astype(np.uint8)
    return made


def test_pale_print_under_a_seal_stays_and_the_seal_goes() -> None:
    """Ink at six tenths of the paper's brightness was taken along with the seal."""
    plain, stamped = pale_page(()), pale_page((PAIR,))
    lifted, mask = lift_red(stamped, points_per_pixel=0.48)
    under = mask > 0
    assert under.any()
    difference = np.abs(lifted[..., 0].astype(int) - plain[..., 0].astype(int))[under]
    assert difference.mean() < 6
    strokes = under & (plain[..., 0] < INK + 20)
    assert lifted[..., 0][strokes].mean() == pytest.approx(plain[..., 0][strokes].mean(), abs=12)


@pytest.mark.parametrize("apart", [216, 226, 170])
def test_two_seals_that_touch_are_two(apart: int) -> None:
    x, y = PAIR
    ready = make_ready(pale_page(((x, y), (x + 20, y + apart))), width=297.6, height=421)
    upper, lower = sorted(ready.seals, key=lambda seal: seal.box[1])
    assert all(seal.lifted for seal in (upper, lower))
    for seal, middle in ((upper, y), (lower, y + apart)):
        assert (seal.box[1] + seal.box[3]) / 2 == pytest.approx(middle * 0.48, abs=4)
        assert seal.box[3] - seal.box[1] == pytest.approx(110, abs=12)
    box = (50.0, y * 0.48 - 5, 250.0, y * 0.48 + 5)
    assert lies_under(box, upper)
    assert not lies_under(box, lower)
