"""Component `references`: pointers to clauses, annexes, papers and laws, each with what it points at.

Samples: `违反本合同第八条` → main/8; `本条` → the clause of the top level; `本协议` in annex 2 → annex2;
`附件1《服务价格表》` → annex1; `《网络安全法》` → 中华人民共和国网络安全法. Article numbers of a statute
(《民法典》第五百八十五条) are part of the law. What points at a clause that is not there stays unresolved;
nlp.checks.references reports it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.language import Language

from nlp.clauses import ordinals
from nlp.clauses.laws import full_title, spoken_laws
from nlp.clauses.marks import plain_title
from nlp.clauses.numbering import CN
from nlp.clauses.pointers import Pointer, Step, find_pointers, find_words
from nlp.clauses.resolve import Resolver
from nlp.lexicon import CueFinder, read_rules
from nlp.reading import Reading
from schema.clause import Clause, Part
from schema.reference import Reference, ReferenceKind
from schema.span import Evidence, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_TITLE = re.compile(r"《(?P<words>[^《》\n]{2,60})》")
_ANNEX_NUMBER = rf"(?:[{CN}]{{1,3}}(?![款条项式份])|\d{{1,2}}(?:[-.]\d{{1,2}}(?!\d))?|[A-Z](?![A-Za-z]))"
# 附件1《服务价格表》  附件一、二  附表A  附件2：《保密协议》
_ANNEX = re.compile(
    rf"附(?:件|录|表|图)\s*(?P<numbers>{_ANNEX_NUMBER}(?:\s*[、,和及至]\s*(?:附[件录表]\s*)?{_ANNEX_NUMBER})*)"
    r"(?P<title>\s*[:：]?\s*《[^》\n]{2,40}》)?"
)
_ANNEX_MEMBER = re.compile(rf"(?:附[件录表]\s*)?(?P<number>{_ANNEX_NUMBER})")
# titles that mean the paper wherever they stand; 技术要求 does not
_OWN_PAPER = re.compile(r".{2,}(?:协议书?|合同书?|承诺书|保证书|责任书|清单|明细表?|一览表|任务书|确认书)$")
_ANNEX_BEFORE = re.compile(rf"附(?:件|录|表|图)\s*{_ANNEX_NUMBER}\s*[:：、《]?\s*$")
_SILENT_PARTS = frozenset({"cover", "instructions", "checklist", "attachment_list"})
_OF_LAW = re.compile(r"法典?$|条例$|规定$|办法$")
_OF_MAIN = re.compile(r"[主原][一-龥]{0,6}(?:合同|协议)")
_AMENDS = re.compile(r"补充|变更|修[改订]|解除|终止")
_QUOTE = re.compile(r"(?:^|\n)[“「『]\s*$")
_SPECIAL = re.compile(r"(通用|专用)")
# 招标文件第三章: a place in another paper
_OTHER_PAPER = re.compile(r"(?:文件|规范|标准|手册|须知|章程|条例|办法)\s*(?:中|的)?\s*$")
_RANGE = re.compile(r"至|到|[~～—-]")


@dataclass(frozen=True)
class Found:
    """A reference in the making."""

    start: int
    end: int
    kind: ReferenceKind
    target: str | None
    canonical: str | None
    rule: str
    this: bool = False
    resolved: bool = False


@Language.component("references")
def references(doc: "Doc") -> "Doc":
    """Fill `reading.references`."""
    reading: Reading = doc._.reading
    kept: list[Found] = []
    for found in sorted(
        ReferenceFinder(reading).all(), key=lambda f: (f.start, 0 if f.kind == "clause" else f.start - f.end)
    ):
        if not kept or found.start >= kept[-1].end or found.kind == kept[-1].kind == "clause":
            kept.append(found)
    reading.references = [_element(reading, f"f{n}", found) for n, found in enumerate(kept, 1)]
    return doc


def _element(reading: Reading, name: str, found: Found) -> Reference:
    span = Span(start=found.start, end=found.end)
    return Reference(
        id=name,
        clause=reading.structure.locate(found.start),
        span=span,
        text=span.of(reading.document.text),
        evidence=Evidence(rule=found.rule, cues=(span,)),
        kind=found.kind,
        target=found.target,
        canonical=found.canonical,
        this=found.this,
        resolved=found.resolved,
    )


class ReferenceFinder:
    """All pointers of one document."""

    def __init__(self, reading: Reading) -> None:
        """Index parts and clauses."""
        self._text = reading.text
        self._structure = reading.structure
        self._resolver = Resolver(reading.structure)
        self._annexes = [part for part in reading.structure.parts if part.kind == "annex"]
        self._titles = {plain_title(part.title): part for part in self._annexes if part.title}
        self._starts = {clause.span.start for clause in reading.structure.clauses}
        self._silent = [part.span for part in reading.structure.parts if part.kind in _SILENT_PARTS]
        self._heads = {part.span.start for part in self._annexes}

    def all(self) -> Iterator[Found]:
        """Every pointer; overlapping ones are left to the caller."""
        yield from self._bracketed()
        for start, end, title in spoken_laws(self._text):
            yield Found(start, end, "law", title, title, "reference.law", resolved=True)
        yield from self._annex_numbers()
        yield from self._annex_titles()
        yield from self._numbered()
        yield from self._this_and_previous()
        finder = CueFinder(*read_rules("documents"))
        for cue in finder.find(self._text):
            if not self._is_silent(cue.start):
                yield Found(cue.start, cue.end, "document", None, cue.rule.label, cue.rule.id)

    def _is_silent(self, offset: int) -> bool:
        return any(span.start <= offset < span.end for span in self._silent)

    def _part_at(self, offset: int) -> str:
        here = self._structure.locate(offset)
        clause = self._structure.clause_by_id.get(here or "")
        return clause.part if clause else (here or "main").split("/")[0]

    def _bracketed(self) -> Iterator[Found]:
        """《…》: a law, an annex by its title, this contract, or another paper."""
        own = plain_title(self._structure.title or "")
        for match in _TITLE.finditer(self._text):
            start, end, words = match.start(), match.end(), match["words"].strip()
            law = full_title(words) if plain_title(words) not in self._titles else None
            if law is not None:
                yield Found(start, end, "law", law, law, "reference.law", resolved=True)
            elif self._is_silent(start):
                continue
            elif part := self._titles.get(plain_title(words)):
                yield Found(start, end, "annex", part.id, part.title, "reference.annex_title", resolved=True)
            elif _alike(plain_title(words), own):
                yield Found(start, end, "document", "main", self._structure.title, "reference.this", resolved=True)
            else:
                yield Found(start, end, "document", None, words, "reference.paper")

    def _annex_numbers(self) -> Iterator[Found]:
        for match in _ANNEX.finditer(self._text):
            if match.start() in self._heads or self._is_silent(match.start()):
                continue
            members = list(_ANNEX_MEMBER.finditer(match["numbers"]))
            base = match.start("numbers")
            for place, member in enumerate(members):
                start = match.start() if place == 0 else base + member.start()
                end = match.end() if place == len(members) - 1 else base + member.end()
                count = ordinals.chinese(member["number"]) or ordinals.arabic(member["number"]) or member["number"]
                part = self._structure.part_by_id.get(f"annex{count}") or self._by_title(match["title"])
                name = f"附件{count}" + (f" {part.title}" if part and part.title else "")
                yield Found(
                    start, end, "annex", part.id if part else None, name, "reference.annex", resolved=part is not None
                )

    def _by_title(self, title: str | None) -> Part | None:
        return self._titles.get(plain_title(title)) if title else None

    def _annex_titles(self) -> Iterator[Found]:
        """The bare title of an annex in a sentence: 将保密协议提交甲方."""
        for title, part in self._titles.items():
            position = self._text.find(title) if _OWN_PAPER.search(title) else -1
            while position >= 0:
                line = self._text.rfind("\n", 0, position) + 1
                alone = plain_title(self._text[line : self._text.find("\n", position)]).endswith(title)
                named = _ANNEX_BEFORE.search(self._text, max(position - 12, 0), position)
                if not (alone or named or self._is_silent(position)):
                    end = position + len(title)
                    yield Found(position, end, "annex", part.id, part.title, "reference.annex_title", resolved=True)
                position = self._text.find(title, position + 1)

    def _numbered(self) -> Iterator[Found]:
        before: Pointer | None = None
        steps: tuple[Step, ...] = ()
        outside = False
        amended: str | None = None
        for pointer in find_pointers(self._text):
            quoted = _QUOTE.search(self._text, max(pointer.start - 3, 0), pointer.start)
            if pointer.start in self._starts or self._is_silent(pointer.start) or quoted:
                before = None
                continue
            if self._is_elsewhere(pointer, amended):
                amended = self._structure.locate(pointer.start)
                words = self._text[pointer.start : pointer.end]
                yield Found(pointer.start, pointer.end, "clause", None, f"原合同{words}", "reference.elsewhere")
                continue
            outside = self._is_outside(pointer) or (outside and pointer.follows)
            if outside:
                continue
            own = pointer.steps
            if pointer.follows and steps and own[0].unit in "款项目" and steps[0].unit == "条":
                kept = next((n for n, step in enumerate(steps) if step.unit == own[0].unit), len(steps))
                own = (*steps[:kept], *own)
            if before and pointer.follows and _RANGE.search(self._text[before.end : pointer.start]):
                yield from self._between(before, pointer, steps, own)
            yield from self._one(pointer, own)
            before, steps = pointer, own

    def _between(
        self, before: Pointer, after: Pointer, first: tuple[Step, ...], last: tuple[Step, ...]
    ) -> Iterator[Found]:
        """第四条至第六条 also means 第五条; its words are those of the whole range."""
        if first[:-1] != last[:-1] or first[-1].unit != last[-1].unit:
            return
        for value in range(first[-1].path[-1] + 1, min(last[-1].path[-1], first[-1].path[-1] + 60)):
            step = Step(last[-1].unit, (*last[-1].path[:-1], value))
            yield from self._one(Pointer(before.start, after.end, last, before.scope), (*last[:-1], step))

    def _is_elsewhere(self, pointer: Pointer, amended: str | None) -> bool:
        """Whether a clause of a contract that this one amends is meant: 原合同第三条, and what is added to it."""
        if self._part_at(pointer.start).startswith("annex"):
            return False
        if pointer.scope:
            return bool(_OF_MAIN.fullmatch(pointer.scope))
        same = amended is not None and self._structure.locate(pointer.start) == amended
        return same and bool(_AMENDS.search(self._structure.title or ""))

    def _is_outside(self, pointer: Pointer) -> bool:
        """Whether a pointer points into a statute or another paper."""
        if pointer.scope.startswith("《"):
            words = plain_title(pointer.scope)
            return words not in self._titles and not _alike(words, plain_title(self._structure.title or ""))
        if pointer.scope:
            return bool(_OF_LAW.search(pointer.scope))
        return bool(_OTHER_PAPER.search(self._text, max(pointer.start - 8, 0), pointer.start))

    def _one(self, pointer: Pointer, steps: tuple[Step, ...]) -> Iterator[Found]:
        clause = self._clause(pointer, steps)
        if clause is not None and self._in_head(clause, pointer):
            return
        words = self._text[pointer.start : pointer.end]
        if clause is not None:
            name = self._resolver.citation(clause) or words
            yield Found(pointer.start, pointer.end, "clause", clause.id, name, "reference.clause", resolved=True)
        elif steps[0].unit == "条" or len(steps[0].path) > 1:
            yield Found(pointer.start, pointer.end, "clause", None, words, "reference.clause")

    def _in_head(self, clause: Clause, pointer: Pointer) -> bool:
        """Article 1 Definitions 第一条 定义: the number of a clause in its other language is no pointer."""
        own = clause.own_spans[0].start if clause.own_spans else clause.span.end
        between = self._text[clause.span.start : pointer.start]
        return clause.style == "english_article" and clause.span.start < pointer.start < own and "\n" not in between

    def _clause(self, pointer: Pointer, steps: tuple[Step, ...]) -> Clause | None:
        here = self._structure.locate(pointer.start)
        own = self._part_at(pointer.start)
        own = own if own.startswith("annex") else "main"
        within = None
        special = _SPECIAL.match(pointer.scope)
        if special:
            tops = (c for c in self._structure.clauses if c.parent is None and special[1] in (c.heading or ""))
            within = next(tops, None)
        for part in self._parts_meant(pointer.scope, own):
            clause = self._resolver.pointed(steps, here if part == own else None, part, within)
            if clause is not None:
                return clause
        return None

    def _parts_meant(self, scope: str, own: str) -> tuple[str, ...]:
        if _OF_MAIN.search(scope):
            return ("main",)
        if scope.startswith("附件"):
            number = _ANNEX_MEMBER.search(scope)
            count = number and (ordinals.chinese(number["number"]) or ordinals.arabic(number["number"]))
            return (f"annex{count or (number['number'] if number else '')}",)
        if scope.startswith("《"):
            named = self._titles.get(plain_title(scope))
            return (named.id,) if named else ("main",)
        return (own, "main") if own != "main" else ("main",)

    def _this_and_previous(self) -> Iterator[Found]:
        for word in find_words(self._text):
            if self._is_silent(word.start):
                continue
            here = self._structure.locate(word.start)
            if word.unit in ("合同", "协议", "附件"):
                part = self._this_part(word.unit, word.start)
                kind: ReferenceKind = "annex" if part.startswith("annex") else "document"
                yield Found(word.start, word.end, kind, part, None, "reference.this", this=True, resolved=True)
                continue
            find = self._resolver.this if word.how == "this" else self._resolver.previous
            clause = find(word.unit, here)
            if clause is not None:
                name = self._resolver.citation(clause)
                this = word.how == "this"
                yield Found(word.start, word.end, "clause", clause.id, name, "reference.this", this=this, resolved=True)

    def _this_part(self, unit: str, offset: int) -> str:
        """本协议 in an annex is the annex; 本合同 there is the contract, unless the annex is called a contract."""
        part = self._structure.part_by_id.get(self._part_at(offset))
        if part is None or not part.id.startswith("annex"):
            return "main"
        called = plain_title(part.title or "")
        return "main" if unit == "合同" and not called.endswith(("合同", "合同书")) else part.id


def _alike(left: str, right: str) -> bool:
    """Whether two titles share most of their pairs of characters."""
    pairs = [{title[i : i + 2] for i in range(len(title) - 1)} for title in (left, right)]
    return bool(pairs[0]) and len(pairs[0] & pairs[1]) >= 0.6 * min(map(len, pairs)) > 0
