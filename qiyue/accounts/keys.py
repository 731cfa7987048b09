"""Random keys for cookies, links and tokens. They are long and random, so a plain sha256 is enough to keep them."""

import hashlib
import hmac
import re
import secrets

TOKEN_PREFIX = "qy"
_TOKEN = re.compile(rf"{TOKEN_PREFIX}_(?P<id>[0-9a-f]{{12}})_(?P<secret>[A-Za-z0-9_-]{{43}})")


def new_key() -> str:
    """256 random bits, fit for a cookie or an address."""
    return secrets.token_urlsafe(32)


def digest(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two digests or keys are equal, in a time that does not tell how far."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def new_token() -> tuple[str, str]:
    """A token of a program: its public id and the whole of it."""
    identity = secrets.token_hex(6)
    return identity, f"{TOKEN_PREFIX}_{identity}_{new_key()}"


def token_id(token: str) -> str | None:
    """The public id in a token; None when it is none of ours."""
    match = _TOKEN.fullmatch(token)
    return match["id"] if match else None


def masked(key: str) -> str:
    """A key in another disguise each time, so that compressed pages do not give it away letter by letter (BREACH)."""
    raw = key.encode()
    pad = secrets.token_bytes(len(raw))
    return (pad + bytes(a ^ b for a, b in zip(raw, pad, strict=True))).hex()


def unmasked(disguise: str) -> str:
    """The key behind `masked`; an empty string when it is none."""
    try:
        both = bytes.fromhex(disguise)
        half = len(both) // 2
        return bytes(a ^ b for a, b in zip(both[:half], both[half:], strict=True)).decode()
    except ValueError:
        return ""
