"""Pages as pictures for people: upright, and where the boxes of the record say."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from ingest.show import show_page
from schema.errors import ReadError

SAMPLES = Path(__file__).parents[2] / "samples"


def marked(width: int, height: int) -> Image.Image:
    """White with a black square at the top left."""
    picture = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(picture).rectangle((0, 0, width // 5, height // 5), fill="black")
    return picture


def saved(picture: Image.Image, kind: str, **more: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **more)
    return stream.getvalue()


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("L")


def corner(picture: Image.Image) -> str:
    """Where the square is."""
    right, low = picture.width - 3, picture.height - 3
    places = {"top left": (3, 3), "top right": (right, 3), "bottom right": (right, low), "bottom left": (3, low)}
    return next(name for name, place in places.items() if picture.getpixel(place) == 0)


@pytest.mark.parametrize(
    ("rotation", "where"), [(0, "top left"), (90, "top right"), (180, "bottom right"), (270, "bottom left")]
)
def test_a_picture_is_turned_as_the_page_was(rotation: int, where: str) -> None:
    png = show_page(saved(marked(400, 600), "PNG"), "image/png", 1, rotation=rotation, width=300)
    picture = opened(png)
    assert picture.width == 300
    assert picture.height == pytest.approx(450 if rotation % 180 == 0 else 200)
    assert corner(picture) == where


def test_each_frame_of_a_tiff_is_a_page() -> None:
    frames = [marked(400, 600), marked(400, 600).rotate(180)]
    data = saved(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    corners = [corner(opened(show_page(data, "image/tiff", n, rotation=0, width=900))) for n in (1, 2)]
    assert corners == ["top left", "bottom right"]
    with pytest.raises(ReadError, match="page_unknown"):
        show_page(data, "image/tiff", 3, rotation=0, width=900)


def test_a_page_of_a_pdf_is_drawn_at_the_width_asked_for() -> None:
    data = (SAMPLES / "lease.pdf").read_bytes()
    small, large = (opened(show_page(data, "application/pdf", 1, rotation=0, width=w)) for w in (240, 9000))
    assert small.width == 240
    assert 1500 < large.width <= 3000
    assert large.getextrema()[0] == 0


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (b"x", "text/plain", "page_unknown"),
        (b"x", "image/png", "file_damaged"),
        (b"%PDF-1.7", "application/pdf", "file_damaged"),
    ],
)
def test_what_cannot_be_drawn(data: bytes, kind: str, code: str) -> None:
    with pytest.raises(ReadError, match=code):
        show_page(data, kind, 1, rotation=0, width=240)
