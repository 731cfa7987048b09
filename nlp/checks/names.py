"""Names of the parties written in other ways than at the head of the contract.

Two kinds: a spelling the party reader took for the party (its mentions of form `variant`), and words one character
away from a name, such as 青悟数字科技 for 青梧数字科技, which nobody would find by reading. A longer or shorter name
(a branch office, a short form) is another matter and not pointed out.
"""

import re
from collections.abc import Iterator

from nlp.checks.figures import difference, one_apart
from nlp.checks.ledger import Draft, Ledger
from nlp.extract.names import is_organisation
from nlp.normalize import fold
from schema.form import Signature
from schema.party import Party
from schema.span import Span

_SIGNED_BY = re.compile(
    r"[^\n:：]{2,24}[:：] ?(?:[(（][^()（）]{1,8}[)）] ?)?(?P<name>[^\n\t:：]{4,40}?)(?= {2,}|　|[\n\t:：]|$)"
)
_SHORTEST = 5
_LIKE = 0.5
_BORDER = set(" \t\n，。；：:;,()（）“”\"'《》【】[]、")


def variants(ledger: Ledger) -> Iterator[Draft]:
    """Names that differ from the canonical one."""
    known = {name for p in ledger.contract.parties for name in _names(p)}
    for party in ledger.contract.parties:
        if not party.name:
            continue
        found: dict[str, list[Span]] = {}
        for mention in party.mentions:
            words = mention.span.of(ledger.contract.text)
            if (
                mention.form == "variant"
                and fold(_plain(words)) not in known
                and _is_spelling(ledger, _bare(words), party.name)
            ):
                found.setdefault(_bare(words), []).append(mention.span)
        for span in _slips(ledger.text, fold(_plain(party.name)), known):
            words = ledger.text[span.start : span.end]
            if not any(s.overlaps(span) for spans in found.values() for s in spans):
                found.setdefault(words, []).append(span)
        for words, spans in found.items():
            yield _draft(ledger, party, words, spans)


def _is_spelling(ledger: Ledger, words: str, name: str) -> bool:
    """Another spelling of the name; not the person who signs for it, nor the name without a remark behind it."""
    from difflib import SequenceMatcher

    if name.startswith(words) and ledger.text.count(words) > ledger.text.count(name) + 1:
        return False  # the head was read too far
    return SequenceMatcher(None, words, name, autojunk=False).ratio() >= _LIKE


def _names(party: Party) -> list[str]:
    return [fold(_plain(n)) for n in (party.name, *party.aliases, *party.former_names) if n]


def _plain(name: str) -> str:
    """Without a remark in brackets at its end, a bracket that was left open, or one character of what comes behind."""
    plain = re.sub(r"^[^:：]{0,6}[:：]", "", _bare(name))
    plain = re.sub(r"[(（](?:[^()（）]*(?:章|签|见证|盖|原|曾用名|简称)[^()（）]*[)）])?$", "", plain)
    return plain[:-1] if not is_organisation(plain) and is_organisation(plain[:-1]) else plain


def _bare(words: str) -> str:
    return re.sub(r"\s", "", words)


def _slips(text: str, name: str, known: set[str]) -> Iterator[Span]:
    """Places one character away from a name."""
    if len(name) < _SHORTEST:
        return
    half = len(name) // 2
    taken = -1
    # one slip leaves either the first or the second half of the name as it is
    for part, offset in ((name[:half], 0), (name[half:], half)):
        for match in re.finditer(re.escape(part), text):
            start = match.start() - offset
            for length in (len(name), len(name) - 1, len(name) + 1):
                first = start if offset == 0 else match.end() - length
                words = text[max(first, 0) : first + length]
                if first < taken or not _is_slip(words, name) or words in known or (_BORDER - set(name)) & set(words):
                    continue
                if any(text.startswith(k, at) for k in known for at in range(max(first - len(k) + 1, 0), first + 2)):
                    continue
                taken = first + length
                yield Span(start=first, end=first + length)
                break


def _is_slip(words: str, name: str) -> bool:
    if not one_apart(words, name) or words in name or name in words:
        return False
    return words[0] == name[0] or words[-1] == name[-1]


def _draft(ledger: Ledger, party: Party, words: str, spans: list[Span]) -> Draft:
    head = next((m.span for m in party.mentions if m.form == "name"), party.span)
    changed = difference(party.name or "", words)
    return Draft(
        message=f"{party.role}名称不一致：此处为“{words}”，"
        f"{ledger.name(party.clause) or '首部'}为“{party.name}”（{changed}）",
        spans=(*spans, head),
        elements=(party.id,),
        data={"name": party.name or "", "variant": words, "difference": changed},
        suggestion=party.name,
    )


def signature_heads(ledger: Ledger) -> Iterator[Draft]:
    """Names behind 甲方 and 乙方 on the signature page against those at the head."""
    parties = {p.id: p for p in ledger.contract.parties}
    for signature in ledger.contract.signatures:
        party = parties.get(signature.party or "")
        match = _SIGNED_BY.match(signature.text)
        if party is None or not party.name or match is None:
            continue
        name = fold(_plain(match["name"]))
        if not is_organisation(name) or name in _names(party):
            continue
        swapped = next((p for p in parties.values() if p is not party and name in _names(p)), None)
        if swapped is None and (one_apart(name, party.name) or _is_variant(party, signature, match.start("name"))):
            continue  # told as a variant
        place = Span(start=signature.span.start + match.start("name"), end=signature.span.start + match.end("name"))
        note = f"，而这是{swapped.role}的名称" if swapped else ""
        yield Draft(
            message=f"签署页{party.role}为“{name}”，与首部“{party.name}”不一致{note}",
            spans=(place, party.span),
            elements=(signature.id, party.id),
            data={"name": party.name, "variant": name, "difference": difference(party.name, name)},
            suggestion=party.name,
        )


def _is_variant(party: Party, signature: Signature, offset: int) -> bool:
    start = signature.span.start + offset
    return any(m.span.start == start and m.form == "variant" for m in party.mentions)
