"""What the checks read: the finished facts of one contract with a few questions asked of them again and again."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from nlp.checks.price import stated_totals
from nlp.clauses.structure import Structure
from nlp.extract.sentences import Sentence, Sentences, split_sentences
from nlp.lexicon import CueFinder, read_rules
from nlp.normalize import fold
from nlp.values.scan import Values, scan_values
from schema.clause import Clause
from schema.contract import Contract
from schema.document import Suspect
from schema.elements import Element
from schema.money import Amount
from schema.problem import Severity
from schema.span import Span

if TYPE_CHECKING:
    from nlp.checks.grid import Grid

Data = dict[str, str | int | tuple[str, ...]]
Grade = Literal["error", "warning", "info", "off"]


@dataclass(frozen=True)
class Options:
    """What a user may set.

    Attributes:
        penalty_threshold: share of the contract total above which a penalty is pointed out. 30 % is the yardstick of
            Chinese courts (最高人民法院关于适用民法典合同编通则若干问题的解释 第六十五条), there taken of the loss.
        grades: codes that are graded otherwise than their checks do, or switched off.
    """

    penalty_threshold: Decimal = Decimal("0.3")
    grades: Mapping[str, Grade] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """What a check found; code and severity come from its row in nlp.checks.rules.

    Attributes:
        message: one sentence for a lawyer.
        spans: the place to click first comes first.
        elements: ids of the elements it is about.
        data: the working, numbers as decimal strings.
        suggestion: a better reading.
        severity: a lower one than that of the rule, where this case is less certain.
    """

    message: str
    spans: tuple[Span, ...] = ()
    elements: tuple[str, ...] = ()
    data: Data = field(default_factory=dict)
    suggestion: str | None = None
    severity: Severity | None = None


@dataclass(frozen=True)
class Ledger:
    """The facts of one contract.

    Attributes:
        contract: the record; its findings are not read.
        text: folded text, same offsets.
        structure: parts, clauses, tables, and what was odd about the numbering.
        values: numbers with units as read from the text.
        sentences: of all units.
        suspects: doubtful readings of the page.
        options: what a user may set.
    """

    contract: Contract
    text: str
    structure: Structure
    values: Values
    sentences: Sentences
    suspects: tuple[Suspect, ...] = ()
    options: Options = Options()

    @classmethod
    def of(cls, contract: Contract, options: Options | None = None, suspects: tuple[Suspect, ...] = ()) -> "Ledger":
        """The ledger of a record that comes from elsewhere (a store, a test).

        Args:
            contract: a whole record.
            options: what a user may set.
            suspects: doubtful readings of the page.
        """
        text = fold(contract.text)
        structure = Structure(contract.title, contract.parts, contract.clauses, contract.tables)
        sentences = split_sentences(structure, text)
        return cls(contract, text, structure, scan_values(text), sentences, suspects, options or Options())

    @cached_property
    def elements(self) -> dict[str, Element]:
        """All facts by id."""
        c = self.contract
        every: tuple[tuple[Element, ...], ...] = (c.parties, c.amounts, c.rates, c.payments, c.deadlines, c.dates)
        every += (c.penalties, c.exclusions, c.references, c.definitions, c.blanks, c.choices, c.signatures)
        return {element.id: element for group in every for element in group}

    @cached_property
    def amounts(self) -> dict[str, Amount]:
        """Sums by id."""
        return {amount.id: amount for amount in self.contract.amounts}

    @cached_property
    def totals(self) -> tuple[Amount, ...]:
        """Sums that state the price of the whole contract."""
        return stated_totals(self.contract, self.text, self.structure)

    @cached_property
    def total(self) -> Amount | None:
        """The price of the whole contract; None where the contract names none, or several that differ."""
        found = [a for a in self.totals if a.tax_included is not False]
        return found[0] if found and len({(a.value, a.currency) for a in found}) == 1 else None

    @cached_property
    def is_ocr(self) -> bool:
        """Whether any page was read from a picture."""
        return any(page.origin == "ocr" for page in self.contract.pages)

    @cached_property
    def grids(self) -> "tuple[Grid, ...]":
        """Its tables as numbers."""
        from nlp.checks.grid import read_grids

        return tuple(read_grids(self))

    @cached_property
    def hints(self) -> tuple[Span, ...]:
        """Words of the drafter (nlp/data/placeholders.toml), which are blanks and words at once."""
        found = CueFinder(*read_rules("placeholders")).find(self.text)
        return tuple(Span(start=cue.start, end=cue.end) for cue in found)

    def part_of(self, place: str | None) -> str:
        """`main`, `annex1` …: the part a clause, row or part id lies in; what stands outside annexes is `main`."""
        first = (place or "").partition("/")[0]
        return first if first.startswith("annex") else "main"

    def sentence(self, span: Span) -> Sentence | None:
        """The sentence in which a place begins."""
        return self.sentences.at(span.start)

    def clauses(self) -> Iterator[Clause]:
        """Numbered clauses in document order."""
        yield from self.contract.clauses

    def name(self, place: str | None) -> str:
        """How a message names a place: `第四条（一）`, `附件1 第9行`, `首部`."""
        clause = self.structure.clause_by_id.get(place or "")
        if clause is not None:
            steps = []
            for above in self.structure.ancestors(clause.id):
                steps.append((above.number or f"“{above.heading}”").strip(" 、.．:："))
                if re.match(r"\d+[.．]\d", steps[-1]):  # 8.1 says it all
                    break
            return self.part_name(clause.part) + "".join(reversed(steps))
        return self.part_name(place or "")

    def part_name(self, place: str) -> str:
        """Name of an annex, row or part; nothing for the main text."""
        part, _, rest = place.partition("/")
        annex = f"附件{part.removeprefix('annex')}" if part.startswith("annex") else ""
        words = {"preamble": "首部", "signature": "签署页", "cover": "封面", "total": "合计行"}
        if rest.rpartition("/")[2] in words:
            return annex + ("表格" if rest.endswith("total") else "") + words[rest.rpartition("/")[2]]
        if rest and place not in self.structure.part_by_id:
            return f"{annex}表格第{rest.rpartition('/')[2]}行"
        return annex or words.get(part, "")
