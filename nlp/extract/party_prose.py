"""Parties named in sentences.

`由青禾科技有限公司（以下简称“甲方”）与远山软件有限公司（以下简称“乙方”）签订`, `经 某采购中心 （采购代理人）`,
`（甲方） 某服务中心`.
"""

import re
from collections.abc import Iterator

from nlp.extract.labels import match_role, role_pattern, rule_of
from nlp.extract.names import Name, is_organisation, read_name, short_names
from nlp.extract.party_seen import Sighting

_NAME_CHARS = r"[一-龥A-Za-z0-9·&.\-'’ ]"
_BRACKETED = r"(?:\([^()]{1,12}\))?"
# a name in front of a bracket, back to the last mark or space
_IN_NAME = r"\((?![^()]{1,3}[方人]\)|原|以下|简称|下称|[\dA-D一二三四五六七八九十]{1,2}\))[^()]{1,12}\)"
_BEFORE = re.compile(rf"(?P<name>(?:[一-龥A-Za-z0-9·&.\-'’]|{_IN_NAME}){{4,44}}) ?\Z")
# 所需设备经临澜市采购中心（采购代理人）, where a scan has lost the blank behind 经
_LEADING = re.compile(
    r"\A(?:.*[经由](?=[一-龥]{2,3}(?:省|市(?!场)|自治区))|.*?(?:本合同|本协议|合同|协议)?由|.*确定为?|.*委托|与|和|及|以及|同|经(?![纬济贸典营开])|系|为|即|是|并|其中|甲方|乙方"
    r"|丙方|通过|鉴于|兹有)(?=.{4,})"
)
_BRACKET = re.compile(r"\(")
# 由甲方青禾科技有限公司与乙方远山物流有限公司签订
_DIRECT = re.compile(
    r"(?P<role>[甲乙丙丁]方)(?![是为系应有在向指与和可将须及或拥具已未经由按的])(?P<name>(?:(?!的)[一-龥A-Za-z0-9])(?:(?!的)[一-龥A-Za-z0-9()]){3,40}?(?:公司|中心|局|院|校|学|厂|店|社"
    r"|所|会|行|部))"
    r"(?=与|和|及|，|,|、|\(|于|就|签|经|双方|。|\Z)"
)


def find_in_prose(text: str, start: int, end: int, part: str, unit: str) -> Iterator[Sighting]:
    """Parties named in a paragraph.

    Args:
        text: folded text.
        start: first character of the paragraph.
        end: its end.
        part: id of the part.
        unit: id of the clause or part.
    """
    for match in _DIRECT.finditer(text, start, end):
        if is_organisation(match["name"]):
            name, role = Name(*match.span("name"), match["name"], False), match["role"]
            yield Sighting((role,), rule_of(role), match.span("role"), name, part, unit)
    for match in _BRACKET.finditer(text, start, end):
        yield from _short(text, match.start(), start, end, part, unit)
        yield from _role_in_bracket(text, match.start(), start, end, part, unit)


def _short(text: str, bracket: int, start: int, end: int, part: str, unit: str) -> Iterator[Sighting]:
    """A name with (以下简称“甲方”) behind it; a short name that is no role makes a party only beside organisations."""
    called = re.compile(r"\([^()]{0,16}称").match(text, bracket, end)
    words = (short_names(text, bracket, end) if called else None) or _quoted(text, bracket, end)
    if not words:
        return
    place = _name_before(text, start, bracket)
    if place is None:
        return
    roles = tuple(word for word, _ in words if rule_of(word) != "role.printed")
    aliases = tuple(word for word, _ in words if word not in roles)
    name = Name(*place, text[slice(*place)], False, aliases)
    if roles:
        yield Sighting(roles, rule_of(roles[0]), words[0][1], name, part, unit)
    elif is_organisation(name.name or ""):
        yield Sighting(aliases[:1], "role.printed", words[0][1], name, part, unit)


_QUOTED = re.compile(r"\( ?[“\"‘「](?P<name>[^“”\"‘’「」()]{2,12})[”\"’」] ?\)")
_ITEM = re.compile(r"\s*(?:\(?[1-9一二三四A-D][)、.．]|[•·●-])?\s*")


def _quoted(text: str, bracket: int, end: int) -> list[tuple[str, tuple[int, int]]]:
    """（“千寻公司”） behind the name that opens a line of the head, without 以下简称."""
    match = _QUOTED.match(text, bracket, end)
    line = text.rfind("\n", 0, bracket) + 1
    opening = _ITEM.match(text, line)
    first = opening.end() if opening else line
    if match is None or not is_organisation(text[first:bracket]) or re.search(r"[，,。;:]", text[first:bracket]):
        return []
    return [(match["name"], match.span("name"))]


def _role_in_bracket(text: str, bracket: int, start: int, end: int, part: str, unit: str) -> Iterator[Sighting]:
    """`某中心（采购代理人）` and `（甲方） 某中心`."""
    match = re.compile(rf"\( ?(?P<role>{role_pattern()}) ?\) ?").match(text, bracket, end)
    if match is None:
        return
    role = re.sub(r"\s", "", match["role"])
    place = _name_before(text, start, bracket)
    if place and is_organisation(text[slice(*place)]):
        name = Name(*place, text[slice(*place)], False)
        yield Sighting((role,), rule_of(role), (match.start(), match.end()), name, part, unit)
        return
    if text[max(start, bracket - 1) : bracket].strip():
        return
    name = read_name(text, match.end(), _end_of_name(text, match.end(), end))
    if name.name and is_organisation(name.name):
        yield Sighting((role,), rule_of(role), (match.start(), match.end()), name, part, unit)


def _end_of_name(text: str, start: int, end: int) -> int:
    match = re.compile(rf"{_NAME_CHARS}{{4,44}}?(?= \(| [^A-Za-z]|[，。,;]|\Z)").match(text, start, end)
    return match.end() if match else start


def _name_before(text: str, start: int, bracket: int) -> tuple[int, int] | None:
    """Place of the name that ends where a bracket begins."""
    first = max(start, bracket - 60)
    match = _BEFORE.search(text[first:bracket])
    if match is None:
        return None
    words = match["name"]
    offset = first + match.start("name")
    while True:
        leading = _LEADING.match(words)
        if leading is None or len(words) - leading.end() < 4:
            break
        offset, words = offset + leading.end(), words[leading.end() :]
    if match_role(words) and not is_organisation(words):
        return None
    # 确保债权人与债务人某公司(以下简称…): the name begins behind the role word
    role = list(re.finditer(rf"(?:{role_pattern()})(?=.{{4,}})", words))
    if role and is_organisation(words[role[-1].end() :]):
        offset, words = offset + role[-1].end(), words[role[-1].end() :]
    return (offset, offset + len(words)) if len(words) >= 2 else None
