"""Labels and values of lines.

`甲方：青禾科技有限公司    乙方：远山物流有限公司`, `（电话：0600-80001201；邮箱：a@b.example）`. What comes out are
sightings: a party label with the name behind it, a contact label with its value.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from nlp.extract.labels import FieldLabel, RoleLabel, match_called, match_field, match_role, role_pattern, rule_of
from nlp.extract.names import Name, Place, is_organisation, past_organisations, read_name, several_names
from nlp.extract.party_brackets import called_before, role_bracket, role_words_behind
from nlp.extract.party_gaps import labels_and_values
from nlp.extract.party_inline import Inline, said_inline, short_name_later
from nlp.extract.party_seen import ContactSighting, Owner, Sighting

# bullets, list numbers and spaces in front of a label
_OPENING = re.compile(
    r"[\s•·●○◆■▪*+-]*(?:(?:\d{1,2}[.、)]|[一二三四五六七八九十]{1,3}、|\(\w{1,2}\)|第\w{1,3}条)\s*)?[\s•·●○◆■▪]*"
)
_BORDER = re.compile(r"[\s;；,，。(（|、【:—/]")
_LOOK_BACK = 30
_PAID_INTO = re.compile(r"付至|汇入|汇至|转入|打入|存入")  # 付至乙方以下账户：
_OF_WHOM = re.compile(r"(?:公司|[店厂院校])(?=(?:收款|银行|开户|对公|结算))")  # 青禾公司收款账号：
# 甲方确认其有效的送达地址为：
_CONFIRMED = re.compile(r"(?:确认|确定|指定|提供|约定)(?:其|的|有效|唯一|本(?:合同|协议))*")
# 甲方联系方式   乙方的开票信息如下:
_ABOUT = re.compile(r"(?:的|单位|公司|指定|收款|银行)*(?:联系方式|基本情况|开票|资料|信息|账[户号])")


def line_labels(
    text: str, start: int, end: int, called: Mapping[str, str] | None = None
) -> list[RoleLabel | FieldLabel]:
    """Labels of one line, in order, without overlaps.

    Args:
        text: folded text.
        start: first character of the line.
        end: its end.
        called: short names that are labels too, with the role word of their party.
    """
    opening = _OPENING.match(text, start, end)
    first = opening.end() if opening else start
    found: list[RoleLabel | FieldLabel] = []
    alone = match_role(text, first)
    if alone and not alone.colon and alone.end <= end and not text[alone.end : end].strip(" _"):
        return [alone]
    at = first
    while at < end:
        colon = text.find(":", at, end)
        if colon < 0:
            break
        label = _ending_at(text, max(at, colon - _LOOK_BACK), colon + 1, first)
        label = label or (match_called(text, max(at, first), colon + 1, called) if called else None)
        if label:
            found.append(label)
        at = colon + 1
    return found


def _ending_at(text: str, start: int, past_colon: int, line_start: int) -> RoleLabel | FieldLabel | None:
    """The longest label that begins at a border and ends with this colon."""
    starts = [start] if start == line_start or _BORDER.match(text[start - 1 : start]) else []
    starts += [m.end() for m in _BORDER.finditer(text, start, past_colon)]
    starts += [m.end() for m in _PAID_INTO.finditer(text, start, past_colon)]
    starts += [m.end() for m in _CONFIRMED.finditer(text, start, past_colon)]
    starts += [m.end() for m in _OF_WHOM.finditer(text, start, past_colon)]
    for position in starts:
        role = match_role(text, position)
        if role and role.colon and role.end == past_colon:
            return role
        contact = match_field(text, position)
        if contact and contact.end == past_colon:
            return contact
    # 需方:某某中学供方:某公司, run together
    for position in past_organisations(text, start, past_colon):
        role = match_role(text, position)
        if role and role.colon and role.end == past_colon:
            return role
    return None


def read_line(text: str, start: int, end: int, part: str, unit: str, owner: Owner) -> None:
    """Read one line and note what it says.

    Args:
        text: folded text.
        start: first character of the line.
        end: its end.
        part: id of the part.
        unit: id of the clause, row or part.
        owner: whom the lines are about; changed by party labels.
    """
    labels = line_labels(text, start, end, owner.called if unit == part else None)
    if unit == part and text[start:end].lstrip()[:1] == "(":
        _in_bracket(text, start, end, part, unit, owner)
    if unit == part and _standing(text, start, end, part, unit, owner, labelled=bool(labels)):
        return
    columns = _side_by_side(text, start, end) if not labels else ()
    if columns:
        owner.columns, owner.role, owner.waiting = columns, None, None
        return
    if not labels:
        gaps = list(labels_and_values(text, start, end)) if unit == part and owner.role else []
        for field, (_, past) in gaps:
            _contact(text, field, past, part, unit, owner)
        if not gaps:
            _without_label(text, start, end, part, unit, owner)
        return
    if unit == part and text[labels[0].start - 1] == "(" and isinstance(labels[0], FieldLabel):
        # 出卖人  青禾商行（经营者：宋望）
        _without_label(text, start, labels[0].start - 1, part, unit, owner)
    borders = [label.start for label in labels[1:]] + [end]
    roles = tuple(label.roles[0] for label in labels if isinstance(label, RoleLabel))
    owner.columns = roles if len(roles) > 1 else () if roles else owner.columns
    if not roles and owner.columns and len(labels) == len(owner.columns):
        for label, limit, role in zip(labels, borders, owner.columns, strict=True):
            owner.role = role
            _contact(text, label, limit, part, unit, owner)  # type: ignore[arg-type]
        return
    for label, limit in zip(labels, borders, strict=True):
        if isinstance(label, RoleLabel):
            _role(text, label, limit, part, unit, owner)
        else:
            _contact(text, label, limit, part, unit, owner)


def _in_bracket(text: str, start: int, end: int, part: str, unit: str, owner: Owner) -> None:
    """(统一社会信用代码 91…；住址 望江路7号) below the name of a party."""
    for said in said_inline(text, start, end):
        place = (said.label, said.words, said.rule, part, unit)
        owner.contacts.append(ContactSighting((said.field,), owner.role, said.value, *place))


_SEAL_WORDS = re.compile(r"(?<=[方人位])\s*(?:签字盖章|签章|盖章|签字|公章|签名)\Z")


def _side_by_side(text: str, start: int, end: int) -> tuple[str, ...]:
    """Role words of `发包人（公章）          承包人（公章）`: nothing but labels, without colons."""
    borders = [start, *(start + m.end() for m in re.finditer(r" {2,}|\t", text[start:end])), end + 1]
    cells = [_SEAL_WORDS.sub("", text[a : b - 1].strip()) for a, b in itertools.pairwise(borders)]
    labels = [match_role(words, 0) for words in cells if words]
    roles = tuple(dict.fromkeys(label.roles[0] for label in labels if label))
    whole = all(label and label.end == len(words) for label, words in zip(labels, filter(None, cells), strict=True))
    return roles if whole and len(roles) == len(labels) > 1 else ()


def _role(text: str, label: RoleLabel, limit: int, part: str, unit: str, owner: Owner) -> None:
    start, called = called_before(text, label.end, limit)
    name = read_name(text, start, min(limit, role_bracket(text, start, limit)))
    name = short_name_later(text, _over_the_line(text, name), limit)
    words = [*called, *role_words_behind(text, name, limit)]
    roles = label.roles + tuple(dict.fromkeys(w for w in words if w not in label.roles))
    place = (label.start, label.end)
    if label.called and label.called not in (*roles, *name.aliases):
        name = replace(name, aliases=(*name.aliases, label.called))
    if _is_clerk(label, name, owner):
        agent = (name.start, name.end)
        printed = text[label.start : label.end].rstrip(": ")
        owner.contacts.append(ContactSighting(("agent",), owner.role, agent, place, printed, label.rule, part, unit))
        return
    name, *others = several_names(text, name)
    owner.seen.append(Sighting(roles, label.rule, place, name, part, unit, label.sealed, asked=label.colon))
    for other in others:
        owner.seen.append(Sighting(roles, label.rule, place, other, part, unit, label.sealed, beside=True))
    owner.role = roles[0]
    owner.waiting = label if name.name is None else None
    if name.name or name.end == label.end:
        for inline in said_inline(text, name.end if name.name else label.end, limit):
            owner.contacts.append(
                ContactSighting(
                    (inline.field,), roles[0], inline.value, inline.label, inline.words, inline.rule, part, unit
                )
            )


def _is_clerk(label: RoleLabel, name: Name, owner: Owner) -> bool:
    """居间方：安居经纪有限公司 / 经纪人：李明: the broker who signs for the company above, no party of his own."""
    above = owner.seen[-1] if owner.seen else None
    if above is None or label.roles != ("经纪人",) or not re.fullmatch(r"[一-龥·]{2,4}", name.name or ""):
        return False
    return owner.role in above.roles and is_organisation(above.name.name or "")


_REST_OF_NAME = re.compile(r"\n(?:[有份]?限?(?:责任)?公司|限责任公司|任公司|司)(?=[\s(（]|\Z)")


def _over_the_line(text: str, name: Name) -> Name:
    """A name that a narrow column cut: 老灶台餐饮管理有 / 限公司."""
    rest = _REST_OF_NAME.match(text, name.end) if name.name and not is_organisation(name.name) else None
    if rest is None:
        return name
    return replace(name, end=rest.end(), name=text[name.start : rest.end()].replace("\n", ""))


_LETTER_ALONE = re.compile(r" *\( ?(?P<role>[甲乙丙丁戊己]方) ?\) *")
_LONGEST_VALUE = 60


def _standing(text: str, start: int, end: int, part: str, unit: str, owner: Owner, *, labelled: bool) -> bool:
    """Forms whose cells became lines: 用工单位 / (甲方) / 某公司 / 地址 / 某路1号. Whether the line was one of them."""
    asking, owner.asking = owner.asking, None
    letter = _LETTER_ALONE.fullmatch(text, start, end)
    if letter and owner.waiting and owner.seen and owner.seen[-1].label[1] == owner.waiting.end:
        last = owner.seen[-1]
        roles = (letter["role"], *last.roles)
        owner.seen[-1] = replace(last, roles=roles, rule=rule_of(roles[0]))
        owner.waiting = replace(owner.waiting, roles=roles, rule=rule_of(roles[0]))
        owner.role = roles[0]
        return True
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    label = match_field(text[first:end], 0, cell=True)
    if label and not labelled and not text[first + label.end : end].strip() and owner.role:
        owner.asking = replace(label, start=first, end=first + label.end)
        return True
    if asking is None or labelled or end - first > _LONGEST_VALUE or match_role(text, first):
        return False
    if asking.fields[0] == "name" or ":" in text[first:end]:
        return False
    value = trimmed(text, first, end)
    place = (asking.start, asking.end)
    role = asking.role or owner.role
    owner.contacts.append(ContactSighting(asking.fields, role, value, place, asking.words, asking.rule, part, unit))
    return True


# 双方联系人：甲方联系人李明，电话…: each says whose it is
_OF_BOTH = re.compile(rf"(?:{role_pattern()}|[一-龥]{{1,5}}[方人商])(?:的|指定)*(?:联系人|电话|地址|邮箱)")


def _contact(text: str, label: FieldLabel, limit: int, part: str, unit: str, owner: Owner) -> None:
    value = trimmed(text, label.end, limit)
    if _OF_BOTH.match(text, *value):
        return
    if label.fields[0] == "name":
        _late_name(text, label, limit, part, unit, owner)
        return
    role = label.role or owner.role
    place = (label.start, label.end)
    behind = _said_behind(text, label, limit)
    if behind:
        value = trimmed(text, label.end, min(inline.label[0] for inline in behind))
    owner.contacts.append(ContactSighting(label.fields, role, value, place, label.words, label.rule, part, unit))
    for inline in behind:
        said = (inline.label, inline.words, inline.rule, part, unit)
        owner.contacts.append(ContactSighting((inline.field,), role, inline.value, *said))


# behind these a word without a colon begins what is said next: 身份证号码：…，住临川市望江路7号，联系电话138…
_GOES_ON_WITH = {
    "address": ("phone", "email", "postcode"),
    "credit_code": ("address", "phone", "legal_representative"),
    "ignore": ("address", "phone", "email"),
}


def _said_behind(text: str, label: FieldLabel, limit: int) -> list[Inline]:
    """What stands behind a value in words, without a colon of its own."""
    fields = _GOES_ON_WITH.get(label.fields[0], ()) if len(label.fields) == 1 else ()
    if not fields or label.rule.startswith("contact.emergency"):
        return []
    value = label.end + len(text[label.end : limit]) - len(text[label.end : limit].lstrip(" _"))
    return [i for i in said_inline(text, label.end, limit) if i.field in fields and i.label[0] > value]


def _late_name(text: str, label: FieldLabel, limit: int, part: str, unit: str, owner: Owner) -> None:
    """`名称：` on a line of its own behind `甲方（买方）`."""
    role = label.role or (owner.role if owner.waiting or label.role else None)
    name = read_name(text, label.end, limit)
    if role is None:
        if name.name and is_organisation(name.name) and unit != part and not owner.role:
            # 开票信息 of a clause: what follows is said of the company named here
            value, place = (name.start, name.end), (label.start, label.end)
            owner.contacts.append(ContactSighting(("name",), None, value, place, label.words, label.rule, part, unit))
        return
    roles = owner.waiting.roles if owner.waiting and role == owner.role else (role,)
    rule = owner.waiting.rule if owner.waiting else "role.letter"
    owner.seen.append(Sighting(roles, rule, (label.start, label.end), name, part, unit, asked=True))
    owner.waiting = None


def _without_label(text: str, start: int, end: int, part: str, unit: str, owner: Owner) -> None:
    """A line of its own behind an empty label may be the name; `甲方联系方式` changes whom the lines are about."""
    opening = _OPENING.match(text, start, end)
    first = opening.end() if opening else start
    words = text[first:end].strip()
    if owner.waiting and is_organisation(words) and len(words) <= 40 and "，" not in words:
        name = read_name(text, first, end)
        owner.seen.append(Sighting(owner.waiting.roles, owner.waiting.rule, (first, end), name, part, unit))
        owner.waiting = None
        return
    label = match_role(text, first)
    if label is None:
        return
    rest = text[label.end : end].strip()
    spaced = " " in text[label.end - 1 : label.end + 1]
    bracketed = text[label.end - 1 : label.end] in (")", "】") and re.fullmatch(r"[一-龥·]{2,4}", rest)
    if (is_organisation(rest) and len(rest) <= 40 and spaced) or bracketed:
        name = read_name(text, label.end, end)
        owner.seen.append(Sighting(label.roles, label.rule, (label.start, label.end), name, part, unit))
        owner.role = label.roles[0]
    elif len(words) <= 24 and _ABOUT.match(rest):
        owner.role = label.roles[0]


# 临川市望江路7号，以下简称“青禾”
_VALUE_END = re.compile(r"[;；。\t]| {4,}|[，,] ?(?=(?:以下|下文?|本合同|本协议)(?:统|合)?(?:简)?称[^，,。;]{1,16}\))")


def trimmed(text: str, start: int, limit: int) -> Place:
    """The value between a label and the next one, without blanks and closing marks."""
    cut = _VALUE_END.search(text, start, limit)
    first = start
    if cut and text[start : cut.start()].strip(" _"):
        limit = cut.start()
    while first < limit and text[first] in " _\t":
        first += 1
    last = first + len(text[first:limit].rstrip(" _,，、;；。)|【[(\t"))
    words = text[first:last]
    if words.count("(") > words.count(")") and text[last : last + 1] == ")":
        last += 1
    return (first, last) if last > first else (start, start)


def lines_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Lines of a range, empty ones left out."""
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if text[at:stop].strip():
            yield at, stop
        at = stop + 1
