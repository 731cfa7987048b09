"""Numbers that name a party: credit codes by their check character, accounts and account holders by each other."""

import re
from collections.abc import Iterator

from nlp.checks.figures import difference, one_apart
from nlp.checks.ledger import Draft, Ledger
from nlp.values.identifiers import is_credit_code
from schema.party import Party
from schema.span import Span, SpannedText

_LABEL = re.compile(r"信用代码|纳税人识别号|税务登记[证号]|税 ?号")
_CODE = re.compile(r"(?<![0-9A-Za-z*×])[0-9A-Za-z]{15,21}(?![0-9A-Za-z*×])")
_MASKED = re.compile(r"(?i)([A-Z])\1{3,}|\*|×|0{7,}|1{7,}|12345678")
# letters a credit code cannot hold, and the digits they are misread from; and pairs that look alike
_ALIKE = {
    "O": "0",
    "I": "1",
    "Z": "2",
    "S": "5",
    "V": "Y",
    "B": "8",
    "8": "B",
    "0": "DQ",
    "1": "T7",
    "5": "6",
    "6": "G",
}
_ALIKE |= {
    "2": "7",
    "7": "1",
    "3": "8",
    "9": "4",
    "4": "9A",
    "A": "4",
    "D": "0",
    "Q": "0",
    "G": "6",
    "U": "J",
    "6": "5G",
}
# 共管账户, 第三方监管账户: held by whom it was agreed
_JOINT = re.compile(r"共管|监管|专用|专户|项目账户|指定")
_NEAR = 60
_LENGTH = 18
_OLD_LENGTH = 15


def credit_codes(ledger: Ledger) -> Iterator[Draft]:
    """Check character of unified social credit codes (GB 32100-2015)."""
    seen = set()
    for start, end in _code_places(ledger):
        code = ledger.text[start:end]
        if code in seen or _MASKED.search(code) or is_credit_code(code.upper()):
            continue
        seen.add(code)
        if len(code) == _OLD_LENGTH and code.isdigit():
            continue  # a registration number from before 2015
        wrong = "校验码不符" if len(code) == _LENGTH else f"应为18位，现为{len(code)}位"
        yield Draft(
            message=f"统一社会信用代码{code}{wrong}（GB 32100—2015）",
            spans=(Span(start=start, end=end),),
            elements=tuple(p.id for p in ledger.contract.parties if any(c.span.start == start for c in p.credit_code)),
            data={"code": code},
            suggestion=_better(code.upper()),
        )


def _code_places(ledger: Ledger) -> Iterator[tuple[int, int]]:
    """Codes on lines that say what they are."""
    for label in _LABEL.finditer(ledger.text):
        end = ledger.text.find("\n", label.end())
        for match in _CODE.finditer(ledger.text, label.end(), len(ledger.text) if end < 0 else end):
            yield match.span()


def _better(code: str) -> str | None:
    """The only code with right check character that a look-alike makes of it."""
    if len(code) != _LENGTH:
        return None
    found = {
        code[:n] + other + code[n + 1 :]
        for n, char in enumerate(code)
        for other in _ALIKE.get(char, "")
        if is_credit_code(code[:n] + other + code[n + 1 :])
    }
    return found.pop() if len(found) == 1 else None


def accounts(ledger: Ledger) -> Iterator[Draft]:
    """One party's account with different digits; an account held by somebody else."""
    for party in ledger.contract.parties:
        yield from _differing(party, party.account, "账号", alike_only=False)
        yield from _differing(party, party.credit_code, "统一社会信用代码", alike_only=False)
        yield from _differing(party, party.legal_representative, "法定代表人", alike_only=True)
        for holder in party.account_holder:
            name = re.sub(r"\s", "", holder.text)
            if _JOINT.search(ledger.text, max(0, holder.span.start - _NEAR), holder.span.start):
                continue
            names = [n for n in (party.name, *party.former_names, *party.aliases) if n]
            if any(name == re.sub(r"\s", "", other.name or "") for other in ledger.contract.parties):
                continue  # whose account it is may have been taken wrongly
            if (
                len(name) < 4
                or not party.name
                or any(n in name or name in n for n in names)
                or one_apart(name, party.name)
            ):
                continue
            yield Draft(
                message=f"收款户名“{name}”与{party.role}“{party.name}”不一致",
                spans=(holder.span, party.span),
                elements=(party.id,),
                data={"name": party.name, "variant": name, "difference": difference(party.name, name)},
            )


def _differing(party: Party, values: tuple[SpannedText, ...], thing: str, *, alike_only: bool) -> Iterator[Draft]:
    bare = [(re.sub(r"[\s-]", "", v.text), v) for v in values]
    for n, (text, value) in enumerate(bare):
        first = bare[0]
        if n == 0 or text == first[0] or any(text == t for t, _ in bare[:n]):
            continue
        alike = len(text) == len(first[0]) and sum(a != b for a, b in zip(text, first[0], strict=True)) <= (
            2 if len(text) > 6 else 1
        )
        if alike_only and not alike:
            continue
        yield Draft(
            message=f"{party.role}的{thing}写了两个：{text}与{first[0]}（{difference(first[0], text)}）",
            spans=(value.span, first[1].span),
            elements=(party.id,),
            data={"thing": thing, "left": first[0], "right": text, "difference": difference(first[0], text)},
            severity=None if alike else "info",
        )
