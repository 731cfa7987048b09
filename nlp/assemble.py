"""What the components know becomes a record."""

from importlib import metadata

from nlp.checks.ledger import Ledger, Options
from nlp.checks.run import run_checks
from nlp.normalize import fold
from nlp.reading import Reading
from schema.contract import Contract, Producer


def assemble(reading: Reading, options: Options | None = None) -> Contract:
    """Build the contract record and check it against itself.

    Args:
        reading: after all components ran.
        options: of the checks.
    """
    contract = _contract(reading)
    document = reading.document
    values, sentences, chosen = reading.values, reading.sentences, options or Options()
    printed = fold(document.text)  # what was misread must be told
    ledger = Ledger(contract, printed, reading.structure, values, sentences, document.suspects, chosen)
    return contract.model_copy(update={"findings": run_checks(ledger)})


def _contract(reading: Reading) -> Contract:
    document, structure = reading.document, reading.structure
    return Contract(
        producer=Producer(name="qiyue", version=metadata.version("qiyue")),
        id=document.source.sha256,
        source=document.source,
        title=structure.title,
        contract_no=reading.contract_no,
        kind=reading.kind,
        sign_date=reading.sign_date,
        sign_place=reading.sign_place,
        text=document.text,
        pages=document.pages,
        furniture=document.furniture,
        tables=structure.tables or document.tables,
        parts=structure.parts,
        clauses=structure.clauses,
        definitions=tuple(reading.definitions),
        parties=tuple(reading.parties),
        amounts=tuple(reading.amounts),
        rates=tuple(reading.rates),
        payments=tuple(reading.payments),
        deadlines=tuple(reading.deadlines),
        dates=tuple(reading.dates),
        penalties=tuple(reading.penalties),
        exclusions=tuple(reading.exclusions),
        references=tuple(reading.references),
        blanks=tuple(reading.blanks),
        choices=tuple(reading.choices),
        term=reading.term,
        dispute=reading.dispute,
        governing_law=reading.governing_law,
        copies=reading.copies,
        signatures=tuple(reading.signatures),
        problems=document.problems,
    )
