r"""The inside of a Markdown line: emphasis, links, escapes and inline HTML become words with looks.

**第一条**  标的        -> 第一条 标的              bold
`甲方`, [附件一](a.md)   -> 甲方, 附件一
<u>　　</u>             -> ________                 a drawn blank
5\*3、200*300*50mm      -> 5*3、200*300*50mm        stars between figures are no emphasis
____年__月__日           -> as typed                 underscores are blanks before they are emphasis
"""

import html
import re
from typing import Final

from ingest.characters import clean
from ingest.word.runs import BREAK, Run

# an escaped character stands for itself: it is hidden in the private use plane until all marks are read
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_HIDDEN: Final = 0x10F000
_UNHIDE: Final = re.compile("[\U0010f000-\U0010f07f]")
_IMAGE: Final = re.compile(r"!\[([^\]\n]*)\]\([^()\n]*\)")
_LINK: Final = re.compile(
    r"\[([^\[\]\n]+)\]\(\s*(?:<[^<>\n]*>|(?:https?:|mailto:|ftp:|#|\.{0,2}/|[\w.-]+\.\w{2,5}\b)[^()\n]*)\)"
)
_NOTE: Final = re.compile(r"\[\^[^\]\s]+\]")
_ADDRESS: Final = re.compile(r"<((?:https?://|mailto:)[^<>\s]+|[\w.+-]+@[\w.-]+)>")
_CODE: Final = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_TAG: Final = re.compile(
    r"<(/?)(u|b|i|s|em|strong|del|ins|strike|span|font|sub|sup|small|big|center|p|div|br|mark|a|code|kbd|img|hr)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_STARS: Final = (
    (re.compile(r"(?<!\*)\*\*\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*\*\*(?!\*)"), "b"),
    # masked names (张**，李**) are no emphasis: it does not begin with a punctuation mark
    (re.compile(r"(?<!\*)\*\*(?=[^\s*，。；、：,;:)）])([^*\n]+?)(?<=[^\s*])\*\*(?!\*)"), "b"),
    (re.compile(r"(?<![*A-Za-z0-9/])\*(?=[^\s*，。；、：,;:)）])([^*\n]+?)(?<=[^\s*])\*(?![*A-Za-z0-9])"), "i"),
)
_STRUCK: Final = re.compile(r"(?<!~)~~(?=[^\s~])([^~\n]+?)(?<=[^\s~])~~(?!~)")
_LINES: Final = re.compile(r"(?<![_\w])(_{1,2})(?=[^\s_])([^_\n]{2,}?)(?<=[^\s_])\1(?![_\w])")
_LONG_LINE: Final = re.compile(r"_{3,}|_\s*[年月日元天份条]|[年月日元天份条：:]\s*_")
_UNDER: Final = ("u",)
_BOLD: Final = ("b", "strong")
_DROP: Final = ("s", "strike", "del")


def inline_runs(text: str) -> tuple[list[Run], int]:
    """Read the words of a paragraph or cell.

    Args:
        text: one line or several, without the marks of its block.

    Returns:
        Its runs, and how many pictures it names.
    """
    text, codes = _protect_code(text)
    text = _ESCAPE.sub(lambda found: chr(_HIDDEN + ord(found.group(1))), text)
    text = _COMMENT.sub("", text)
    text, pictures = _IMAGE.subn("", text)
    text = _NOTE.sub("", _ADDRESS.sub(r"\1", _LINK.sub(r"\1", text)))
    for pattern, tag in _STARS:
        text = pattern.sub(rf"<{tag}>\1</{tag}>", text)
    text = _STRUCK.sub(r"<s>\1</s>", text)
    if not _LONG_LINE.search(text):
        text = _LINES.sub(lambda found: f"<{'b' if len(found.group(1)) == 2 else 'i'}>{found.group(2)}</b>", text)
    return _runs(text, codes), pictures


def _protect_code(text: str) -> tuple[str, list[str]]:
    """Words between backticks are as typed; a place holder stands for them until the end."""
    codes: list[str] = []

    def hide(found: re.Match[str]) -> str:
        codes.append(found.group(2).strip())
        return f"\U0010f100{len(codes) - 1}\U0010f101"

    return _CODE.sub(hide, text), codes


def _runs(text: str, codes: list[str]) -> list[Run]:
    runs: list[Run] = []
    open_tags: list[str] = []
    place = 0
    for found in _TAG.finditer(text):
        _add(runs, text[place : found.start()], open_tags, codes)
        place = found.end()
        name = found.group(2).lower()
        if name in ("br", "hr"):
            runs.append(Run(BREAK))
        elif not found.group(1):
            open_tags.append(name)
        elif open_tags:
            open_tags.pop()
    _add(runs, text[place:], open_tags, codes)
    return runs


def _add(runs: list[Run], text: str, open_tags: list[str], codes: list[str]) -> None:
    if not text:
        return
    text = html.unescape(text)
    text = re.sub("\U0010f100(\\d+)\U0010f101", lambda found: codes[int(found.group(1))], text)
    text = _UNHIDE.sub(lambda found: chr(ord(found.group()) - _HIDDEN), text)
    words = BREAK.join(clean(line) for line in text.split("\n"))
    runs.append(
        Run(
            words,
            underlined=any(tag in _UNDER for tag in open_tags),
            bold=any(tag in _BOLD for tag in open_tags),
            struck=any(tag in _DROP for tag in open_tags),
            inserted="ins" in open_tags,
        )
    )
