"""Accounts, and the codes that go on invoices, said in running words, without colons.

`甲方付款至乙方下列账户：户名远山软件有限公司，开户行长山银行云台支行，账号6222 0100 2233 4455` names holder, bank and
number by words of their own; `乙方账户：远山软件有限公司，长山银行云台支行，6222 0100 2233 4455` lists them.
Labels with a colon are read in nlp.extract.party_lines; whose account it is is decided with all other contacts.
"""

import re
from collections.abc import Iterator

from nlp.extract.names import is_blank, is_organisation
from nlp.extract.party_seen import ContactSighting

_MAY_TELL = re.compile(r"户名|[账帐卡][号户]|开户|税号|识别号|信用代码|(?:收款|付款|汇款|打款|银行)信息|[资行蓄]卡")
_BANK_NAME = (
    r"(?:(?!开户|户名)[一-龥()]{2,24}?(?:银行|信用社|信用合作联社|农商行)|[农工建中交]行)"
    r"(?:(?:股份)?有限(?:责任)?公司)?(?:[一-龥()]{1,16}?(?:支行|分行|营业部|分理处|营业室))?"
)
_ENDS = r"(?=[ _]*(?:[，,;；。、/)\n_]|\Z|开立|开设|(?: |的)?(?:银行)?[账帐卡][号户]|账户| [一-龥]))"
_GAP = r"(?:为|是|系)?[ _]*"
_NUMBER = r"(?P<value>\d(?:[ -]?\d){6,34})(?![\d.]|[ _]*[元万年月%])"
_CODE = r"(?P<value>[0-9A-HJ-NPQRTUWXY]{18})(?![0-9A-Za-z])"
_SAID: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "account_holder",
        re.compile(
            rf"(?P<label>(?:[账帐]户|开户|收款)?户名称?|(?:[账帐]户|开户)名称?|收款(?:人|单位)){_GAP}"
            r"(?P<value>[一-龥A-Za-z·()]{2,40}?)"
            r"(?=[ _]*(?:[，,;；。、/\n_]|\Z| (?=开户|[账帐]号))|\)(?:[，,;；。\n]|\Z))"
        ),
    ),
    ("bank", re.compile(rf"(?P<label>开户(?:银)?行(?:名称)?){_GAP}(?P<value>{_BANK_NAME}){_ENDS}")),
    ("bank", re.compile(rf"(?P<label>在)(?P<value>{_BANK_NAME})(?=[ _]*(?:开立|开设)?的[^，,。;]{{0,6}}[账帐]户)")),
    # 工资汇入乙方的长山银行云台支行账户
    ("bank", re.compile(rf"(?P<label>(?<=[方人者])的)(?P<value>{_BANK_NAME})(?=[ _]*[账帐]户)")),
    ("credit_code", re.compile(rf"(?P<label>(?:社会)?信用代码|纳税人?识别号|税号){_GAP}{_CODE}")),
    ("account", re.compile(rf"(?P<label>(?:银行|结算)?(?:[账帐][号户]|卡号)(?:号码)?){_GAP}{_NUMBER}")),
)
# 收款信息：远山软件有限公司；长山银行云台支行；6222 0100 2233 4455   工资卡：长山银行云台支行，卡号6222 …
_LISTED = re.compile(
    rf"(?P<label>(?:[账帐]户(?:信息|资料)?|(?:收款|付款|汇款|打款|开户|开票|银行)(?:信息|资料)|(?:工资|银行|储蓄)卡(?:信息|资料)?)"
    rf"(?:如下)?(?:为|是)?) ?[:：]? ?[(_]*"
    rf"(?:(?P<holder>(?!户名|开户|[账帐]户)[一-龥A-Za-z·()]{{2,40}}?)[_ ]*[，,、/; ][ _]*)?"
    rf"(?P<bank>{_BANK_NAME})[_ ]*[，,、/;( ][ _]*(?:[账帐]号|卡号)?{_GAP}{_NUMBER}"
)
_PERSON = re.compile(r"[一-龥·]{2,4}")
_NO_HOLDER = re.compile(r"变更|信息|资料|如下|及|和|的|应|与|不|须|开户|名称|为准")


def said_accounts(
    text: str, start: int, end: int, owner: str | None, part: str, unit: str
) -> Iterator[ContactSighting]:
    """Banks, accounts, holders and codes that a line names without a colon.

    Args:
        text: folded text.
        start: first character of the line.
        end: its end.
        owner: role word of the party the lines are about, or None.
        part: id of the part.
        unit: id of the clause, row or part.
    """
    if not _MAY_TELL.search(text, start, end):
        return
    for match in _LISTED.finditer(text, start, end):
        groups = {"account_holder": "holder", "bank": "bank", "account": "value"}
        for name, group in groups.items():
            if match[group] and (name != "account_holder" or _is_holder(match[group])):
                yield _sighting(name, match, group, owner, part, unit)
    for name, pattern in _SAID:
        for match in pattern.finditer(text, start, end):
            if name != "account_holder" or _is_holder(match["value"]):
                yield _sighting(name, match, "value", owner, part, unit)


def _is_holder(words: str) -> bool:
    if is_blank(words) or _NO_HOLDER.match(words):
        return False
    # 远山信息技术有限公司 is a name for all its 信息
    return is_organisation(words) or bool(_PERSON.fullmatch(words) and not _NO_HOLDER.search(words))


def _sighting(name: str, match: re.Match[str], group: str, owner: str | None, part: str, unit: str) -> ContactSighting:
    place, label = match.span(group), match.span("label")
    return ContactSighting((name,), owner, place, label, match["label"], f"contact.{name}", part, unit)
