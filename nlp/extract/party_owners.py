"""Whose account, and whose particulars of an invoice: told by the name printed with them.

`户名：远山软件有限公司` says it of the bank and the number beside it, `发票抬头：青禾科技有限公司` of the code and the
address below it, whoever the clause speaks of.
"""

import re
from dataclasses import replace

from nlp.extract.party_seen import ContactSighting, Group

_BESIDE = 120


def by_holder(text: str, contacts: list[ContactSighting], groups: list[Group]) -> list[ContactSighting]:
    """An account in a clause is the party's in whose name it is: 户名 tells it for the bank and number beside it."""
    contacts = _behind_names(text, contacts, groups)
    holders = [(c, g) for c in contacts if c.fields[0] == "account_holder" for g in groups if _held(text, c, g)]
    result = []
    for contact in contacts:
        near = [
            (contact.unit != holder.unit, abs(contact.label[0] - holder.label[0]), group.roles[0])
            for holder, group in holders
            if contact.unit not in (contact.part, None) and abs(contact.label[0] - holder.label[0]) < _BESIDE
        ]
        account = {"bank", "account", "account_holder"} & set(contact.fields)
        result.append(replace(contact, owner=min(near)[2]) if near and account else contact)
    return result


def _behind_names(text: str, contacts: list[ContactSighting], groups: list[Group]) -> list[ContactSighting]:
    """发票抬头：青禾科技有限公司，税号：…, 地址：…: what stands below a name in a clause is said of who bears it."""
    result, last, role = [], 0, ""
    for contact in contacts:
        if contact.fields == ("name",):
            mine = next((g for g in groups if _held(text, contact, g)), None)
            last, role = contact.label[1], mine.roles[0] if mine else ""
        elif role and contact.unit != contact.part and contact.label[0] - last < _BESIDE:
            contact, last = replace(contact, owner=role), contact.label[1]
        else:
            role = ""
        result.append(contact)
    return result


def _held(text: str, holder: ContactSighting, group: Group) -> bool:
    words = re.sub(r"\s", "", text[slice(*holder.value)])
    return bool(words) and words in group.names
