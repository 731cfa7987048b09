"""Signature blocks: whose, who signed, when.

`甲方（盖章）：… 法定代表人（签字）：宋望舒 签订日期：2025年5月20日` is one block of 甲方, signed by 宋望舒. Where
two columns were flattened and the page does not say whose line it is, the party stays None. A seal or a pen stroke
cannot be read from text: `sealed` and, where nothing is printed, `signed` stay None. Tables are read in
nlp.extract.signature_tables.
"""

import itertools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.language import Language

from nlp.extract.labels import match_role
from nlp.extract.names import is_organisation
from nlp.extract.signature_block import (
    DATE_LABEL,
    NAME,
    OWN_LABEL,
    SIGNER,
    Block,
    called_at,
    is_person,
    named_at,
    note,
    party_of,
    represented_at,
)
from nlp.extract.signature_tables import table_blocks
from nlp.reading import Reading
from schema.clause import Part
from schema.form import Signature
from schema.span import Evidence, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

Label = tuple[int, str, str]
_COLUMN = re.compile(r" {2,}|\t")


@Language.component("signatures")
def signatures(doc: "Doc") -> "Doc":
    """Fill `reading.signatures`."""
    reading: Reading = doc._.reading
    found: list[Signature] = []
    for part in reading.structure.parts:
        if part.kind == "signature":
            blocks = list(table_blocks(reading, part)) or _lines_of_part(reading, part)
            found += [_signature(reading, part, block) for block in _said(blocks)]
    reading.signatures = [s.model_copy(update={"id": f"s{n}"}) for n, s in enumerate(found, 1)]
    return doc


def _lines_of_part(reading: Reading, part: Part) -> list[Block]:
    blocks = _unflattened(reading, list(_line_blocks(reading, part)))
    _date_of_all(reading, blocks)
    return blocks


# 签订日期：2025年2月20日, below all blocks
_ALL_SIGN = re.compile(r"\n[ _]*(?:(?:合同|协议)?签[订署约](?:日期|时间|日)) *[:：] *(?=[\d一二_])")


def _date_of_all(reading: Reading, blocks: list[Block]) -> None:
    """One date of signing at the end, below blocks that stand one below the other, is that of each."""
    if len(blocks) < 2 or not blocks[-1].date or any(block.date or block.party is None for block in blocks[:-1]):
        return
    first, last = blocks[0], blocks[-1]
    labels = list(_ALL_SIGN.finditer(reading.text, first.start, last.end))
    stacked = all("\n" in reading.text[a.start : b.start] for a, b in itertools.pairwise(blocks))
    if stacked and len(labels) == 1 and labels[0].start() > last.start:
        for block in blocks[:-1]:
            block.date = last.date


def _said(blocks: list[Block]) -> list[Block]:
    """Blocks without those that only repeat a label: 甲方（盖章）： above 甲方代表：宋望舒."""
    telling = {block.party for block in blocks if block.party and not block.empty}
    kept: list[Block] = []
    for block in blocks:
        seen = block.party in telling or any(block.party == other.party for other in kept)
        if not (block.party and block.empty and seen):
            kept.append(block)
    return kept


def _signature(reading: Reading, part: Part, block: Block) -> Signature:
    label = block.labels[0] if block.labels else None
    if block.person and label and re.search(r"签[字名章署]", reading.text[label.start : label.start + OWN_LABEL]):
        block.signer = block.signer or block.person  # 乙方（签字）：蔡明
    signer = block.signer or (None if block.to_sign else block.person)
    span = Span(start=block.start, end=block.end)
    return Signature(
        id="s",
        clause=part.id,
        span=span,
        text=span.of(reading.document.text),
        evidence=Evidence(rule="signature.block", cues=tuple(block.labels)),
        part=part.id,
        party=block.party,
        signed=True if signer else None,
        signer=signer,
        date=block.date,
    )


def _line_blocks(reading: Reading, part: Part) -> Iterator[Block]:
    """Blocks of labelled lines: each party label opens one; labels side by side share what follows."""
    open_blocks: list[Block] = []
    lines = [(s, e) for s, e in _lines(reading.text, part.span.start, part.span.end)]
    for start, end in lines:
        labels = sorted(_party_labels(reading, start, end)) or _named_labels(reading, open_blocks, start, end)
        if labels:
            yield from open_blocks
            borders = [label[0] for label in labels[1:]] + [end]
            open_blocks = [
                Block(place, limit, party or None, person=person or None, labels=[Span(start=place, end=place + 2)])
                for (place, party, person), limit in zip(labels, borders, strict=True)
            ]
        for block in _columns(reading, open_blocks, start, end):
            note(reading, *block)
        _bare_names(reading, open_blocks, start, end)
        for open_block in open_blocks:
            open_block.end = max(open_block.end, end)
    yield from open_blocks


def _unflattened(reading: Reading, blocks: list[Block]) -> list[Block]:
    """Two signers below the last party and none below the others: the columns were flattened, nobody can tell."""
    if len(blocks) < 2:
        return blocks
    counts = [len(SIGNER.findall(reading.text[b.start : b.end])) for b in blocks]
    last = blocks[-1]
    if counts[-1] < 2 or any(counts[:-1]) or last.signer is None:
        return blocks
    unknown = Block(last.start, last.end, None, last.signer, last.date, labels=last.labels)
    last.signer = last.date = None
    return [*blocks, unknown]


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if text[at:stop].strip():
            yield at, stop
        at = stop + 1


def _party_labels(reading: Reading, start: int, end: int) -> Iterator[Label]:
    """Places of party labels in a line with the party they mean and, of a person, the name behind."""
    sightings = [s for s in reading.party_labels if start <= s.label[0] < end and s.label[1] > s.label[0]]
    for sighting in sightings:
        name = sighting.name.name or ""
        person = name if name and NAME.fullmatch(name) and not is_organisation(name) else ""
        yield sighting.label[0], party_of(reading.parties, sighting.roles) or "", person
    if not sightings:
        yield from _bare_labels(reading, start, end)
        return
    # 甲方(公章)        乙方(签字):王芳: the first has no colon
    first = start + len(reading.text[start:end]) - len(reading.text[start:end].lstrip())
    bare = match_role(reading.text, first) if sightings and first < sightings[0].label[0] else None
    if bare and bare.sealed and not bare.colon and reading.text.startswith("  ", bare.end):
        yield first, party_of(reading.parties, bare.roles) or "", ""


def _bare_labels(reading: Reading, start: int, end: int) -> Iterator[Label]:
    """出租方（盖章）      承租方（盖章）: nothing but sealed labels, without colons."""
    found = []
    for match in re.finditer(r"\S+", reading.text[start:end]):
        label = match_role(match[0], 0)
        if label is None or not label.sealed or label.end != len(match[0]):
            return
        found.append((start + match.start(), party_of(reading.parties, label.roles) or "", ""))
    if len(found) > 1:
        yield from found


def _named_labels(reading: Reading, blocks: list[Block], start: int, end: int) -> list[Label]:
    """甲方代表（签字）：宋望舒, 青禾科技有限公司（盖章）: a party called by its representative, or by its name.

    Below its own label, on which nothing is said yet, the name of a party opens no second block.
    """
    found: list[Label] = []
    for first, last in _cells(reading.text, start, end):
        ways = (represented_at, named_at, _sealed_at, called_at)
        party = next((who for way in ways if (who := way(reading, first, last))), None)
        found += [(first, party, "")] if party else []
    waiting = {block.party for block in blocks if not (block.signer or block.date)}
    return [] if {party for _, party, _ in found} == waiting else found


def _sealed_at(reading: Reading, start: int, end: int) -> str | None:
    """开发商（盖章） beside a label that only this contract knows."""
    label = match_role(reading.text, start)
    whole = label is not None and label.sealed and not reading.text[label.end : end].strip()
    return party_of(reading.parties, label.roles) if label and whole else None


def _bare_names(reading: Reading, blocks: list[Block], start: int, end: int) -> None:
    """宋望舒          钱一鸣, a name below each label and no more; or the name of the very person who is the party."""
    cells = [reading.text[a:b].strip(" _") for a, b in _cells(reading.text, start, end)]
    named = {p.id: p.name for p in reading.parties}
    people = len(cells) == len(blocks) > 1 and all(map(is_person, cells))
    for block, words in zip(blocks, cells, strict=False) if len(cells) == len(blocks) else ():
        if is_person(words) and (people or named.get(block.party or "") == words):
            block.sign(words, asked=False)


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Columns of a line that blanks or tabs part."""
    borders = [(m.start() + start, m.end() + start) for m in _COLUMN.finditer(text[start:end])]
    starts, ends = [start, *(past for _, past in borders)], [*(first for first, _ in borders), end]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if text[a:b].strip()]


def _columns(reading: Reading, blocks: list[Block], start: int, end: int) -> Iterator[tuple[Block, int, int]]:
    """A line of two columns goes to two blocks; a line of one to the only block."""
    if len(blocks) == 1:
        yield blocks[0], start, end
        return
    signers = [m.start() for m in SIGNER.finditer(reading.text, start, end)]
    halves = signers or [m.start() for m in DATE_LABEL.finditer(reading.text, start, end)]
    # 2025年7月11日      2025年7月11日: two dates side by side, without labels
    halves = halves or [d.span.start for d in reading.dates if start <= d.span.start < end]
    if len(blocks) > 1 and len(signers) == 1 and start > blocks[-1].start:
        yield _under(reading.text, blocks, start, signers[0]), signers[0], end
    elif len(blocks) > 1 and len(halves) == 1 and start > blocks[-1].start:
        yield _under(reading.text, blocks, start, halves[0]), halves[0], end
    if len(blocks) > 1 and len(halves) == len(blocks):
        yield from zip(blocks, halves, [*halves[1:], end], strict=True)


def _under(text: str, blocks: list[Block], start: int, place: int) -> Block:
    """The block whose label stands nearest above a place, counted in characters of the line."""
    first = text.rfind("\n", 0, blocks[0].start) + 1
    return min(blocks, key=lambda b: abs((b.start - first) - (place - start)))
