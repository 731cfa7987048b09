"""Whether two contracts are one: the same text in another format (twin), or another state of it (version).

Two contracts made from one printed form share nearly all their words and are still two contracts. So likeness of the
text never decides alone: the parties with the title, or the contract number, must agree too.

The sketch is one-permutation MinHash (Li, Owen, Zhang: One Permutation Hashing, NIPS 2012) over character 5-grams: 128
numbers, whose share of equal ones estimates the Jaccard likeness of the two texts with a standard error below 0.045.
"""

import hashlib
import struct
import unicodedata
import zlib
from dataclasses import dataclass

from schema.contract import Contract

_BINS = 128
_GRAM = 5
_EMPTY = 0xFFFFFFFF
_FORMAT = f"<{_BINS}I"
TWIN_LIKENESS = 0.93
VERSION_LIKENESS = 0.35


@dataclass(frozen=True)
class Likeness:
    """What to compare a contract by.

    Attributes:
        text_hash: sha256 of the letters, digits and ideographs of the text; equal for equal words.
        sketch: MinHash, 128 little-endian numbers.
        keys: what a twin or version has in common with it (`number:…`, `parties:…`); empty when the contract names
            neither; with them `amounts:…`, which tells a twin from a version.
    """

    text_hash: str
    sketch: bytes
    keys: tuple[str, ...]


def likeness(contract: Contract) -> Likeness:
    """Make it."""
    words = _letters(contract.text)
    title = _letters(contract.title or "")
    names = sorted({_letters(party.name) for party in contract.parties if party.name})
    keys = []
    if contract.contract_no and len(_letters(contract.contract_no)) >= 4:
        keys.append(f"number:{_letters(contract.contract_no)}")
    if title and names:
        keys.append(f"parties:{title}|{'|'.join(names)}")
    amounts = "|".join(sorted({format(amount.value, "f") for amount in contract.amounts}))
    keys.append(f"amounts:{hashlib.sha256(amounts.encode()).hexdigest()[:16]}")
    return Likeness(hashlib.sha256(words.encode()).hexdigest(), _sketch(words), tuple(keys))


def resemblance(one: bytes, other: bytes) -> float:
    """Estimated Jaccard likeness of two texts, 0 to 1."""
    pairs = [
        (a, b)
        for a, b in zip(struct.unpack(_FORMAT, one), struct.unpack(_FORMAT, other), strict=True)
        if a != _EMPTY or b != _EMPTY
    ]
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else 0.0


def _letters(text: str) -> str:
    """Letters, digits and ideographs alone, width and case folded: what survives another format."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def _sketch(words: str) -> bytes:
    bins = [_EMPTY] * _BINS
    data = words.encode("utf-32-le")
    for start in range(0, max(len(data) - 4 * (_GRAM - 1), 4), 4):
        value = zlib.crc32(data[start : start + 4 * _GRAM])
        place, rest = value & (_BINS - 1), value >> 7
        if rest < bins[place]:
            bins[place] = rest
    return struct.pack(_FORMAT, *bins)
