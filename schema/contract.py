"""The contract record, schema_version 1.0: one shape for Python, JSON and the HTTP API.

Names and meanings are a promise to other systems: fields may be added; none is renamed or dropped without a new major
version.
"""

from typing import Literal

from schema.base import Model
from schema.clause import Clause, Part
from schema.closing import Copies, Dispute, GoverningLaw
from schema.correction import Correction
from schema.finding import Finding
from schema.form import Blank, Choice, Signature
from schema.money import Amount, Payment, Rate
from schema.page import Furniture, Page
from schema.party import Party
from schema.penalty import Exclusion, Penalty
from schema.problem import Problem
from schema.reference import Definition, Reference
from schema.source import SourceFile
from schema.span import SpannedText
from schema.table import Table
from schema.timing import Date, Deadline, Term
from schema.values import DateValue

SCHEMA_VERSION = "1.0"

ContractKind = Literal[
    "sale",
    "service",
    "software",
    "lease",
    "labour",
    "construction",
    "purchase_framework",
    "technology",
    "loan",
    "confidentiality",
    "supplement",
    "cooperation",
    "other",
]


class Producer(Model):
    """The program that made the record."""

    name: str
    version: str


class Contract(Model):
    """Everything known about one contract; unknown is None or empty, never a guess.

    Attributes:
        schema_version: version of this shape.
        producer: program and version.
        id: sha256 of the source file.
        source: the file.
        title: as printed.
        contract_no: as printed, None when blank.
        kind: sort of contract.
        sign_date: when it was signed, as far as printed.
        sign_place: where it was signed.
        text: canonical text; all spans are code points of it.
        pages, furniture, tables, problems: from reading (see `Document`).
        parts, clauses: the tree.
        definitions … signatures: the facts.
        findings: what the checks say.
        corrections: what people said against it; the fields above keep the parser's word.
    """

    schema_version: Literal["1.0"] = "1.0"
    producer: Producer
    id: str
    source: SourceFile
    title: str | None = None
    contract_no: str | None = None
    kind: ContractKind | None = None
    sign_date: DateValue | None = None
    sign_place: SpannedText | None = None
    text: str
    pages: tuple[Page, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    tables: tuple[Table, ...] = ()
    parts: tuple[Part, ...] = ()
    clauses: tuple[Clause, ...] = ()
    definitions: tuple[Definition, ...] = ()
    parties: tuple[Party, ...] = ()
    amounts: tuple[Amount, ...] = ()
    rates: tuple[Rate, ...] = ()
    payments: tuple[Payment, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    dates: tuple[Date, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    references: tuple[Reference, ...] = ()
    blanks: tuple[Blank, ...] = ()
    choices: tuple[Choice, ...] = ()
    term: Term | None = None
    dispute: Dispute | None = None
    governing_law: GoverningLaw | None = None
    copies: Copies | None = None
    signatures: tuple[Signature, ...] = ()
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    corrections: tuple[Correction, ...] = ()
