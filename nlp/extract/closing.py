"""Disputes and governing law; copies are counted in nlp.extract.copies.

`谈不成时任何一方可以向甲方所在地的法院起诉` is a court; where both ways are printed as alternatives the chosen
one counts, and with none chosen the method is `several`. Courts named for interim measures or enforcement decide
nothing.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from spacy.language import Language

from nlp.extract.copies import find_copies
from nlp.extract.names import is_blank
from nlp.extract.sentences import Sentence
from nlp.reading import Reading
from schema.closing import Dispute, GoverningLaw
from schema.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

Method = Literal["court", "arbitration"]

_TICKED = "☑☒✓✔√■"
_BOXES = "☑☒✓✔√■●□☐○"
_COURT = re.compile(
    rf"(?:向|由|交由?|提交|提请|上交|诉至|诉请|至|到|服从|接受|选择|选定|(?<!所)在)(?P<venue>[^，,。;{_BOXES}]{{0,40}}?(?:人民法院"
    r"|法院))(?!执行|保全)[^，,。;]{0,20}(?:起诉|提起诉讼|诉讼|管辖|裁决|解决|判决|提出诉讼|受理|打官司)?"
    r"|管辖法院(?:为|是|:) *(?P<venue4>[^，,。;]{2,40}?(?:人民法院|法院))"
    rf"|(?P<venue2>[^，,。;:{_BOXES}]{{0,30}}?(?:人民法院|法院))(?:有)?(?:管辖|起诉|提起诉讼|诉讼)"
    rf"|(?P<venue3>依法)?(?:提起诉讼|通过诉讼|诉讼解决|打官司)|(?<=[{_BOXES}])(?P<bare> *(?:诉讼|起诉|法院诉讼))"
    r"|(?:选择|通过|采取|采用|以)(?:仲裁或者?诉讼|诉讼或者?仲裁)"
)
_ARBITRATION = re.compile(
    rf"(?:向|由|交由?|提交|提请|至|到|申请|在)(?P<venue>[^，,。;{_BOXES}]{{0,40}}?(?:仲裁委员会|仲裁委|仲裁中心|仲裁院"
    r"|仲裁机构|仲裁庭|贸仲))[^，,。;]{0,20}|(?P<venue2>[A-Z]{3,6}) arbitration|(?:申请|提交|提起|通过)仲裁"
    r"|仲裁机构(?:为|是|:) *(?P<venue4>[^，,。;]{2,40}?(?:仲裁委员会|仲裁委|仲裁中心|仲裁院))"
    rf"|(?<=[{_BOXES}])(?P<bare> *(?:申请)?仲裁)(?!委|院|中心)|(?:选择|通过|采取|采用|以)(?:仲裁或者?诉讼"
    rf"|诉讼或者?仲裁)"
)
_ASIDE = re.compile(
    r"保全|强制执行|申请执行|申请撤销|不予执行|人民法院(?:予以)?(?:撤销|确认)|生效(?:的)?(?:判决|裁判|法律文书)|法院(?:查封|冻结"
    r"|扣押|通知|传票)"
)
_ABOUT = re.compile(r"争议|纠纷|诉讼|仲裁|协商不成|商量不成|谈不拢|打官司|起诉|管辖|Dispute")
# 管辖法院 above 临川市望江区人民法院。
_COURT_ALONE = re.compile(r"[^，,。;:]{2,40}(?:人民法院|法院)")
_NATIONAL = r"中华人民共和国(?:[^，,。;《]{0,12}?(?:法律|法规)(?:、(?:行政)?法规)?(?:\([^()]{1,30}\))?)"
_OF_PLACE = r"(?:(?!法律|适用|依照|按照|解释)[一-龥]){2,10}?(?:特别行政区)?法律"
_LAW = re.compile(
    rf"(?:适用(?:的)?法律|准据法|管辖法律|法律适用)(?:应?为|是|:)? *(?P<named>{_NATIONAL}|{_OF_PLACE})"
    rf"|(?:适用|依照|按照|按|受|遵循|依据|遵守)(?P<law>{_NATIONAL}|{_OF_PLACE})(?:[^，,。;]{{0,8}}(?:解释"
    r"|管辖|调整|约束|规范|执行))?"
    rf"|(?:依|根据)(?P<construed>{_NATIONAL}|{_OF_PLACE})(?=(?:进行|予以|并)?(?:解释|管辖))"
    rf"|以(?P<chosen>{_NATIONAL}|{_OF_PLACE})(?=作?为(?:准据法|适用法律|管辖法律|准))"
    rf"|(?P<topic>{_NATIONAL}|{_OF_PLACE})(?=适用于本)"
    r"|(?P<law2>[Ll]aws? of [A-Z][A-Za-z ]{2,40})"
)
# 适用法律 above 中华人民共和国法律。
_LAW_ALONE = re.compile(rf"{_NATIONAL}|{_OF_PLACE}")
_LAW_TOPIC = re.compile(r"适用|解释|管辖|约束|调整|效力|准据法|[Ll]aws? of|Governing")
_SURE = ("named", "construed", "chosen", "topic", "law2")


@Language.component("closing")
def closing(doc: "Doc") -> "Doc":
    """Fill `dispute`, `governing_law` and `copies`."""
    reading: Reading = doc._.reading
    own = [s for s in reading.sentences.items if not s.unit.part.startswith("annex")]
    reading.dispute = _dispute(reading, own)
    reading.governing_law = _law(reading, own)
    reading.copies = find_copies(reading, own)
    return doc


def _dispute(reading: Reading, sentences: list[Sentence]) -> Dispute | None:
    found = [(m, p, s) for s in sentences for m, p in _ways(s)]
    if not found:
        return None
    found = _chosen(reading, found) or found
    methods = {method for method, _, _ in found}
    _, place, sentence = found[0]
    start, end = place
    behind = len(sentence.after(end)) - len(sentence.after(end).lstrip("_"))
    one = len(methods) == 1 or (found[0][0] == "arbitration" and _in_turn(reading, found))
    venue = _venue(sentence.slice(start, end + behind)) if one else None
    span = Span(start=sentence.start, end=sentence.end)
    return Dispute(
        method=methods.pop() if len(methods) == 1 else "several",
        venue=venue,
        span=span,
        text=span.of(reading.document.text),
    )


# 对裁决不服的，可以向人民法院起诉   不服仲裁裁决的
_NOT_CONTENT = re.compile(r"裁决[^，,。;]{0,6}不服|不服[^，,。;]{0,8}裁决")


def _in_turn(reading: Reading, found: list[tuple[Method, tuple[int, int], Sentence]]) -> bool:
    """Arbitration first and the court for who is not content with it, as 劳动争议 go: there the first venue counts."""
    court = next(place[0] for method, place, _ in found if method == "court")
    between = reading.text[found[0][1][0] : max(court, found[0][1][0])]
    return len(between) < _NEAR and bool(_NOT_CONTENT.search(between))


def _ways(sentence: Sentence) -> Iterator[tuple[Method, tuple[int, int]]]:
    """Court or arbitration as a sentence names them, with the place of the venue."""
    heading = " ".join(sentence.unit.headings) + "".join(lead.text for lead in sentence.leads())
    row = sentence.unit.row
    beside = " ".join(c.text for c in row.cells) if row else ""
    if not _ABOUT.search(sentence.text) and not _ABOUT.search(heading + beside):
        return
    if _COURT_ALONE.fullmatch(sentence.text.strip()) and re.search(r"管辖|法院", heading):
        yield "court", (sentence.start, sentence.end)
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
    group = next((g for g in ("venue", "venue2", "venue4", "bare") if g in match.re.groupindex and match[g]), None)
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
    boxes = [way[2].text.lstrip()[:1] for way in found]
    marked = [way for way, box in zip(found, boxes, strict=True) if box and box in _TICKED]
    return marked if len(marked) == 1 and all(box and box in _BOXES for box in boxes) else []


_NEAR = 240
_NO_PLACE = re.compile(
    r"(?:当地(?:的)?)?劳动(?:人事)?争议仲裁(?:委员会|机构|院)|(?:依法|通过|当地)*(?:有管辖权的?|有权管辖的?)?(?:人民)?法院|(?:申请)?仲裁|诉讼|起诉|法院诉讼|仲裁机构"
)


# 商铺所在地的望江区人民法院, 位于长山市的长山仲裁委员会: where a court is named, what it lies in says no more
_WHERE_IT_LIES = re.compile(
    r"\A(?:(?:位于|设在)[^，,。;]{2,8}?的|[^，,。;()]{1,12}?(?:所在地|履行地|签订地|住所地)(?:的|即|也即)?)"
    r"(?!的|即|有|劳动|知识产权|农村)"
    r"(?=[一-龥]{2,8}?(?:省|自治区|市|区|县|州|旗)[一-龥]{0,12}法院\Z|[一-龥]{2,10}仲裁(?:委员会|中心|院)\Z)"
)
# 提请__临川__仲裁委员会; __市__区人民法院 is not filled in
_FILLED_GAP = re.compile(r"_+ *([一-龥A-Za-z0-9][^_]+?) *_+")


def _venue(words: str) -> str | None:
    words = re.sub(r"(?<=[一-龥]) {2,}(?=[一-龥])", "", words.strip())  # 甲方所在地  人民法院, written into a form
    words = _FILLED_GAP.sub(r"\1", words)
    words = re.split(r"(?:向|由|至|到|提交)(?=[^向由至到]{4,}\Z)", words)[-1]
    venue = re.sub(r"\A(?:有权|可以?|依法|任何一方|均|将|争议|设在[^，,。;]{2,8}的)*(?:向|由|至|到)?", "", words).strip(
        ' “”"_'
    )
    venue = _WHERE_IT_LIES.sub("", venue)
    if _NO_PLACE.fullmatch(venue):
        return None
    venue = re.sub(r"[【\[]([^【】\[\]]*)[】\]]", r"\1", venue)
    if not venue or is_blank(venue) or venue == "依法" or re.search(r"  |__|填写", words):
        return None
    return venue


def _law(reading: Reading, sentences: list[Sentence]) -> GoverningLaw | None:
    for sentence in sentences:
        heading = " ".join(sentence.unit.headings)
        if not _LAW_TOPIC.search(sentence.text + heading):
            continue
        if re.search(r"法律适用|适用法律|准据法", heading) and _LAW_ALONE.fullmatch(sentence.text.strip()):
            return _governing(reading, sentence, sentence.span)
        for match in _LAW.finditer(sentence.text):
            group = next(name for name, words in match.groupdict().items() if words)
            law = match[group]
            if re.search(r"[他等]|有关|现行|国家|相关|地方", law[:4]):
                continue
            if group not in _SURE and (
                re.search(r"根据|依据《|违反", sentence.text[: match.start()][-6:])
                or not _LAW_TOPIC.search(match[0] + heading)
            ):
                continue
            start = sentence.start + match.start(group)
            return _governing(reading, sentence, Span(start=start, end=start + len(law)))
    return None


def _governing(reading: Reading, sentence: Sentence, law: Span) -> GoverningLaw:
    text = reading.document.text
    return GoverningLaw(law=law.of(text), span=sentence.span, text=sentence.span.of(text))
