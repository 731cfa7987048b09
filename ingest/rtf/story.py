"""The stories of an RTF file: body, margins, notes, comments; paragraphs gather in them and rows of tables close."""

from dataclasses import dataclass, field
from typing import Final

from ingest.blocks import Block, ParagraphBlock
from ingest.characters import BLANKS, clean
from ingest.embedded import picture_block
from ingest.rtf.fonts import Fonts
from ingest.rtf.state import Characters, ParagraphLooks
from ingest.rtf.tables import CellShape, OpenTable, RowShape
from ingest.word.lines import join_lines, split_lines, to_piece
from ingest.word.runs import BREAK, Run
from ingest.word.symbols import symbol

_DEEPEST: Final = 8
_ENDS: Final = frozenset({"par", "sect", "page", "softpage"})


@dataclass(slots=True)
class _Story:
    """One flow of paragraphs and tables."""

    kind: str
    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    tables: list[OpenTable] = field(default_factory=list)
    number: str = ""
    later: list[Block] = field(default_factory=list)


class Stories:
    """All words of a file, each in its story."""

    def __init__(self, fonts: Fonts) -> None:
        """Start with the body.

        Args:
            fonts: encodings of the bytes.
        """
        self._fonts = fonts
        self._open = [_Story("body")]
        self._margins: list[tuple[str, str]] = []
        self._bytes = ""
        self._bytes_look = Characters()
        self._bytes_target = "body"
        self._notes = 0
        self._form: dict[str, int] = {}
        self.looks = ParagraphLooks()
        self.comments: list[str] = []
        self.hidden: list[str] = []
        self.deleted: list[str] = []
        self.insertions = 0
        self.pictures: dict[str, bytes] = {}
        self._hex: list[str] = []
        self._fresh = True

    def write(self, text: str, look: Characters, target: str, *, coded: bool) -> None:
        """Words of a look.

        Args:
            text: characters, or bytes as characters.
            look: how they are printed.
            target: where they go; see `ingest.rtf.state.Group`.
            coded: whether they are bytes in the encoding of their font.
        """
        if coded:
            if (look, target) != (self._bytes_look, self._bytes_target):
                self._decode()
                # looks go on changing in place
                self._bytes_look = Characters(
                    look.font,
                    look.bold,
                    look.underlined,
                    look.struck,
                    look.hidden,
                    look.inserted,
                    look.deleted,
                    look.size,
                )
                self._bytes_target = target
            self._bytes += text
            return
        self._decode()
        self._add(text, look, target)

    def _decode(self) -> None:
        """Bytes that have gathered become characters."""
        if not self._bytes:
            return
        data, look = self._bytes.encode("latin-1", "replace"), self._bytes_look
        self._bytes = ""
        if self._fonts.is_symbol(look.font):
            name = self._fonts.name(look.font)
            text = "".join(symbol(chr(0xF000 + byte), name) if byte > 32 else chr(byte) for byte in data)
        else:
            text = data.decode(self._fonts.encoding(look.font), "replace")
        self._add(text, look, self._bytes_target)

    def _add(self, text: str, look: Characters, target: str) -> None:
        story = self._open[-1]
        if target == "number":
            story.number += text
            return
        if "\uf000" <= text[:1] <= "\uf0ff":
            text = "".join(symbol(char, self._fonts.name(look.font)) for char in text)
        if look.hidden or look.deleted:
            self._leave_out(text, self.deleted if look.deleted else self.hidden)
            return
        self._fresh = True
        last = story.runs[-1] if story.runs else None
        self.insertions += look.inserted and (last is None or not last.inserted)
        run = Run(text, look.underlined, look.bold, look.size, look.struck, look.inserted)
        if last is not None and (last.underlined, last.bold, last.size, last.struck, last.inserted) == (
            run.underlined, run.bold, run.size, run.struck, run.inserted,
        ) and last.mark is None:  # fmt: skip
            last.text += text
        else:
            story.runs.append(run)

    def _leave_out(self, text: str, kept: list[str]) -> None:
        """Words that are not printed; those that stand together are kept together."""
        if self._fresh or not kept:
            kept.append(text)
        else:
            kept[-1] += text
        self._fresh = False

    def entered(self, target: str) -> None:
        """A group begins whose words go elsewhere."""
        self._decode()
        if target in ("header", "footer", "note", "comment", "box"):
            self._open.append(_Story(target))
        elif target == "number":
            self._open[-1].number = ""
        elif target == "form":
            self._form = {}
        elif target == "picture":
            self._hex, self._form = [], {}

    def left(self, target: str) -> None:
        """Such a group ends."""
        self._decode()
        if target == "form":
            self._form_field()
        elif target == "picture":
            self._end_picture()
        elif len(self._open) > 1 and self._open[-1].kind == target:
            self._end_paragraph()
            self._end_tables(0)
            done = self._open.pop()
            self._take(done)

    def _take(self, done: _Story) -> None:
        """Put a finished story where it belongs: notes and boxes behind the paragraph that holds them."""
        if done.kind in ("header", "footer"):
            words = " ".join(block.text for block in done.blocks if block.text)
            if words:
                self._margins.append((done.kind, words))
        elif done.kind == "comment":
            self.comments.extend(block.text for block in done.blocks if block.text)
        else:
            if done.kind == "note" and done.blocks and isinstance(done.blocks[0], ParagraphBlock):
                self._notes += 1
                done.blocks[0].prefix(f"{self._notes} ")
            self._open[-1].later.extend(done.blocks)

    def command(self, name: str, number: int | None, target: str) -> None:
        """A word that sets, begins or ends a paragraph, a cell or a row."""
        if name in _ENDS:
            self._decode()
            self._end_paragraph()
        elif name in ("cell", "nestcell", "row", "nestrow"):
            self._decode()
            self._cell_end(name)
        elif name == "pard":
            # a number written in front belongs to the paragraph that begins here
            self.looks = ParagraphLooks()
        elif name == "intbl":
            self.looks.depth = max(1, self.looks.depth)
        elif name == "itap" and number is not None:
            self.looks.depth = max(0, min(number, _DEEPEST))
        elif name in ("ilvl", "outlinelevel") and number is not None:
            self.looks.level = number if name == "ilvl" else self.looks.level
        elif name == "fi" and number:
            self.looks.indent = number / 20 if number > 0 else None
        else:
            self._row_word(name, number)

    def _row_word(self, name: str, number: int | None) -> None:
        """A word of a row description; it concerns the innermost open table, or one yet to begin."""
        shape = self._table(max(1, self.looks.depth)).shape if name.startswith(("tr", "cl", "cellx")) else None
        if shape is None:
            return
        if name == "trowd":
            self._table(max(1, self.looks.depth)).shape = RowShape()
        elif name == "trleft" and number is not None:
            shape.left = number
        elif name == "clvmgf":
            shape.pending.down_first = True
        elif name == "clvmrg":
            shape.pending.down = True
        elif name == "clmrg":
            shape.pending.across = True
        elif name == "cellx" and number is not None:
            shape.pending.edge = number
            shape.cells.append(shape.pending)
            shape.pending = CellShape()

    def _table(self, depth: int) -> OpenTable:
        tables = self._open[-1].tables
        while len(tables) < depth:
            tables.append(OpenTable())
        return tables[depth - 1]

    def _cell_end(self, name: str) -> None:
        depth = 1 if name in ("cell", "row") else max(2, self.looks.depth)
        self.looks.depth = depth
        if name in ("cell", "nestcell"):
            self._end_paragraph(even_empty=True)
        self._end_tables(depth)
        table = self._table(depth)
        if name in ("cell", "nestcell"):
            table.end_cell()
        else:
            table.end_row()

    def _end_paragraph(self, *, even_empty: bool = False) -> None:
        """The paragraph in hand is complete; outside tables, or at their outer levels, the inner ones are."""
        story, looks = self._open[-1], self.looks
        blocks: list[Block] = []
        runs, story.runs = story.runs, []
        behind = " " if story.number[-1:] in BLANKS else ""
        number, story.number = clean(story.number).strip(BLANKS), ""
        later, story.later = story.later, []
        for run in runs:
            run.text = BREAK.join(_kept_tabs(_joined(line)) for line in run.text.split(BREAK))
        shown = [run for run in runs if run.text.strip(BLANKS + BREAK)]
        for place, pieces in enumerate(join_lines([to_piece(line) for line in split_lines(runs)])):
            block = ParagraphBlock(pieces, bold=all(run.bold for run in shown), size=shown[0].size if shown else None)
            block.alignment, block.indent = looks.alignment, looks.indent
            if number and not place:
                block.prefix(number + behind)
                block.number, block.list_level = number, looks.level or 0
            blocks.append(block)
        if not (blocks or later or even_empty) and looks.depth:
            return
        self._end_tables(looks.depth)
        holder = self._table(looks.depth).inside if looks.depth else story.blocks
        holder.extend(blocks + later)

    def _end_tables(self, depth: int) -> None:
        """Close tables deeper than a level into the cell, or the flow, around them."""
        story = self._open[-1]
        while len(story.tables) > depth:
            done = story.tables.pop()
            holder = story.tables[-1].inside if story.tables else story.blocks
            holder.extend(done.blocks())

    def property(self, target: str, name: str, number: int | None) -> None:
        """A property of a form field or a picture."""
        if number is not None:
            self._form[name] = number

    def _form_field(self) -> None:
        """A tick box of an old form."""
        if self._form.get("fftype") == 1:
            ticked = self._form.get("ffres", 25)
            ticked = self._form.get("ffdefres", 0) if ticked == 25 else ticked
            self._open[-1].runs.append(Run("☑" if ticked else "□", mark="checked" if ticked else "unchecked"))
        self._form = {}

    def picture(self, text: str) -> None:
        """Bytes of a picture, in hexadecimal."""
        self._hex.append(text)

    def _end_picture(self) -> None:
        digits = "".join("".join(self._hex).split())
        self._hex = []
        try:
            data = bytes.fromhex(digits[: len(digits) // 2 * 2])
        except ValueError:
            return
        wide, high = (self._form.get(name, 0) / 20 for name in ("picwgoal", "pichgoal"))
        if data and self._open[-1].kind in ("body", "box", "note"):
            self.pictures[str(len(self.pictures))] = data
            name = str(len(self.pictures) - 1)
            self._open[-1].later.append(picture_block(name, width=wide or None, height=high or None))

    def margins(self, kind: str) -> list[str]:
        """Words of all headers or footers, each once."""
        return list(dict.fromkeys(words for found, words in self._margins if found == kind))

    def finished(self) -> list[Block]:
        """Close what is open; the blocks of the body."""
        self._decode()
        while True:
            self._end_paragraph()
            self._end_tables(0)
            if len(self._open) == 1:
                return self._open[0].blocks
            self._take(self._open.pop())


def _joined(text: str) -> str:
    """Halves of a character beyond U+FFFF put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _kept_tabs(line: str) -> str:
    return "\t".join(clean(part) for part in line.split("\t"))
