"""Signature blocks: whose, who signed, when.

`甲方（盖章）：… 法定代表人（签字）：宋望舒 签订日期：2025年5月20日` is one block of 甲方, signed by 宋望舒. Where
two columns were flattened and the page does not say whose line it is, the party stays None. A seal or a pen stroke
cannot be read from text: `sealed` and, where nothing is printed, `signed` stay None.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacy.language import Language

from nlp.extract.labels import match_role
from nlp.extract.names import is_blank, is_organisation, read_name
from nlp.reading import Reading
from schema.clause import Part
from schema.form import Signature
from schema.party import Party
from schema.span import Evidence, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SIGNED = r"(?:\((?:签字|签名|签章|签字或盖章|盖章|签字盖章|签名或盖章)\))?"
_REPRESENTATIVE = "法定代表人|授权(?:委托)?代表|委托代理人|代理人|负责人|代表|经办人|签署人|签约代表|签字人|法人代表"
# 法定代表人(签字):   授权代表:   (签字):   代表签字:
_SIGNER = re.compile(
    rf"(?:(?:{_REPRESENTATIVE})[^:\n\t ]{{0,20}}|[(（]? ?签 ?[字名章] ?[)）]?|代表签字|签署) ?{_SIGNED} *[:：\t] *"
)
_DATE_LABEL = re.compile(r"(?:签订|签署|签约|签字)?(?:日 {0,4}期|时间) *[:：]")
_OWN_LABEL = 16  # 甲方（签字）: is no line of its own to sign on
_NAME = re.compile(r"[一-龥·]{2,5}(?=\Z| |[(（，,;；\d_])|[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}")


@dataclass
class Block:
    """Lines of one party in a signature part.

    Attributes:
        start: first character of its label.
        end: one past its last line.
        party: party id.
        signer: who signed.
        date: when, ISO.
        person: the name behind the label where the party is a person (出租方：李明).
        to_sign: whether a line of its own asks for the signature (签字：).
        labels: places of the party labels.
    """

    start: int
    end: int
    party: str | None
    signer: str | None = None
    date: str | None = None
    person: str | None = None
    to_sign: bool = False
    labels: list[Span] = field(default_factory=list)


@Language.component("signatures")
def signatures(doc: "Doc") -> "Doc":
    """Fill `reading.signatures`."""
    reading: Reading = doc._.reading
    found: list[Signature] = []
    for part in reading.structure.parts:
        if part.kind == "signature":
            blocks = list(_table_blocks(reading, part)) or _unflattened(reading, list(_line_blocks(reading, part)))
            found += [_signature(reading, part, block) for block in blocks]
    reading.signatures = [s.model_copy(update={"id": f"s{n}"}) for n, s in enumerate(found, 1)]
    return doc


def _signature(reading: Reading, part: Part, block: Block) -> Signature:
    label = block.labels[0] if block.labels else None
    if block.person and label and re.search(r"签[字名章署]", reading.text[label.start : label.start + _OWN_LABEL]):
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
        labels = sorted(_party_labels(reading, start, end))
        if labels:
            yield from open_blocks
            borders = [label[0] for label in labels[1:]] + [end]
            open_blocks = [
                Block(place, limit, party or None, person=person or None, labels=[Span(start=place, end=place + 2)])
                for (place, party, person), limit in zip(labels, borders, strict=True)
            ]
        for block in _columns(reading, open_blocks, start, end):
            _note(reading, *block)
        for open_block in open_blocks:
            open_block.end = max(open_block.end, end)
    yield from open_blocks


def _unflattened(reading: Reading, blocks: list[Block]) -> list[Block]:
    """Two signers below the last party and none below the others: the columns were flattened, nobody can tell."""
    if len(blocks) < 2:
        return blocks
    counts = [len(_SIGNER.findall(reading.text[b.start : b.end])) for b in blocks]
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


def _party_labels(reading: Reading, start: int, end: int) -> Iterator[tuple[int, str, str]]:
    """Places of party labels in a line with the party they mean and, of a person, the name behind."""
    sightings = [s for s in reading.party_labels if start <= s.label[0] < end and s.label[1] > s.label[0]]
    for sighting in sightings:
        name = sighting.name.name or ""
        person = name if name and _NAME.fullmatch(name) and not is_organisation(name) else ""
        yield sighting.label[0], _party(reading.parties, sighting.roles) or "", person
    if not sightings:
        yield from _bare_labels(reading, start, end)
        return
    # 甲方(公章)        乙方(签字):王芳: the first has no colon
    first = start + len(reading.text[start:end]) - len(reading.text[start:end].lstrip())
    bare = match_role(reading.text, first) if sightings and first < sightings[0].label[0] else None
    if bare and bare.sealed and not bare.colon and reading.text.startswith("  ", bare.end):
        yield first, _party(reading.parties, bare.roles) or "", ""


def _bare_labels(reading: Reading, start: int, end: int) -> Iterator[tuple[int, str, str]]:
    """出租方（盖章）      承租方（盖章）: nothing but sealed labels, without colons."""
    found = []
    for match in re.finditer(r"\S+", reading.text[start:end]):
        label = match_role(match[0], 0)
        if label is None or not label.sealed or label.end != len(match[0]):
            return
        found.append((start + match.start(), _party(reading.parties, label.roles) or "", ""))
    if len(found) > 1:
        yield from found


def _party(parties: list[Party], roles: tuple[str, ...]) -> str | None:
    return next((p.id for p in parties if set(roles) & {p.role, *p.other_roles}), None)


def _columns(reading: Reading, blocks: list[Block], start: int, end: int) -> Iterator[tuple[Block, int, int]]:
    """A line of two columns goes to two blocks; a line of one to the only block."""
    if len(blocks) == 1:
        yield blocks[0], start, end
        return
    signers = [m.start() for m in _SIGNER.finditer(reading.text, start, end)]
    halves = signers or [m.start() for m in _DATE_LABEL.finditer(reading.text, start, end)]
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


def _note(reading: Reading, block: Block, start: int, end: int) -> None:
    """The signer and the date of a line."""
    for match in _SIGNER.finditer(reading.text, start, end):
        block.to_sign |= not block.labels[0].start <= match.start() < block.labels[0].end + _OWN_LABEL
        name = _signer(reading.text[match.end() : end])
        if name and block.signer is None:
            block.signer = name
    date = next((d for d in reading.dates if start <= d.span.start < end and d.valid and d.end is None), None)
    if date and block.date is None and not re.match(r" *[_ ]+[月日]", reading.text[date.span.end : date.span.end + 6]):
        block.date = date.value


def _signer(words: str) -> str | None:
    """The name behind 签字： or None where a line, another label or a company stands there."""
    words = re.sub(rf"\A{_SIGNED} *", "", words.strip(" _"))
    name = _NAME.match(words)
    if name and is_organisation(read_name(words, 0, len(words)).name or ""):
        return None  # 出租方（签章）：环宇置业（江临）有限公司
    if name and not is_blank(name[0]) and not match_role(name[0]) and "日期" not in name[0]:
        return name[0]
    return None


def _table_blocks(reading: Reading, part: Part) -> Iterator[Block]:
    """Blocks of a signature table: a column for each party."""
    for table in reading.structure.tables:
        if table.part != part.id:
            continue
        rows = [*table.header_rows, *(row.cells for row in table.rows)]
        heads: dict[int, Block] = {}
        for cells in rows:
            found = {n: _cell_party(reading, c.span) for n, c in enumerate(cells)}
            named = {n: party for n, party in found.items() if party}
            if len(named) > 1:
                heads = {
                    n: Block(cells[n].span.start, table.span.end, party, labels=[cells[n].span])
                    for n, party in named.items()
                }
                continue
            for n, block in heads.items():
                if n < len(cells) and cells:
                    _cell(reading, block, cells[0].text, cells[n].span)
        yield from heads.values()


def _cell_party(reading: Reading, span: Span) -> str | None:
    label = match_role(reading.text, span.start)
    if label is None or label.end > span.end + 1:
        return None
    return _party(reading.parties, label.roles)


def _cell(reading: Reading, block: Block, label: str, span: Span) -> None:
    words = span.of(reading.text).strip(" _")
    inside = _SIGNER.match(words)
    if inside and block.signer is None:
        block.signer = _signer(words[inside.end() :])
    if re.search(r"签字|签名|代表|代理人|签章", label) and _NAME.fullmatch(words) and block.signer is None:
        block.signer = words
    date = next((d for d in reading.dates if span.start <= d.span.start < span.end), None)
    if date and (re.search(r"日期|时间", label) or _DATE_LABEL.match(words)):
        block.date = date.value
