"""What RTF hands down from group to group: looks of characters and paragraphs, and where words go."""

from dataclasses import dataclass, field
from typing import Final

from schema.document import Alignment

# destinations whose words are no text of the page; `*` in front of an unknown one says the same
SILENT: Final = frozenset(
    {"fonttbl", "colortbl", "stylesheet", "info", "fldinst", "object", "objdata", "nonshppict", "themedata",
     "colorschememapping", "datastore", "latentstyles", "listtable", "listoverridetable", "rsidtbl", "generator",
     "revtbl", "xmlnstbl", "bkmkstart", "bkmkend", "sp", "sn", "sv", "filetbl", "mmathPr", "pgptbl", "operator",
     "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "ftncn", "aftncn", "pgdsctbl", "userprops", "docvar", "panose",
     "falt", "atnid", "atnauthor", "atntime", "atnref", "atndate", "atnicn", "atnparent", "xe", "tc", "txe", "template",
     "passwordhash", "wgrffmtfilter", "listpicture", "blipuid", "picprop", "upr", "mhtmltag", "htmltag", "pntxta",
     "pntxtb", "pnseclvl", "background", "oldcprops", "oldpprops", "oldtprops", "oldsprops", "defchp",
     "defpap"}
)  # fmt: skip
# starred destinations whose words are shown
SHOWN: Final = frozenset({"shppict", "shpinst", "shptxt", "nesttableprops", "ud", "pn"})
MARGINS: Final = {
    "header": "header", "headerl": "header", "headerr": "header", "headerf": "header", "footer": "footer",
    "footerl": "footer", "footerr": "footer", "footerf": "footer",
}  # fmt: skip


@dataclass(slots=True)
class Characters:
    """Looks of characters."""

    font: int = 0
    bold: bool = False
    underlined: bool = False
    struck: bool = False
    hidden: bool = False
    inserted: bool = False
    deleted: bool = False
    size: float | None = 12.0


@dataclass(slots=True)
class ParagraphLooks:
    """Looks and place of a paragraph; `depth` counts the tables around it."""

    alignment: Alignment = "left"
    indent: float | None = None
    level: int | None = None
    depth: int = 0


@dataclass(slots=True)
class Group:
    r"""State inside a pair of braces.

    Attributes:
        target: where words go: `body`, `header`, `footer`, `note`, `comment`, `box`, `number`, `font`, `form`,
            `picture`, or `none`.
        skip: characters that stand for one written as `\u`.
        fresh: whether nothing but `{` or `{\*` was read.
        starred: whether it began with `\*`.
    """

    target: str = "body"
    characters: Characters = field(default_factory=Characters)
    skip: int = 1
    fresh: bool = True
    starred: bool = False
