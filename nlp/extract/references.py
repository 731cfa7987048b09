"""Component `references`: pointers to clauses, annexes, papers and laws, each with what it points at.

Samples: `违反本合同第八条` → main/8; `本条` → the clause of the top level; `本协议` in annex 2 → annex2;
`附件1《服务价格表》` → annex1; `《网络安全法》` → 中华人民共和国网络安全法. Article numbers of a statute
(《民法典》第五百八十五条) are part of the law. What points at a clause that is not there stays unresolved;
nlp.checks.references reports it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spacy.language import Language

from nlp.clauses.grammar import CN
from nlp.clauses.laws import full_title, spoken_laws
from nlp.clauses.marks import plain_title
from nlp.clauses.pointers import Pointer, Step, find_pointers, find_words
from nlp.clauses.resolve import Resolver, decimal_of
from nlp.extract.annex_pointers import NUMBER, AnnexPointer, annex_number, find_annex_pointers
from nlp.lexicon import CueFinder, read_rules
from nlp.reading import Reading
from schema.clause import Clause, Part
from schema.reference import Reference, ReferenceKind
from schema.span import Evidence, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_TITLE = re.compile(r"《(?P<words>[^《》\n]{2,60})》")
# titles that mean the paper wherever they stand; 技术要求 does not
_OWN_PAPER = re.compile(r".{2,}(?:协议书?|合同书?|承诺书|保证书|责任书|清单|明细表?|一览表|任务书|确认书)$")
_ANNEX_BEFORE = re.compile(rf"附(?:件|录|表|图)\s*{NUMBER}\s*[:：、《]?\s*$")
_SILENT_PARTS = frozenset({"cover", "instructions", "checklist", "attachment_list"})
_OF_LAW = re.compile(r"法典?$|条例$|规定$|办法$")
_OF_MAIN = re.compile(r"[主原][一-龥]{0,6}(?:合同|协议)")
_AMENDS = re.compile(r"补充|变更|修[改订]|解除|终止")
_QUOTE = re.compile(r"(?:^|\n)[“「『]\s*$")
_SPECIAL = re.compile(r"(通用|专用|标准)")
# 招标文件第三章, 清单第2项: a place in another paper or in a table
_OTHER_PAPER = re.compile(r"(?:文件|规范|标准|手册|须知|章程|条例|办法|清单|名单|目录)\s*(?:中|的)?\s*$")
# (下称“补一”) behind 补充协议一, (以下简称《条例》) behind 《商业特许经营管理条例》
_SHORT_PAPER = re.compile(
    r"(?:合同|协议|(?P<title>《[^《》\n]{2,60}》))(?:[一二三四五]|[(][一二三四五][)])?\s*"
    r"[(](?:[^()“”\"]{0,24}[,，])?\s*(?:以下?|下)?简?称(?:为)?\s*[“\"《]?(?P<short>[^“”\"()《》，,]{1,10})[”\"》]?\s*[)]"
)
# 使用说明, 填写须知: parts outside the contract that speak of its clauses; the chapters of a tender do not
_NOTES = re.compile(r"说明|须知|提示|注意事项|指南")
# 第三十五条 对初步审定公告的商标…: a statute copied line by line
_COPIED = re.compile(r"(?:^|[。;:：》])\s*\n\s*$")
# 另行签订补充协议: a paper still to be made
_TO_COME = re.compile(r"(?:另行?|再行?)(?:签[订署]|订立|达成)$")
_PREVIOUS = re.compile(r"[前上]述?[条款项]\s*$")
_RANGE = re.compile(r"至|到|[~～—-]")
_TITLE_LENGTH = 24


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
        silent = [part for part in reading.structure.parts if part.kind in _SILENT_PARTS]
        self._notes = [part.span for part in silent if self._are_notes(part)]
        self._silent = [part.span for part in silent if part.span not in self._notes]
        self._short = dict(self._short_papers())
        self._heads = {part.span.start for part in self._annexes}

    def all(self) -> Iterator[Found]:
        """Every pointer; overlapping ones are left to the caller."""
        yield from self._bracketed()
        for start, end, title in spoken_laws(self._text):
            yield Found(start, end, "law", title, title, "reference.law", resolved=True)
        yield from self._annex_numbers()
        yield from self._annex_titles()
        yield from self.numbered()
        yield from self._this_and_previous()
        finder = CueFinder(*read_rules("documents"))
        for cue in finder.find(self._text):
            if not self._is_silent(cue.start):
                yield Found(cue.start, cue.end, "document", None, cue.rule.label, cue.rule.id)

    def _are_notes(self, part: Part) -> bool:
        first = "".join(self._text[part.span.start : part.span.end].lstrip().split("\n", 1)[0].split())
        return part.kind in ("instructions", "checklist") and len(first) <= _TITLE_LENGTH and bool(_NOTES.search(first))

    def _short_papers(self) -> Iterator[tuple[str, str]]:
        """What other papers are called for short, each with the title in brackets, or ""."""
        own = plain_title(self._structure.title or "")
        for match in _SHORT_PAPER.finditer(self._text):
            title = (match["title"] or "").strip("《》")
            if not (title and _alike(plain_title(title), own)) and not match["short"].startswith(("本", "甲", "乙")):
                yield match["short"], title

    def _is_note(self, offset: int) -> bool:
        return any(span.start <= offset < span.end for span in self._notes)

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
            law = full_title(self._short.get(words) or words) if plain_title(words) not in self._titles else None
            if words in self._short and self._text[:start].rstrip().endswith(("称", "称为")):
                continue  # where it is given
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
        for found in find_annex_pointers(self._text, self._starts):
            if found.start in self._heads or self._is_silent(found.start):
                continue
            if found.key:
                part = self._structure.part_by_id.get(f"annex{found.key}") or self._by_title(found.title)
            else:
                part = self._only_annex(found)
                if part is None and self._may_be_there(found.word):
                    continue
            if part is None and self._is_note(found.start):
                continue
            name = f"{found.word}{found.key}" + (f" {part.title}" if part and part.title else "")
            yield Found(
                found.start, found.end, "annex", part.id if part else None, name, "reference.annex", resolved=bool(part)
            )

    def _only_annex(self, found: AnnexPointer) -> Part | None:
        """见附件 means the one annex of the file, if that has no number either."""
        if len(self._annexes) != 1:
            return None
        part = self._annexes[0]
        head = self._text[part.span.start : part.span.end].lstrip().split("\n", 1)[0][:12].replace(" ", "")
        numbered = head.startswith(("附件", "附录", "附表", "附图")) and annex_number(head[2:4].strip(":： \n"))
        return part if not numbered and (found.word == "附件" or head.startswith(found.word)) else None

    def _may_be_there(self, word: str) -> bool:
        """Whether the file has annexes, or a line headed 附表, that a bare 附表 may mean."""
        headed = re.search(rf"\n\s*{word}\s*(?:[:：\n\d{CN}]|$)", self._text)
        return headed is not None or (word == "附件" and bool(self._annexes))

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
                if not (alone or named or self._is_silent(position) or _TO_COME.search(self._text[:position][-6:])):
                    end = position + len(title)
                    yield Found(position, end, "annex", part.id, part.title, "reference.annex_title", resolved=True)
                position = self._text.find(title, position + 1)

    def numbered(self) -> Iterator[Found]:
        """Pointers by number: 第八条第二款, 第四条至第六条."""
        before: Pointer | None = None
        steps: tuple[Step, ...] = ()
        outside = False
        amended: str | None = None
        for pointer in find_pointers(self._text):
            quoted = _QUOTE.search(self._text, max(pointer.start - 3, 0), pointer.start)
            if pointer.start in self._starts or self._is_silent(pointer.start) or quoted or self._is_copied(pointer):
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

    def _is_copied(self, pointer: Pointer) -> bool:
        behind = self._text[pointer.end : pointer.end + 1]
        return behind.isspace() and bool(_COPIED.search(self._text, max(pointer.start - 4, 0), pointer.start))

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
        before = self._text[max(pointer.start - 14, 0) : pointer.start].rstrip().rstrip('的中之”》"')
        if before.endswith(tuple(self._short)):
            return True
        if pointer.scope.startswith("《"):
            words = plain_title(pointer.scope)
            if full_title(words):
                return True  # 《劳动合同法》 is like the title 劳动合同
            return words not in self._titles and not _alike(words, plain_title(self._structure.title or ""))
        if pointer.scope:
            return bool(_OF_LAW.search(pointer.scope))
        return bool(_OTHER_PAPER.search(self._text, max(pointer.start - 8, 0), pointer.start))

    def _one(self, pointer: Pointer, steps: tuple[Step, ...]) -> Iterator[Found]:
        start = pointer.start
        if previous := _PREVIOUS.search(self._text, max(start - 4, 0), start):
            start = previous.start()
        clause = self._behind(previous[0], pointer) if previous else self._clause(pointer, steps)
        if clause is not None and self._in_head(clause, pointer):
            return
        if pointer.exact and (clause is None or not _printed_so(clause, steps)):
            bracket = self._text.rfind("(", start, pointer.end)
            if len(steps) > 1 and self._text[start] == "第" and bracket > start:  # 第八条(1): no item, but the clause
                yield from self._one(replace(pointer, end=bracket, steps=steps[:-1], exact=False), steps[:-1])
            return
        words = self._text[start : pointer.end]
        if clause is not None:
            name = self._resolver.citation(clause) or words
            yield Found(start, pointer.end, "clause", clause.id, name, "reference.clause", resolved=True)
        elif self._is_note(start):
            return
        elif steps[0].unit == "条" or len(steps[0].path) > 1:
            yield Found(start, pointer.end, "clause", None, words, "reference.clause")

    def _behind(self, word: str, pointer: Pointer) -> Clause | None:
        """前条第（三）项: the steps go on from what the word means."""
        base = self._resolver.previous(word.strip()[-1], self._structure.locate(pointer.start))
        return self._resolver.under(base, pointer.steps) if base else None

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
        if scope.startswith("附"):
            number = annex_number(scope[2:].strip())
            only = self._annexes[0].id if len(self._annexes) == 1 else ""
            return (f"annex{number}" if number else only,)
        if scope.startswith("《"):
            named = self._titles.get(plain_title(scope))
            return (named.id,) if named else ("main",)
        return (own, "main") if own != "main" else ("main",)

    def _this_and_previous(self) -> Iterator[Found]:
        for word in find_words(self._text):
            if self._is_silent(word.start) or self._is_note(word.start):
                continue
            if word.how == "previous" and self._text[word.end : word.end + 2].lstrip().startswith("第"):
                continue  # 前条第（三）项 is one pointer
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


def _printed_so(clause: Clause, steps: tuple[Step, ...]) -> bool:
    path = steps[0].path
    if steps[0].unit == "条" and steps[0].bracketed:
        return (clause.number or "").startswith("【")
    return len(path) < 2 or len(steps) > 1 or decimal_of(clause) == path


def _alike(left: str, right: str) -> bool:
    """Whether two titles share most of their pairs of characters."""
    pairs = [{title[i : i + 2] for i in range(len(title) - 1)} for title in (left, right)]
    return bool(pairs[0]) and len(pairs[0] & pairs[1]) >= 0.6 * min(map(len, pairs)) > 0
