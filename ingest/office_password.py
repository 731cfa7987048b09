"""Encrypted Word files ([MS-OFFCRYPTO]): the package inside, opened with its password.

Both kinds that Word and WPS write: agile (since 2010) and standard (2007), both AES.
"""

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass
from typing import Final

from lxml import etree

from ingest.aes import decrypt_cbc, decrypt_ecb
from ingest.compound import CompoundFile
from ingest.container import parse_xml
from ingest.word.names import local
from schema.errors import ReadError

_INPUT: Final = bytes.fromhex("fea7d2763b4b9e79")
_VALUE: Final = bytes.fromhex("d7aa0f6d3061344e")
_KEY: Final = bytes.fromhex("146e0be7abacd0d6")
_SEGMENT: Final = 4096
_MOST_SPINS: Final = 1_000_000
_STANDARD_SPINS: Final = 50_000
_HASHES: Final = {"SHA1": "sha1", "SHA-1": "sha1", "SHA256": "sha256", "SHA384": "sha384", "SHA512": "sha512"}


def opened(data: bytes, password: str | None) -> bytes:
    """The package of an encrypted file.

    Args:
        data: the file.
        password: as typed; None when none was given.

    Raises:
        ReadError: `file_encrypted` without the right password, `file_damaged`.
    """
    if password is None:
        raise ReadError("file_encrypted", "the Word file is protected by a password")
    container = CompoundFile(data)
    info, package = container.stream("EncryptionInfo"), container.stream("EncryptedPackage")
    if info is None or package is None or len(info) < 8 or len(package) < 8:
        raise ReadError("file_damaged", "the encrypted Word file is cut off or broken")
    try:
        if struct.unpack_from("<HH", info) == (4, 4):
            plain = _agile(info[8:], package[8:], password)
        elif info[2:4] == b"\x02\x00":
            plain = _standard(info[8:], package[8:], password)
        else:
            raise _unknown()
    except (struct.error, ValueError, KeyError, binascii.Error, IndexError) as error:
        raise ReadError("file_damaged", "the encrypted Word file is cut off or broken") from error
    return plain[: struct.unpack_from("<Q", package)[0]]


@dataclass(frozen=True, slots=True)
class _Parameters:
    """Salt, hash and sizes in bytes of a key."""

    salt: bytes
    hash_name: str
    key: int
    block: int

    @classmethod
    def of(cls, element: etree._Element) -> "_Parameters":
        if element.get("cipherAlgorithm") != "AES" or element.get("cipherChaining") != "ChainingModeCBC":
            raise _unknown()
        bits = int(element.get("keyBits") or 0)
        if bits not in (128, 192, 256) or int(element.get("blockSize") or 0) != 16:
            raise _unknown()
        name = _HASHES[element.get("hashAlgorithm") or ""]
        return cls(base64.b64decode(element.get("saltValue") or ""), name, bits // 8, 16)

    def hashed(self, data: bytes) -> bytes:
        return hashlib.new(self.hash_name, data).digest()

    def fitted(self, data: bytes, size: int) -> bytes:
        """A hash made as long as a key or a block."""
        return data[:size].ljust(size, b"\x36")


def _agile(xml: bytes, package: bytes, password: str) -> bytes:
    root, _ = parse_xml(xml)
    parts = {local(element): element for element in root.iter()} if root is not None else {}
    outer, inner = parts["keyData"], parts["encryptedKey"]
    content, lock = _Parameters.of(outer), _Parameters.of(inner)
    spins = int(inner.get("spinCount") or 0)
    if spins > _MOST_SPINS:
        raise ReadError("file_too_large", "the encrypted Word file asks for more work than is allowed")
    spun = lock.hashed(lock.salt + password.encode("utf-16-le"))
    for number in range(spins):
        spun = lock.hashed(struct.pack("<I", number) + spun)

    def unlocked(name: str, purpose: bytes) -> bytes:
        key = lock.fitted(lock.hashed(spun + purpose), lock.key)
        return decrypt_cbc(key, lock.fitted(lock.salt, lock.block), base64.b64decode(inner.get(name) or ""))

    given = unlocked("encryptedVerifierHashInput", _INPUT)[: len(lock.salt)]
    expected = lock.hashed(given)
    if unlocked("encryptedVerifierHashValue", _VALUE)[: len(expected)] != expected:
        raise _wrong()
    secret = unlocked("encryptedKeyValue", _KEY)[: content.key]
    segments = []
    for number, at in enumerate(range(0, len(package), _SEGMENT)):
        start = content.fitted(content.hashed(content.salt + struct.pack("<I", number)), content.block)
        segments.append(decrypt_cbc(secret, start, package[at : at + _SEGMENT]))
    return b"".join(segments)


def _standard(info: bytes, package: bytes, password: str) -> bytes:
    header_size = struct.unpack_from("<I", info)[0]
    _, _, algorithm, _, bits = struct.unpack_from("<5I", info, 4)
    verifier = info[4 + header_size :]
    if algorithm not in (0x660E, 0x660F, 0x6610) or bits not in (128, 192, 256):
        raise _unknown()
    salt, given, expected = verifier[4:20], verifier[20:36], verifier[40:72]
    spun = hashlib.sha1(salt + password.encode("utf-16-le")).digest()
    for number in range(_STANDARD_SPINS):
        spun = hashlib.sha1(struct.pack("<I", number) + spun).digest()
    spun = hashlib.sha1(spun + bytes(4)).digest()
    wide = b"".join(
        hashlib.sha1(bytes(pad ^ byte for byte in spun.ljust(64, b"\x00"))).digest() for pad in (0x36, 0x5C)
    )
    key = wide[: bits // 8]
    if hashlib.sha1(decrypt_ecb(key, given)).digest() != decrypt_ecb(key, expected)[:20]:
        raise _wrong()
    return decrypt_ecb(key, package)


def _wrong() -> ReadError:
    return ReadError("file_encrypted", "the password does not open the Word file")


def _unknown() -> ReadError:
    remedy = "open it in Word and save it without a password"
    return ReadError("file_encrypted", "the Word file is encrypted in a way that is not known", remedy=remedy)
