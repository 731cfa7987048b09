"""A clause tree as indented lines, to compare and to read."""

from nlp.clauses.segment import build_structure
from nlp.clauses.structure import Structure
from nlp.normalize import fold
from tests.support.builders import document


def structure_of(text: str) -> Structure:
    """Structure of a plain text."""
    made = document(text)
    return build_structure(made, fold(text))


def outline(structure: Structure) -> list[str]:
    """One line a clause: its id, and its heading if it has one."""
    return [f"{c.id} {c.heading}" if c.heading else c.id for c in structure.clauses]


def ids(text: str) -> list[str]:
    """Clause ids of a plain text."""
    return [clause.id for clause in structure_of(text).clauses]
