"""What stands behind the name of a party and is none of it: `（联合体牵头人）`, `（“青禾”，含其子公司）`, ` 男`.

A bracket that belongs to the name stays: `（有限合伙）`, `（个体工商户）`, `哈某大学（深圳）`, `望江商行（城东店）`.
"""

import re

QUOTES = "“”\"'‘’「」『』《》"
# 某公司(“青禾”)  某公司(即“青禾”,含其子公司), with nothing of the name behind it
QUOTED = re.compile(r"\( ?(?:即|又称|也称|亦称|称)? ?(?=[“\"'‘「])(?P<names>[^()\n]{2,40}) ?\)(?![一-龥])")
_QUOTE = re.compile(r"[“\"'‘「](?P<word>[^“”\"'‘’「」]{1,12})[”\"'’」]")
_BRACKET = re.compile(r" ?\((?P<note>[^()]{2,30})\)\Z")
_OF_NAME = re.compile(r".*(?:合伙|工商户|个体|集团|筹|店|院区|校区|分校|部)\Z")
_NOTE = re.compile(
    r".*(?:人|[方者]|(?<!商)户|单位|成员|牵头|业主|代表|经理|公司|企业|资质|机构)\Z|(?:及|含|包括|如|即|指|系|或)"
)
_ENDINGS = re.compile(r"(?: +(?:与|和|及|[男女])|[【\[/])\Z")


def without_notes(words: str) -> str:
    """Words of a name without what is said of the party behind it.

    Args:
        words: as they stand behind a label, folded.
    """
    bracket = _BRACKET.search(words)
    if bracket and _NOTE.match(bracket["note"]) and not _OF_NAME.match(bracket["note"]):
        words = words[: bracket.start()]
    return _ENDINGS.sub("", words).rstrip()


def quoted_words(note: str) -> list[tuple[str, int]]:
    """Words in quotation marks with their places: of `“青禾”或“公司”` both.

    Args:
        note: what stands in the bracket.
    """
    return [(match["word"], match.start("word")) for match in _QUOTE.finditer(note)]
