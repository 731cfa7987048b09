"""The state of one parse, handed from component to component.

A spaCy `Doc` carries it as `doc._.reading`; every component reads what earlier ones left and adds its own list. It
never leaves the package: `assemble` turns it into a `Contract`.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.clauses.structure import Structure
from nlp.extract.mentions import Mentions
from nlp.extract.party_seen import ContactSighting, Sighting
from nlp.extract.sentences import Sentences
from nlp.values.scan import Values
from schema.closing import Copies, Dispute, GoverningLaw
from schema.contract import ContractKind
from schema.document import Document
from schema.finding import Finding
from schema.form import Blank, Choice, Signature
from schema.money import Amount, Payment, Rate
from schema.party import Party
from schema.penalty import Exclusion, Penalty
from schema.reference import Definition, Reference
from schema.span import SpannedText
from schema.timing import Date, Deadline, Term
from schema.values import DateValue

if TYPE_CHECKING:
    from nlp.extract.sanctions import Sanction


@dataclass
class Reading:
    """What is known so far about one document.

    Attributes:
        document: from ingest.
        text: the canonical text after one-to-one folding (full width, odd OCR forms); same length, same offsets.
        structure: parts, clauses, tables.
        values: numbers with units, dates and identifiers of `text`, as the tokenizer found them.
        party_labels: places where parties are labelled, with the names behind them.
        contact_labels: places of contact labels, also those with nothing behind them.
        sentences: of all units, filled with the parties.
        mentions: where parties are named, filled with the parties.
        sanctions: numbers of a sentence with their use, by the sentence's start; filled when first asked for.
        others: as in `schema.contract.Contract`.
    """

    document: Document
    text: str
    structure: Structure = field(default_factory=Structure)
    values: Values = field(default_factory=Values)
    party_labels: list[Sighting] = field(default_factory=list)
    contact_labels: list[ContactSighting] = field(default_factory=list)
    sentences: Sentences = field(default_factory=Sentences)
    mentions: Mentions = field(default_factory=Mentions)
    sanctions: "dict[int, list[Sanction]]" = field(default_factory=dict)
    contract_no: str | None = None
    kind: ContractKind | None = None
    sign_date: DateValue | None = None
    sign_place: SpannedText | None = None
    definitions: list[Definition] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    dates: list[Date] = field(default_factory=list)
    penalties: list[Penalty] = field(default_factory=list)
    exclusions: list[Exclusion] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    blanks: list[Blank] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    term: Term | None = None
    dispute: Dispute | None = None
    governing_law: GoverningLaw | None = None
    copies: Copies | None = None
    signatures: list[Signature] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
