"""Titles in 《》 and spoken names of statutes: what is a law, and its full name.

《网络安全法》 is 中华人民共和国网络安全法; 《网络信息内容生态治理规定》 is a department rule and has no such prefix;
《保密承诺书》 is a paper between the parties. A character doubled by the reading (办办法) does not make another law.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

# (试行)  (2021修正)  (节选)
_SUFFIX = re.compile(r"\s*[(（][^)）]{1,12}[)）]$")
# GB/T 50500  JGJ 130: a technical standard
_STANDARD = re.compile(r"GB|JGJ|DB\d|ISO|YD/T|DA/T|标准$|技术条件|技术规范|验收规范|设计规范|施工规范")
# 劳动合同法 is not 合同法; what may stand in front of a name: 根据, 依照, 适用, 违反, 和
_LETTER_BEFORE = re.compile(r"[一-龥](?<![据照用反和及与按由《、从以守])")
_DOUBLED = re.compile(r"([办条规细准])\1(?=[法例定则])")


@dataclass(frozen=True)
class Laws:
    """The table of statutes, made ready.

    Attributes:
        prefix: 中华人民共和国.
        titles: without the prefix.
        ending: how a rule of law ends.
        issuer: bodies whose papers are law.
        spoken: names that need no brackets, longest first, with or without the prefix.
    """

    prefix: str
    titles: frozenset[str]
    ending: re.Pattern[str]
    issuer: re.Pattern[str]
    spoken: re.Pattern[str]


@cache
def laws() -> Laws:
    """Read `laws.toml`; once a process."""
    table = tomllib.loads((resources.files("nlp.data") / "laws.toml").read_text(encoding="utf-8"))
    prefix = table["prefix"]
    spoken = "|".join(sorted(table["spoken"], key=len, reverse=True))
    return Laws(
        prefix,
        frozenset(table["titles"]),
        re.compile(f"(?:{'|'.join(table['endings'])})$"),
        re.compile("|".join(table["issuers"])),
        re.compile(
            rf"(?:{prefix}(?P<long>[一-龥]{{2,20}}?(?:法典|法|条例))|(?P<short>{spoken}))(?![律规定院制条官人学])"
        ),
    )


def full_title(title: str) -> str | None:
    """The full name of a law by the words in its brackets; None when they name no law.

    Args:
        title: folded, without brackets.
    """
    table = laws()
    words = _DOUBLED.sub(r"\1", "".join(title.split()))
    bare = words.removeprefix(table.prefix)
    main = _SUFFIX.sub("", bare)
    if main in table.titles:
        return table.prefix + bare
    if table.issuer.search(words):
        return words
    return words if table.ending.search(main) and not _STANDARD.search(words) else None


def spoken_laws(text: str) -> Iterator[tuple[int, int, str]]:
    """Statutes named without brackets: start, end and full title.

    Args:
        text: folded.
    """
    table = laws()
    for match in table.spoken.finditer(text):
        bare = match["long"] or match["short"]
        if bare in table.titles and not _LETTER_BEFORE.search(text, max(match.start() - 1, 0), match.start()):
            yield match.start(), match.end(), table.prefix + bare
