"""All sightings of parties in a document: lines, tables and sentences of all its parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from nlp.clauses.structure import Unit
from nlp.extract.labels import role_pattern, rule_of
from nlp.extract.names import is_organisation
from nlp.extract.party_accounts import said_accounts
from nlp.extract.party_inline import said_inline
from nlp.extract.party_lines import lines_of, read_line
from nlp.extract.party_persons import named_for_parties, naming_places
from nlp.extract.party_prose import find_in_prose
from nlp.extract.party_seen import ContactSighting, Owner, Sighting
from nlp.extract.party_tables import read_table
from nlp.extract.party_unknown import owned_by_unknown, said_of_unknown, unknown_heads, words_of_heads
from nlp.reading import Reading

# whose account or address follows: 汇入乙方的下列账户, 甲方开票信息如下
_WHOSE = (
    r"(?:的|公司|单位|工资|薪资|本人|个人|下列|以下|指定|如下|收款|银行|书面|开户|开票|唯一|约定|名下|对公|在[^，,。;]{2,24}(?:开立|开设)的|在[^，,。;]{2,16}(?:银行|支行|分行)的)*(?:账户|银行卡|工资卡|帐户|账号|帐号|信息|联系方式|联系人|地址"
    r"|资料)"
)
# whose telephone it is that follows: a person who is of no party, or of either
_SOMEBODY = re.compile(r"(?:收货人|接货人|提货人|签收人|见证人)[:为]?[^，,。;\n]{1,8}[，,、(] ?\Z")
# 存入第三方监管账户，开户行…: the account is neither party's
_NOBODYS = re.compile(r"(?:第三方|监管|共管|托管|提存)[^，,。;\n]{0,6}[账帐]户[^。\n]*\Z")
# the names above a block to sign may stand in the last clause, and its columns go on below it: 地址: …  地址: …
_GOES_ON = (("main", "signature"), ("signature", "checklist"))
_ABOUT_PARTIES = re.compile(r"当事人|双方|各方|主体|基本(?:情况|信息)|甲方|乙方|签约方|合同方")


@dataclass
class Sightings:
    """Everything seen, in text order.

    Attributes:
        seen: party labels.
        contacts: contact labels.
    """

    seen: list[Sighting] = field(default_factory=list)
    contacts: list[ContactSighting] = field(default_factory=list)


def collect(reading: Reading) -> Sightings:
    """Read all parts, clauses and tables of a document."""
    own_words = words_of_heads(reading) | _words_told(
        reading
    )  # 广告主（盖章）: words of their own label the signatures too
    owners = [read_table(reading.text, table, table.part or "main", own_words) for table in reading.structure.tables]
    owner, part, told, called = Owner(), None, list[Sighting](), dict[str, str]()
    naming = naming_places(reading.text)
    signing = {p.id for p in reading.structure.parts if p.kind == "signature"}
    # (1) 某研究院（“某院”），… at the very beginning looks like a clause
    opening = {c.id for c in reading.structure.clauses[:_TWO]}
    for unit in reading.structure.units:
        if unit.row is not None:
            continue
        clause = unit.id in reading.structure.clause_by_id
        goes_on = (part, unit.part) in _GOES_ON
        if (unit.part != part and not goes_on) or (clause and _level(reading, unit) == 1):
            called |= {a: s.roles[0] for s in owner.seen for a in s.name.aliases}
            owner = Owner(called=called)
            owners.append(owner)
        part = unit.part
        if part in signing:
            owner.called = {**owner.called, **{word: word for word in own_words}}
        before = len(owner.seen), len(owner.contacts)
        _read_unit(reading, unit, owner)
        if clause:
            owner.contacts += _named(reading, unit, naming, tuple(sorted(own_words)))
        found = _told(reading, unit) if not clause or unit.id in opening else []
        found = [s for s in found if not clause or s.name.start == unit.spans[0].start]
        told += found
        owner.contacts[before[1] :] = [_of_told(reading.text, c, found) for c in owner.contacts[before[1] :]]
        owner.contacts += [c for s in found for c in _said(reading, s)]
        if clause:
            heads = {r for o in owners if o is not owner for s in o.seen for r in s.roles}
            owner.seen[before[0] :] = [s for s in owner.seen[before[0] :] if _is_certain(s, unit, heads)]
    labelled = [replace(s, sealed=s.sealed or s.roles[0] in own_words) for o in owners for s in o.seen]
    ends = {s.label[1] for s in labelled}
    unknown = [s for s in unknown_heads(reading, labelled) if s.label[1] not in ends]
    seen = sorted([*labelled, *unknown, *_parties_told([*labelled, *unknown], told)], key=lambda s: s.label)
    contacts = [c for o in owners for c in o.contacts] + list(said_of_unknown(reading, unknown))
    contacts.sort(key=lambda c: c.label)
    contacts = owned_by_unknown(contacts, unknown, labelled) if unknown else contacts
    names = {s.name.name for s in seen if s.name.name}
    called = {word: s.roles[0] for s in seen for word in (*s.name.aliases, *s.roles)}
    return Sightings(seen, [_owned(reading, c, names, called) for c in _without_strangers(contacts)])


_LIKE_ROLE = re.compile(r"[一-龥]{2,5}[方人商主]")


def _words_told(reading: Reading) -> set[str]:
    """Role words of their own that the head gives to companies in a sentence: 某公司（下称“订阅方”）."""
    heads = {p.id for p in reading.structure.parts if p.kind in ("cover", "preamble", "parties")}
    told = [s for u in reading.structure.units if u.id in heads for s in _told(reading, u)]
    return {r for s in told for r in s.roles if rule_of(r) == "role.printed" and _LIKE_ROLE.fullmatch(r)}


def _of_told(text: str, contact: ContactSighting, told: list[Sighting]) -> ContactSighting:
    """（1）青禾科技有限公司（以下简称“甲方”），注册地址：…: the address is that of whom the line names."""
    named = [s for s in told if s.name.end <= contact.label[0] and "\n" not in text[s.name.end : contact.label[0]]]
    return replace(contact, owner=named[-1].roles[0]) if named and contact.owner is None else contact


_NEAR = 40


def _without_strangers(contacts: list[ContactSighting]) -> Iterator[ContactSighting]:
    """紧急联系人：李大山 电话：13700137000: the telephone behind somebody to call in an emergency is his."""
    for n, contact in enumerate(contacts):
        before = contacts[n - 1] if n else None
        his = before and before.rule == "contact.emergency" and before.owner == contact.owner
        if not (his and contact.fields[0] == "phone" and before and contact.label[0] - before.label[0] < _NEAR):
            yield contact


def _level(reading: Reading, unit: Unit) -> int:
    return reading.structure.clause_by_id[unit.id].level


def _told(reading: Reading, unit: Unit) -> list[Sighting]:
    """Parties named in the sentences of a unit."""
    lines = [place for span in unit.spans for place in lines_of(reading.text, span.start, span.end)]
    return [s for start, end in lines for s in find_in_prose(reading.text, start, end, unit.part, unit.id)]


def _named(reading: Reading, unit: Unit, naming: list[int], words: tuple[str, ...]) -> Iterator[ContactSighting]:
    """People whom a clause names for a party."""
    for span in unit.spans:
        if not any(span.start <= place < span.end for place in naming):
            continue
        for start, end in lines_of(reading.text, span.start, span.end):
            yield from named_for_parties(reading.text, start, end, unit.part, unit.id, words)


def _said(reading: Reading, sighting: Sighting) -> Iterator[ContactSighting]:
    """Contacts in the sentence that names a party with its short name: 某公司（“某”），住所地为某路9号."""
    end = reading.text.find("\n", sighting.name.end)
    line = reading.text[sighting.name.end : end if end >= 0 else None]
    stop = re.search(r"[。;]|[，,、]?(?:与|和|及)(?=[^，,。;]{4,40}\()", line)
    limit = sighting.name.end + (stop.start() if stop else len(line))
    for inline in said_inline(reading.text, sighting.name.end, limit):
        fields = (inline.field,)
        yield ContactSighting(
            fields,
            sighting.roles[0],
            inline.value,
            inline.label,
            inline.words,
            inline.rule,
            sighting.part,
            sighting.unit,
        )


def _parties_told(labelled: list[Sighting], told: list[Sighting]) -> Iterator[Sighting]:
    """A head that labels its parties labels all of them: 债务人 of a guarantee is told of, but is no party."""
    heads = {s.roles for s in labelled if s.asked and s.name.name and not s.sealed}
    roles = {role for s in labelled for role in s.roles}
    names = {s.name.name for s in labelled}
    for sighting in told:
        known = set(sighting.roles) & roles or sighting.name.name in names
        letter = any(rule_of(role) in ("role.letter", "role.agent") for role in sighting.roles)
        if len(heads) < _TWO or known or letter:
            yield sighting


_TWO = 2
_ACCOUNT_BEHIND = 10
_PERSON = re.compile(r"[一-龥·]{2,4}")


def _read_unit(reading: Reading, unit: Unit, owner: Owner) -> None:
    text = reading.text
    for span in unit.spans:
        for start, end in lines_of(text, span.start, span.end):
            read_line(text, start, end, unit.part, unit.id, owner)
            owner.contacts += said_accounts(text, start, end, owner.role, unit.part, unit.id)


def _is_certain(sighting: Sighting, unit: Unit, heads: set[str]) -> bool:
    """In a clause `甲方：` is often a list of duties: only a name of an organisation, or a clause about the parties.

    监理单位：某监理公司 in a clause is no party of a contract between 甲方 and 乙方.
    """
    lettered = {"甲方", "乙方"} <= heads and not set(sighting.roles) & heads
    if sighting.name.name and is_organisation(sighting.name.name) and not lettered:
        return True
    # 三、担保人（丙方）：周大山
    if (
        len(sighting.roles) > 1
        and sighting.rule == "role.letter"
        and sighting.asked
        and _PERSON.fullmatch(sighting.name.name or "")
    ):
        return True
    return any(_ABOUT_PARTIES.search(heading) and "义务" not in heading for heading in unit.headings)


# 第三方检测机构长山检测有限公司(电话:…): the telephone of whose name stands before the bracket
_OF_COMPANY = re.compile(r"(?P<name>[一-龥A-Za-z0-9]{4,40}(?:\([一-龥]{2,6}\)[一-龥]{2,20})?)\( ?\Z")


def _is_strangers(reading: Reading, contact: ContactSighting, names: set[str]) -> bool:
    before = reading.text[max(0, contact.label[0] - 48) : contact.label[0]]
    company = _OF_COMPANY.search(before)
    if company is None or not is_organisation(company["name"]):
        return False
    return not any(company["name"].endswith(name) for name in names)


def _owned(reading: Reading, contact: ContactSighting, names: set[str], called: dict[str, str]) -> ContactSighting:
    """A contact in a clause belongs to the party named with its account or address, else to the nearest one."""
    if contact.owner or contact.unit not in reading.structure.clause_by_id:
        return contact
    if _SOMEBODY.search(reading.text[max(0, contact.label[0] - 16) : contact.label[0]]):
        return contact
    if _is_strangers(reading, contact, names):
        return contact
    # 汇入乙方在临川银行开立的账户: the account stands behind its bank
    past = contact.value[1] + _ACCOUNT_BEHIND if contact.words == "在" else contact.label[1]
    window = reading.text[max(0, contact.label[0] - 240) : past]
    words = "|".join([*map(re.escape, sorted(called, key=len, reverse=True)), role_pattern()])
    named = list(re.finditer(rf"(?P<role>{words}){_WHOSE}", window))
    if not named and _NOBODYS.search(window):
        return contact
    role = called.get(named[-1]["role"], named[-1]["role"]) if named else _subject(window)
    if role is None:
        return contact
    bare = re.sub(r"\s", "", role)
    return ContactSighting(
        contact.fields, bare, contact.value, contact.label, contact.words, contact.rule, contact.part, contact.unit
    )


def _subject(window: str) -> str | None:
    """The first party word of the last sentence: 乙方负责设立热线,为甲方提供服务(电话:…)."""
    sentence = re.split(r"[。;\n]", window)
    for words in reversed(sentence):
        match = re.search(role_pattern(), words)
        if match:
            return match[0]
    return None
