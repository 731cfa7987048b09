"""From a pointer to the clause it means, as a reader of the contract finds it.

`第八条` in annex 2 is the annex's own eighth clause, also where the annex counts 八、; `主合同第八条` is not.
`第（2）项` without a 条 is looked for in the clause itself, then beside it, then above. What is not found stays
unresolved.
"""

import re
from collections.abc import Iterable, Sequence

from nlp.clauses import ordinals
from nlp.clauses.pointers import LETTERS, Path, Step
from nlp.clauses.structure import Structure
from schema.clause import Clause

_WORD_KEY = re.compile(r"(?:ch|pt|s)(\d+)$")
_OUTER_UNITS = {"章": "chapter", "节": "section", "部分": "part"}


class Resolver:
    """Looks clauses of one structure up by their printed numbers."""

    def __init__(self, structure: Structure) -> None:
        """Index the structure."""
        self._structure = structure
        self._children: dict[str | None, list[Clause]] = {}
        self._tops: dict[str, list[Clause]] = {}
        for clause in structure.clauses:
            self._children.setdefault(clause.parent, []).append(clause)
            if clause.level == 1:
                self._tops.setdefault(clause.part, []).append(clause)

    def pointed(
        self, steps: Sequence[Step], here: str | None, part: str, within: Clause | None = None
    ) -> Clause | None:
        """The clause that steps point at.

        Args:
            steps: from the outside in.
            here: id of the clause that holds the pointer.
            part: id of the part to look in.
            within: look below this clause only (通用条款第3.1项).
        """
        first = self._first(steps[0], here, part, within)
        found = self.under(first, steps[1:]) if first else None
        if found is None and len(steps) > 1 and steps[-2].unit == "款" and steps[-2].path == (1,):
            # 本条第一款第（二）项 where the first paragraph goes on in （一）, （二）: a 款 is a paragraph, no item
            outer = self.pointed(steps[:-2], here, part, within) if len(steps) > 2 else self.this("条", here)
            found = self._below(outer, steps[-1], strict=True) if outer else None
        return found

    def under(self, clause: Clause, steps: Sequence[Step]) -> Clause | None:
        """The clause that steps point at below another (`前条` with `第（三）项`)."""
        found: Clause | None = clause
        for step in steps:
            if found is None:
                return None
            found = self._below(found, step)
        return found

    def _first(self, step: Step, here: str | None, part: str, within: Clause | None) -> Clause | None:
        if step.unit in _OUTER_UNITS:
            family = _OUTER_UNITS[step.unit]
            return _one(c for c in self._all(part) if c.style == family and _counts(c, step.path[-1]))
        if len(step.path) > 1:
            return self._decimal(step.path, here, part, within)
        if step.unit == "款" and (tops := [c for c in self._tops.get(part, ()) if c.style == "paragraph"]):
            return _one(c for c in tops if _counts(c, step.path[-1]))
        if step.unit == "条":
            return self._article(step.path[0], here, part, within)
        return self._near(step, here, part)

    def _all(self, part: str) -> Iterable[Clause]:
        return (clause for clause in self._structure.clauses if clause.part == part)

    def _article(self, value: int, here: str | None, part: str, within: Clause | None) -> Clause | None:
        """第X条: an article of the same 章 or 部分 first, then any, then the top level however it is printed."""
        articles = [c for c in self._all(part) if c.style in ("article", "english_article") and _counts(c, value)]
        if within is not None:
            articles = [c for c in articles if c.id.startswith(f"{within.id}/")]
        if articles:
            root = here.rsplit("/", 1)[0] if here else ""
            near = [c for c in articles if c.parent and root.startswith(c.parent)]
            return (near or articles)[0]
        if any(c.style == "article" for c in self._tops.get(part, ())):
            return None
        # 第6条 in 第二部分 通用条款, which counts 1. 2. 3.
        above = [c for c in self._structure.ancestors(here) if c.style in ("part", "section")] if here else []
        for clause in above if within is None else ():
            if found := _one(c for c in self._children.get(clause.id, ()) if _counts(c, value)):
                return found
        pool = self._children.get(within.id, []) if within else self._running_on(part) or self._tops.get(part, [])
        return _one(c for c in pool if _counts(c, value))

    def _running_on(self, part: str) -> list[Clause]:
        """The clauses below 第一部分, 第二部分 …, where their numbers run on: 第10条 of 8. to 13. in the third."""
        parts = [c for c in self._tops.get(part, ()) if c.style in ("part", "section")]
        found = [c for outer in parts for c in self._children.get(outer.id, ())]
        values = [value_of(c) for c in found]
        return found if len(parts) > 1 and len(set(values)) == len(values) else []

    def _decimal(self, path: Path, here: str | None, part: str, within: Clause | None) -> Clause | None:
        """第8.2条: the clause printed 8.2; else item 2 of clause 8."""
        printed = [c for c in self._all(part) if decimal_of(c) == path]
        if within is not None:
            printed = [c for c in printed if c.id.startswith(f"{within.id}/")]
        if printed:
            root = "/".join((here or "").split("/")[:2])
            return next((c for c in printed if f"{c.id}/".startswith(f"{root}/")), printed[0])
        clause = self._article(path[0], here, part, within)
        for value in path[1:]:
            if clause is None:
                return None
            clause = _one(c for c in self._children.get(clause.id, ()) if _counts(c, value))
        return clause

    def _near(self, step: Step, here: str | None, part: str) -> Clause | None:
        """第（2）项 without a 条: below the clause that says so, beside it, above it, in the clause before it."""
        chain = list(self._structure.ancestors(here)) if here else []
        for fits in (_printed_alike, _any_print) if step.bracketed else (_any_print,):
            for clause in chain:
                found = self._below(clause, step, strict=True)
                if found is not None and found.id != here and fits(found):
                    return found
            for clause in chain[1:]:
                for child in reversed(self._children.get(clause.id, [])):
                    found = self._below(child, step, strict=True)
                    if found is not None and child.span.start < chain[0].span.start and fits(found):
                        return found
        return None if chain else _one(c for c in self._tops.get(part, ()) if _counts(c, step.path[-1]))

    def _below(self, clause: Clause, step: Step, *, strict: bool = False) -> Clause | None:
        """A 款 or 项 of a clause; a 款 that is no more than a paragraph is the clause itself."""
        children = self._children.get(clause.id, [])
        found = _one(c for c in children if _counts(c, step.path[-1]))
        if found is not None or strict:
            return found
        if step.unit in "项目":
            return _one(c for child in children for c in self._children.get(child.id, ()) if _counts(c, step.path[-1]))
        return clause if not children else None

    def this(self, unit: str, here: str | None) -> Clause | None:
        """本条, 本款, 本项, 本章 of a clause."""
        chain = list(self._structure.ancestors(here)) if here else []
        if not chain:
            return None
        if unit in _OUTER_UNITS:
            return _one(c for c in chain if c.style == _OUTER_UNITS[unit])
        # in 第二部分 通用条款 the articles are 1, 2, 3 and their 款 are 1.1, 1.2
        inner = [c for c in chain if c.level and c.style not in _OUTER_UNITS.values()] or chain
        if unit == "条":
            article = _one(c for c in inner if c.style in ("article", "english_article"))
            return article or inner[-1]
        if unit == "款":
            return inner[-2] if len(inner) > 1 else inner[0]
        return inner[0]

    def previous(self, unit: str, here: str | None) -> Clause | None:
        """前条, 前款, 前项 of a clause; 前款 in a clause that has no item before is the paragraph before in itself."""
        current = self.this("条" if unit == "条" else "项", here)
        if current is None:
            return None
        if unit == "条" and current.level <= 1:
            pool = self._tops.get(current.part, [])
        else:
            pool = self._children.get(current.parent, []) if current.level > 1 else []
        earlier = [c for c in pool if c.span.start < current.span.start]
        return earlier[-1] if earlier else current if unit == "款" else None

    def citation(self, clause: Clause) -> str:
        """How a lawyer cites it: `第十二条 3`."""
        chain = [c for c in self._structure.ancestors(clause.id) if c.level >= 1]
        return " ".join(c.number or c.heading or "" for c in reversed(chain)).strip()


def value_of(clause: Clause) -> int | None:
    """The count a clause has in its id."""
    last = clause.id.rsplit("/", 1)[-1].split("~")[0]
    word = _WORD_KEY.match(last)
    return int(last) if last.isdecimal() else int(word[1]) if word else ordinals.letter(last)


def _counts(clause: Clause, value: int) -> bool:
    """Whether a clause has a count; one of a letter (above LETTERS) only where it is printed as a letter."""
    if value <= LETTERS:
        return value_of(clause) == value and not _skips(clause)
    last = clause.id.rsplit("/", 1)[-1].split("~")[0]
    return last.isalpha() and ordinals.letter(last) == value - LETTERS


def _skips(clause: Clause) -> bool:
    """Whether it stands under a clause that is more than one level above: 3.2.1 under 3 is no first item of 3."""
    above = clause.parent or clause.part
    return clause.style == "decimal" and clause.id.startswith(f"{above}/") and "/" in clause.id[len(above) + 1 :]


def decimal_of(clause: Clause) -> Path:
    """`8.2` of a clause printed so, else nothing."""
    if clause.style == "lettered" and clause.number:
        letter, *rest = re.split(r"[.-]", clause.number)
        return (LETTERS + (ordinals.letter(letter) or 0), *(int(piece) for piece in rest if piece.isdecimal()))
    if clause.style != "decimal" or not clause.number:
        return ()
    pieces = clause.number.replace("-", ".").replace("·", ".").replace(" ", "").rstrip(".、)").split(".")
    return tuple(int(piece) for piece in pieces if piece.isdecimal())


def _printed_alike(clause: Clause) -> bool:
    """Whether it is printed in brackets, as the pointer prints it."""
    return (clause.number or "")[:1] in ("(", "（")


def _any_print(_: Clause) -> bool:
    return True


def _one(found: Iterable[Clause]) -> Clause | None:
    return next(iter(found), None)
