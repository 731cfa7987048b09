"""The fields of `--where` and of the query language: one table, from which docs/search.md is written.

Conditions on one kind of fact (`deadline.who` and `deadline.workday`) must hold for one and the same fact. `!=` on a
fact asks for a fact whose value is known and different; on the others for clauses that do not have the value.
"""

from dataclasses import dataclass
from typing import Literal

from search.readers import Reader, read_date, read_money, read_percent, read_rate

Sort = Literal["facet", "contract", "party", "word", "number", "length", "date", "amount", "cap"]


@dataclass(frozen=True)
class WhereField:
    """One field.

    Attributes:
        name: in English, as in the record.
        sort: how its values are compared.
        names: other names, Chinese first.
        example: a condition that uses it.
        meaning: one sentence.
        fact: the kind of fact it belongs to, None for what a clause or contract has at most once.
        labels: table of labels.toml with the names of its values; None for free text.
        number: index field of its numbers.
        reader: reads a typed value.
    """

    name: str
    sort: Sort
    names: tuple[str, ...]
    example: str
    meaning: str
    fact: str | None = None
    labels: str | None = None
    number: str | None = None
    reader: Reader | None = None


WHERE: tuple[WhereField, ...] = (
    WhereField(
        "party", "party", ("当事人", "公司", "名称"), "party=信达", "A name of a party contains the words.", "party"
    ),
    WhereField(
        "role",
        "word",
        ("角色", "身份"),
        "role=出租方",
        "A party has this role, as printed or in law.",
        "party",
        "role_kind",
    ),
    WhereField("kind", "facet", ("合同类型", "合同种类", "种类"), "kind=租赁", "Sort of contract.", labels="kind"),
    WhereField(
        "type", "facet", ("类型", "条款类型", "条款"), "type=违约责任", "What the clause is about.", labels="type"
    ),
    WhereField("folder", "facet", ("文件夹", "目录"), "folder=2025", "Folder of the collection."),
    WhereField("tag", "facet", ("标签",), "tag=重点", "Tag of the collection."),
    WhereField(
        "contract",
        "contract",
        ("合同", "合同编号", "合同名称"),
        "contract=HT-2025-003",
        "Id (or its beginning), number, or words of the title.",
    ),
    WhereField(
        "date",
        "date",
        ("日期", "签订日期", "签署日期", "年份"),
        "date>=2025-01",
        "Date of the contract: signed, else effective.",
        number="date",
        reader=read_date,
    ),
    WhereField(
        "dispute", "facet", ("争议", "争议解决"), "dispute=仲裁", "Where disputes of the contract go.", labels="dispute"
    ),
    WhereField(
        "finding",
        "facet",
        ("问题", "发现"),
        "finding=sum_differs",
        "The checks found this in the clause.",
        labels="finding",
    ),
    WhereField(
        "blank",
        "word",
        ("空白", "未填"),
        "blank=true",
        "The clause has a blank: any (true), or the one named.",
        "blank",
    ),
    WhereField(
        "amount",
        "amount",
        ("金额", "总额", "合同金额"),
        "amount>100万",
        "Total of the contract, or a sum in the clause.",
        reader=read_money,
    ),
    WhereField(
        "amount.value",
        "number",
        ("条款金额",),
        "amount.value>=1000000",
        "A sum in the clause.",
        "amount",
        number="amount",
        reader=read_money,
    ),
    WhereField("amount.role", "word", ("金额用途",), "amount.role=total", "What the sum is.", "amount", "amount.role"),
    WhereField("amount.currency", "word", ("币种",), "amount.currency=USD", "Currency of the sum.", "amount"),
    WhereField(
        "rate.value",
        "number",
        ("比例", "税率", "利率"),
        "rate.value=13%",
        "A percentage that is no penalty.",
        "rate",
        number="rate",
        reader=read_rate,
    ),
    WhereField("rate.role", "word", ("比例用途",), "rate.role=tax", "What the percentage measures.", "rate"),
    WhereField(
        "deadline.length",
        "length",
        ("期限", "时限"),
        "deadline.length<=30day",
        "Length of a time limit; workdays compare with workdays.",
        "deadline",
    ),
    WhereField(
        "deadline.unit",
        "word",
        ("期限单位",),
        "deadline.unit=day",
        "Unit of the time limit.",
        "deadline",
        "deadline.unit",
    ),
    WhereField(
        "deadline.workday",
        "word",
        ("工作日",),
        "deadline.workday=true",
        "Whether working days are counted.",
        "deadline",
    ),
    WhereField(
        "deadline.who",
        "word",
        ("义务人", "期限主体"),
        "deadline.who=甲方",
        "Who must act: role, name or both.",
        "deadline",
    ),
    WhereField(
        "deadline.kind", "word", ("期限种类",), "deadline.kind=recurrence", "Sort of time.", "deadline", "deadline.kind"
    ),
    WhereField(
        "penalty.rate",
        "number",
        ("违约金比例", "违约比例"),
        "penalty.rate>=0.1%",
        "Rate of the penalty.",
        "penalty",
        number="penalty_rate",
        reader=read_rate,
    ),
    WhereField(
        "penalty.per",
        "word",
        ("违约金周期",),
        "penalty.per=day",
        "What one such penalty falls due for.",
        "penalty",
        "penalty.per",
    ),
    WhereField(
        "penalty.liable",
        "word",
        ("违约方", "责任方"),
        "penalty.liable=乙方",
        "Who pays: role, name or both.",
        "penalty",
    ),
    WhereField(
        "penalty.amount",
        "number",
        ("违约金金额",),
        "penalty.amount>=5000",
        "Fixed sum of the penalty.",
        "penalty",
        number="penalty_amount",
        reader=read_money,
    ),
    WhereField(
        "penalty.cap",
        "cap",
        ("违约金上限", "上限"),
        "penalty.cap=none",
        "The most it may reach, as a rate or a sum; none.",
        "penalty",
    ),
    WhereField("penalty.kind", "word", ("违约金形式",), "penalty.kind=rate_per_day", "Form of the penalty.", "penalty"),
    WhereField(
        "payment.percent",
        "number",
        ("付款比例", "支付比例"),
        "payment.percent>=30",
        "Share of the instalment in percent.",
        "payment",
        number="payment_percent",
        reader=read_percent,
    ),
    WhereField(
        "date.value",
        "number",
        ("条款日期",),
        "date.value<=2025-12-31",
        "A date in the clause.",
        "date",
        number="clause_date",
        reader=read_date,
    ),
    WhereField("date.role", "word", ("日期用途",), "date.role=delivery", "What happens on that date.", "date"),
)
BY_FIELD = {field.name: field for field in WHERE}
BY_ANY_NAME = {name: field for field in WHERE for name in (field.name, *field.names)}
