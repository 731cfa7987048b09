"""The parts of an OFD package: documents, pages, templates, resources, annotations, seals."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from ingest.container import Container
from ingest.ofd.geometry import box_of, child_text
from ingest.word.names import child, local
from schema.base import Box
from schema.errors import ReadError

_A4: Final[Box] = (0.0, 0.0, 210.0, 297.0)


@dataclass(slots=True)
class OfdPage:
    """A page: its content, the templates beneath it, its area in millimetres."""

    root: etree._Element | None
    templates: list[etree._Element]
    area: Box


@dataclass(slots=True)
class OfdDocument:
    """One document of the package.

    Attributes:
        pages: in order.
        bold_fonts: ids of bold fonts.
        pictures: id of a resource -> its path.
        annotations: number of the page from 0 -> kind and look of each annotation.
        seals: number of the page from 0 -> box of each electronic seal in millimetres.
    """

    pages: list[OfdPage] = field(default_factory=list)
    bold_fonts: frozenset[str] = frozenset()
    pictures: dict[str, str] = field(default_factory=dict)
    annotations: dict[int, list[tuple[str, etree._Element]]] = field(default_factory=dict)
    seals: dict[int, list[Box]] = field(default_factory=dict)


class OfdPackage:
    """Opens the parts of a package by the places they name."""

    def __init__(self, container: Container, most_pages: int) -> None:
        """Take an opened container.

        Args:
            container: the file.
            most_pages: limit of pages.
        """
        self._container = container
        self._most_pages = most_pages

    def documents(self) -> Iterator[OfdDocument]:
        """The documents of the package, in order.

        Raises:
            ReadError: `file_damaged`, `file_too_large`, `file_encrypted`.
        """
        root = self._container.xml("OFD.xml")
        if "Encryptions.xml" in self._container:
            raise ReadError("file_encrypted", "the OFD file is encrypted", remedy="save it without encryption")
        bodies = [item for item in root if local(item) == "DocBody"] if root is not None else []
        found = [place for body in bodies if (place := child_text(body, "DocRoot"))]
        for body in bodies:
            place = child_text(body, "DocRoot")
            if place:
                yield self._document(_inside("", place), child_text(body, "Signatures"))
        if not found:
            raise ReadError("file_damaged", "the OFD file names no document")

    def picture(self, path: str) -> bytes | None:
        """Bytes of a picture resource, None when it is not there."""
        return self._container.read(path) if path in self._container else None

    def _xml(self, path: str | None) -> etree._Element | None:
        return self._container.xml(path) if path else None

    def _document(self, path: str, signatures: str | None) -> OfdDocument:
        root = self._xml(path)
        if root is None:
            raise ReadError("file_damaged", "a document of the OFD file cannot be read")
        folder = posixpath.dirname(path)
        common = child(root, "CommonData")
        document = OfdDocument()
        self._resources(common, folder, document)
        area = _area(child(common, "PageArea")) or _A4
        templates = {
            item.get("ID") or "": _inside(folder, item.get("BaseLoc") or "")
            for item in (common if common is not None else ())
            if local(item) == "TemplatePage"
        }
        places = child(root, "Pages")
        pages = [item for item in places if local(item) == "Page"] if places is not None else []
        if len(pages) > self._most_pages:
            raise ReadError("file_too_large", f"the OFD file has {len(pages)} pages, more than {self._most_pages}")
        numbers = {item.get("ID") or "": number for number, item in enumerate(pages)}
        for item in pages:
            document.pages.append(self._page(_inside(folder, item.get("BaseLoc") or ""), templates, area))
        self._annotations(root, folder, numbers, document)
        if signatures:
            self._seals(_inside("", signatures), numbers, document)
        return document

    def _page(self, path: str, templates: dict[str, str], area: Box) -> OfdPage:
        root = self._xml(path)
        if root is None:
            return OfdPage(None, [], area)
        below = []
        for item in root:
            if local(item) == "Template":
                template = self._xml(templates.get(item.get("TemplateID") or ""))
                if template is not None:
                    below.append(template)
        return OfdPage(root, below, _area(child(root, "Area")) or area)

    def _resources(self, common: etree._Element | None, folder: str, document: OfdDocument) -> None:
        bold: set[str] = set()
        for item in common if common is not None else ():
            if local(item) not in ("PublicRes", "DocumentRes") or not item.text:
                continue
            path = _inside(folder, item.text)
            root = self._xml(path)
            if root is None:
                continue
            base = _inside(posixpath.dirname(path), root.get("BaseLoc") or "")
            for part in root.iter():
                if local(part) == "Font" and (
                    "bold" in (part.get("FontName") or "").lower() or part.get("Bold") == "true"
                ):
                    bold.add(part.get("ID") or "")
                elif local(part) == "MultiMedia" and (file := child_text(part, "MediaFile")):
                    document.pictures[part.get("ID") or ""] = _inside(base, file)
        document.bold_fonts = frozenset(bold)

    def _annotations(self, root: etree._Element, folder: str, numbers: dict[str, int], document: OfdDocument) -> None:
        path = child_text(root, "Annotations")
        listed = self._xml(_inside(folder, path)) if path else None
        for page in listed if listed is not None else ():
            number, place = numbers.get(page.get("PageID") or ""), child_text(page, "FileLoc")
            if number is None or not place or path is None:
                continue
            base = posixpath.dirname(_inside(folder, path))
            found = self._xml(_inside(base, place))
            for item in found if found is not None else ():
                look = child(item, "Appearance")
                if look is not None and item.get("Visible") != "false":
                    document.annotations.setdefault(number, []).append((item.get("Type") or "", look))

    def _seals(self, path: str, numbers: dict[str, int], document: OfdDocument) -> None:
        listed = self._xml(path)
        for item in listed if listed is not None else ():
            place = item.get("BaseLoc")
            signature = self._xml(_inside(posixpath.dirname(path), place)) if place else None
            for stamp in signature.iter() if signature is not None else ():
                box, number = box_of(stamp.get("Boundary")), numbers.get(stamp.get("PageRef") or "")
                if local(stamp) == "StampAnnot" and box is not None and number is not None:
                    document.seals.setdefault(number, []).append(box)


def _area(element: etree._Element | None) -> Box | None:
    return box_of(child_text(element, "PhysicalBox")) if element is not None else None


def _inside(folder: str, place: str) -> str:
    """A place of the package; one that climbs out of it names nothing."""
    place = place.strip()
    path = place.lstrip("/") if place.startswith("/") else posixpath.join(folder, place)
    return posixpath.normpath(path)
