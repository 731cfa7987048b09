"""Whether a text is Markdown: a file cannot say so by its bytes, its headings and table rules do."""

import re
from typing import Final

_HEADING: Final = re.compile(r"^#{1,6}\s+\S", re.MULTILINE)
# blanks of the line only: over thousands of empty lines \s would try each from each
_TABLE_RULE: Final = re.compile(
    r"^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)+\|?[ \t]*\r?$", re.MULTILINE
)
_BOLD: Final = re.compile(r"\*\*[^*\s][^*\n]*\*\*")
_FENCE: Final = re.compile(r"^```", re.MULTILINE)


def is_markdown(text: str) -> bool:
    """Whether a text is marked up: by its bytes a file cannot say so, by its headings and table rules it does."""
    return bool(
        _HEADING.search(text) or _TABLE_RULE.search(text) or len(_BOLD.findall(text)) >= 2 or _FENCE.search(text)
    )
