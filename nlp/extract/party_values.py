"""What stands behind a contact label becomes values: telephones split, accounts and postcodes checked by their form.

`开户行及账号：临川银行城东支行 0200049219` gives a bank and an account; `联系方式：a@b.example` gives an e-mail
address. Account numbers and telephones stay strings.
"""

import re
from collections.abc import Iterator

from nlp.extract.names import is_blank
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
_PERSON_END = re.compile(r"[（(,，;；/]|、(?=[\dA-Za-z])| {1,}|职务|身份证|电话|手机|签|盖|\d|年(?= *月)")
_LATIN = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z.]+){1,3}")
_NOTE_BEFORE = re.compile(r"\( ?(?:签字|签章|签名|盖章|签字或盖章|签名或盖章|签字盖章)[^()]{0,6}\) *")
_SHAPES = {
    "phone": _PHONE,
    "fax": _PHONE,
    "email": _EMAIL,
    "account": _ACCOUNT,
    "postcode": _POSTCODE,
    "credit_code": _CODE,
}
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
    if sighting.fields == ("account",):
        inside = list(_inside_account(words, start))
        if inside:
            return [*inside, *_single(text, start, end, "account")]
    if sighting.fields == ("agent",):
        return [*_single(text, start, end, "agent"), *_behind_person(text, start, end)]
    if len(sighting.fields) > 1:
        return list(_joined(text, start, end, sighting.fields))
    return list(_single(text, start, end, sighting.fields[0]))


def _behind_person(text: str, start: int, end: int) -> Iterator[Value]:
    """项目对接人：李明，138 0013 8000，li@qinghe.example: what stands behind a name without labels."""
    for piece in re.finditer(r"(?<=[，,、;；]) *[^，,、;；]+", text[start:end]):
        words = piece[0].strip()
        first = start + piece.end() - len(piece[0].lstrip())
        for name, shape in (("phone", _PHONE), ("email", _EMAIL)):
            if shape.fullmatch(words):
                yield name, first, first + len(words)


# 收款账户：户名王芳，开户行临川银行城东支行，账号…
_BANK_INSIDE = re.compile(
    r"(?:\A|[，,;； :/]|开户(?:银)?行[ :为]*)(?P<value>(?:[一-龥]{2,20}?(?:银行|信用社"
    r"|农商行)|[农工建中交]行)(?:[一-龥]{1,12}?(?:支行|分行|营业部|分理处))?)(?=[，,;； 。/]|\Z)"
)
_HOLDER_INSIDE = re.compile(r"(?:户名|账户名称?|开户名称)[ :为]*(?P<value>[一-龥（()）]{2,30}?)(?=[，,;； 。]|\Z)")


def _inside_account(words: str, start: int) -> Iterator[Value]:
    for name, pattern in (("bank", _BANK_INSIDE), ("account_holder", _HOLDER_INSIDE)):
        match = pattern.search(words)
        if match:
            first = start + match.start("value")
            skipped = re.match(r"开户(?:银)?行[为 ]*", match["value"])
            yield name, first + (skipped.end() if skipped else 0), start + match.end("value")


def _single(text: str, start: int, end: int, name: str) -> Iterator[Value]:
    words = text[start:end]
    if name in ("legal_representative", "agent"):
        note = _NOTE_BEFORE.match(words)
        start, words = (start + note.end(), words[note.end() :]) if note else (start, words)
        latin = _LATIN.match(words)
        cut = _PERSON_END.search(words, latin.end() if latin else 0)
        person = words[: cut.start()] if cut else words
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
    for name in shaped:
        for _, first, past in _single(text, rest_start, rest_end, name):
            yield name, first, past
            if first - rest_start >= rest_end - past:
                rest_end = first
            else:
                rest_start = past
    for name in names:
        if name not in shaped and name != "ignore":
            while rest_start < rest_end and text[rest_start] in " ,，、/;:":
                rest_start += 1
            words = text[rest_start:rest_end].rstrip(" ,，、/;:(（")
            if words:
                yield name, rest_start, rest_start + len(words)
            return
