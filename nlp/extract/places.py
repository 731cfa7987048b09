"""Which clause a fact stands in."""

from nlp.reading import Reading


def clause_at(reading: Reading, offset: int) -> str | None:
    """Id of the deepest clause or table row that holds a place, else of the part.

    The rows of a signature table are no address: what stands in them stands in the signature part.

    Args:
        reading: with structure.
        offset: code point of the canonical text.
    """
    place = reading.structure.locate(offset)
    part = (place or "").rpartition("/")[0]
    while part:
        found = reading.structure.part_by_id.get(part)
        if found is not None and found.kind == "signature":
            return part
        part = part.rpartition("/")[0]
    return place


def article_of(reading: Reading, clause: str | None, offset: int) -> str | None:
    """The deepest clause at a place; for a row of a table the clause the table stands in.

    Args:
        reading: with the structure.
        clause: id of a clause, row or part.
        offset: inside it.
    """
    if clause is None or clause in reading.structure.clause_by_id:
        return clause
    around = reading.structure.clause_around(offset)
    return around.id if around else clause
