"""Documents with their tree marked in the text: `⟦main/3/1 heading⟧` before a clause, `⟪signature⟫` before a part.

`‹b›` at the beginning of a line makes it bold, `‹bc›` bold and centered; without them a document has no looks.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from schema.document import Document
from tests.support.builders import document

FOLDER = Path(__file__).resolve().parents[1] / "nlp" / "clauses" / "trees"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))

_MARK = re.compile(r"⟦(?P<clause>[^ ⟧]+)(?: (?P<heading>[^⟧]+))?⟧|⟪(?P<part>[^⟫]+)⟫\n?|‹(?P<looks>[bc]+)›")


@dataclass(frozen=True)
class MarkedTree:
    """A document and its truth.

    Attributes:
        document: without the marks.
        clauses: id, offset of the number, heading.
        parts: id and offset.
    """

    document: Document
    clauses: tuple[tuple[str, int, str | None], ...]
    parts: tuple[tuple[str, int], ...]


def marked_tree(name: str) -> MarkedTree:
    """Read a document of tests/nlp/clauses/trees."""
    return parse_tree((FOLDER / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n"))


def parse_tree(marked: str) -> MarkedTree:
    """Take the marks out of a text.

    Raises:
        ValueError: it marks no clause.
    """
    plain: list[str] = []
    length = position = 0
    clauses, parts, looks = [], [], {}
    for match in _MARK.finditer(marked):
        plain.append(marked[position : match.start()])
        length += match.start() - position
        position = match.end()
        if match["clause"]:
            clauses.append((match["clause"], length, match["heading"]))
        elif match["part"]:
            parts.append((match["part"], length))
        else:
            looks[length] = match["looks"]
    plain.append(marked[position:])
    if not clauses:
        raise ValueError("no clause is marked")
    return MarkedTree(_dressed("".join(plain), looks), tuple(clauses), tuple(parts))


def _dressed(text: str, looks: dict[int, str]) -> Document:
    made = document(text)
    if not looks:
        return made
    paragraphs = [
        p.model_copy(
            update={
                "bold": "b" in looks.get(p.span.start, ""),
                "alignment": "center" if "c" in looks.get(p.span.start, "") else "left",
            }
        )
        for p in made.paragraphs
    ]
    return made.model_copy(update={"paragraphs": tuple(paragraphs)})
