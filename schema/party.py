"""The parties to a contract."""

from typing import Literal

from schema.base import Model
from schema.elements import Element
from schema.span import Span, SpannedText

RoleKind = Literal[
    "buyer",
    "seller",
    "principal",
    "provider",
    "lessor",
    "lessee",
    "employer",
    "employee",
    "agent",
    "guarantor",
    "other",
]
MentionForm = Literal["name", "alias", "former_name", "variant", "role"]


class Mention(Model):
    """One place where a party is named.

    Attributes:
        span: the words.
        form: canonical name, short name, former name, a spelling that differs, or its role (甲方).
    """

    span: Span
    form: MentionForm


class Party(Element):
    """A party to the contract, one entry over all parts.

    Attributes:
        role: as printed (`甲方`).
        other_roles: further printed roles (`委托人`).
        role_kind: what the role means in law.
        name: canonical name, None when blank or not printed.
        blank: whether the form has a place for the name and nothing stands there.
        aliases: short names (以下简称 …).
        former_names: 原 … names.
        mentions: every place it is named.
        credit_code: 统一社会信用代码 (GB 32100-2015).
        legal_representative: name as printed.
        agent: 授权代表, 联系人 or 经办人 as printed.
        address, phone, fax, email, postcode, bank, account, account_holder: contact values with their places;
            accounts and telephones are strings, leading zeros kept.
    """

    role: str
    other_roles: tuple[str, ...] = ()
    role_kind: RoleKind = "other"
    name: str | None = None
    blank: bool = False
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    credit_code: tuple[SpannedText, ...] = ()
    legal_representative: tuple[SpannedText, ...] = ()
    agent: tuple[SpannedText, ...] = ()
    address: tuple[SpannedText, ...] = ()
    phone: tuple[SpannedText, ...] = ()
    fax: tuple[SpannedText, ...] = ()
    email: tuple[SpannedText, ...] = ()
    postcode: tuple[SpannedText, ...] = ()
    bank: tuple[SpannedText, ...] = ()
    account: tuple[SpannedText, ...] = ()
    account_holder: tuple[SpannedText, ...] = ()
