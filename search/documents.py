"""Records as documents of an engine: field name to value, see `layout.py`.

Besides clauses the index holds one document per contract (its id and record version, so that store and index can be
compared; its names) and one per word (its sound), which is how pinyin, suggestions and "did you mean" know what there
is to find. Those carry none of the fields that clauses are searched by.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256

from search.analysis import LONGEST_TERM, index_pairs, index_words, keyword
from search.facts import Fact
from search.fold import END, fold
from search.layout import NUMBERS
from search.numbers import find_numbers
from search.pinyin import sounds
from search.record import Card, IndexRecord
from search.scale import slot_term, slotted

Words = Callable[[str], Sequence[str]]
Value = str | int | list[str] | list[int]
Document = dict[str, Value]

CLAUSE = "is=clause"
"""In `facts` of every clause, row and part: what a search without words begins with."""

_CONTRACT_BITS = 46
_ORDINAL_BITS = 17
_LONGEST_WORD = 24


def place_of(contract: str, ordinal: int) -> int:
    """Where a record stands in the order of contracts and clauses; any two records differ.

    46 bits of the contract's id and 17 of the ordinal, so that it fits a signed 64-bit integer; contracts of more than
    131,071 records share the last place.
    """
    digest = int.from_bytes(sha256(contract.encode(errors="replace")).digest()[:8], "big") >> (64 - _CONTRACT_BITS)
    return digest << _ORDINAL_BITS | min(ordinal, (1 << _ORDINAL_BITS) - 1)


def end_of_contract(place: int) -> int:
    """The last place a record of the same contract can have."""
    return place | ((1 << _ORDINAL_BITS) - 1)


def document_id(contract: str, clause: str) -> str:
    """Deterministic, so that indexing twice leaves one document."""
    return f"{contract}/{clause}"


def fingerprint(text: str) -> str:
    """The same for clauses that differ in spacing, punctuation, width or script only."""
    return "same=" + sha256(fold(text).encode(errors="replace")).hexdigest()[:20]


def clause_document(record: IndexRecord, words: Words) -> Document:
    """A record as a document.

    Args:
        record: clause, row or part.
        words: cuts a text into words.
    """
    card = record.contract
    place = place_of(card.id, record.ordinal)
    grams, bridges = index_pairs(record.text)
    document: Document = {
        "id": document_id(card.id, record.clause),
        "unit": record.unit,
        "contract": card.id,
        "place": place,
        "date": card.date,
        "total": card.total,
        "grams": " ".join(grams),
        "words": " ".join(index_words(list(words(record.text)))),
        "core": json.dumps(
            {
                "contract": card.id,
                "version": card.version,
                "clause": record.clause,
                "unit": record.unit,
                "place": place,
                "date": card.date,
                "total": card.total,
                "text": record.text,
                "heads": record.headings,
                "types": record.types,
                "has": sorted(flag for fact in record.facts for flag in flags(fact)),
                "who": sorted({v for f in record.facts for name, v in f.words if name in ("who", "liable")}),
            },
            ensure_ascii=False,
        ),
        "rest": json.dumps(
            {
                "citation": record.citation,
                "pieces": [[p.start, p.end] for p in record.pieces],
                "boxes": [[b.page, *b.box] for b in record.boxes],
            },
            ensure_ascii=False,
        ),
    }
    if bridges:
        document["bridges"] = " ".join(bridges)
    if record.headings:
        document["heads"] = " ".join(head_pairs(record.headings))
    if numbers := sorted({n.token for n in find_numbers(record.text)}):
        document["numbers"] = numbers
    document |= _facets(record)
    document |= _facts((*card.facts, *record.facts), fingerprint(record.text))
    return {name: _encodable(value) for name, value in document.items()}


def flags(fact: Fact) -> Iterator[str]:
    """What sort of answer a fact is: its kind, and `total`, `termination`; a penalty counts when it says how much."""
    words = dict(fact.words)
    if fact.kind != "penalty" or fact.numbers:
        yield fact.kind
    if words.get("role") == "total":
        yield "total"
    if ("remedy", "termination") in fact.words:
        yield "termination"


def head_pairs(headings: Iterable[str]) -> list[str]:
    """Distinct folded pairs of headings."""
    folded = [fold(h) for h in headings]
    return list(dict.fromkeys(a + b for h in folded for a, b in zip(h, h[1:] + END, strict=False)))


def _encodable(value: Value) -> Value:
    """Half surrogate pairs, which broken PDF text may hold, cannot be written as UTF-8."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [v.encode("utf-8", "replace").decode() if isinstance(v, str) else v for v in value]  # type: ignore[return-value]
    return value


def _facets(record: IndexRecord) -> Document:
    card = record.contract
    facets: dict[str, Sequence[str | None]] = {
        "type": record.types,
        "kind": [card.kind],
        "party": [p[:LONGEST_TERM] for p in card.parties],
        "role": card.roles,
        "dispute": [card.dispute],
        "folder": [card.folder],
        "tag": card.tags,
        "finding": record.findings,
        "year": [str(card.date // 10_000) if card.date else None],
    }
    return {name: [v for v in values if v] for name, values in facets.items() if any(values)}


def _facts(facts: Iterable[Fact], same: str) -> Document:
    """Each fact by itself and with its slot."""
    terms = {CLAUSE, same}
    numbers: dict[str, list[int]] = {}
    slots: dict[str, int] = {}
    for fact in facts:
        slot = slots[fact.kind] = slots.get(fact.kind, -1) + 1
        for name, value in fact.words:
            term = f"{fact.kind}.{name}={keyword(value)}"
            terms |= {term, slot_term(slot, term), slot_term(slot, f"{fact.kind}.{name}")}
        for name, number in fact.numbers:
            numbers.setdefault(name, []).append(number)
            numbers.setdefault(f"{name}_at", []).append(slotted(slot, number))
    return {
        "facts": sorted(terms),
        **{name: numbers[name] for base in NUMBERS for name in (base, f"{base}_at") if name in numbers},
    }


def contract_document(card: Card) -> Document:
    """The document of a contract: what the store is compared with, and the names it is found by."""
    names = [card.title, card.source, card.number or ""]
    place = end_of_contract(place_of(card.id, 0))
    document: Document = {
        "id": document_id(card.id, ""),
        "unit": "contract",
        "contract": card.id,
        "place": place,
        "name": sorted({keyword(n) for n in (card.title, card.number or "", card.source) if n}),
        "name_pairs": " ".join(head_pairs(n for n in names if n)),
        "core": json.dumps(
            {"contract": card.id, "version": card.version, "place": place, "names": "\n".join(map(fold, names))},
            ensure_ascii=False,
        ),
    }
    return {name: _encodable(value) for name, value in document.items()}


def word_documents(words: Iterable[tuple[str, str]]) -> Iterator[Document]:
    """Documents of words and names.

    Args:
        words: kind (`word`, `party`) and folded word; each once.
    """
    for kind, word in words:
        spoken = sounds(word)
        document: Document = {
            "id": f"{kind}:{word}",
            "unit": kind,
            "name": word,
            "core": json.dumps({"name": word}, ensure_ascii=False),
        }
        if kind == "party":
            document["name_pairs"] = " ".join(head_pairs([word]))
        if spoken:
            document["sound"], document["initials"] = spoken
        yield document


def known_words(record: IndexRecord, document: Document) -> Iterator[tuple[str, str]]:
    """Words of a record worth knowing: those of its text, its own heading, and the parties."""
    yield from (("word", w) for w in set(str(document["words"]).split()) if len(w) <= _LONGEST_WORD)
    if record.headings and 1 < len(last := fold(record.headings[-1])) <= _LONGEST_WORD:
        yield "word", last
    yield from (("party", keyword(p)) for p in record.contract.parties)
