"""How long the contract runs: dates, events and length, from the clause that says so.

`服务期为六个月，自2025年4月1日起至2025年9月30日止` gives start, end and length; `有效期为自生效之日起一年` an event
and a length. The term of the contract comes before the lease, the service or the project; times of warranty or
secrecy are no term.
"""

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spacy.language import Language

from nlp.extract.sentences import Sentence
from nlp.reading import Reading
from nlp.values.dates import Date
from nlp.values.durations import Duration as DurationFound
from nlp.values.found import within
from schema.span import Span
from schema.timing import Term
from schema.values import Duration

if TYPE_CHECKING:
    from spacy.tokens import Doc

# the more certain first
_CONTRACT = r"(?:合同|协议|合约)"
# dates behind the word itself: 本合同自2026年5月1日起至2027年4月30日止, 合同至2026年12月31日终止
_RUNS = (
    r"(?=(?:自|从|于)[^，,。;]{0,4}\d{4}[^，,。;]{1,40}(?:起|至|到))|(?<!原)合同(?=(?:自|从)[^，,。;]{0,4}\d{4}[^，,。;]{4,16}起)"
    r"|(?<!原)(?:合同|协议)(?=(?:至|到)[^，,。;]{0,2}\d{4}[^，,。;]{4,10}(?:止|终止|届满|到期))"
)
# whose 有效期 it is: 本协议书的有效期, 授权有效期; not that of a licence, an offer or a bill
_VALID = (
    r"(?:(?:\A|(?<=[，,:]))[ (]*(?:其|本|该|总)?|(?:合同|协议|合约|(?<!标)(?<!证)书|订单|授权|委托|备忘录|租赁|服务"
    r"|合作)的?)有效期限?"
)
_NAMES = (
    (
        rf"(?<!无)固定期限|无固定期限(?:劳动合同)?(?=[，,:]? ?(?:自|从)|\Z)|(?:本)?{_CONTRACT}(?:的)?(?:有效|履行|存续"
        rf"|服务)?"
        rf"(?:期限|期|时间|有效期)|本(?:合同|协议){_RUNS}|{_VALID}"
    ),
    (
        r"(?:劳动合同|聘[用任]|雇[用佣]|聘期|租赁|租用|承租|出租|转租|服务|借款|贷款|合作|委托|承包|代理|授权|许可(?:使用|实施)?|特许|加盟|经销"
        r"|托管|运营|经营|保管|仓储|储存|存储|寄存|运输|物业(?:管理)?服务|管理|维保|维护|养护|保险|供货|供应|采购|代理销售|顾问|劳务|监理"
        r"|培训)(?:的)?(?:起止)?(?:期限|期间|周期|时间|年限|期)|[租借聘]期|Term|(?:授权|许可|委托|代理)(?=自[^，,。;]{0,2}\d{4}[^，,。;]{4,10}起)"
    ),
    (
        r"\A(?:期限|期间|起止时间)(?=:)|(?:项目|开发|履行|建设|实施)周期|履行期限|建设期"
        r"|(?:开发|研制|制作|加工|施工|设计|勘察)(?:期限|周期|期)"
    ),
)
# under words of other trades (订阅期, 展览期限, 供餐期限), where two days are named and nothing better says the term
_OTHER = re.compile(
    r"(?!(?:[^，,。;:]{0,6}(?:质保|保修|质量|保密|免租|试用|试运行|试营业|宽限|整改|交货|交付|供图|缺陷|保函|保证|展期|延期"
    r"|付款|支付|还款|提货|索赔|装修|过渡|交接|异议|公示|公告|报名|投标|评估|调试|验收|考核|统计|结算|计费|计息|计租|竞业|禁售|锁定"
    r"|观察|冷静|犹豫|等待|检修|停|休|假|孕|哺乳|医疗|追溯|诉讼|举证|有效|培训|考察|首|前|后|该|上述|本期|同期|预|查询|优惠|促销)))"
    r"[ (（]*(?:本|该)?(?:[一-龥]{2,6}(?:期限|期间|周期|期)|(?:总|合同)?工期(?:总?日历天数?)?"
    r"|(?:计划|约定|暂定|预计|拟定?)?开工(?:日期|时间|日))"
    r"(?=[ _]*(?:[:,，为是自从(（共]|\d|[一二三四五六七八九十]))"
)
_PATTERNS = tuple(re.compile(names) for names in _NAMES)
_NOT_TERM = re.compile(
    r"质保|保修|质量保证|保密|试用期|维护期|缺陷责任|试运行|装修期|免租|延长|续[签租约期展]|届满|期满|顺延|内"
    r"|终止|解除|逾期|提前|期间|见习|投诉|诉讼时效|保证期间|付款|支付|开票|交货期|验收|剩余|每|结束|开始"
)
_PART = re.compile(r"[ (]*(?:其中|[^，,。;:]{0,4}(?:试用|试运行|免租|装修|见习|首[次期个]|前[\d一二三两]))")
# 自2025年7月1日起至2025年8月31日止为装修期
_CALLED_PART = re.compile(r"[为是][^，,。;]{0,6}(?:装修|免租|试用|试运行|试营业|见习|过渡|宽限|筹备|磨合)期")
_PLAIN_START = re.compile(r"[^，,。;]{0,10}(?:为|自|从|共|:|\d|[一二三四五六七八九十])")
_FROM = re.compile(r"(?:自|从) *(?P<event>(?=[^ _]*[一-龥]{2})[^，,。;\d_ ]{2,40}?(?:之日|之时|日)?)(?:起|开始)")
_UNTIL = re.compile(r"(?:至|到) *(?P<event>[^，,。;_ ]{2,50}?)(?:之日|日|时)?(?:止|终止|为止|届满)")


# 本合同自签字之日起生效，至2027年6月30日终止
_UP_TO = re.compile(r"[^，,。;]{0,4}本(?:合同|协议)(?!.*届满)[^。;]{0,30}生效[，,](?:有效期)?至 *(?=\d{4}|\Z)")
# 转租方与业主签订了《写字楼租赁合同》（下称“主租约”），租期至…
_OF_ANOTHER = re.compile(r"主租约|主租赁|原租|原合同|上手|总包合同|主合同")
_SPECIAL = re.compile(r"[^，,。;:]{0,4}(?:独家|首次|首期|第[一二三四五]|排他)")


# how far apart the ranks are; a heading that names the term is a little better than a sentence that does, when dates
# stand below it, and a step worse otherwise
_STEP, _HEADED = 4, 3
_OTHERS = _STEP * len(_NAMES) + 1
_AT_LEAST = re.compile(r"(?:不[少低短]于|至少|不得少于|不应少于|最短)[ _]*\Z")
_OWN = re.compile(r"(?:合同|协议|租赁|服务|合作|聘用|承包)[^，,。;]{0,6}期")
# 计划开工日期2025年8月1日，计划竣工日期2025年12月28日，总日历天数150天
_WORK = re.compile(r"[^，,。;:\d]{0,6}(?:工期|开工|工程期限|施工期)")


@dataclass(frozen=True)
class Candidate:
    """A sentence that may say the term, how well, and whether it speaks of a special one (独家代理期)."""

    sentence: Sentence
    rank: int
    dates: Date | None
    length: DurationFound | None
    special: bool = False


@Language.component("term")
def term(doc: "Doc") -> "Doc":
    """Fill `reading.term`."""
    reading: Reading = doc._.reading
    found = [c for s in reading.sentences.items if (c := _candidate(reading, s))]
    if found:
        best = min(found, key=lambda c: (c.rank, c.dates is None and c.length is None, c.sentence.start))
        reading.term = _term(reading, best, found)
    return doc


def _candidate(reading: Reading, sentence: Sentence) -> Candidate | None:
    if sentence.unit.part.startswith("annex") or (sentence.unit.row and not _labelled_cell(sentence)):
        return None
    dates = [d for d in within(reading.values.dates, sentence.start, sentence.end) if d.precision == "day"]
    found = within(reading.values.durations, sentence.start, sentence.end)
    if not dates and not found and not (_FROM.search(sentence.text) and _UNTIL.search(sentence.text)):
        return None
    ranked = _rank(sentence)
    if ranked is None:
        return None
    rank, name_end = ranked
    range_ = next((d for d in dates if d.last), None) or _ends_apart(sentence, dates) or _one_end(sentence, dates)
    if not (range_ and range_.last) and _WORK.match(sentence.text):
        range_ = _between(reading, dates, _WORK_DAYS) or range_
    if rank == _OTHERS and not (range_ and range_.last):
        return None
    if rank % _STEP == _HEADED:
        rank += -_HEADED if range_ and range_.last else _STEP - _HEADED
    lengths = [d for d in found if d.form == "plain" and d.unit in ("day", "month", "year") and _is_length(sentence, d)]
    behind = next((d for d in lengths if d.start >= name_end), None)
    length = behind or next((d for d in lengths if not _of_other_term(sentence, d, name_end)), None)
    if range_ is None and length is None and not (_FROM.search(sentence.text) and _UNTIL.search(sentence.text)):
        return None
    if range_ is None and length and _AT_LEAST.search(sentence.before(length.start)):
        # 均应取得授权，授权期限不少于两年 says how long something else lasts at least
        if not _OWN.search(sentence.before(length.start)):
            return None
        rank += _STEP
    rank += 2 * _STEP * bool(_OF_ANOTHER.search(sentence.text))
    special = bool(_SPECIAL.match(sentence.text.lstrip()))
    return Candidate(sentence, rank + _STEP * special, range_, length, special)


def _one_end(sentence: Sentence, dates: list[Date]) -> Date | None:
    """`自2025年7月1日起三年` names only the start, `有效期至2025年12月31日` only the end (then `value` is empty)."""
    for date in dates:
        before, after = sentence.before(date.start), sentence.after(date.end)
        if re.search(r"(?:自|从)[ _【\[]*\Z", before) and re.match(
            r"[ _】\]]*(?:\([^()]{1,12}\))? *(?:起|开始|生效)", after
        ):
            return date
        ended = re.search(r"(?:合同|协议)(?:至|到)[ _【\[]*\Z", before) and re.match(
            r"[ _】\]]*(?:日)?(?:止|终止|届满|到期)", after
        )
        ended = ended or (_UP_TO.fullmatch(before) and re.match(r" *(?:日)?(?:止|终止|届满)", after))
        if ended or re.search(r"(?:期|期限|有效)(?:为|截止?|截止日期?为)?(?:至|到) *\Z", before):
            return replace(date, value="", last=date.value)
    return None


def _of_other_term(sentence: Sentence, length: DurationFound, name_end: int) -> bool:
    """服务期三年，合同一年一签，本合同期限自…至…: three years are those of the service."""
    first, _ = sentence.piece(length.start)
    words = sentence.slice(first, length.start)
    return not first <= name_end <= length.start and any(pattern.search(words) for pattern in _PATTERNS)


_BEGINS = re.compile(r" *(?:\([^()]{1,16}\))? *(?:起|开始|之日起|开工|进场)")
_ENDS = re.compile(r" *(?:\([^()]{1,16}\))? *(?:日)?(?:为?止|终止|届满|到期|结束|期满|竣工|完工)")
_UNTIL_DAY = re.compile(r"(?:至|到) *\Z")
_MAX_APART = 40


def _ends_apart(sentence: Sentence, dates: list[Date]) -> Date | None:
    """`自2024年9月1日起计36个月，至2027年8月31日届满`, `2024年9月1日起租，2027年8月31日到期`."""
    for first, second in itertools.pairwise(dates):
        between = sentence.slice(first.end, second.start)
        if first.last or second.last or len(between) > _MAX_APART or re.search("其中|试用|免租", between):
            continue
        begins = _BEGINS.match(sentence.after(first.end))
        ends = _ENDS.match(sentence.after(second.end)) and not re.search(r"[自从] *\Z", between)
        if begins and first.value < second.value and (ends or _UNTIL_DAY.search(between)):
            return replace(first, last=second.value)
    return None


_LABELS = (
    ("first", re.compile(r"(?:起始|开始|起租|起算)(?:日期?|时间)(?:为|是|:)? *\Z")),
    ("last", re.compile(r"(?:终止|届满|到期|截止|结束)(?:日期?|时间)(?:为|是|:)? *\Z")),
)
# of a work, where one sentence tells both; fields on lines of their own tell plans
_WORK_DAYS = (
    ("first", re.compile(r"(?<!实际)开工(?:日期?|时间)(?:定?为|是|:)?[ _]*\Z")),
    ("last", re.compile(r"(?:竣工|完工)(?:日期?|时间)(?:定?为|是|:)?[ _]*\Z")),
)


def _labelled(reading: Reading, sentence: Sentence) -> Date | None:
    """`起始日2026年3月1日，终止日2026年8月31日` of the same clause."""
    spans = sentence.unit.spans
    days = [d for span in spans for d in within(reading.values.dates, span.start, span.end) if d.precision == "day"]
    return _between(reading, days, _LABELS)


def _between(reading: Reading, days: list[Date], labels: tuple[tuple[str, re.Pattern[str]], ...]) -> Date | None:
    """From the first day to the last, by the labels in front of them."""
    ends: dict[str, Date] = {}
    for date in days:
        before = reading.text[max(0, date.start - 12) : date.start]
        for name, pattern in labels:
            if pattern.search(before) and date.last is None:
                ends.setdefault(name, date)
    if len(ends) < 2 or not ends["first"].valid or not ends["last"].valid:
        return None
    return replace(ends["first"], last=ends["last"].value)


def _labelled_cell(sentence: Sentence) -> bool:
    """A cell behind one that names the term: 期限 | 2026-06-01 to 2027-05-31."""
    row = sentence.unit.row
    if row is None:
        return False
    number = next((n for n, c in enumerate(row.cells) if c.span.start <= sentence.start < c.span.end), 0)
    label = row.cells[number - 1].text if number else ""
    return bool(re.search(r"期限|有效期|租期|服务期|Term", label)) and len(label) <= 20


# 第二章 期限 above 自2025年8月1日至2027年7月31日，为期2年
_TERM_ALONE = re.compile(r"期限|期间|起止(?:时间|期限)|时间期限")
# 提交履约保函，有效期至运营期满后90日
_OF_PAPER = re.compile(r"保函|汇票|支票|报价|证书|许可证|保险单|担保函")


def _rank(sentence: Sentence) -> tuple[int, int] | None:
    """How certainly a sentence speaks of the term, and where the words that say so end.

    Said by the topic of one of its pieces, or by the heading above it.
    """
    if sentence.unit.row:
        return _STEP + 1, sentence.start
    for rank, pattern in enumerate(_PATTERNS):
        for first, past in sentence.pieces:
            words = sentence.slice(first, past)[:40]
            match = pattern.search(words)
            # 服务期间：, but not 服务期间不得转让
            said = re.sub(r"期间(?=[:为自从是])", "期", words[: match.end() + 2]) if match else ""
            if match and match[0].startswith("有效期") and _OF_PAPER.search(sentence.before(first)):
                continue
            if match and match.start() <= 16 and not _NOT_TERM.search(said):
                return _STEP * rank + 1, first + match.end()
    until = _UP_TO.match(sentence.text)
    if until:
        return 1, sentence.start + until.end()
    heading = sentence.unit.headings[-1] if sentence.unit.headings else ""
    for rank, pattern in enumerate(_PATTERNS):
        if pattern.fullmatch(heading.strip()) and _PLAIN_START.match(sentence.text) and not _is_part(sentence.text):
            return _STEP * rank + _HEADED, sentence.start
    alone = _TERM_ALONE.fullmatch(heading.strip()) and not any(map(_NOT_TERM.search, sentence.unit.headings))
    if alone and _PLAIN_START.match(sentence.text) and not _PART.match(sentence.text):
        return _STEP * (len(_PATTERNS) - 1) + _HEADED, sentence.start
    other = _OTHER.match(sentence.text)
    if other:
        return _OTHERS, sentence.start + other.end()
    return None


def _is_part(words: str) -> bool:
    return bool(_PART.match(words) or _CALLED_PART.search(words))


def _is_length(sentence: Sentence, value: DurationFound) -> bool:
    """一年 of 有效期一年, not 前30日 or 30日内 beside it."""
    first, past = sentence.piece(value.start)
    before, after = sentence.slice(first, value.start), sentence.slice(value.end, past)
    if re.match(r"[】\])]? *(?:以|之)?(?:内|前|后)", after) or re.search(
        r"(?:提?前|到期|届满|期满|延长|续签|逾期|超过|每) *\Z", before
    ):
        return False
    if re.match(r"(?:延长|缩短|变更|调整|修改)", after):  # 由一年延长至十八个月
        return False
    if re.search(r"[+＋] *\Z", before):  # 租期3+2年: neither is the whole
        return False
    return not re.search(r"质保|保修|保密|试[用工岗]|见习|考察|冷静|过渡|宽限|延长|续", before)


def _term(reading: Reading, best: Candidate, found: list[Candidate]) -> Term:
    """Join what one clause says in two sentences (length here, dates there)."""
    same = [c for c in found if c.sentence.unit.id == best.sentence.unit.id and c.rank <= best.rank + _STEP + 1]
    same = [c for c in same if c.special == best.special]
    dates = best.dates or next((c.dates for c in same if c.dates), None) or _labelled(reading, best.sentence)
    length = best.length or next((c.length for c in same if c.length), None)
    sentence = best.sentence
    start_event = None if dates else _FROM.search(sentence.text)
    end_event = None if dates else _UNTIL.search(sentence.text)
    span = Span(start=sentence.start, end=sentence.end)
    number = length.number if length else None
    return Term(
        start=dates.value or None if dates and dates.valid else None,
        end=dates.last if dates and dates.valid else None,
        start_event=start_event["event"] if start_event else None,
        end_event=end_event["event"] if end_event else None,
        duration=Duration(number=number, unit=length.unit, workday=length.workday)
        if length and number is not None and length.unit != "second"
        else None,
        span=span,
        text=span.of(reading.document.text),
    )
