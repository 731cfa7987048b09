"""The door of the package: a document in, the contract record out."""

from typing import TYPE_CHECKING

from nlp.assemble import assemble
from nlp.checks.ledger import Options
from nlp.language import build_nlp
from nlp.normalize import as_meant
from nlp.reading import Reading
from schema.contract import Contract
from schema.document import Document

if TYPE_CHECKING:
    from spacy.tokens import Doc


def parse(document: Document, options: Options | None = None) -> Contract:
    """Read clauses, facts and findings out of a document.

    Args:
        document: from ingest.
        options: of the checks.

    Returns:
        The record. Texts of elements are the document's own characters; what is not known is None or empty.
    """
    return assemble(read(document), options)


def read(document: Document) -> Reading:
    """The same, before it is put into a record: what the components know."""
    nlp = build_nlp()
    doc: Doc = nlp.make_doc(as_meant(document.text))
    doc._.reading = Reading(document, doc.text, values=doc.user_data["values"])
    reading: Reading = nlp(doc)._.reading
    return reading
