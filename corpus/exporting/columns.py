"""What stands in the columns of a table (CSV, XLSX), one list for each thing that can be exported.

Every table ends with where its words stand and what people corrected; a value in a column is the parser's word, the
column `corrections` has the person's beside it.
"""

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["text", "number", "flag"]
Json = Any
Line = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        path: of the value in the line, parts joined by dots.
        chinese: its head on request.
        kind: number: a decimal string or whole number that a spreadsheet may sum; all else is text.
    """

    path: str
    chinese: str
    kind: Kind = "text"

    def value(self, line: Line) -> str | int | bool | None:
        """What stands in the cell.

        Args:
            line: as `ndjson` writes it.
        """
        found: Any = line
        for step in self.path.split("."):
            found = found.get(step) if isinstance(found, dict) else None
        return _plain(found)


def _plain(value: Json) -> str | int | bool | None:
    if isinstance(value, list):
        return "；".join(str(_plain(entry)) for entry in value)
    if isinstance(value, dict):
        if "text" in value:
            return str(value["text"])
        return " ".join(str(_plain(part)) for part in value.values() if part is not None)
    return str(value) if isinstance(value, float) else value


def _texts(**columns: str) -> tuple[Column, ...]:
    return tuple(Column(path.replace("__", "."), chinese) for path, chinese in columns.items())


def _number(path: str, chinese: str) -> Column:
    return Column(path, chinese, "number")


def _flag(path: str, chinese: str) -> Column:
    return Column(path, chinese, "flag")


_PLACE = (*_texts(clause="条款编号", citation="出处"), _number("page", "页码"))
_WORDS = _texts(text="原文", corrections="人工更正", contract="合同编号（系统）")


COLUMNS: dict[str, tuple[Column, ...]] = {
    "contracts": (
        *_texts(title="合同名称", kind="类型", contract_no="合同编号", parties="当事人"),
        _number("total", "合同总价"),
        *_texts(currency="币种", sign_date="签订日期", folder="文件夹", tags="标签", source__name="文件名"),
        _number("findings.error", "错误"),
        _number("findings.warning", "警告"),
        _number("findings.info", "提示"),
        *_texts(imported_at="导入时间", corrections="人工更正", id="合同编号（系统）"),
    ),
    "clauses": (
        *_texts(title="合同名称", number="序号", heading="标题", path_text="位置", types="类型", own_text="本级正文"),
        *_texts(text="全文"),
        *_PLACE,
        *_texts(parent="上级条款", contract="合同编号（系统）"),
    ),
    "parties": (
        *_texts(title="合同名称", role="称谓", role_kind="身份", name="名称", credit_code="统一社会信用代码"),
        *_texts(legal_representative="法定代表人", agent="联系人", address="地址", phone="电话", email="邮箱"),
        *_texts(bank="开户行", account="账号"),
        *_PLACE,
        *_WORDS,
    ),
    "amounts": (
        *_texts(title="合同名称", label="名目"),
        _number("value", "金额"),
        *_texts(currency="币种", form="写法", role="性质", per="单位"),
        _flag("is_total", "是否总价"),
        _flag("tax_included", "是否含税"),
        *_texts(same_as="对应金额", id="要素编号"),
        *_PLACE,
        *_WORDS,
    ),
    "rates": (
        *_texts(title="合同名称", role="性质"),
        _number("value", "比率"),
        *_texts(id="要素编号"),
        *_PLACE,
        *_WORDS,
    ),
    "payments": (
        *_texts(title="合同名称"),
        _number("sequence", "期次"),
        *_texts(label="名目"),
        _number("percent", "百分比"),
        _number("amount", "金额"),
        *_texts(payer="付款方", payee="收款方", conditions="付款条件", deadline="期限", schedule="方案", id="要素编号"),
        *_PLACE,
        *_WORDS,
    ),
    "deadlines": (
        *_texts(title="合同名称", who="义务人", what="事项"),
        _number("number", "数量"),
        *_texts(unit="单位"),
        _flag("workday", "是否工作日"),
        *_texts(trigger="起算事件", relation="关系", kind="性质", date="日期"),
        _number("day_of_month", "每月几日"),
        *_texts(id="要素编号"),
        *_PLACE,
        *_WORDS,
    ),
    "penalties": (
        *_texts(title="合同名称", liable="责任方", trigger="违约情形", kind="形式"),
        _number("rate", "比率"),
        *_texts(per="计算周期", base="基数"),
        _number("amount", "金额"),
        _number("multiple", "倍数"),
        _number("cap.rate", "上限比率"),
        _number("cap.amount", "上限金额"),
        _number("exposure.value", "折算金额"),
        *_texts(remedies="后果", beneficiary="受益方", id="要素编号"),
        *_PLACE,
        *_WORDS,
    ),
    "findings": (
        *_texts(title="合同名称", severity="级别", code="代码", message="说明", suggestion="建议"),
        *_PLACE,
        *_texts(text="原文", elements="要素", contract="合同编号（系统）"),
    ),
}
"""Columns by what is exported."""
