"""How a lawyer would cite a clause: `《办公用房租赁合同》第十二条 3`, `《…》附件1 第9行`."""

import re

from schema.clause import Clause, Part
from schema.contract import Contract

_LOOSE_ENDS = " \t、.．:：-—·•"
_LONGEST_TITLE = 40
_CHINESE_NUMBER = re.compile(r"[(（]([一二三四五六七八九十百零〇]+)[)）]")
_ARTICLE = re.compile(r"第\s*[\d一二三四五六七八九十百零〇]+\s*条")
_CHAPTER = re.compile(r"第\s*[\d一二三四五六七八九十百零〇]+\s*[章节编篇部]")
_CIRCLED = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_RANKS = ("条", "款", "项", "目")
PART_WORDS = {
    "cover": "封面",
    "instructions": "填写说明",
    "preamble": "首部",
    "signature": "签署页",
    "attachment_list": "附件清单",
    "checklist": "清单",
    "body": "正文",
    "annex": "附件",
}


class Citations:
    """Citations of one contract."""

    def __init__(self, contract: Contract) -> None:
        """Remember the tree.

        Args:
            contract: whose clauses, rows and parts will be cited.
        """
        title = " ".join((contract.title or contract.source.name or contract.id[:12]).split())
        self._title = f"《{title[:_LONGEST_TITLE]}》"
        self._clauses = {clause.id: clause for clause in contract.clauses}
        self._parts = {part.id: part for part in contract.parts}

    def chain(self, clause: Clause) -> list[Clause]:
        """The clause and those above it, from the top."""
        found = [clause]
        while found[0].parent in self._clauses and self._clauses[found[0].parent] not in found:
            found.insert(0, self._clauses[found[0].parent])
        return found

    def of_clause(self, clause: Clause) -> str:
        """Title, annex where it lies in one, numbers from the top."""
        return self._title + self._place_of_clause(clause)

    def place(self, address: str) -> str:
        """The same without the title, for a clause, a row (`annex1/9`) or a part; the address itself when unknown."""
        if clause := self._clauses.get(address):
            return self._place_of_clause(clause)
        if address in self._parts:
            return self.of_part(address).removeprefix(self._title)
        part = address.partition("/")[0]
        return self.of_row(address, part).removeprefix(self._title) if part in self._parts else address

    def formal(self, address: str) -> str:
        """The place in the words of a legal document, without the title: 第十二条第3款第（二）项, 附件1表格第9行.

        Of what stands below a 条 the first level is 款, the next 项, the next 目; what is numbered in brackets is 项 at
        once, as in 民法典. A decimal number holds those above it, so 1.1.2 stands for itself below 第一条.

        Args:
            address: of a clause, a row or a part; itself when unknown.
        """
        clause = self._clauses.get(address)
        if clause is None:
            return self.place(address).replace(" ", "")
        steps: list[str] = []
        rank = -1
        chain = self._shown(self.chain(clause))
        for place, above in enumerate(chain):
            number = self._step(above)
            if place + 1 < len(chain) and steps and _is_within(number, self._step(chain[place + 1])):
                rank += 1  # 1.1 is said again by 1.1.2
                continue
            word, rank = _formal_step(number, rank)
            steps.append(word)
        return "".join(filter(None, [self._annex(clause.part), *steps]))

    def _place_of_clause(self, clause: Clause) -> str:
        steps = [self._step(above) for above in self._shown(self.chain(clause))]
        return " ".join(filter(None, [self._annex(clause.part), *steps]))

    @staticmethod
    def _shown(chain: list[Clause]) -> list[Clause]:
        """Without 章 where 条 run on through them: they only take room."""
        if not any(_ARTICLE.match(c.number or "") for c in chain):
            return chain
        return [c for c in chain if c is chain[-1] or not _CHAPTER.match(c.number or "")]

    def of_row(self, row_id: str, part: str | None) -> str:
        """Title, annex, and the printed number or place of the row."""
        number = row_id.rpartition("/")[2]
        place = "合计行" if number == "total" else f"表格第{number}行"
        return self._title + " ".join(filter(None, [self._annex(part or ""), place]))

    def of_part(self, part_id: str) -> str:
        """Title and the name of the part."""
        part = self._parts.get(part_id)
        within = self._annex(part_id.partition("/")[0]) if "/" in part_id else ""
        name = _part_name(part) if part else ""
        return self._title + " ".join(filter(None, [within, name]))

    def _annex(self, part_id: str) -> str:
        part = self._parts.get(part_id.partition("/")[0])
        return _part_name(part) if part and part.kind not in ("body", "preamble") else ""

    @staticmethod
    def _step(clause: Clause) -> str:
        # (三）: which width a bracket has is chance in a scan
        number = _CHINESE_NUMBER.sub(r"（\1）", (clause.number or "").strip(_LOOSE_ENDS))
        return number or (f"“{clause.heading}”" if clause.heading else f"第{clause.ordinal}项")


def _is_within(number: str, below: str) -> bool:
    """Whether a decimal number is said again by the one below it."""
    return "." in number and below.startswith(f"{number}.")


def _formal_step(number: str, rank: int) -> tuple[str, int]:
    """A step in words, and its rank: 条 0, 款 1, 项 2, 目 3."""
    if number.startswith("“"):  # named by its heading
        return number, rank + 1
    if number.startswith("第"):  # printed with its rank
        return "".join(number.split()), next((n for n, word in enumerate(_RANKS) if word in number), 0)
    bracketed = number.startswith(("（", "(")) or number.endswith((")", "）"))
    rank = max(rank + 1, 2) if bracketed or number in _CIRCLED else rank + 1
    return f"第{number}{_RANKS[min(rank, len(_RANKS) - 1)]}", rank


def _part_name(part: Part) -> str:
    title = " ".join((part.title or "").split())
    return title[:_LONGEST_TITLE] or PART_WORDS.get(part.kind, part.kind)
