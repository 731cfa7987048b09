"""Parties: label, name, what else is said of them, and every place they are named.

The same party across cover, preamble, annexes and signature is one entry: sightings are joined by their role words, by
their name, and by the kind of role where only one party has it (委托方 on the cover, 委托人 in the signature table).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.language import Language

from nlp.extract.labels import kinds_of, match_role, rule_of, unnumbered
from nlp.extract.mentions import find_mentions
from nlp.extract.party_owners import by_holder
from nlp.extract.party_seen import Group, Sighting
from nlp.extract.party_sightings import Sightings, collect
from nlp.extract.party_values import contact_values
from nlp.extract.places import clause_at
from nlp.extract.sentences import split_sentences
from nlp.lexicon import read_rules
from nlp.reading import Reading
from schema.party import Mention, MentionForm, Party, RoleKind
from schema.span import Evidence, Span, SpannedText

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SINGLE = ("role.letter", "role.buyer", "role.seller", "role.lessor", "role.lessee", "role.principal", "role.provider")
_FIELDS = (
    "credit_code",
    "legal_representative",
    "agent",
    "address",
    "phone",
    "fax",
    "email",
    "postcode",
    "bank",
    "account",
    "account_holder",
)


@Language.component("parties")
def parties(doc: "Doc") -> "Doc":
    """Fill `reading.parties`, `reading.mentions` and `reading.sentences`."""
    reading: Reading = doc._.reading
    sightings = collect(reading)
    reading.party_labels, reading.contact_labels = sightings.seen, sightings.contacts
    groups = join(sightings)
    sightings.contacts = by_holder(reading.text, sightings.contacts, groups)
    groups = joint(reading.text, groups)
    groups = [group for group in groups if not _is_witness(group)]
    assign_contacts(reading.text, sightings, groups)
    reading.parties = [_party(reading, group, n) for n, group in enumerate(groups, 1)]
    reading.parties += _unlabelled(reading)
    reading.mentions = find_mentions(reading.text, reading.parties)
    reading.sentences = split_sentences(reading.structure, reading.text)
    return doc


def join(sightings: Sightings) -> list[Group]:
    """One group a party, in order of appearance."""
    groups: list[Group] = []
    for sighting in sightings.seen:
        group = _group_of(sighting, groups)
        if group is None:
            group = Group()
            groups.append(group)
        group.sightings.append(sighting)
    return groups


def _is_witness(group: Group) -> bool:
    """采购代理机构（见证）：____ among the signatures: a line for somebody who looks on, and is nobody yet."""
    signing = all(s.part.endswith(("signature", "checklist")) for s in group.sightings)
    return signing and not group.names and bool(_WITNESS.search("/".join(group.roles))) and not _letter(group)


def _letter(group: Group) -> bool:
    return any(rule_of(role) == "role.letter" for role in group.roles)


_WITNESS = re.compile(r"见证|鉴证|公证|介绍人")
# 以上出租方1、出租方2合称“甲方”
_TOGETHER = re.compile(r"(?:合称|统称|共同称)(?:为)?[: ]?[“\"'‘]?(?P<role>[甲乙丙丁]方)")


def joint(text: str, groups: list[Group]) -> list[Group]:
    """甲方1 and 甲方2 are 甲方: a label for both together names no third party, and its word means each of them."""
    together = {m["role"] for m in _TOGETHER.finditer(text)}
    result = []
    for group in groups:
        members = [g for g in groups if g is not group and any(unnumbered(r) != r for r in g.roles)]
        members = [m for m in members if {unnumbered(r) for r in m.roles} & set(group.roles)]
        if members and not group.names:
            for member in members:
                member.sightings += [replace(s, name=member.sightings[0].name) for s in group.sightings]
        else:
            result.append(group)
    numbered = [g for g in result if any(unnumbered(r) != r for r in g.roles)]
    for role in together - {r for g in result for r in g.roles}:
        for member in numbered:
            member.sightings.append(replace(member.sightings[0], roles=(role,)))
    return result


def _group_of(sighting: Sighting, groups: list[Group]) -> Group | None:
    name = sighting.name.name
    if sighting.beside:
        return next((g for g in groups if name in g.names), None)
    same_word = [g for g in groups if set(g.roles) & set(sighting.roles)]
    if same_word and not (name and _is_another(sighting, same_word[-1])):
        return same_word[0]
    if name:
        for group in groups:
            if name in group.names or any(name in s.name.aliases for s in group.sightings):
                return group
    same_kind = [g for g in groups if _kinds(g.roles) & _kinds(sighting.roles)]
    if len(same_kind) == 1 and (not name or not same_kind[0].names):
        return same_kind[0]
    return None


def _is_another(sighting: Sighting, group: Group) -> bool:
    """Two guarantors named one after the other are two parties; two spellings behind 甲方 are one."""
    if sighting.rule in _SINGLE or sighting.name.name in group.names:
        return False
    return any(s.name.name and s.part == sighting.part for s in group.sightings)


def _kinds(roles: Iterable[str]) -> set[str]:
    return {kind for role in roles for kind in kinds_of(role)}


def assign_contacts(text: str, sightings: Sightings, groups: list[Group]) -> None:
    """Give each contact to the party whose word it stands under, or to all whose names stand behind that word."""
    for contact in sightings.contacts:
        owner = next((g for g in groups if contact.owner in g.called), None)
        if owner is None and contact.owner:
            kind = _kinds([contact.owner])
            owner = next((g for g in groups if _kinds(g.roles) & kind), None)
        if owner is None:
            continue
        together = [owner, *(g for g in groups if g is not owner and _behind_one_label(owner, g))]
        values = list(contact_values(text, contact)) if len(together) > 1 else []
        # 出卖人：甲某、乙某 and 电话：1…、2…: one each
        apart = len(values) == len(together) and len(contact.fields) == 1
        for number, member in enumerate(together):
            member.contacts.append(replace(contact, value=values[number][1:]) if apart else contact)


def _behind_one_label(owner: Group, other: Group) -> bool:
    labels = {s.label for s in owner.sightings}
    return any(s.beside and s.label in labels for s in other.sightings)


def _party(reading: Reading, group: Group, number: int) -> Party:
    names = group.names
    name = max(names, key=lambda n: (names[n], -list(names).index(n))) if names else None
    best = next((s for s in group.sightings if s.name.name == name), group.sightings[0])
    place = (best.name.start, best.name.end) if name else best.label
    roles = group.roles
    former = list(dict.fromkeys(n for s in group.sightings for n, _ in s.name.former if n != name))
    # 高管：周大山（以下称“高管”）: the label is no second name
    no_alias = {name, *(role for s in group.sightings if s.asked for role in s.roles)}
    aliases = [a for s in group.sightings for a in s.name.aliases if rule_of(a) == "role.printed" and a not in no_alias]
    return Party(
        id=f"p{number}",
        clause=best.unit,
        span=Span(start=place[0], end=place[1]),
        text=reading.document.text[slice(*place)],
        evidence=Evidence(rule=best.rule, cues=tuple(_span(s.label) for s in group.sightings)),
        role=roles[0],
        other_roles=tuple(roles[1:]),
        role_kind=_role_kind(roles),
        name=_printed(reading, best) if name else None,
        blank=name is None and any(s.name.blank for s in group.sightings),
        aliases=tuple(dict.fromkeys(aliases)),
        former_names=tuple(former),
        mentions=tuple(_mentions(reading.text, group, name, former, aliases)),
        **_contacts(reading, group),
    )


def _printed(reading: Reading, sighting: Sighting) -> str:
    return reading.document.text[sighting.name.start : sighting.name.end].strip('“”"').replace("\n", "")


def _role_kind(roles: list[str]) -> RoleKind:
    kinds = {rule.id: rule.data["role_kind"] for rule in read_rules("roles")}
    found = [kinds.get(rule_of(role), "other") for role in roles]
    return next((kind for kind in found if kind != "other"), "other")


def _mentions(text: str, group: Group, name: str | None, former: list[str], aliases: list[str]) -> Iterator[Mention]:
    forms: dict[str, MentionForm] = dict.fromkeys(group.names, "variant")
    for word in former:
        forms[word] = "former_name"
    for word in aliases:
        forms[word] = "alias"
    if name:
        forms[name] = "name"
    taken: list[tuple[int, int, MentionForm]] = []
    for words in sorted(forms, key=len, reverse=True):
        for match in re.finditer(re.escape(words), text):
            if not any(start < match.end() and match.start() < end for start, end, _ in taken):
                taken.append((match.start(), match.end(), forms[words]))
    taken += [(*s.label, "role") for s in group.sightings if s.label[1] > s.label[0]]
    for start, end, form in sorted(taken):
        yield Mention(span=Span(start=start, end=end), form=form)


_EITHER = re.compile(r"法定?代表人?.*(?:[/或、(]).*(?:代理|授权|委托)")


def _contacts(reading: Reading, group: Group) -> dict[str, tuple[SpannedText, ...]]:
    """Contact values, each value once a field."""
    found: dict[str, list[SpannedText]] = {name: [] for name in _FIELDS}
    for contact in group.contacts:
        if found["legal_representative"] and _EITHER.search(contact.words):
            continue  # 法定代表人/委托代理人：荀可 beside 法定代表人：钟世 tells nothing
        for name, start, end in contact_values(reading.text, contact):
            value = SpannedText(text=reading.document.text[start:end], span=Span(start=start, end=end))
            if name in found and value.text not in [v.text for v in found[name]]:
                found[name].append(value)
    return {name: tuple(values) for name, values in found.items()}


def _unlabelled(reading: Reading) -> list[Party]:
    """甲方 and 乙方 of a text whose labels are missing: parties without a name."""
    known = {role for party in reading.parties for role in (party.role, *party.other_roles)}
    found: list[Party] = []
    if any(rule_of(role) != "role.letter" for role in known) and len(reading.parties) > 1:
        return found
    for letter in "甲乙":
        places = list(re.finditer(f"{letter}方", reading.text))
        if f"{letter}方" in known or len(places) < 2:
            continue
        first = places[0]
        label = match_role(reading.text, first.start())
        span = Span(start=first.start(), end=first.end())
        found.append(
            Party(
                id=f"p{len(reading.parties) + len(found) + 1}",
                clause=clause_at(reading, first.start()),
                span=span,
                text=span.of(reading.document.text),
                evidence=Evidence(rule=label.rule if label else "role.letter", cues=(span,)),
                role=f"{letter}方",
            )
        )
    return found


def _span(place: tuple[int, int]) -> Span:
    return Span(start=place[0], end=place[1])
