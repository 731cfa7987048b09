"""Disputes, governing law and copies.

`协商不成的，任何一方均可向甲方住所地人民法院起诉` is a court; where both ways are printed as alternatives the chosen
one counts, and with none chosen the method is `several`. Courts named for interim measures or enforcement decide
nothing.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from spacy.language import Language

from nlp.extract.names import is_blank
from nlp.extract.sentences import Sentence
from nlp.reading import Reading
from nlp.values.numerals import parse_number
from schema.closing import Copies, Dispute, GoverningLaw, Share
from schema.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

Method = Literal["court", "arbitration"]

_COURT = re.compile(
    r"(?:向|由|交由?|提交|提请|上交|诉至|至|到|(?<!所)在)(?P<venue>[^，,。;]{0,40}?(?:人民法院|法院))(?!执行"
    r"|保全)[^，,。;]{0,20}(?:起诉|提起诉讼|诉讼|管辖|裁决|解决|判决|提出诉讼|受理)?"
    r"|(?P<venue2>[^，,。;:]{0,30}?(?:人民法院|法院))(?:有)?(?:管辖|起诉|提起诉讼|诉讼)"
    r"|(?P<venue3>依法)?(?:提起诉讼|通过诉讼|诉讼解决)"
)
_ARBITRATION = re.compile(
    r"(?:向|由|交由?|提交|提请|至|到|申请)(?P<venue>[^，,。;]{0,40}?(?:仲裁委员会|仲裁委|仲裁中心|仲裁院"
    r"|仲裁机构|仲裁庭|贸仲))[^，,。;]{0,20}|(?P<venue2>[A-Z]{3,6}) arbitration|(?:申请|提交|提起|通过)仲裁"
)
_ASIDE = re.compile(
    r"保全|强制执行|申请执行|人民法院(?:予以)?(?:撤销|确认)|生效(?:的)?(?:判决|裁判|法律文书)|法院(?:查封|冻结"
    r"|扣押|通知|传票)"
)
_ABOUT = re.compile(r"争议|纠纷|诉讼|仲裁|协商不成|起诉|管辖|Dispute")
_LAW = re.compile(
    r"(?:适用|依照|按照|按|受|遵循|依据|遵守)(?P<law>中华人民共和国(?:[^，,。;《]{0,12}?(?:法律"
    r"|法规)(?:、(?:行政)?法规)?(?:\([^()]{1,30}\))?)|[一-龥]{2,10}(?:特别行政区)?法律)(?:[^，,。;]{0,8}(?:解释"
    r"|管辖|调整|约束|规范|执行))?"
    r"|(?P<law2>Laws? of [A-Z][A-Za-z ]{2,40})"
)
_LAW_TOPIC = re.compile(r"适用|解释|管辖|约束|效力|Laws? of|Governing")
_TOTAL = re.compile(
    r"(?:[一壹]式|(?:正本|文本)(?![^，,。;]{0,4}式)(?=[^，,。;]{0,8}份)) *[【\[(_]* *(?P<number>\d{1,2}"
    r"|[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3})[】\])_ ]*(?:\([^()]{1,4}\))? *[份式]"
)
_NUMBER = (
    r"[【\[(_ ]*(?P<number>\d{1,2}|[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3})[】\])_ ]*(?:\([^()]{1,4}\))? *份"
)
_SHARE = re.compile(rf"(?:各|分别)?(?:执|持有?|保存|保留|留存|存|收执|备案)(?:正本|副本)?{_NUMBER}")
_EACH = re.compile(r"(?:各|分别)(?:执|持有?|保存|保留|存|收执)?")


@Language.component("closing")
def closing(doc: "Doc") -> "Doc":
    """Fill `dispute`, `governing_law` and `copies`."""
    reading: Reading = doc._.reading
    own = [s for s in reading.sentences.items if not s.unit.part.startswith("annex")]
    reading.dispute = _dispute(reading, own)
    reading.governing_law = _law(reading, own)
    reading.copies = _copies(reading, own)
    return doc


def _dispute(reading: Reading, sentences: list[Sentence]) -> Dispute | None:
    found = [(m, p, s) for s in sentences for m, p in _ways(s)]
    if not found:
        return None
    found = _chosen(reading, found) or found
    methods = {method for method, _, _ in found}
    _, place, sentence = found[0]
    start, end = place
    venue = _venue(sentence.slice(start, end)) if len(methods) == 1 else None
    span = Span(start=sentence.start, end=sentence.end)
    return Dispute(
        method=methods.pop() if len(methods) == 1 else "several",
        venue=venue,
        span=span,
        text=span.of(reading.document.text),
    )


def _ways(sentence: Sentence) -> Iterator[tuple[Method, tuple[int, int]]]:
    """Court or arbitration as a sentence names them, with the place of the venue."""
    heading = " ".join(sentence.unit.headings) + "".join(lead.text for lead in sentence.leads())
    row = sentence.unit.row
    beside = " ".join(c.text for c in row.cells) if row else ""
    if not _ABOUT.search(sentence.text) and not _ABOUT.search(heading + beside):
        return
    for method, pattern in _METHODS:
        places = [
            _venue_place(match)
            for match in pattern.finditer(sentence.text)
            if method != "court" or not _ASIDE.search(sentence.text[match.start() : match.end() + 8])
        ]
        if places:
            # 提起诉讼的，由甲方所在地人民法院管辖: the place that is named counts
            start, end = next((p for p in places if p[1] > p[0]), places[0])
            yield method, (sentence.start + start, sentence.start + end)


def _venue_place(match: re.Match[str]) -> tuple[int, int]:
    group = next((g for g in ("venue", "venue2") if g in match.re.groupindex and match[g]), None)
    return match.span(group) if group else (match.start(), match.start())


_METHODS: tuple[tuple[Method, re.Pattern[str]], ...] = (("arbitration", _ARBITRATION), ("court", _COURT))


def _chosen(
    reading: Reading, found: list[tuple[Method, tuple[int, int], Sentence]]
) -> list[tuple[Method, tuple[int, int], Sentence]]:
    """The ways inside the option that is ticked or whose number is filled in."""
    for choice in reading.choices:
        ticked = [o.span for o in choice.options if o.checked]
        inside = [f for f in found if any(s.start <= f[2].start < s.end or s.start <= f[1][0] < s.end for s in ticked)]
        if inside and len(ticked) == 1:
            return inside
    return []


_NO_PLACE = re.compile(r"(?:依法|通过|当地)*(?:有管辖权的?|有权管辖的?)?(?:人民)?法院")


def _venue(words: str) -> str | None:
    words = re.split(r"(?:向|由|至|到|提交)(?=[^向由至到]{4,}\Z)", words)[-1]
    venue = re.sub(r"\A(?:有权|可以?|依法|任何一方|均|将|争议)*(?:向|由|至|到)?", "", words).strip(' “”"_')
    if _NO_PLACE.fullmatch(venue):
        return None
    if not venue or is_blank(venue) or venue == "依法" or re.search(r"  |__|填写", words):
        return None
    return venue


def _law(reading: Reading, sentences: list[Sentence]) -> GoverningLaw | None:
    for sentence in sentences:
        heading = " ".join(sentence.unit.headings)
        if not _LAW_TOPIC.search(sentence.text + heading):
            continue
        for match in _LAW.finditer(sentence.text):
            law = match["law"] or match["law2"]
            before = sentence.text[: match.start()]
            if (match["law"] and re.search(r"根据|依据《|违反", before[-6:])) or re.search(
                r"[他等]|有关|现行|国家|相关|地方", law[:4]
            ):
                continue
            if match["law"] and not _LAW_TOPIC.search(match[0] + heading):
                continue
            start = sentence.start + match.start("law" if match["law"] else "law2")
            span = Span(start=start, end=start + len(law))
            return GoverningLaw(
                law=span.of(reading.document.text), span=sentence.span, text=sentence.span.of(reading.document.text)
            )
    return None


def _copies(reading: Reading, sentences: list[Sentence]) -> Copies | None:
    for sentence in sentences:
        match = _TOTAL.search(sentence.text)
        if match is None or re.search(
            r"附件|保函|发票|图纸|资料|报告|文件(?!具)|手册", sentence.text[max(0, match.start() - 6) : match.start()]
        ):
            continue
        return Copies(
            total=_count(match["number"]),
            shares=tuple(_shares(reading, sentence, sentence.start + match.end())),
            span=sentence.span,
            text=sentence.span.of(reading.document.text),
        )
    return None


def _shares(reading: Reading, sentence: Sentence, start: int) -> Iterator[Share]:
    position = start
    for match in _SHARE.finditer(sentence.text, start - sentence.start):
        number = _count(match["number"])
        at = sentence.start + match.start()
        named = reading.mentions.within(position, at)
        position = sentence.start + match.end()
        if number is None:
            continue
        parties = [m.party for m in named if m.kind == "party"]
        if any(m.kind in ("all", "any") for m in named) or (_EACH.match(match[0]) and len(parties) != 1):
            parties = (
                [p.id for p in reading.parties if p.id in reading.mentions.parties] if len(parties) < 2 else parties
            )
        for party in dict.fromkeys(parties):
            yield Share(party=party, number=number)


def _count(words: str) -> Decimal | None:
    try:
        return parse_number(words)
    except ValueError:
        return None
