"""Component `clauses`: the first of the pipeline, fills `reading.structure`."""

from spacy.language import Language
from spacy.tokens import Doc

from nlp.clauses.segment import build_structure


@Language.component("clauses")
def find_clauses(doc: Doc) -> Doc:
    """Cut the document into parts, clauses and rows."""
    reading = doc._.reading
    reading.structure = build_structure(reading.document, reading.text)
    return doc
