"""AES decryption (FIPS 197) of many blocks at once, for encrypted Word files."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLOCK: Final = 16
# byte r of column c comes from column c - r
_UNSHIFT: Final = [(place % 4) + 4 * ((place // 4 - place % 4) % 4) for place in range(_BLOCK)]


def decrypt_cbc(key: bytes, start: bytes, data: bytes) -> bytes:
    """Decrypt chained blocks.

    Args:
        key: 16, 24 or 32 bytes.
        start: the block in front of the first, 16 bytes.
        data: whole blocks; a rest is left out.
    """
    data = data[: len(data) // _BLOCK * _BLOCK]
    before = np.frombuffer(start + data[:-_BLOCK], np.uint8)[: len(data)]
    plain = np.frombuffer(decrypt_ecb(key, data), np.uint8)
    return (plain ^ before).tobytes()


def decrypt_ecb(key: bytes, data: bytes) -> bytes:
    """Decrypt blocks that stand alone; arguments as in `decrypt_cbc`."""
    data = data[: len(data) // _BLOCK * _BLOCK]
    if not data:
        return b""
    keys = _round_keys(key)
    _, unbox = _boxes()
    nine, eleven, thirteen, fourteen = (_times(factor) for factor in (9, 11, 13, 14))
    state = np.frombuffer(data, np.uint8).reshape(-1, _BLOCK) ^ keys[-1]
    for round_key in keys[-2:0:-1]:
        state = unbox[state[:, _UNSHIFT]] ^ round_key
        a, b, c, d = (state[:, row::4] for row in range(4))
        mixed = np.empty_like(state)
        mixed[:, 0::4] = fourteen[a] ^ eleven[b] ^ thirteen[c] ^ nine[d]
        mixed[:, 1::4] = nine[a] ^ fourteen[b] ^ eleven[c] ^ thirteen[d]
        mixed[:, 2::4] = thirteen[a] ^ nine[b] ^ fourteen[c] ^ eleven[d]
        mixed[:, 3::4] = eleven[a] ^ thirteen[b] ^ nine[c] ^ fourteen[d]
        state = mixed
    return bytes((unbox[state[:, _UNSHIFT]] ^ keys[0]).tobytes())


def _round_keys(key: bytes) -> list[NDArray[Any]]:
    """The keys of all rounds, 16 bytes each."""
    box, _ = _boxes()
    count = len(key) // 4
    words = [list(key[at : at + 4]) for at in range(0, len(key), 4)]
    constant = 1
    for place in range(count, 4 * (count + 7)):
        word = words[-1]
        if place % count == 0:
            word = [int(box[byte]) for byte in (*word[1:], word[0])]
            word[0] ^= constant
            constant = _double(constant)
        elif count > 6 and place % count == 4:
            word = [int(box[byte]) for byte in word]
        words.append([one ^ other for one, other in zip(words[-count], word, strict=True)])
    flat = np.array(words, np.uint8).reshape(-1, _BLOCK)
    return list(flat)


def _double(value: int) -> int:
    return ((value << 1) ^ (0x11B if value & 0x80 else 0)) & 0xFF


@lru_cache(maxsize=1)
def _boxes() -> tuple[NDArray[Any], NDArray[Any]]:
    """The substitution and its inverse."""
    box = np.zeros(256, np.uint8)
    value = inverse = 1
    while True:
        value ^= _double(value)
        for shift in (1, 2, 4):
            inverse ^= inverse << shift
        inverse &= 0xFF
        if inverse & 0x80:
            inverse ^= 0x09
        turned = inverse
        for _ in range(4):
            inverse_bits = (turned << 1 | turned >> 7) & 0xFF
            turned = inverse_bits
            box[value] ^= turned
        box[value] ^= inverse ^ 0x63
        if value == 1:
            break
    box[0] = 0x63
    unbox = np.zeros(256, np.uint8)
    unbox[box] = np.arange(256, dtype=np.uint8)
    return box, unbox


@lru_cache(maxsize=8)
def _times(factor: int) -> NDArray[Any]:
    """Products with a factor in the field of AES."""
    table = np.zeros(256, np.uint8)
    for value in range(256):
        product, power, rest = 0, value, factor
        while rest:
            product ^= power if rest & 1 else 0
            power, rest = _double(power), rest >> 1
        table[value] = product
    return table
