"""Headings: the words that name a clause.

`第七条 服务费用及支付方式` (the rest of the line), `第七条 ⏎ 服务费用` (the next line), `1、【保密安全管理】甲方负责…`
(in brackets), `支付方式：分期支付。` (run in: the label also stays in the own words, where facts need it).
A sentence is no heading: `第四条 甲方应于签订之日支付`.
"""

import re
from dataclasses import dataclass

from nlp.clauses.classify import heading_types

MAX_HEADING = 40
MAX_RUN_IN = 16

# 【保密安全管理】  [付款]: heading brackets, but not 【7】日 or [填写单价]
_BRACKETED = re.compile(r"[【\[]\s*(?P<words>[^】\]\d_]{2,30}?)\s*[】\]][:、]?\s*")
_PARTY_WORD = re.compile(r"(?:[甲乙丙丁买卖供需双]|出租|承租|委托|受托|发包|承包)[方人]$")
_LATIN = re.compile(r"\s*[A-Za-z][A-Za-z\s/&'’-]*")
_HAN = re.compile(r"[一-龥]{2}")
_PLACEHOLDER = re.compile(r"填写|填入|插入|请|此处|待定|选择|[xX×]{2}|^\s*$")
# 通知。通知应以书面形式送达。
_STOPPED = re.compile(r"(?P<words>[^，,。;:、]{2,10})。(?=\S)")
# 预付款 20%: the label of a share, not a heading
_SPACED = re.compile(r"(?P<words>[一-龥、与和及]{2,10})\s+(?=[^\s(（\d¥￥][^\s(（]{3})(?=.*[。，,;；:：\d])")
_ASIDE = re.compile(r"(?P<words>[^(]{2,16})\([^)]*\)$")
_ASIDE_LABEL = re.compile(r"(?P<words>[^(:：，,。;]{2,16})\([^)]*\)\s*[:：]")
_SENTENCE_END = re.compile(r"[。;?!？！]")
# words that only sentences have
_VERBS = re.compile(
    r"^(?:违反|按照|依照|根据|依据|经(?![营济办销纪费手过验])|如(?!实)|若|凡(?!例)|为了?(?!期))|(?<![响对相适供反效感])应当?(?!急|用|收|付|税|商|变|力|激|届)|必须|不得|(?<!所)有权|可以|[如以]下(?!简称)|下列|视为|系指|是指|负责(?!人)|[甲乙丙丁双各]方(?:同意|确认|(?:承诺|保证|约定)(?=.)|确定|在|将|于|按|向|就|为)"
    r"|为[:\d_人]|共计|自.{1,12}起|经.{1,10}后|[^因行作成]为.{0,4}\d|由.{1,8}(?:承担|负责|支付|提供)|根据(?!$)|(?<![价算法])依据(?!$|[与和及])|按照|本(?:合同|协议)(?:自|一式|经|项下|所|为|是|系)"
)
# 甲方应…, 乙方提供…, but not 甲方的义务, 乙方违约责任
_ACTING = re.compile(
    r"(?:[甲乙丙丁双各]|任何一|出租|承租|委托|受托|发包|承包|买|卖|供|需)[方人](?!式|便|面|案|法|的|之|权|义|责|违约|职|基|情|信|联|账|帐|开|声|陈|保|承|代|工|人|单|资"
    r"|解|逾|其|授|违约|与|和|及|、|/|$)"
)
# 委托人派遣的人员: a thing, though somebody acts in it
_NOMINAL = re.compile(r"[方人][^，。]{2,6}的[一-龥、]{2,10}$")
# 合同文件包括, 月费为, 承运方每月: the sentence goes on
_GOES_ON = re.compile(
    r"(?:包括|为|是|指|在|于|将|向|按|(?<![标目])的|和|与|或|及|由|每[年月日次]|(?<![供响效对反适感])应|须|即|等|不?超过|不[少多低高大小]于|达到|以上|以下|以内)$"
)
_VALUES = re.compile(r"\d{2,}|[¥￥$]|_{2,}|\d\s*[年月日天元%]|[%‰]")
_COLON = re.compile(r"[:：]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found in a line.

    Attributes:
        words: without brackets, number and colon, as folded.
        start: offset in the line.
        end: offset behind it, in the line.
        own: offset in the line where the own words of the clause begin.
    """

    words: str
    start: int
    end: int
    own: int


def find_heading(words: str, *, alone: bool) -> Heading | None:
    """The heading at the beginning of the words behind a number.

    Args:
        words: folded, the line behind the number.
        alone: whether nothing follows in the clause: then only what cannot be an item of a list is a heading.
    """
    bracketed = _BRACKETED.match(words)
    if bracketed and not _PLACEHOLDER.search(bracketed["words"]) and not _PARTY_WORD.match(bracketed["words"]):
        return Heading(bracketed["words"], bracketed.start("words"), bracketed.end("words"), bracketed.end())
    stopped = _STOPPED.match(words)
    if stopped and is_title(stopped["words"]):
        return Heading(stopped["words"], 0, stopped.end("words"), 0)
    bare = words.rstrip(" :：.-—_")
    if _NO_LABEL.search(bare):
        return None
    core = _ASIDE.match(bare)
    if core and not is_title(bare) and is_title(core["words"]):  # 保密内容(包括技术信息和经营信息):
        return None if alone else Heading(core["words"], 0, core.end("words"), len(words))
    if is_title(bare) and not (words.endswith((":", "：")) and _width(bare) > MAX_RUN_IN):
        return None if alone else Heading(bare, 0, len(bare), len(words))
    return _run_in(words) or _spaced(words)


def _spaced(words: str) -> Heading | None:
    """`价款 每册35元，总价105000元。`: a usual name of a clause, then its sentence, only a blank between."""
    match = _SPACED.match(words)
    if match is None or not is_title(match["words"]) or not heading_types(match["words"]):
        return None
    return Heading(match["words"], 0, match.end("words"), match.end())


def _width(words: str) -> int:
    """Length without the Latin words of a title in two languages (`付款条件 Terms of Payment:`)."""
    return len(_LATIN.sub("", words)) if _HAN.match(words) else len(words)


def _run_in(words: str) -> Heading | None:
    """`支付方式：分期支付。`; the own words keep the label."""
    aside = _ASIDE_LABEL.match(words)
    if aside and is_title(aside["words"]):
        return Heading(aside["words"], 0, aside.end("words"), 0)
    colon = _COLON.search(words, 0, MAX_RUN_IN + 2)
    if colon is None:
        return None
    label = words[: colon.start()].rstrip()
    if not 2 <= len(label) <= MAX_RUN_IN or not is_title(label) or _NO_LABEL.search(label):
        return None
    return Heading(label, 0, len(label), 0)


# 甲方: …  附件1: …  用途为: …
_NO_LABEL = re.compile(
    r"^(?:[甲乙丙丁]|买|卖|供|需|双|出租|承租|委托|受托)方$|^附[件录表]\s*[\d一二三四五六七八九十A-Z]|[为是]$"
)


def is_title(words: str) -> bool:
    """Whether words can be the title of a clause: short, no sentence, no value."""
    if not 2 <= len(words) <= MAX_HEADING or _SENTENCE_END.search(words) or _VALUES.search(words):
        return False
    if len(words) > 24 and not words.isascii() and not re.search(r"[A-Za-z]{3}", words):
        return False
    if re.search(r"[，,](?!\s*[A-Za-z])|[:：]", words) or words[0] in "、)）,.":
        return False
    acting = _ACTING.match(words) and not _NOMINAL.search(words)
    return not (_VERBS.search(words) or acting or _GOES_ON.search(words))
