"""Percentages that are no penalties: tax, share, interest, discount, metric.

`增值税率13%` is a tax, `支付合同总价的30%` a share, `可用性不低于99.9%` a metric. What is a penalty, or the cap of one,
stands in nlp.extract.penalties; of 百分之三十（30%） only the first is kept.
"""

import re
from typing import TYPE_CHECKING

from spacy.language import Language

from nlp.extract.places import clause_at
from nlp.extract.sanctions import sanctions_in
from nlp.extract.sentences import Sentence
from nlp.reading import Reading
from nlp.values.rates import Rate as RateValue
from schema.money import Rate, RateRole
from schema.span import Evidence, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_TAX = re.compile(r"税率?[^，,。;%]{0,8}\Z|征收率[^，,。;]{0,6}\Z")
_TAX_AFTER = re.compile(r"[】\])]?(?:的)?(?:增值税|税率|征收率|个人所得税|进项税|专用发票|(?:增值税)?专票)")
_INTEREST = re.compile(r"(?:利率|利息|LPR|年化|年息|月息|收益率|复利)[^，,。;]{0,12}\Z")
_DISCOUNT = re.compile(r"(?:折扣|下浮|优惠|返点|让利|打折|减免)[^，,。;]{0,10}\Z")
_DISCOUNT_AFTER = re.compile(r"[】\])]?(?:的)?(?:折扣|优惠|返点|让利)")
_SHARE = re.compile(
    r"(?:支付|付至|付款|付|预付|首付|尾款|余款|进度款|货款|价款|质保金|保证金|定金|总价|总额|总价款|金额|款|剩余|剩下"
    r"|其余|余下|结算|占|比例|股权|股份|持股|占股|出资|分成|分配|分得|持有|承担|负担)[^，,。;]{0,14}\Z"
)
_SHARE_AFTER = re.compile(
    r"[】\])]?(?:的)?(?:预付|首付|首期|定金|货款|合同|价款|款项|尾款|余款|进度|股权|股份|作为|即|质保|份额|出资|比例分|分配|分成)"
)
_METRIC = re.compile(
    r"(?:率|途耗|损耗|损失量|短重|可用性|可靠性|完好|达标|精度|准确|正确|合格|覆盖|含量|纯度|浓度|湿度|误差|偏差|不低于|不少于|不小于"
    r"|达到|以上|≥|>=|≤|<=|低于|高于|指标)[^，,。;款价额]{0,12}\Z"
)


_PAID = re.compile(r"支付|付至|付款|付 *\Z|合同(?:总)?(?:价|金额|总额)")


@Language.component("rates")
def rates(doc: "Doc") -> "Doc":
    """Fill `reading.rates`."""
    reading: Reading = doc._.reading
    used = {s.start for item in reading.sentences.items for s in sanctions_in(reading, item) if s.use != "none"}
    kept = [v for v in reading.values.rates if v.start not in used and not v.twin]
    found = [rate for value in kept if (rate := _rate(reading, value))]
    reading.rates = [rate.model_copy(update={"id": f"r{n}"}) for n, rate in enumerate(found, 1)]
    return doc


def _rate(reading: Reading, value: RateValue) -> Rate | None:
    sentence = reading.sentences.at(value.start)
    if sentence is None:
        return None
    role = role_of(sentence, value)
    span = Span(start=value.start, end=value.end)
    return Rate(
        id="r",
        clause=clause_at(reading, value.start),
        span=span,
        text=span.of(reading.document.text),
        evidence=Evidence(rule=f"rate.{role}", cues=(span,)),
        value=value.value,
        role=role,
    )


def role_of(sentence: Sentence, value: RateValue) -> RateRole:
    """What a percentage measures, from the words on both sides in its piece (or the head of its column)."""
    before, after = _sides(sentence, value)
    if _TAX.search(before) or _TAX_AFTER.match(after):
        return "tax"
    if _INTEREST.search(before):
        return "interest"
    if _DISCOUNT.search(before) or _DISCOUNT_AFTER.match(after):
        return "discount"
    if _METRIC.search(before) and not _PAID.search(before[-20:]):
        return "metric"
    # 工资的200%作为加班费: more than the whole is no share
    if value.value <= 1 and (_SHARE.search(before) or _SHARE_AFTER.match(after)):
        return "share"
    return "other"


def _sides(sentence: Sentence, value: RateValue) -> tuple[str, str]:
    first, past = sentence.piece(value.start)
    before, after = sentence.slice(first, value.start), sentence.slice(value.end, past)
    row, table = sentence.unit.row, sentence.unit.table
    if row is None or table is None:
        return before, after
    column = next((n for n, c in enumerate(row.cells) if c.span.start <= value.start < c.span.end), None)
    head = table.columns[column] if column is not None and column < len(table.columns) else ""
    return head + before, after
