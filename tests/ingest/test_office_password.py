"""Encrypted Word files: opened with the right password, refused without, harmless when broken."""

# ruff: noqa: E501 — mark-up reads better unbroken

import base64
import hashlib
import random
import struct

import numpy as np
import pytest

from ingest.aes import decrypt_cbc, decrypt_ecb
from ingest.compound import CompoundFile
from ingest.options import ReadOptions
from ingest.read import read
from schema.errors import ReadError
from tests.support.docx import make_docx, p

WORD = make_docx(p("设备采购合同") + p("第一条 标的。"))
PASSWORD = "密码 abc"


def chain(key: bytes, start: bytes, data: bytes) -> bytes:
    """AES in chained blocks, by the library that signing in with OpenID stands on."""
    ciphers = pytest.importorskip("cryptography.hazmat.primitives.ciphers")
    data += bytes(-len(data) % 16)
    mode = ciphers.modes.CBC(start) if start else ciphers.modes.ECB()
    encryptor = ciphers.Cipher(ciphers.algorithms.AES(key), mode).encryptor()
    return bytes(encryptor.update(data) + encryptor.finalize())


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of streams, each in sectors of its own."""
    table: list[int] = [0xFFFFFFFD]
    sectors: list[bytes] = [b""]

    def store(data: bytes) -> int:
        first = len(sectors)
        parts = [data[at : at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)] or [bytes(512)]
        sectors.extend(parts)
        table.extend([*range(first + 1, first + len(parts)), 0xFFFFFFFE])
        return first

    entries = [("Root Entry", 5, 0xFFFFFFFE, 0)]
    for name, data in streams.items():
        entries.append((name, 2, store(data.ljust(4096, b"\0")), max(len(data), 4096)))
    directory = b""
    for name, kind, first, size in entries:
        raw = name.encode("utf-16-le")
        entry = raw.ljust(64, b"\0") + struct.pack("<HB", len(raw) + 2, kind)
        directory += entry.ljust(0x74, b"\0") + struct.pack("<IQ", first, size)
    place = store(directory)
    sectors[0] = b"".join(struct.pack("<I", item) for item in table).ljust(512, b"\xff")
    assert len(table) <= 128
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    header = header.ljust(0x2C, b"\0") + struct.pack("<III", 1, place, 0)
    header += struct.pack("<IIIII", 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    return header.ljust(512, b"\xff") + b"".join(sectors)


def agile(data: bytes, password: str, spins: int = 1000) -> bytes:
    """Encrypt as Word does since 2010."""
    salt, outer, secret, given = (bytes([n]) * 16 for n in (1, 2, 3, 4))
    secret += secret

    def sha(value: bytes) -> bytes:
        return hashlib.sha512(value).digest()

    spun = sha(salt + password.encode("utf-16-le"))
    for number in range(spins):
        spun = sha(struct.pack("<I", number) + spun)

    def locked(purpose: str, value: bytes) -> str:
        key = sha(spun + bytes.fromhex(purpose))[:32]
        return base64.b64encode(chain(key, salt, value)).decode()

    kind = 'saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
    xml = (
        f'<encryption xmlns="x"><keyData {kind} saltValue="{base64.b64encode(outer).decode()}"/><keyEncryptors><keyEncryptor>'
        f'<encryptedKey {kind} spinCount="{spins}" saltValue="{base64.b64encode(salt).decode()}" '
        f'encryptedVerifierHashInput="{locked("fea7d2763b4b9e79", given)}" '
        f'encryptedVerifierHashValue="{locked("d7aa0f6d3061344e", sha(given))}" '
        f'encryptedKeyValue="{locked("146e0be7abacd0d6", secret)}"/></keyEncryptor></keyEncryptors></encryption>'
    )
    package = struct.pack("<Q", len(data))
    for number, at in enumerate(range(0, len(data), 4096)):
        package += chain(secret, sha(outer + struct.pack("<I", number))[:16], data[at : at + 4096])
    return compound({"EncryptionInfo": struct.pack("<HHI", 4, 4, 64) + xml.encode(), "EncryptedPackage": package})


def standard(data: bytes, password: str) -> bytes:
    """Encrypt as Word did in 2007."""
    salt, given = b"\x05" * 16, b"\x06" * 16
    spun = hashlib.sha1(salt + password.encode("utf-16-le")).digest()
    for number in range(50_000):
        spun = hashlib.sha1(struct.pack("<I", number) + spun).digest()
    spun = hashlib.sha1(spun + bytes(4)).digest()
    key = hashlib.sha1(bytes(0x36 ^ byte for byte in spun.ljust(64, b"\0"))).digest()[:16]
    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0) + "AES".encode("utf-16-le") + bytes(2)
    verifier = struct.pack("<I", 16) + salt + chain(key, b"", given)
    verifier += struct.pack("<I", 20) + chain(key, b"", hashlib.sha1(given).digest().ljust(32, b"\0"))
    info = struct.pack("<HHI", 4, 2, 0x24) + struct.pack("<I", len(header)) + header + verifier
    package = struct.pack("<Q", len(data)) + chain(key, b"", data)
    return compound({"EncryptionInfo": info, "EncryptedPackage": package})


def code_of(data: bytes, password: str | None) -> str:
    with pytest.raises(ReadError) as caught:
        read(data, ReadOptions(password=password))
    return caught.value.code


@pytest.mark.parametrize("encrypt", [agile, standard])
def test_the_password_opens_and_nothing_else_does(encrypt: object) -> None:
    data = encrypt(WORD, PASSWORD)  # type: ignore[operator]
    assert read(data, ReadOptions(password=PASSWORD)).text == "设备采购合同\n第一条 标的。"
    assert code_of(data, "other") == "file_encrypted"
    assert code_of(data, None) == "file_encrypted"


def test_what_is_inside_must_be_a_word_file() -> None:
    assert code_of(agile(b"PK\x03\x04 no word file", PASSWORD), PASSWORD) in ("file_damaged", "file_type_unknown")


def test_work_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = agile(WORD, PASSWORD, spins=1000)
    monkeypatch.setattr("ingest.office_password._MOST_SPINS", 999)
    assert code_of(data, PASSWORD) == "file_too_large"


def test_broken_containers_are_refused() -> None:
    whole = agile(WORD, PASSWORD)
    chance = random.Random(2)
    codes = set()
    for number in range(60):
        data = bytearray(whole[: chance.randrange(520, len(whole))] if number % 3 == 0 else whole)
        for _ in range(8):
            data[chance.randrange(len(data) if number % 2 else 512)] = chance.randrange(256)
        try:
            read(bytes(data), ReadOptions(password=PASSWORD))
        except ReadError as error:
            codes.add(error.code)
    assert codes <= {"file_damaged", "file_encrypted", "file_type_unknown", "file_too_large", "no_text"}
    assert "file_damaged" in codes


def test_streams_small_and_large() -> None:
    file = CompoundFile(compound({"One": b"1" * 5000, "Two": b"2"}))
    assert file.stream("One") == b"1" * 5000
    assert file.stream("Three") is None


@pytest.mark.parametrize("size", [16, 24, 32])
def test_aes_is_that_of_another_library(size: int) -> None:
    data = np.random.default_rng(size).bytes(16 * 50)
    key, start = data[:size], data[40:56]
    assert decrypt_cbc(key, start, chain(key, start, data)) == data
    assert decrypt_ecb(key, chain(key, b"", data)) == data


def test_aes_by_the_example_of_the_standard() -> None:
    key = bytes(range(16))
    assert (
        decrypt_ecb(key, bytes.fromhex("69c4e0d86a7b0430d8cdb78070b4c55a")).hex() == "00112233445566778899aabbccddeeff"
    )
