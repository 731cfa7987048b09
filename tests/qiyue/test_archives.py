"""Archives: each member a document, nested once; names as people wrote them; nothing hostile is unpacked."""

import hashlib
import hmac
import io
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from qiyue.archives import is_archive
from qiyue.sources import Found, find_files, open_file, shown_name
from schema.errors import ReadError
from tests.support.docx import make_docx, p


def archive(path: Path, members: dict[str, bytes]) -> Path:
    path.write_bytes(zipped(members))
    return path


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def states(path: Path) -> dict[str, tuple[str, str | None]]:
    return {found.path.removeprefix(f"{path}!/"): (found.state, found.code) for found in find_files((path,))}


def only(path: Path) -> Found:
    (found,) = find_files((path,))
    return found


def test_members_are_found_by_name_and_opened(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"b/1": b"one", "a": b"two", "__MACOSX/a": b"", "~$a.docx": b""})
    assert states(path) == {
        "a": ("queued", None), "b/1": ("queued", None), "__MACOSX/a": ("skipped", None), "~$a.docx": ("skipped", None),
    }  # fmt: skip
    assert open_file(f"{path}!/b/1").read() == b"one"
    assert shown_name(f"{path}!/b/1") == "a.zip!/b/1"


def test_an_archive_in_an_archive_is_opened_once(tmp_path: Path) -> None:
    deepest = zipped({"c.txt": b"three"})
    inner = zipped({"b.txt": b"two", "deep.zip": deepest})
    path = archive(tmp_path / "a.zip", {"a.txt": b"one", "x/inner.zip": inner, "cut.zip": inner[:40]})
    assert states(path) == {
        "a.txt": ("queued", None),
        "cut.zip": ("failed", "file_damaged"),
        "x/inner.zip!/b.txt": ("queued", None),
        "x/inner.zip!/deep.zip": ("skipped", None),
    }
    assert open_file(f"{path}!/x/inner.zip!/b.txt").read() == b"two"
    with pytest.raises(ReadError, match="file_missing"):
        open_file(f"{path}!/x/inner.zip!/gone.txt")


def test_a_type_is_told_by_bytes_not_by_names(tmp_path: Path) -> None:
    word = make_docx(p("合同"))
    (tmp_path / "word.zip").write_bytes(word)
    (tmp_path / "archive.dat").write_bytes(zipped({"a.txt": b"x"}))
    assert not is_archive(tmp_path / "word.zip")
    assert only(tmp_path / "word.zip").path == str(tmp_path / "word.zip")
    assert only(tmp_path / "archive.dat").path == f"{tmp_path}/archive.dat!/a.txt"
    outer = archive(tmp_path / "a.zip", {"word.zip": word})
    assert states(outer) == {"word.zip": ("queued", None)}
    assert open_file(f"{outer}!/word.zip").read() == word


def legacy_name(name: str, raw: bytes, extra: bytes = b"") -> bytes:
    """An archive whose member is named by bytes of an old code page."""
    info = zipfile.ZipInfo("n" * len(raw))
    info.extra = extra
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(info, name.encode())
    return out.getvalue().replace(b"n" * len(raw), raw)


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_without_a_mark_are_what_their_bytes_make(tmp_path: Path, encoding: str) -> None:
    name = "二〇二五年/采购合同.docx"
    path = tmp_path / "a.zip"
    path.write_bytes(legacy_name(name, name.replace("/", "\\").encode(encoding)))
    assert states(path) == {name: ("queued", None)}
    assert open_file(f"{path}!/{name}").read().decode() == name


def test_a_name_in_the_extra_field_counts(tmp_path: Path) -> None:
    name = "合同.txt".encode()
    field = struct.pack("<HHBI", 0x7075, 5 + len(name), 1, 0) + name
    path = tmp_path / "a.zip"
    path.write_bytes(legacy_name("x", b"_.txt", field))
    assert states(path) == {"合同.txt": ("queued", None)}


def test_a_member_that_climbs_out_is_only_a_name(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"../../etc/passwd": b"x", "/abs.txt": b"y"})
    assert {state for state, _ in states(path).values()} == {"queued"}
    assert open_file(f"{path}!/../../etc/passwd").read() == b"x"
    assert sorted(item.name for item in tmp_path.iterdir()) == ["a.zip"]


def test_a_link_is_passed_over(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr(info, "/etc/passwd")
    assert (only(tmp_path / "a.zip").state, only(tmp_path / "a.zip").message) == ("skipped", "a link")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"bomb": bytes(50_000_000), "inner.zip": zipped({"bomb": bytes(50_000_000)})})
    assert states(path) == {"bomb": ("failed", "file_too_large"), "inner.zip!/bomb": ("failed", "file_too_large")}


def test_members_that_lie_over_each_other_are_refused(tmp_path: Path) -> None:
    """Many names for the same bytes: the way to a bomb whose ratio looks harmless."""
    data = zipped({"a.txt": b"x" * 100, "b.txt": b"x" * 100})
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data = data[: second + 42] + struct.pack("<I", 0) + data[second + 46 :]
    (tmp_path / "a.zip").write_bytes(data)
    assert (only(tmp_path / "a.zip").state, only(tmp_path / "a.zip").code) == ("failed", "file_damaged")


def test_a_size_that_lies_is_found_while_unpacking(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"x" * 1000}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 10)
    (tmp_path / "a.zip").write_bytes(bytes(data))
    with pytest.raises(ReadError, match="file_damaged"):
        open_file(f"{tmp_path}/a.zip!/a.txt")


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qiyue.archives._MEMBERS", 3)
    path = archive(tmp_path / "a.zip", {str(n): b"" for n in range(4)})
    assert only(path).code == "file_too_large"


def test_a_protected_member_is_named(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a": b"secret"})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + offset
        data[at : at + 2] = struct.pack("<H", 1)
    path.write_bytes(bytes(data))
    assert (only(path).state, only(path).code) == ("failed", "file_encrypted")


def encrypted(name: str, data: bytes, password: bytes) -> bytes:
    """An archive of one stored member, encrypted as every archiver can (PKWARE's own cipher)."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def step(crc: int, byte: int) -> int:
        # zlib turns its sums over before and behind: here the bare step is needed
        return zlib.crc32(bytes([byte]), crc ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    def turn(byte: int) -> None:
        keys[0] = step(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 255)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = step(keys[2], keys[1] >> 24)

    for byte in password:
        turn(byte)
    sealed = bytearray()
    for byte in bytes(11) + struct.pack("<I", zlib.crc32(data))[3:] + data:
        mask = keys[2] | 2
        sealed.append(byte ^ (mask * (mask ^ 1) >> 8 & 255))
        turn(byte)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(name, bytes(sealed))
    whole = bytearray(out.getvalue())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = whole.index(signature)
        struct.pack_into("<H", whole, at + flags, 1)
        struct.pack_into("<III", whole, at + flags + 8, zlib.crc32(data), len(sealed), len(data))
    return bytes(whole)


@pytest.mark.parametrize(
    ("password", "key"), [("open", b"open"), ("合同", "合同".encode()), ("合同", "合同".encode("gbk"))]
)
def test_a_password_opens_members(tmp_path: Path, password: str, key: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(encrypted("lease.txt", "第一条 标的。".encode(), key))
    (found,) = find_files((path,), password=password)
    assert found.state == "queued"
    assert open_file(found.path, password=password).read().decode() == "第一条 标的。"
    (refused,) = find_files((path,), password="wrong")
    assert (refused.state, refused.code) == ("failed", "file_encrypted")
    assert "password does not open" in str(refused.message)
    assert "--password" in str(only(path).remedy)
    with pytest.raises(ReadError, match="protected by a password"):
        open_file(found.path)


def sealed(name: str, data: bytes, password: bytes, *, strength: int = 3, packed: int = 8, version: int = 2) -> bytes:
    """An archive of one member encrypted with AES, as WinZip and 7-Zip do."""
    squeeze = zlib.compressobj(wbits=-15)
    plain = squeeze.compress(data) + squeeze.flush() if packed == 8 else data
    size, salt = 8 + 8 * strength, bytes(range(4 + 4 * strength))
    keys = hashlib.pbkdf2_hmac("sha1", password, salt, 1000, 2 * size + 2)
    cipher = Cipher(algorithms.AES(keys[:size]), modes.ECB()).encryptor()
    blocks = range(1, len(plain) // 16 + 2)
    mask = b"".join(cipher.update(number.to_bytes(16, "little")) for number in blocks)
    body = bytes(one ^ other for one, other in zip(plain, mask, strict=False))
    seal = hmac.new(keys[size:-2], body, "sha1").digest()[:10]
    info = zipfile.ZipInfo(name)
    info.extra = struct.pack("<HHH2sBH", 0x9901, 7, version, b"AE", strength, packed)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(info, salt + keys[-2:] + body + seal)
    whole = bytearray(out.getvalue())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = whole.index(signature) + flags
        struct.pack_into("<HH", whole, at, 1, 99)
        struct.pack_into("<I", whole, at + 8, zlib.crc32(data) if version == 1 else 0)
        struct.pack_into("<I", whole, at + 16, len(data))
    return bytes(whole)


LEASE = "第一条 标的。".encode() * 20_000


@pytest.mark.parametrize(("strength", "packed", "version"), [(1, 8, 2), (2, 0, 1), (3, 8, 1), (3, 0, 2)])
def test_a_password_opens_members_encrypted_with_aes(tmp_path: Path, strength: int, packed: int, version: int) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(sealed("租赁.txt", LEASE, "合同".encode(), strength=strength, packed=packed, version=version))
    (found,) = find_files((path,), password="合同")
    assert (found.state, found.path) == ("queued", f"{path}!/租赁.txt")
    assert open_file(found.path, password="合同").read() == LEASE
    (refused,) = find_files((path,), password="wrong")
    assert (refused.code, "password does not open" in str(refused.message)) == ("file_encrypted", True)
    assert only(path).code == "file_encrypted"


def test_a_member_encrypted_with_aes_that_was_changed_is_damaged(tmp_path: Path) -> None:
    whole = sealed("a.txt", b"first " * 9, b"open", packed=0)
    path = tmp_path / "a.zip"
    for place in (whole.index(b"AE") + 5 + 16 + 2 + 30, whole.index(b"PK\x01\x02") - 1):
        data = bytearray(whole)
        data[place] ^= 1
        path.write_bytes(data)
        with pytest.raises(ReadError) as refused:
            open_file(f"{path}!/a.txt", password="open")
        assert refused.value.code == "file_damaged"


def test_a_member_encrypted_with_aes_may_not_unpack_to_more_than_it_says(tmp_path: Path) -> None:
    data = bytearray(sealed("a.txt", bytes(5_000_000), b"open"))
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    (refused,) = find_files((path,), password="open")
    assert refused.code == "file_too_large"
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 500_000)
    path.write_bytes(data)
    with pytest.raises(ReadError) as lied:
        open_file(f"{path}!/a.txt", password="open")
    assert lied.value.code == "file_damaged"


def test_a_cipher_that_is_not_read_is_said(tmp_path: Path) -> None:
    data = bytearray(encrypted("a.txt", b"secret", b"open"))
    for signature, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", data, data.index(signature) + method, 99)
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    (refused,) = find_files((path,), password="open")
    assert (refused.code, "not known" in str(refused.message)) == ("file_encrypted", True)


def test_a_protected_archive_is_parsed_with_its_password(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(encrypted("采购.txt", "采购合同\n第一条 标的 水泵三台。".encode(), b"open"))
    command = [sys.executable, "-m", "qiyue", "parse", str(path)]
    done = subprocess.run([*command, "--password", "open"], capture_output=True, text=True, check=False)
    assert (done.returncode, "水泵三台" in done.stdout) == (0, True)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("a.txt", "one")
        made.writestr("a.txt", "two")
    assert [(found.state, found.code) for found in find_files((tmp_path / "a.zip",))] == [
        ("queued", None), ("failed", "file_damaged"),
    ]  # fmt: skip


@pytest.mark.parametrize("keep", [0, 3, 30, 90])
def test_a_broken_archive_is_one_failure(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.txt": b"x" * 50})[:keep])
    assert (only(path).state, only(path).code) == ("failed", "file_damaged")


@pytest.mark.slow
def test_parse_prints_a_record_for_each_member(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "a.zip",
        {"a.txt": "采购合同\n第一条 标的".encode(), "b.docx": make_docx(p("租赁合同")), "c.pdf": b"%PDF-"},
    )
    command = [sys.executable, "-m", "qiyue", "parse"]
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert [
        '"name":"a.zip!/a.txt"' in line or '"name":"a.zip!/b.docx"' in line for line in done.stdout.splitlines()
    ] == [True, True]
    assert done.stderr.startswith("file_damaged: a.zip!/c.pdf")
    one = subprocess.run([*command, f"{path}!/b.docx"], capture_output=True, text=True, check=False)
    assert (one.returncode, one.stdout.count("\n")) == (0, 1)
    assert '"text":"租赁合同"' in one.stdout
