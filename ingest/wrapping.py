"""Text that an editor or a typist wrapped at a fixed width."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from ingest.characters import display_width
from ingest.joining import ends_sentence

_NARROWEST: Final = 36


def wrap_width(lines: Sequence[str]) -> int | None:
    """Width at which an editor wrapped the text, None when lines are as long as their paragraphs.

    A wrapped file has most of its long lines within two columns of one width, and many of them end in mid-sentence.
    """
    widths = [(display_width(line.rstrip()), line) for line in lines if line.strip()]
    if len(widths) < 8:
        return None
    widest = max(
        Counter(width // 4 for width, _ in widths if width >= _NARROWEST).items(),
        key=lambda item: item[1],
        default=None,
    )
    if widest is None:
        return None
    limit = (widest[0] + 1) * 4
    long = [line for width, line in widths if limit - 8 <= width <= limit + 2]
    beyond = sum(width > limit + 2 for width, _ in widths)
    cut = sum(not ends_sentence(line) for line in long)
    if beyond * 20 > len(widths) or len(long) * 4 < len(widths) or cut * 2 < len(long):
        return None
    return max(width for width, _ in widths if width <= limit + 2)


def is_full(line: str, wrap: int | None) -> bool:
    """Whether a line reaches the right edge of wrapped text; wide characters and punctuation leave it ragged."""
    return wrap is not None and display_width(line) >= wrap * 0.9
