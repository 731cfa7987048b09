"""What stands behind a contact label becomes values: telephones split, accounts and postcodes checked by their form.

`开户行及账号：临川银行城东支行 0200049219` gives a bank and an account; `联系方式：a@b.example` gives an e-mail
address. Account numbers and telephones stay strings.
"""

import re
from collections.abc import Iterator

from nlp.extract.names import is_blank, is_organisation
from nlp.extract.party_seen import ContactSighting

_EMAIL = re.compile(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(
    r"(?:\+?\d{2,3}[- ])?\(?\d{3,4}\)?[- ]?\d{6,8}(?:[-转 ]{1,2}\d{1,6})?|1\d{2}(?:[- ]?\d{4}){2}"
    r"|(?:\+?\d{2,3}[- ])?\(?\d{3,4}\)?[- ]\d{3,4}[- ]\d{4}(?!\d)"
    r"|[48]00[- ]?(?:\d{3}[- ]?\d{4}|\d{4}[- ]?\d{3})(?!\d)"
    r"|(?<!\d)(?:\d{3,4}-\d{5}|\d{7,8})(?!\d)"
)
_ACCOUNT = re.compile(r"(?<![\d.])\d[\d -]{5,38}\d(?![\d.])")
_POSTCODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_CODE = re.compile(r"(?<![0-9A-Za-z])(?=[0-9A-Z-]*\d)[0-9A-Z-]{15,20}(?![0-9A-Za-z])", re.IGNORECASE)
# 证件号码 of a company is its credit code; 统一社会信用代码/身份证号 of a person that of his card
_CITIZEN = re.compile(r"[1-8]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
_LICENCE = re.compile(
    r"(?<![0-9A-Za-z])(?:1[1239]|5[1239]|9[123]|[2-8A-N]\d|Y1)\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])"
)
_PERSON_END = re.compile(r"[（(,，;；/]|、(?=[\dA-Za-z])| {1,}|职务|身份证|电话|手机|签|盖|\d|年(?= *月)")
# John A. Smith, LIN WEI-CHENG
_LATIN = re.compile(r"[A-Z][A-Za-z'’-]+(?: [A-Z][A-Za-z.'’-]*){1,3}(?![A-Za-z])")
_ADDRESSED = re.compile(r"[一-龥·]{2,4}(?:女士|先生)")
# 联系人：人力资源部 李明
_OFFICE = re.compile(r"[一-龥]{1,8}(?:部|科|处|室|中心|办公室|组) +(?=[一-龥·]{2,4}(?:\Z|[ ，,;；(/]))")
_NOTE_BEFORE = re.compile(r"\( ?(?:签字|签章|签名|盖章|签字或盖章|签名或盖章|签字盖章)[^()]{0,6}\) *")
_SHAPES = {
    "phone": _PHONE,
    "fax": _PHONE,
    "email": _EMAIL,
    "account": _ACCOUNT,
    "postcode": _POSTCODE,
    "credit_code": _CODE,
}
# 户名:远山软件有限公司，账号6222…: the next of them needs no colon
_NEXT_OF_ACCOUNT = re.compile(
    r"[ _]*[，,、;/ ][ _]*(?=(?:户名|开户|(?:银行)?[账帐][号户]|卡号)[一-龥]{0,3}[:为 _]*[一-龥\d])"
)
_PAIR = 2
Value = tuple[str, int, int]


def contact_values(text: str, sighting: ContactSighting) -> list[Value]:
    """Field, start and end of every value behind one label.

    Args:
        text: folded text.
        sighting: label and value.
    """
    start, end = sighting.value
    words = text[start:end]
    if not words or is_blank(words):
        return []
    cut = _NEXT_OF_ACCOUNT.search(words) if {"bank", "account_holder"} & set(sighting.fields) else None
    if cut and len(sighting.fields) == 1:
        end = start + cut.start()
        words = text[start:end]
    if sighting.fields == ("account",):
        if is_organisation(words) and not re.search(r"\d|银行", words):
            return [("account_holder", start, end)]  # 收款账户：远山软件有限公司；开户银行：…
        inside = list(_inside_account(words, start))
        if inside:
            return [*inside, *_single(text, start, end, "account")]
    if sighting.fields == ("agent",):
        return [*_single(text, start, end, "agent"), *_behind_person(text, start, end)]
    if sighting.rule == "contact.identity" and sighting.fields == ("ignore",):
        found = [m for m in _LICENCE.finditer(words) if not _CITIZEN.fullmatch(m[0])]
        return [("credit_code", start + m.start(), start + m.end()) for m in found]
    if len(sighting.fields) > 1:
        values = _joined(text, start, end, sighting.fields)
    else:
        values = _single(text, start, end, sighting.fields[0])
    return [v for v in values if v[0] != "credit_code" or not _CITIZEN.fullmatch(text[v[1] : v[2]])]


_OTHER_NUMBER = re.compile(r"(?:工|证|证件|编|护照|QQ|微信|学|房|车牌)(?:号码?)?[:为]? *\Z")
_BEFORE_NUMBER = re.compile(r"(?:[，,、;； (/:为]|电话|手机|邮箱|邮件)\Z")


def _behind_person(text: str, start: int, end: int) -> Iterator[Value]:
    """项目对接人：李明，138 0013 8000，li@qinghe.example: what stands behind a name without labels of its own."""
    for name, shape in (("phone", _PHONE), ("email", _EMAIL)):
        for match in re.finditer(rf"(?<![\d.@-])(?:{shape.pattern})(?![\d@])", text[start:end]):
            first = start + match.start() + (match[0].startswith("(") and ")" not in match[0])
            if _OTHER_NUMBER.search(text[start:first]):
                continue
            if first > start and _BEFORE_NUMBER.search(text, max(start, first - 2), first):
                yield name, first, start + match.end()


# 收款账户：户名王芳，开户行临川银行城东支行，账号…
_BANK_INSIDE = re.compile(
    r"(?:\A|[，,;； :/(]|开户(?:银)?行[ :为]*)(?P<value>(?:[一-龥]{2,20}?(?:银行|信用社"
    r"|农商行)|[农工建中交]行)(?:[一-龥]{1,12}?(?:支行|分行|营业部|分理处))?)(?=[，,;； 。/)]|\Z)"
)
# 远山软件有限公司，长山银行云台支行，6222 0100 2233 4455: who stands before the bank holds the account
_HOLDER_LISTED = re.compile(
    r"\A[ _(]*(?P<value>(?!户名|开户|[账帐]户)[一-龥A-Za-z·()]{2,40}?)[ _]*[，,、/; ][ _]*"
    r"(?=(?:开户(?:银)?行[:为 ]*)?[一-龥()]{2,24}?(?:银行|信用社|农商行))"
)
_HOLDER_INSIDE = re.compile(r"(?:户名|账户名称?|开户名称)[ :为]*(?P<value>[一-龥（()）]{2,30}?)(?=[，,;； 。]|\Z)")


def _inside_account(words: str, start: int) -> Iterator[Value]:
    for name, pattern in (("bank", _BANK_INSIDE), ("account_holder", _HOLDER_INSIDE)):
        match = pattern.search(words)
        if match:
            first = start + match.start("value")
            skipped = re.match(r"开户(?:银)?行[为 ]*", match["value"])
            yield name, first + (skipped.end() if skipped else 0), start + match.end("value")
    listed = _HOLDER_LISTED.match(words)
    holder = listed["value"] if listed else ""
    known = is_organisation(holder) or re.fullmatch(r"[一-龥·]{2,4}", holder)
    if listed and known and not _BANK_INSIDE.fullmatch(holder):
        yield "account_holder", start + listed.start("value"), start + listed.end("value")


def _single(text: str, start: int, end: int, name: str) -> Iterator[Value]:
    words = text[start:end]
    if name in ("legal_representative", "agent"):
        note = _NOTE_BEFORE.match(words)
        start, words = (start + note.end(), words[note.end() :]) if note else (start, words)
        office = _OFFICE.match(words)
        start, words = (start + office.end(), words[office.end() :]) if office else (start, words)
        latin = _LATIN.match(words)
        cut = _PERSON_END.search(words, latin.end() if latin else 0)
        person = words[: cut.start()] if cut else words
        person = person[:-2] if _ADDRESSED.fullmatch(person) else person
        if 2 <= len(person.strip()) <= 30 and not re.search(r"[:：。、]", person):
            yield name, start, start + len(person.rstrip())
        return
    shape = _SHAPES.get(name)
    if shape is None:
        if name != "ignore" and words.strip("/无-— "):
            yield name, start, end
        return
    found = [(name, start + m.start(), start + m.end()) for m in shape.finditer(words)]
    if name == "phone" and not found:
        found = [("email", start + m.start(), start + m.end()) for m in _EMAIL.finditer(words)]
    yield from found


def _joined(text: str, start: int, end: int, names: tuple[str, ...]) -> Iterator[Value]:
    """Values of a label with two fields: what has a shape is found by it, the rest is the other field."""
    if set(names) == {"phone", "fax"}:
        numbers = [(m.start() + start, m.end() + start) for m in _PHONE.finditer(text[start:end])]
        # one number is both telephone and fax, of two each has its own
        yield from ((name, *numbers[min(n, len(numbers) - 1)]) for n, name in enumerate(names) if numbers)
        return
    rest_start, rest_end = start, end
    shaped = [name for name in names if name in _SHAPES]
    if len(names) > _PAIR:  # 联系人/电话/邮箱
        found = [value for name in shaped for value in _single(text, start, end, name)]
        yield from found
        rest_end = min([end, *(first for _, first, _ in found)])
        shaped = []
    for name in shaped:
        for _, first, past in _single(text, rest_start, rest_end, name):
            yield name, first, past
            if first - rest_start >= rest_end - past:
                rest_end = first
            else:
                rest_start = past
    for name in names:
        if name not in _SHAPES and name != "ignore":
            while rest_start < rest_end and text[rest_start] in " ,，、/;:":
                rest_start += 1
            if name in ("agent", "legal_representative"):
                rest_end = rest_start + len(text[rest_start:rest_end].rstrip(" ,，、/;:(（"))
                yield from _single(text, rest_start, rest_end, name)
                return
            words = text[rest_start:rest_end].rstrip(" ,，、/;:(（")
            if words:
                yield name, rest_start, rest_start + len(words)
            return
