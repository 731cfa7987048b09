r"""RTF reader: needs no other program, and automatic numbers stand in the file as printed (`\listtext`)."""

from dataclasses import replace
from typing import Final

from ingest.blocks import Draft, PageInfo
from ingest.embedded import read_pictures
from ingest.flow import is_margin_number, mend_flow
from ingest.options import ReadOptions
from ingest.rtf.fonts import Fonts
from ingest.rtf.state import MARGINS, SHOWN, SILENT, Characters, Group
from ingest.rtf.story import Stories
from ingest.rtf.tokens import Token, tokens
from schema.errors import ReadError
from schema.page import Furniture, FurnitureRole
from schema.problem import Problem

_DEEPEST: Final = 2000
_PRINTED: Final = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
}  # fmt: skip
_FLAGS: Final = {
    "b": "bold", "strike": "struck", "striked": "struck", "v": "hidden", "revised": "inserted", "deleted": "deleted",
}  # fmt: skip
_ALIGNED: Final = {"ql": "left", "qc": "center", "qr": "right", "qj": "left", "qd": "left"}
_TARGETS: Final = {
    "footnote": "note", "annotation": "comment", "shptxt": "box", "listtext": "number", "pntext": "number",
    "fonttbl": "font", "formfield": "form", "pict": "picture", "dptxbxtext": "box",
}  # fmt: skip


def read_rtf(data: bytes, options: ReadOptions) -> Draft:
    """Read an RTF file.

    Raises:
        ReadError: `file_damaged` when braces lie in each other without end.
    """
    reader = _Reader()
    whole = reader.read(data.decode("latin-1"))
    draft = Draft(blocks=reader.stories.finished(), pages=[PageInfo(reason="RTF file")])
    mend_flow(draft)
    read_pictures(draft, reader.stories.pictures.get, options)
    _set_aside(reader.stories, draft)
    if not whole:
        message = "the file ends in the middle, what stood behind is missing: open it in its own program"
        draft.problems.append(Problem(code="part_unread", severity="error", message=message))
    return draft


def _set_aside(stories: Stories, draft: Draft) -> None:
    kept: list[tuple[str, FurnitureRole, str]] = []
    roles: dict[str, FurnitureRole] = {"header": "header", "footer": "footer"}
    for kind, role in roles.items():
        for words in stories.margins(kind):
            kept.append((words, "page_number" if is_margin_number(words) else role, f"{kind} of the pages"))
    kept += [(words, "noise", "comment of a reviewer") for words in stories.comments]
    kept += [(words, "noise", "hidden text, not printed") for words in stories.hidden]
    kept += [(words, "noise", "deleted, the deletion is tracked") for words in stories.deleted]
    draft.furniture.extend(Furniture(page=1, role=role, text=text, reason=reason) for text, role, reason in kept)
    notes = []
    if stories.hidden:
        notes.append("hidden text was left out of the text")
    if stories.deleted or stories.insertions:
        notes.append(
            f"tracked changes were read as accepted: {stories.insertions} insertions, {len(stories.deleted)} deletions"
        )
    draft.problems.extend(Problem(code="reading_note", severity="info", message=note) for note in notes)


class _Reader:
    """Follows the groups of a file."""

    def __init__(self) -> None:
        self._fonts = Fonts()
        self.stories = Stories(self._fonts)
        self._groups = [Group()]
        self._skip = 0
        self._entry = 0

    def read(self, source: str) -> bool:
        """Read all of it; whether it ends where it should."""
        for token in tokens(source):
            if token.kind == "{":
                self._open()
            elif token.kind == "}":
                self._close()
                if len(self._groups) == 1:
                    return True
            elif self._skip and token.kind in ("byte", "text", "sign"):
                self._written(token)
            elif token.kind == "sign" and token.text == "\n":
                self.stories.command("par", None, self._groups[-1].target)
            elif token.kind == "star":
                self._groups[-1].starred = True
            elif token.kind == "word":
                self._word(token)
            else:
                self._groups[-1].fresh = False
                self._print(token.text, coded=token.kind != "sign")
        return False

    def _open(self) -> None:
        if len(self._groups) > _DEEPEST:
            raise ReadError("file_damaged", "groups of the RTF file lie in each other without end")
        above = self._groups[-1]
        above.fresh = False
        self._skip = 0
        self._groups.append(Group(above.target, replace(above.characters), above.skip))

    def _close(self) -> None:
        self._skip = 0
        if len(self._groups) == 1:
            return
        done = self._groups.pop()
        above = self._groups[-1].target
        if done.target != above:
            self.stories.left(done.target)

    def _written(self, token: Token) -> None:
        """Characters that stand for one already written as a number, and what may follow them."""
        rest = token.text[self._skip :]
        self._skip = max(0, self._skip - len(token.text))
        if rest:
            self._print(rest, coded=token.kind != "sign")

    def _print(self, text: str, *, coded: bool) -> None:
        group = self._groups[-1]
        if group.target == "font":
            self._fonts.add(self._entry, None, text)
        elif group.target == "picture":
            self.stories.picture(text)
        elif group.target not in ("none", "form"):
            self.stories.write(text, group.characters, group.target, coded=coded)

    def _word(self, token: Token) -> None:
        name, number, group = token.text, token.number, self._groups[-1]
        fresh, group.fresh = group.fresh, False
        self._skip = 0
        if fresh and self._destination(name, group):
            return
        if group.target == "font":
            self._font_word(name, number)
        elif name == "u" and number is not None:
            if group.target not in ("none", "form", "picture"):
                self.stories.write(chr(number % 65536), group.characters, group.target, coded=False)
            self._skip = group.skip
        elif name == "uc":
            group.skip = max(0, min(number or 0, 8))
        elif group.target in ("form", "picture"):
            self.stories.property(group.target, name, number)
        elif name in _PRINTED:
            self._print(_PRINTED[name], coded=False)
        elif group.target != "none" and not self._looks(name, number, group.characters):
            self.stories.command(name, number, group.target)
        if name == "ansicpg" and number:
            self._fonts.set_page(number)
        elif name == "deff":
            self._fonts.default = group.characters.font = number or 0

    def _destination(self, name: str, group: Group) -> bool:
        """Whether a group says with its first word that its words go elsewhere."""
        if group.target == "none":
            return False
        if name in _TARGETS:
            group.target = _TARGETS[name]
            self.stories.entered(group.target)
        elif name in MARGINS:
            group.target = MARGINS[name]
            self.stories.entered(group.target)
        elif name in SILENT or (group.starred and name not in SHOWN):
            group.target = "none"
        else:
            return False
        return True

    def _font_word(self, name: str, number: int | None) -> None:
        if name == "f" and number is not None:
            self._entry = number
        elif name == "fcharset":
            self._fonts.add(self._entry, number, "")

    def _looks(self, name: str, number: int | None, look: Characters) -> bool:
        """Whether a word sets the look of characters."""
        on = number != 0
        if name in _FLAGS:
            setattr(look, _FLAGS[name], on)
        elif name.startswith("ul") and name != "ulc":
            look.underlined = on and name != "ulnone"
        elif name == "plain":
            font, inserted, deleted = self._fonts.default, look.inserted, look.deleted
            for place, value in (("font", font), ("bold", False), ("underlined", False), ("struck", False)):
                setattr(look, place, value)
            look.hidden, look.inserted, look.deleted, look.size = False, inserted, deleted, 12.0
        elif name == "f" and number is not None:
            look.font = number
        elif name == "fs" and number:
            look.size = number / 2
        elif name in _ALIGNED:
            self.stories.looks.alignment = _ALIGNED[name]  # type: ignore[assignment]
        else:
            return False
        return True
