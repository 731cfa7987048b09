"""What stands in the cells of a fact's row, kind by kind. Values are worded as the command line words them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from qiyue.service.overview import length_words, money, payment_words, penalty_words, percent
from qiyue.web.places import Places
from qiyue.web.wording import Language, value_name, wording

if TYPE_CHECKING:
    from schema.contract import Contract
    from schema.form import Blank, Choice, Signature
    from schema.money import Amount, Payment, Rate
    from schema.party import Party
    from schema.penalty import Exclusion, Penalty
    from schema.reference import Definition, Reference
    from schema.timing import Date, Deadline

Cells = tuple[str, ...]

_CONTACTS = (
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


class Teller:
    """Tells the facts of one contract in one language."""

    def __init__(self, contract: "Contract", language: Language) -> None:
        """Remember whom the ids mean.

        Args:
            contract: with its corrections applied.
            language: of the page.
        """
        self.contract, self.language = contract, language
        self.say = wording(language)
        self.places = Places(contract)
        self.roles = {party.id: party.role for party in contract.parties} | {"both": self.say("fact.both")}
        self.time_limits = {deadline.id: deadline for deadline in contract.deadlines}

    def who(self, party: str | None) -> str:
        """The role of a party id."""
        return self.roles.get(party or "", "")

    def name(self, table: str, value: str) -> str:
        """What to call a value."""
        return value_name(self.language, table, value)


def _party(tell: Teller, party: "Party") -> Cells:
    contacts = [f"{tell.say(f'contact.{name}')} {entry.text}" for name in _CONTACTS for entry in getattr(party, name)]
    others = "、".join((*party.aliases, *party.former_names))
    name = party.name or (tell.say("fact.blank") if party.blank else "?")
    return party.role, f"{name}（{others}）" if others else name, "；".join(contacts)


def _amount(tell: Teller, amount: "Amount") -> Cells:
    shown = f"{money(amount.value)} {amount.currency}" + (f" / {amount.per}" if amount.per else "")
    return amount.label or "", shown, tell.say(f"form.{amount.form}"), tell.name("amount.role", amount.role)


def _payment(tell: Teller, payment: "Payment") -> Cells:
    label = payment.label or tell.say("fact.instalment", number=payment.sequence)
    label += f"（{payment.schedule}）" if payment.schedule else ""
    when = tell.time_limits.get(payment.deadline or "")
    return label, payment_words(payment, when), "；".join(condition.text for condition in payment.conditions)


def _deadline(tell: Teller, deadline: "Deadline") -> Cells:
    return (
        tell.who(deadline.who),
        length_words(deadline),
        deadline.what or "",
        tell.name("deadline.kind", deadline.kind),
    )


def _penalty(tell: Teller, penalty: "Penalty") -> Cells:
    remedies = "、".join(tell.say(f"remedy.{remedy}") for remedy in penalty.remedies)
    return tell.who(penalty.liable), penalty_words(penalty), remedies


def _exclusion(tell: Teller, exclusion: "Exclusion") -> Cells:
    return tell.who(exclusion.protects), exclusion.trigger or exclusion.text


def _date(tell: Teller, date: "Date") -> Cells:
    shown = date.value + (f" – {date.end}" if date.end else "")
    return tell.say(f"date.{date.role}"), shown if date.valid else f"{shown} {tell.say('fact.invalid')}"


def _rate(tell: Teller, rate: "Rate") -> Cells:
    return tell.say(f"rate.{rate.role}"), percent(rate.value)


def _definition(tell: Teller, definition: "Definition") -> Cells:
    return definition.term, definition.meaning_span.of(tell.contract.text)


def _reference(tell: Teller, reference: "Reference") -> Cells:
    target = reference.canonical or reference.target or ""
    if reference.kind in ("clause", "annex") and reference.target:
        target = tell.places.of_clause(reference.target)
    return reference.text, target if reference.resolved else f"{target} {tell.say('fact.unresolved')}".strip()


def _choice(_tell: Teller, choice: "Choice") -> Cells:
    return ("　".join(f"{'☑' if option.checked else '☐'} {option.text}" for option in choice.options),)


def _signature(tell: Teller, signature: "Signature") -> Cells:
    return tell.who(signature.party), signature.signer or "", signature.date or ""


def _blank(tell: Teller, blank: "Blank") -> Cells:
    return blank.field or "", tell.say(f"blank.{blank.state}")


KINDS: dict[str, tuple[tuple[str, ...], Callable[[Teller, Any], Cells]]] = {
    "parties": (("role", "name", "details"), _party),
    "amounts": (("label", "sum", "form", "nature"), _amount),
    "payments": (("label", "share", "conditions"), _payment),
    "penalties": (("who", "penalty", "remedies"), _penalty),
    "deadlines": (("who", "length", "what", "nature"), _deadline),
    "dates": (("nature", "date"), _date),
    "rates": (("nature", "rate"), _rate),
    "exclusions": (("protects", "case"), _exclusion),
    "definitions": (("term", "meaning"), _definition),
    "references": (("words", "target"), _reference),
    "choices": (("options",), _choice),
    "signatures": (("party", "signer", "date"), _signature),
    "blanks": (("field", "state"), _blank),
}
"""Heads of the columns and what stands in them, by the list of the record a fact stands in."""
