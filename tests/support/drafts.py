"""Contract records written by hand, for tests of what comes after parsing."""

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from schema.clause import Clause, ClauseType, Part
from schema.closing import Dispute
from schema.contract import Contract, ContractKind, Producer
from schema.elements import Element
from schema.finding import Finding
from schema.form import Blank
from schema.money import Amount, Payment, Rate
from schema.page import Line, Page
from schema.party import Party
from schema.penalty import Penalty
from schema.source import SourceFile
from schema.span import Evidence, Span
from schema.table import Cell, Row, Table
from schema.timing import Date, Deadline
from schema.values import DateValue

EVIDENCE = Evidence(rule="test")
WIDTH = 20
"""Characters of a printed line."""


class ContractDraft:
    """A contract being written, top to bottom.

    `draft.clause("main/1", "第一条", "标的", "……")` appends words and remembers the clause; facts are then attached to
    words that stand in the text of their clause.
    """

    def __init__(self, title: str, *, kind: ContractKind | None = None, signed: str | None = None) -> None:
        self._title = title
        self._kind = kind
        self._text = ""
        self._signed = signed
        self._clauses: list[dict[str, Any]] = []
        self._parts: dict[str, dict[str, Any]] = {}
        self._rows: list[tuple[str, Row]] = []
        self._columns: tuple[str, ...] = ()
        self._facts: dict[str, list[Any]] = {}
        self._extra: dict[str, Any] = {}
        if title:
            self._part("cover", "cover", self._append(title))

    def prose(self, part: str, text: str) -> "ContractDraft":
        """Words of a part outside all clauses."""
        kinds = {"cover": "cover", "preamble": "preamble", "signature": "signature"}
        self._part(part, kinds.get(part, "body"), self._append(text))
        return self

    def clause(
        self,
        identity: str,
        number: str | None,
        heading: str | None,
        text: str = "",
        *,
        types: Sequence[ClauseType] = (),
    ) -> "ContractDraft":
        """A numbered clause; `main/12/3` hangs under `main/12`."""
        part, *numbers = identity.split("/")
        head = " ".join(filter(None, [number, heading]))
        span = self._append("\n".join(filter(None, [head, text])))
        self._part(part, "body" if part == "main" else "annex", span)
        parent = "/".join([part, *numbers[:-1]]) if len(numbers) > 1 else None
        own = Span(start=span.start + len(head) + bool(head), end=span.end) if text else None
        for above in self._clauses:
            if identity.startswith(above["id"] + "/"):
                above["span"] = Span(start=above["span"].start, end=span.end)
        self._clauses.append(
            {
                "id": identity,
                "part": part,
                "parent": parent,
                "number": number,
                "style": "test",
                "ordinal": int(re.sub(r"\D", "", numbers[-1]) or 1),
                "heading": heading,
                "span": span,
                "own_spans": (own,) if own else (),
                "types": tuple(types),
                "level": len(numbers),
            }
        )
        return self

    def row(self, identity: str, *cells: str, columns: Sequence[str] = ()) -> "ContractDraft":
        """A table row."""
        span = self._append("\t".join(cells))
        made, at = [], span.start
        for cell in cells:
            made.append(Cell(span=Span(start=at, end=at + len(cell)), text=cell))
            at += len(cell) + 1
        part = identity.split("/")[0]
        self._part(part, "body" if part == "main" else "annex", span)
        self._rows.append((part, Row(id=identity, cells=tuple(made))))
        self._columns = tuple(columns) or self._columns
        return self

    def party(self, role: str, name: str | None, **fields: object) -> "ContractDraft":
        """A party: p1, p2 … in order."""
        return self._fact("parties", Party, "p", None, name or role, role=role, name=name, **fields)

    def amount(self, clause: str, words: str, value: str, **fields: object) -> "ContractDraft":
        """A sum."""
        return self._fact("amounts", Amount, "a", clause, words, value=value, form="figures", **fields)

    def rate(self, clause: str, words: str, value: str, **fields: object) -> "ContractDraft":
        """A percentage."""
        return self._fact("rates", Rate, "r", clause, words, value=value, **fields)

    def deadline(self, clause: str, words: str, number: int | None, unit: str, **fields: object) -> "ContractDraft":
        """A time limit."""
        value = None if number is None else str(number)
        return self._fact("deadlines", Deadline, "d", clause, words, number=value, unit=unit, **fields)

    def penalty(self, clause: str, words: str, **fields: object) -> "ContractDraft":
        """A penalty."""
        return self._fact("penalties", Penalty, "n", clause, words, **fields)

    def payment(self, clause: str, words: str, **fields: object) -> "ContractDraft":
        """An instalment."""
        count = len(self._facts.get("payments", ())) + 1
        return self._fact("payments", Payment, "y", clause, words, sequence=count, **fields)

    def date(self, clause: str, words: str, value: str, **fields: object) -> "ContractDraft":
        """A date."""
        return self._fact("dates", Date, "dt", clause, words, value=value, precision="day", **fields)

    def blank(self, clause: str, words: str, field: str | None) -> "ContractDraft":
        """An empty blank."""
        return self._fact("blanks", Blank, "b", clause, words, field=field, state="empty")

    def finding(self, code: str, words: str = "") -> "ContractDraft":
        """A finding about words, or about nothing in particular."""
        spans = [self._find(words, None)] if words else []
        made = Finding.model_validate({"code": code, "severity": "warning", "message": code, "spans": spans})
        self._facts.setdefault("findings", []).append(made)
        return self

    def dispute(self, method: str, words: str) -> "ContractDraft":
        """Where disputes go."""
        span = self._find(words, None)
        self._extra["dispute"] = Dispute.model_validate({"method": method, "span": span, "text": words})
        return self

    def build(self, *, paged: bool = True) -> Contract:
        """The record; with pages it has lines of `WIDTH` characters, thirty a page."""
        digest = sha256((self._title + self._text).encode(errors="replace")).hexdigest()
        tables: list[Table] = []
        for part in dict.fromkeys(part for part, _ in self._rows):
            rows = tuple(row for owner, row in self._rows if owner == part)
            span = Span(start=rows[0].cells[0].span.start, end=rows[-1].cells[-1].span.end)
            tables.append(Table(id=f"t{len(tables) + 1}", span=span, part=part, columns=self._columns, rows=rows))
        signed = self._signed
        if signed:
            self._extra["sign_date"] = DateValue(value=signed, precision="day", span=Span(start=0, end=0), text="")
        return Contract(
            producer=Producer(name="test", version="0"),
            id=digest,
            source=SourceFile(sha256=digest, name=f"{self._title}.txt", media_type="text/plain", size=len(self._text)),
            title=self._title or None,
            kind=self._kind,
            text=self._text,
            pages=tuple(self._pages()) if paged else (),
            parts=tuple(Part.model_validate(part) for part in self._parts.values()),
            clauses=tuple(Clause.model_validate(clause) for clause in self._clauses),
            tables=tuple(tables),
            **{name: tuple(facts) for name, facts in self._facts.items()},
            **self._extra,
        )

    def _append(self, words: str) -> Span:
        self._text += "\n" if self._text else ""
        start = len(self._text)
        self._text += words
        return Span(start=start, end=len(self._text))

    def _part(self, identity: str, kind: str, span: Span) -> None:
        known = self._parts.get(identity)
        if known:
            known["span"] = Span(start=known["span"].start, end=span.end)
        else:
            title = "附件" if kind == "annex" else None
            self._parts[identity] = {"id": identity, "kind": kind, "title": title, "span": span}

    def _find(self, words: str, clause: str | None) -> Span:
        inside = next((c["span"] for c in self._clauses if c["id"] == clause), None)
        start = self._text.find(words, inside.start if inside else 0)
        if start < 0:
            raise ValueError(f"{words!r} does not stand in {clause or 'the contract'}")
        return Span(start=start, end=start + len(words))

    def _fact(
        self, kept: str, model: type[Element], letter: str, clause: str | None, words: str, /, **fields: object
    ) -> "ContractDraft":
        facts = self._facts.setdefault(kept, [])
        span = Span(start=0, end=0) if kept == "parties" and words not in self._text else self._find(words, clause)
        base = {"id": f"{letter}{len(facts) + 1}", "clause": clause, "span": span, "text": words, "evidence": EVIDENCE}
        facts.append(model.model_validate(base | fields))
        return self

    def _pages(self) -> list[Page]:
        lines: list[Line] = []
        for start in range(0, len(self._text), WIDTH):
            end = min(start + WIDTH, len(self._text))
            row = (start // WIDTH) % 30
            box = (50.0, 50.0 + 20 * row, 50.0 + 20 * (end - start), 66.0 + 20 * row)
            lines.append(Line(span=Span(start=start, end=end), box=box))
        return [
            Page(number=k // 30 + 1, width=595, height=842, origin="ocr", lines=tuple(lines[k : k + 30]))
            for k in range(0, len(lines), 30)
        ]
