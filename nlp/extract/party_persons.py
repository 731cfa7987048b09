"""People whom a clause names for a party: `甲方指定李明为联系人，电话0600-80001201，通讯地址临川市望江路7号`.

They are agents of that party, and what the sentence says behind them are its contacts. Somebody who is named for no
party (现场负责人为李明) stays out.
"""

import re
from collections.abc import Iterator
from functools import cache

from nlp.extract.labels import role_pattern
from nlp.extract.party_inline import said_inline
from nlp.extract.party_seen import ContactSighting

_OFFICE = (
    r"(?:项目|指定|业务|日常|商务|唯一|现场|驻场|授权|具体|主要|双方)*"
    r"(?:联[系络]人|代表|项目经理|负责人|对接人|代理人|经办人|接口人)"
)
_PERSON = r"(?P<person>[一-龥·]{2,4}?|[A-Z][a-z]+(?: [A-Z][a-z]+){1,3})(?: ?\([^()]{1,30}\))?(?:先生|女士|同志)?"
_OF = r"(?:本(?:合同|项目|协议)|其|该项目|甲方|乙方)?(?:的)?"


# 双方联系人：甲方李明，电话0600-80001201
_BARE = (
    r"(?!(?:[^，,]{0,2}(?:地址|名称|联系|邮箱|传真|[账帐][户号]|住所|员工|人员|负责|代表|指定)))(?P<bare>[一-龥·]{2,4})"
    r"(?=[，,( ]{1,2}(?:联系)?(?:电话|手机)(?:号码)?[:为]? ?[\d+])"
)
_MAY_NAME = re.compile(
    r"联[系络]人 ?: ?[甲乙丙]方|联[系络]人 ?[一-龥·]{2,4}[，,( ]{1,2}(?:联系)?(?:电话|手机)"
    r"|(?:联[系络]|代表|经理|负责|对接|代理|经办|接口)[人 ]{0,2}(?:为|是|系)"
    r"|(?:指定|委派|指派|授权|任命|安排|确定|委托)[^，,。;\n]{2,24}(?:为|作为|任)"
)


@cache
def _appointed(words: tuple[str, ...]) -> re.Pattern[str]:
    """甲方指定李明为联系人, 乙方的项目联系人为王芳."""
    named = (
        rf"(?:现|应|特|另)?(?:指定|委派|指派|授权|任命|安排|确定|委托) ?{_PERSON} ?(?:为|作为|担任|任){_OF}{_OFFICE}"
    )
    roles = "|".join([*map(re.escape, words), role_pattern()])
    called = rf"(?:的)?{_OFFICE} ?(?:为|是|系) ?"
    # 甲方联系人李明，电话0600-80001201
    plain = rf"(?:的|指定)*联[系络]人 ?{_BARE.replace('bare', 'plain')}"
    person = _PERSON.replace("person", "called", 1)
    return re.compile(
        rf"(?P<role>{roles})(?:{named}|{called}{person}|{plain}|{_BARE})(?=[，,;；。、( ]|$)", re.MULTILINE
    )


def naming_places(text: str) -> list[int]:
    """Where somebody may be named at all: most documents have no such place.

    Args:
        text: folded text of a document.
    """
    return [match.start() for match in _MAY_NAME.finditer(text)]


def named_for_parties(
    text: str, start: int, end: int, part: str, unit: str, words: tuple[str, ...] = ()
) -> Iterator[ContactSighting]:
    """Agents and contacts of parties in the sentences of a clause.

    Args:
        text: folded text.
        start: first character of the paragraph.
        end: its end.
        part: id of the part.
        unit: id of the clause.
        words: role words of their own that label parties in the head.
    """
    for match in _appointed(words).finditer(text, start, end):
        group = next(name for name in ("person", "called", "plain", "bare") if match[name])
        role, label = re.sub(r"\s", "", match["role"]), match.span("role")
        yield ContactSighting(("agent",), role, match.span(group), label, match["role"], "contact.agent", part, unit)
        stop = re.compile(rf"[。;；]|[，,、](?={'|'.join([*map(re.escape, words), role_pattern()])})").search(
            text, match.end(), end
        )
        for said in said_inline(text, match.end(group), stop.start() if stop else end):
            if said.field != "agent":
                yield ContactSighting((said.field,), role, said.value, said.label, said.words, said.rule, part, unit)
