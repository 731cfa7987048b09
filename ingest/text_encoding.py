"""Bytes of a text file to characters: UTF-8, UTF-16, GB18030 or Big5, whichever makes Chinese of them.

GB18030 decodes almost any bytes to something, so that it "worked" proves nothing: Big5 text read as GB18030 gives rare
characters. Whichever reading has more of the commonest characters is taken.
"""

import codecs
import unicodedata
from typing import Final

# The commonest characters of running text and of contracts, simplified and traditional.
COMMON: Final = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
    "這為個國時來們過說種後學經進著電裡現實量體機當點從業開還應關無與數長車見書東馬問間話語請證約協議條違責任簽訂雙買賣標準質驗貨價額總負擔權義務項規範圍對於變動終續發"
    "甲乙丙方合同协议违约责款签订双买卖验货额负担义务项范围终止赔偿租赁元整盖章代表"
)
_MOST_PLAIN: Final = 0.02


def decode(data: bytes, *, cut: bool = False) -> str | None:
    """Decode a text file.

    Args:
        data: its bytes.
        cut: whether they are only the beginning of the file, so that the last character may be incomplete.

    Returns:
        The text without byte order mark, or None when the bytes are no text.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(name, "replace"))
    utf8 = _try(data, "utf-8", cut=cut)
    if utf8 is not None:
        return _checked(utf8)
    return _checked(_utf16(data) or _chinese(data, cut=cut))


def _try(data: bytes, encoding: str, *, cut: bool) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        return decoder.decode(data, final=not cut)
    except UnicodeDecodeError:
        return None


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: Latin text has a zero in every other byte, Chinese text reads well one way only."""
    if len(data) < 4:
        return None
    even = data[: len(data) - len(data) % 2]
    best = max(("utf-16-le", "utf-16-be"), key=lambda name: _share_common(even.decode(name, "replace")))
    text = even.decode(best, "replace")
    zeros = even[0::2].count(0) + even[1::2].count(0)
    if (_share_common(text) > 0.3 or zeros > len(even) * 0.4) and text.count("\ufffd") <= len(text) * _MOST_PLAIN:
        return text
    return None


def _chinese(data: bytes, *, cut: bool) -> str | None:
    readings = [text for name in ("gb18030", "big5hkscs") if (text := _try(data, name, cut=cut)) is not None]
    if not readings:
        # a few broken bytes must not cost the file
        readings = [data.decode(name, "replace") for name in ("utf-8", "gb18030", "big5hkscs")]
        readings = [text for text in readings if text.count("\ufffd") <= len(text) * _MOST_PLAIN]
    return max(readings, key=_share_common, default=None)


def _share_common(text: str) -> float:
    """Share of the commonest characters among all that are not ASCII."""
    wide = [char for char in text[:20_000] if char > "\x7f"]
    return sum(char in COMMON for char in wide) / len(wide) if wide else 0.0


def _checked(text: str | None) -> str | None:
    """None for what decodes but is no text: control characters, private use, unassigned code points."""
    if text is None:
        return None
    sample = text[:20_000]
    strange = sum(
        char == "\ufffd" or (unicodedata.category(char) in ("Cc", "Cn", "Cs") and char not in "\t\n\r\f\v\x1a")
        for char in sample
    )
    return text if strange <= max(len(sample) * _MOST_PLAIN, 2) else None
