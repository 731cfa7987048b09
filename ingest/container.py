"""Zip containers (DOCX, OFD, ODT, archives) opened with care.

A container may lie about sizes, hold a million entries, or unpack a kilobyte into gigabytes. Sizes are therefore
counted while unpacking, never believed, and every part draws from one budget.
"""

import io
import zipfile
import zlib
from typing import Final

from lxml import etree

from ingest.options import Limits
from schema.errors import ReadError

_CHUNK: Final = 1 << 16
_FREE: Final = 1_000_000  # the ratio is not asked of the first megabyte: XML of blanks packs a thousandfold
# a prefix that was never declared loses nothing: names are compared without them
_HARMLESS: Final = frozenset({"NS_ERR_UNDEFINED_NAMESPACE", "NS_ERR_XML_NAMESPACE"})
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Container:
    """A zip file with a budget.

    Attributes:
        names: names of its entries, in order, folders left out.
        mended: names of the XML parts that are broken and were read as far as they go.
    """

    def __init__(self, data: bytes, limits: Limits, *, what: str = "the file") -> None:
        """Open a container.

        Raises:
            ReadError: `file_damaged` for a broken one, `file_too_large` for too many entries.
        """
        self._limits = limits
        self._left = limits.unpacked_bytes
        self.mended: list[str] = []
        self._what = what
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise ReadError("file_damaged", f"{what} is cut off or broken") from error
        self.infos = [info for info in self._zip.infolist() if not info.is_dir()]
        if len(self.infos) > limits.members:
            raise ReadError("file_too_large", f"{what} has {len(self.infos)} entries, more than {limits.members}")
        self.names = [info.filename for info in self.infos]
        self._by_name = {info.filename.lower(): info for info in self.infos}

    def __contains__(self, name: str) -> bool:
        """Whether there is an entry of this name; case does not count."""
        return name.lower() in self._by_name

    def read(self, name: str, *, password: str | None = None) -> bytes:
        """Unpack one entry.

        Raises:
            ReadError: `file_damaged`, `file_too_large`, `file_encrypted`.
            KeyError: no such entry.
        """
        return self.unpack(self._by_name[name.lower()], password=password)

    def unpack(self, info: zipfile.ZipInfo, *, password: str | None = None) -> bytes:
        """Unpack an entry of `infos`; errors as in `read`."""
        if info.flag_bits & 1 and password is None:
            raise ReadError("file_encrypted", f"{self._what} is protected by a password")
        most = max(_FREE, info.compress_size * self._limits.ratio)
        parts, size = [], 0
        try:
            with self._zip.open(info, pwd=password.encode() if password else None) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > most or size > self._left:
                        raise ReadError("file_too_large", f"a part of {self._what} unpacks to more than is allowed")
                    parts.append(chunk)
        except ReadError:
            raise
        except _BROKEN as error:
            if "password" in str(error).lower():
                raise ReadError("file_encrypted", f"the password does not open {self._what}") from error
            raise ReadError("file_damaged", f"a part of {self._what} is cut off or broken") from error
        self._left -= size
        return b"".join(parts)

    def xml(self, name: str) -> etree._Element | None:
        """Parse an entry as XML; None when it is missing or holds no element.

        Raises:
            ReadError: as in `read`.
        """
        if name not in self:
            return None
        root, whole = parse_xml(self.read(name))
        if not whole:
            self.mended.append(name)
        return root


def parse_xml(data: bytes) -> tuple[etree._Element | None, bool]:
    """Parse XML of strangers: no entities, no network, small mistakes mended.

    Returns:
        The root, None when there is no element; and whether nothing had to be mended or left out.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, False
    return root, not any(
        item.level_name in ("ERROR", "FATAL") and item.type_name not in _HARMLESS for item in parser.error_log
    )
