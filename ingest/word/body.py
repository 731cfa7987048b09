"""The flow of a Word document: paragraphs, tables, boxes and notes in reading order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from ingest.blocks import Block, ParagraphBlock, Piece
from ingest.characters import BLANKS
from ingest.embedded import picture_block
from ingest.word.diagrams import diagram_texts
from ingest.word.lines import join_lines, mark_leaders, split_lines, to_piece
from ingest.word.names import attribute, child, integer, local, value
from ingest.word.numbering import Numbering
from ingest.word.runs import BREAK, Content, Run, RunReader
from ingest.word.styles import Styles
from ingest.word.tables import read_table
from schema.document import Alignment

_ALIGNMENT: Final[dict[str, Alignment]] = {
    "left": "left",
    "start": "left",
    "both": "left",
    "distribute": "left",
    "center": "center",
    "right": "right",
    "end": "right",
}
_DEEPEST: Final = 40


@dataclass(slots=True)
class Story:
    """What the flow left beside the text."""

    hidden: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    watermarks: list[str] = field(default_factory=list)
    unread: int = 0
    diagrams: int = 0


class BodyReader:
    """Reads block-level content; keeps the counters of automatic lists."""

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        notes: dict[tuple[str, str], etree._Element],
        diagram: Callable[[str], etree._Element | None] = lambda relation: None,
    ) -> None:
        """Start a document.

        Args:
            styles: its styles.
            numbering: its lists.
            notes: foot- and endnotes by (`footnote` or `endnote`, id).
            diagram: data of a diagram by the id of its relation.
        """
        self._diagram = diagram
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._note_count = 0
        self._depth = 0
        self.runs = RunReader(styles)
        self.story = Story()
        self._held: list[Run] = []

    def read(self, parent: etree._Element) -> list[Block]:
        """Read the children of a body, cell, text box or note."""
        if self._depth > _DEEPEST:
            return []
        self._depth += 1
        blocks: list[Block] = []
        for element in parent:
            name = local(element)
            if name == "p":
                blocks.extend(self._paragraph(element))
            elif name == "tbl":
                blocks.extend(read_table(element, self.read))
            elif name == "sdt":
                inner = child(element, "sdtContent")
                blocks.extend(self.read(inner) if inner is not None else [])
            elif name == "AlternateContent":
                choice = child(element, "Choice")
                blocks.extend(self.read(choice) if choice is not None else [])
            elif name in ("ins", "moveTo", "customXml", "smartTag"):
                blocks.extend(self.read(element))
            elif name == "altChunk":
                self.story.unread += 1
        if self._held:
            # the last mark of a story cannot be deleted, whatever the file says
            blocks.extend(self._with_number([], None, None))
        self._depth -= 1
        return blocks

    def _paragraph(self, element: etree._Element) -> list[Block]:
        properties = child(element, "pPr")
        style = value(properties, "pStyle")
        in_contents = self.runs.in_contents
        content = self.runs.read(element, style)
        shown = [run for run in content.runs if not run.hidden]
        mark_leaders(shown, self._styles.paragraph_property("tabs", properties, style))
        self.story.hidden.extend(run.text for run in content.runs if run.hidden and run.text.strip())
        self.story.watermarks.extend(content.watermarks)
        words = "".join(run.text for run in shown).replace("\t", " ").strip(BLANKS + BREAK)
        listed = (self._styles.name(style) or "").lower().startswith(("toc ", "目录"))
        # an entry ends with its page; a field whose end is missing must not take clauses for entries
        if listed or ((in_contents or self.runs.in_contents) and (not words or words[-1].isalnum())):
            self.story.contents.extend([words] if words else [])
            return self._beside(content)
        if _is_deleted(properties):
            # its end was deleted: its words stand in front of the next paragraph
            self._held.extend(shown)
            return self._beside(content)
        blocks: list[Block] = list(self._with_number(shown, properties, style))
        return blocks + self._beside(content)

    def _with_number(
        self, runs: list[Run], properties: etree._Element | None, style: str | None
    ) -> list[ParagraphBlock]:
        """The paragraph and its automatic number; hard line breaks may make several of it."""
        runs, self._held = [*self._held, *runs], []
        paragraphs = join_lines([to_piece(line) for line in split_lines(runs)])
        listed = self._styles.numbering(properties, style)
        number, level, behind = None, None, ""
        # Word prints no number in front of a paragraph without words, but counts it
        if listed is not None:
            list_id, level, by_style = listed
            level = level if level is not None else self._numbering.level_of_style(list_id, by_style)
            counted = self._numbering.number(list_id, level)
            if counted is not None and counted[0] and paragraphs:
                number, behind = counted
            elif counted is None:
                level = None
        if not paragraphs:
            return []
        looks = [run for run in runs if run.text.strip(BLANKS)]
        blocks = [ParagraphBlock(pieces) for pieces in paragraphs]
        for block in blocks:
            block.bold = bool(looks) and all(run.bold for run in looks)
            block.size = _commonest_size(looks)
            block.alignment = self._alignment(properties, style)
            block.indent = self._indent(properties, style)
            block.style = self._styles.name(style)
        if number is not None:
            blocks[0].prefix(number + behind)
            blocks[0].number, blocks[0].list_level = number, level
        return blocks

    def _beside(self, content: Content) -> list[Block]:
        """Text boxes, notes and pictures anchored in a paragraph follow it."""
        blocks: list[Block] = []
        for box in content.boxes:
            blocks.extend(self.read(box))
        for relation in content.diagrams:
            words = diagram_texts(self._diagram(relation))
            self.story.diagrams += 1
            blocks.extend(ParagraphBlock([Piece(text)]) for text in words)
        for kind, note_id in content.notes:
            note = self._notes.get((kind, note_id))
            if note is not None:
                self._note_count += 1
                inside = self.read(note)
                if inside and isinstance(inside[0], ParagraphBlock):
                    inside[0].prefix(f"{self._note_count} ")
                blocks.extend(inside)
        return [*blocks, *(picture_block(name, width=wide, height=high) for name, wide, high in content.pictures)]

    def _alignment(self, properties: etree._Element | None, style: str | None) -> Alignment | None:
        found = self._styles.paragraph_property("jc", properties, style)
        return _ALIGNMENT.get(attribute(found, "val") or "", "left") if found is not None else "left"

    def _indent(self, properties: etree._Element | None, style: str | None) -> float | None:
        found = self._styles.paragraph_property("ind", properties, style)
        if found is None:
            return None
        first = integer(attribute(found, "firstLine")) or 0
        chars = integer(attribute(found, "firstLineChars")) or 0
        return max(first / 20, chars / 100 * 10.5) or None


def _is_deleted(properties: etree._Element | None) -> bool:
    """Whether the end of a paragraph is deleted, or moved away, as a tracked change."""
    marks = child(properties, "rPr")
    return child(marks, "del") is not None or child(marks, "moveFrom") is not None


def _commonest_size(runs: list[Run]) -> float | None:
    sizes: dict[float, int] = {}
    for run in runs:
        if run.size:
            sizes[run.size] = sizes.get(run.size, 0) + len(run.text)
    return max(sizes, key=lambda size: sizes[size]) if sizes else None
