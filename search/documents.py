"""Records as documents of an engine: field name to value, see `layout.py`.

Besides clauses the index holds one document per contract (its id and record version, so that store and index can be
compared; its names) and one per word (its sound), which is how pinyin, suggestions and "did you mean" know what there
is to find. Those carry none of the fields that clauses are searched by.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b, sha256
from typing import NamedTuple

from search.analysis import LONGEST_TERM, index_pairs, index_words, keyword
from search.facts import Fact
from search.fold import END, fold, spaced
from search.numbers import number_tokens
from search.pinyin import sounds
from search.record import Card, IndexRecord
from search.scale import SLOTS, SLOTTED, slot_term, slotted

Words = Callable[[str], Sequence[str]]
Value = str | int | list[str] | list[int]
Document = dict[str, Value]

CLAUSE = "is=clause"
"""In `facts` of every clause, row and part: what a search without words begins with."""

_CONTRACT_BITS = 46
_ORDINAL_BITS = 17
_LONGEST_WORD = 24
_REMEMBERED = 16384
_DIGIT = re.compile(r"\d")
_write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_quote = json.encoder.encode_basestring
_NEVER_DENIED = frozenset({"party", "blank"})
"""Kinds of facts of which nobody asks for a known but different value."""


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


def fingerprint(folded: str) -> str:
    """The same for clauses that differ in spacing, punctuation, width or script only."""
    return "same=" + blake2b(folded.encode(errors="replace"), digest_size=10).hexdigest()


class Analysed(NamedTuple):
    """What the index holds of a text, whatever contract it stands in."""

    text: str
    grams: str
    bridges: str
    words: str
    numbers: str
    facts: str
    core: str


class Analyser:
    """Analyses texts; standard clauses stand in many contracts and are analysed once as long as they are remembered."""

    def __init__(self, words: Words) -> None:
        """Use this word segmenter."""
        self._words = words
        self.of = lru_cache(maxsize=_REMEMBERED)(self._of)

    def _of(self, text: str) -> Analysed:
        if not text.isascii():
            text = text.encode("utf-8", "replace").decode()  # broken PDF text may hold half a surrogate pair
        view = spaced(text)
        grams, bridges = index_pairs(text, view)
        words = index_words(self._words(view))
        numbers = " ".join(number_tokens(text))
        core = f'"text":{_quote(text)},"words":{_quote(words)}'
        return Analysed(text, grams, bridges, words, numbers, fingerprint(view.replace(" ", "")), core)


class ContractDocuments:
    """Documents of the records of one contract; what they share is made once."""

    def __init__(self, card: Card, analyser: Analyser) -> None:
        """Make what the records share.

        Args:
            card: of the contract.
            analyser: of texts.
        """
        self._card = card
        self._analyser = analyser
        self._first = place_of(card.id, 0)
        terms, _ = _fact_terms(card.facts)
        self._facts = " ".join([CLAUSE, *terms])
        facets: dict[str, list[str | None]] = {
            "kind": [card.kind],
            "party": _main_names(card),
            "dispute": [card.dispute],
            "folder": [card.folder],
            "tag": list(card.tags),
            "year": [str(card.date // 10_000) if card.date else None],
        }
        about = {"contract": card.id, "version": card.version, "date": card.date, "total": card.total}
        self._core = _write_json(about)[:-1]
        shared: Document = {"contract": card.id, "date": card.date, "total": card.total}
        self._shared = shared | {name: [v for v in values if v] for name, values in facets.items() if any(values)}

    def own(self) -> Document:
        """The document of the contract itself: what the store is compared with, and the names it is found by."""
        card = self._card
        place = end_of_contract(self._first)
        names = [name for name in (card.title, card.source, card.number) if name]
        core = {"contract": card.id, "version": card.version, "place": place, "names": "\n".join(map(fold, names))}
        return {
            "id": document_id(card.id, ""),
            "unit": "contract",
            "contract": card.id,
            "place": place,
            "name": sorted({keyword(name) for name in names}),
            "name_pairs": " ".join(head_pairs(tuple(names))),
            "facts": " ".join(slot_term(slot, "party") for slot in range(min(len(card.facts), SLOTS))),
            "core": _write_json(core),
        }

    def of(self, record: IndexRecord) -> Document:
        """The document of a record."""
        card, text = self._card, self._analyser.of(record.text)
        place = self._first + min(record.ordinal, (1 << _ORDINAL_BITS) - 1)
        terms, numbers, has_who = _NO_FACTS if not record.facts else _of_facts(record.facts)
        heads, head_text = _of_headings(record.headings)
        # Written by hand: the encoder would take a tenth of the time of indexing.
        core = f'{self._core},"clause":{_quote(record.clause)},"place":{place}}}'
        own = f'{{{text.core},"unit":"{record.unit}","heads":{heads},"types":{_list(record.types)},{has_who}}}'
        pieces = ",".join([f"[{p.start},{p.end}]" for p in record.pieces])
        boxes = ",".join([f"[{b.page},{','.join(map(str, b.box))}]" for b in record.boxes]) if record.boxes else ""
        rest = f'{{"citation":{_quote(record.citation)},"pieces":[{pieces}],"boxes":[{boxes}]}}'
        document: Document = {
            **self._shared,
            "id": document_id(card.id, record.clause),
            "unit": record.unit,
            "place": place,
            "grams": text.grams,
            "words": text.words,
            "facts": f"{self._facts} {text.facts} {terms}" if terms else f"{self._facts} {text.facts}",
            "core": core,
            "own": own,
            "rest": rest,
            **numbers,
        }
        if text.bridges:
            document["bridges"] = text.bridges
        if head_text:
            document["heads"] = head_text
        if record.types:
            document["type"] = list(record.types)
        if record.findings:
            document["finding"] = list(record.findings)
        if text.numbers:
            document["numbers"] = text.numbers
        return document


def _main_names(card: Card) -> list[str | None]:
    """One name of each party: a company and its short name are one line among those that are counted."""
    names = [next((value for name, value in f.words if name == "party"), None) for f in card.facts if f.kind == "party"]
    return [name[:LONGEST_TERM] for name in dict.fromkeys(names) if name]


def flags(fact: Fact) -> Iterator[str]:
    """What sort of answer a fact is: its kind, and `total`, `termination`; a penalty counts when it says how much."""
    if fact.kind != "penalty" or fact.numbers:
        yield fact.kind
    if ("role", "total") in fact.words:
        yield "total"
    if ("remedy", "termination") in fact.words:
        yield "termination"


@lru_cache(maxsize=4096)
def _list(values: tuple[str, ...]) -> str:
    return _write_json(values)


@lru_cache(maxsize=4096)
def head_pairs(headings: tuple[str, ...]) -> tuple[str, ...]:
    """Distinct folded pairs of headings."""
    folded = [fold(h) for h in headings]
    return tuple(dict.fromkeys(a + b for h in folded for a, b in zip(h, h[1:] + END, strict=False)))


@lru_cache(maxsize=4096)
def _of_headings(headings: tuple[str, ...]) -> tuple[str, str]:
    """As JSON, and their pairs."""
    return _write_json(headings), " ".join(head_pairs(headings))


_NO_FACTS: tuple[str, dict[str, list[int]], str] = "", {}, '"has":[],"who":[]'


def _of_facts(facts: tuple[Fact, ...]) -> tuple[str, dict[str, list[int]], str]:
    """Terms, numbers, and as JSON what sorts of answers they are and who must act or pay."""
    terms, numbers = _fact_terms(facts)
    has = tuple([flag for fact in facts for flag in flags(fact)])
    who = tuple([value for fact in facts for name, value in fact.words if name in _ACTING])
    return " ".join(terms), numbers, f'"has":{_list(has)},"who":{_list(who)}'


_ACTING = frozenset({"who", "liable"})


def _fact_terms(facts: Iterable[Fact]) -> tuple[dict[str, None], dict[str, list[int]]]:
    """Words and numbers of facts, each by itself and with its slot."""
    terms: dict[str, None] = {}
    numbers: dict[str, list[int]] = {}
    slots: dict[str, int] = {}
    for fact in facts:
        slot = slots[fact.kind] = slots.get(fact.kind, -1) + 1
        if fact.kind != "party":  # how many there are stands in the document of the contract
            terms[slot_term(slot, fact.kind)] = None
        for name, value in fact.words:
            for term in _word_terms(slot, fact.kind, name, value):
                terms[term] = None
        for name, number in fact.numbers:
            numbers.setdefault(name, []).append(number)
            numbers.setdefault(f"{name}_at", []).append(slotted(slot, number))
    return terms, numbers


@lru_cache(maxsize=65536)
def _word_terms(slot: int, kind: str, name: str, value: str) -> tuple[str, ...]:
    attribute = f"{kind}.{name}"
    term = f"{attribute}={keyword(value)}"
    known = () if kind in _NEVER_DENIED else (slot_term(slot, attribute),)
    return (slot_term(slot, term),) if attribute in SLOTTED else (term, slot_term(slot, term), *known)


def word_documents(words: Iterable[tuple[str, str]]) -> Iterator[Document]:
    """Documents of words and names.

    Args:
        words: kind (`word`, `party`) and folded word; each once.
    """
    for kind, word in words:
        spoken = sounds(word)
        document: Document = {"id": f"{kind}:{word}", "unit": kind, "name": word, "core": _write_json({"name": word})}
        if kind == "party":
            document["name_pairs"] = " ".join(head_pairs((word,)))
        if spoken:
            document["sound"], document["initials"] = spoken
        yield document


class KnownWords:
    """Words worth knowing: those of texts and headings, and the parties."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._words: set[str] = set()
        self._headings: set[tuple[str, ...]] = set()
        self._parties: set[str] = set()
        self._card: Card | None = None
        self._lately: set[str] = set()

    def learn(self, record: IndexRecord, document: Document) -> None:
        """Learn the words of a record."""
        words = str(document["words"])
        if words not in self._lately:  # standard clauses stand in many contracts
            self._words.update(words.split(" "))
            if len(self._lately) >= _REMEMBERED:
                self._lately.clear()
            self._lately.add(words)
        self._headings.add(record.headings)
        if record.contract is not self._card:
            self._card = record.contract
            self._parties.update(record.contract.parties)

    def all(self) -> set[tuple[str, str]]:
        """Kind and folded word of each."""
        words = self._words | {fold(headings[-1]) for headings in self._headings if headings}
        parties = {keyword(party) for party in self._parties}
        words = {w for w in words if 1 < len(w) <= _LONGEST_WORD and not _DIGIT.search(w)}
        return {("word", w) for w in words} | {("party", p) for p in parties}
