"""Whole contract records made without a parser, for tests of what comes after it."""

import hashlib
from decimal import Decimal
from typing import Any

from schema.clause import Clause, Part
from schema.contract import Contract, Producer
from schema.finding import Finding
from schema.money import Amount, Payment, Rate
from schema.page import Line, Page
from schema.party import Party
from schema.penalty import Penalty
from schema.source import SourceFile
from schema.span import Evidence, Span, SpannedText
from schema.table import Cell, Row, Table
from schema.timing import Date, Deadline
from schema.values import DateValue

TEXT = """\
设备采购合同
合同编号：{number}
甲方：{buyer}
乙方：青山机电有限公司
签订日期：2025年1月31日
第一条 标的
乙方向甲方供应水泵{quantity}台，税率13%。
第二条 价款
合同总价为人民币{total}元。
第三条 付款
甲方应于合同签订后10个工作日内支付首付款{first}元。
第四条 违约责任
1. 乙方逾期交货的，每日按合同总价的0.05%支付违约金。
2. 甲方逾期付款的，承担同等责任。
附件1 价格表
序号\t名称\t数量
1\t水泵\t{quantity}
开户账号：6222020200112233445"""


def contract(
    number: str = "CG-2025-001",
    *,
    buyer: str = "长风水务有限公司",
    quantity: int = 3,
    name: str = "采购合同.txt",
    media_type: str = "text/plain",
    version: str = "0.1.0",
    text: str = TEXT,
) -> Contract:
    """A purchase contract; other arguments give another file.

    Args:
        number: contract number.
        buyer: name of the buyer.
        quantity: of pumps; prices follow.
        name: file name.
        media_type: as if found from the bytes; another one gives another file with the same words.
        version: of the parser.
        text: template of the words.
    """
    total, first = Decimal(120_000) * quantity, Decimal(36_000) * quantity
    words = text.format(number=number, buyer=buyer, quantity=quantity, total=total, first=first)
    data = (words if media_type == "text/plain" else f"{media_type}\n{words}").encode()
    return _Maker(words).contract(
        SourceFile(sha256=hashlib.sha256(data).hexdigest(), name=name, media_type=media_type, size=len(data)),
        {"number": number, "buyer": buyer, "total": total, "first": first, "version": version},
    )


class _Maker:
    """Finds places of words."""

    def __init__(self, text: str) -> None:
        self.text = text

    def span(self, words: str, after: str = "") -> Span:
        start = self.text.index(words, self.text.index(after))
        return Span(start=start, end=start + len(words))

    def element(self, name: str, words: str, clause: str | None, rule: str, after: str = "") -> dict[str, Any]:
        span = self.span(words, after)
        return {"id": name, "clause": clause, "span": span, "text": words, "evidence": Evidence(rule=rule)}

    def contract(self, source: SourceFile, values: dict[str, object]) -> Contract:
        total, first = Decimal(str(values["total"])), Decimal(str(values["first"]))
        date = DateValue(value="2025-01-31", precision="day", span=self.span("2025年1月31日"), text="2025年1月31日")
        return Contract(
            producer=Producer(name="qiyue", version=str(values["version"])),
            id=source.sha256,
            source=source,
            title="设备采购合同",
            contract_no=str(values["number"]),
            kind="sale",
            sign_date=date,
            text=self.text,
            pages=(self._page(),),
            tables=(self._table(),),
            parts=(
                Part(id="main", kind="body", span=Span(start=0, end=self.span("附件1").start - 1)),
                Part(id="annex1", kind="annex", title="附件1 价格表", span=self._to_end("附件1")),
            ),
            clauses=tuple(self._clauses()),
            parties=self._parties(str(values["buyer"])),
            amounts=self._amounts(total, first),
            rates=(self._rate(),),
            payments=(self._payment(first),),
            deadlines=(self._deadline(),),
            dates=(self._date(),),
            penalties=(self._penalty(),),
            findings=(self._finding(),),
        )

    def _parties(self, buyer: str) -> tuple[Party, ...]:
        account = SpannedText(text="6222020200112233445", span=self.span("6222020200112233445"))
        seller = "青山机电有限公司"
        return (
            Party(**self.element("p1", buyer, "main", "party.label"), role="甲方", role_kind="buyer", name=buyer),
            Party(
                **self.element("p2", seller, "main", "party.label"),
                role="乙方",
                role_kind="seller",
                name=seller,
                account=(account,),
            ),
        )

    def _amounts(self, total: Decimal, first: Decimal) -> tuple[Amount, ...]:
        return (
            Amount(
                **self.element("a1", f"{total}元", "main/2", "money.figures"),
                value=total,
                form="figures",
                label="合同总价",
                role="total",
                is_total=True,
            ),
            Amount(
                **self.element("a2", f"{first}元", "main/3", "money.figures"),
                value=first,
                form="figures",
                label="首付款",
                role="instalment",
            ),
        )

    def _rate(self) -> Rate:
        return Rate(**self.element("r1", "13%", "main/1", "rate.tax"), value=Decimal("0.13"), role="tax")

    def _payment(self, first: Decimal) -> Payment:
        return Payment(
            **self.element("y1", "首付款", "main/3", "payment.instalment"),
            sequence=1,
            label="首付款",
            percent=Decimal(30),
            amount=first,
            amount_id="a2",
            payer="p1",
            payee="p2",
            deadline="d1",
        )

    def _deadline(self) -> Deadline:
        return Deadline(
            **self.element("d1", "10个工作日内", "main/3", "deadline.within"),
            number=Decimal(10),
            unit="day",
            workday=True,
            relation="within",
            who="p1",
            what="支付首付款",
            trigger=SpannedText(text="合同签订后", span=self.span("合同签订后")),
        )

    def _date(self) -> Date:
        common = self.element("dt1", "2025年1月31日", "main", "date.full")
        return Date(**common, value="2025-01-31", precision="day", role="sign")

    def _penalty(self) -> Penalty:
        return Penalty(
            **self.element("n1", "每日按合同总价的0.05%", "main/4/1", "penalty.rate_per_day"),
            liable="p2",
            beneficiary="p1",
            base="合同总价",
            base_ref="a1",
            trigger="逾期交货",
            rate=Decimal("0.0005"),
            per="day",
            kind="rate_per_day",
            remedies=("liquidated_damages",),
        )

    def _finding(self) -> Finding:
        return Finding(
            code="penalty_without_cap",
            severity="warning",
            message="违约金没有上限",
            spans=(self.span("每日按合同总价的0.05%"),),
            elements=("n1",),
        )

    def _to_end(self, words: str) -> Span:
        return Span(start=self.text.index(words), end=len(self.text))

    def _clauses(self) -> list[Clause]:
        heads = ["第一条 标的", "第二条 价款", "第三条 付款", "第四条 违约责任"]
        ends = [*(self.text.index(head) - 1 for head in heads[1:]), self.text.index("附件1") - 1]
        made = []
        for ordinal, (head, end) in enumerate(zip(heads, ends, strict=True), 1):
            number, heading = head.split()
            span = Span(start=self.text.index(head), end=end)
            own = Span(start=min(span.start + len(head) + 1, end), end=end)
            made.append(
                Clause(
                    id=f"main/{ordinal}",
                    part="main",
                    number=number,
                    style="article",
                    ordinal=ordinal,
                    heading=heading,
                    span=span,
                    own_spans=(own,) if ordinal < 4 else (),
                    types=("price",) if ordinal == 2 else (),
                    level=1,
                )
            )
        for ordinal, words in enumerate(["1. 乙方逾期", "2. 甲方逾期"], 1):
            start = self.text.index(words)
            end = self.text.index("\n", start)
            made.append(
                Clause(
                    id=f"main/4/{ordinal}",
                    part="main",
                    parent="main/4",
                    number=f"{ordinal}.",
                    style="decimal",
                    ordinal=ordinal,
                    span=Span(start=start, end=end),
                    own_spans=(Span(start=start + 3, end=end),),
                    types=("penalty",),
                    level=2,
                )
            )
        return made

    def _table(self) -> Table:
        header, row = "序号\t名称\t数量", self.text.split("\n")[-2]
        start = self.text.index(row)
        cells, at = [], start
        for words in row.split("\t"):
            cells.append(Cell(span=Span(start=at, end=at + len(words)), text=words))
            at += len(words) + 1
        return Table(
            id="t1",
            span=Span(start=self.text.index(header), end=start + len(row)),
            part="annex1",
            columns=tuple(header.split("\t")),
            rows=(Row(id="annex1/1", cells=tuple(cells)),),
        )

    def _page(self) -> Page:
        lines, at = [], 0
        for number, words in enumerate(self.text.split("\n")):
            box = (50.0, 50.0 + 20 * number, 545.0, 66.0 + 20 * number)
            lines.append(Line(span=Span(start=at, end=at + len(words)), box=box))
            at += len(words) + 1
        return Page(number=1, width=595.0, height=842.0, origin="text_layer", lines=tuple(lines))
