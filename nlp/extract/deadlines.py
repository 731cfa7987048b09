"""Deadlines, durations, terms, recurrences and thresholds: every length of time with who owes what and from when.

What is said without a number (及时, 立即) is not invented. A day of the month (每月21日前) has no number; a date
with 前 (2025年6月1日前交付) is a deadline with a date. Times in table cells follow their column head.
"""

import re
from typing import TYPE_CHECKING

from spacy.language import Language

from nlp.extract.actors import actor
from nlp.extract.obliged import LEVEL_COLUMN, who_owes
from nlp.extract.places import clause_at
from nlp.extract.sentences import Sentence
from nlp.extract.timing_kinds import Sort, sort_of
from nlp.extract.triggers import Trigger, counted_from, find_trigger
from nlp.reading import Reading
from nlp.values.dates import Date
from nlp.values.durations import Duration
from schema.span import Evidence, Span, SpannedText
from schema.timing import Deadline, Relation

if TYPE_CHECKING:
    from spacy.tokens import Doc

_PERIOD_COLUMN = re.compile(r"周期|服务期|期限|租期|使用期|时长|计费")
_TIME_COLUMN = re.compile(r"时间|期限|工期|交货期|交付期|质保|保修|时限|条件|说明|约定|内容|备注|方式|节点|要求")
_PROMISED = re.compile(r"承诺|指标|标准|目标|[限数]值|服务水平|考核值")
_TAIL = re.compile(r"[】\])]? *(?:的)?(?:以|之)?(?:内|前|后)(?!容|部|勤|续|期|述)|[】\])]?")
_HEAD = re.compile(r"(?:(?:提前|提早)(?:至少|不少于)?|(?:未|不)?超过|不少于|不足|至少|第|每)[【\[(_ ]*\Z")
_DUE = re.compile(r" *(?:\([^()]{1,8}\))? *(?:之|以)?前(?!述|款|期|条|提)")
_LATEST = re.compile(r"(?:最迟|至迟|不晚于|不迟于|最晚|截止(?:日期|时间)?(?:为|:|至)?|截至)(?:于|在)? *\Z")


@Language.component("deadlines")
def deadlines(doc: "Doc") -> "Doc":
    """Fill `reading.deadlines`."""
    reading: Reading = doc._.reading
    found = [d for value in reading.values.durations if (d := _deadline(reading, value))]
    found += [d for value in reading.values.dates if (d := _dated(reading, value))]
    ordered = sorted(found, key=lambda d: d.span.start)
    reading.deadlines = [d.model_copy(update={"id": f"d{n}"}) for n, d in enumerate(ordered, 1)]
    return doc


def _deadline(reading: Reading, value: Duration) -> Deadline | None:
    sentence = reading.sentences.at(value.start)
    if sentence is None or value.unit == "second":
        return None
    sort = _in_table(sentence, value) if sentence.unit.row else sort_of(sentence, value)
    if sort is None:
        return None
    trigger = _trigger(sentence, value, sort)
    start, end = _extent(sentence, value)
    monthly = sort.rule == "deadline.day_of_month"
    number = None if monthly or sort.kind == "service_hours" else value.number
    return Deadline(
        id="d",
        clause=clause_at(reading, value.start),
        span=Span(start=start, end=end),
        text=reading.document.text[start:end],
        evidence=Evidence(rule=sort.rule, cues=_cues(value, trigger)),
        number=number,
        unit=value.unit,
        workday=value.workday,
        kind=sort.kind,
        relation=_relation(sort, trigger, sentence, value),
        op=sort.op,
        who=who_owes(reading, sentence, value, sort, _column(sentence, value)),
        what=_what(sentence, value, sort),
        trigger=_spanned(reading, trigger),
        day_of_month=int(value.number) if monthly and value.number else value.day,
        placeholder=value.filled,
    )


# 会前60日以上取消的, 会前15日至30日取消的
_AHEAD_OF = re.compile(r"(?<!提)(?<!以)前(?:不足|不满|超过)? *(?:\d{1,2} ?[日天] ?(?:至|到|[-~—–]+) ?)?\Z")
_BREACH = re.compile(
    r"(?:如果?|若|因|当)? *(?P<event>.*?)(?:时间|期限|天数)?(?:未|不)?(?:累计|连续|持续)?(?:超过|达到?|满|超出"
    r"|逾|不足)?[【\[(_ ]*\Z"
)


def _trigger(sentence: Sentence, value: Duration, sort: Sort) -> Trigger | None:
    """The event a time counts from; of a threshold the breach that lasts (乙方逾期交货 of 乙方逾期交货超过30日)."""
    if sort.kind in ("recurrence", "rate_period", "service_hours", "billing_period", "counting_rule"):
        return None
    if sort.kind == "threshold":
        first, _ = sentence.piece(value.start)
        match = _BREACH.match(sentence.slice(first, value.start))
        if match is None or len(match["event"]) < 2:
            return None
        return Trigger(first + match.start("event"), first + match.end("event"), None)
    found = find_trigger(sentence, value.start, value.end)
    if found.end == found.start and sort.kind in ("duration", "term"):
        return counted_from(sentence, value.start, value.end)
    return found


def _in_table(sentence: Sentence, value: Duration) -> Sort | None:
    """A time in a cell: 12个月 under 周期 is a billing period, other cells are read as sentences."""
    head = _column(sentence, value)
    if head is None:
        return None
    alone = not sentence.text.replace(sentence.slice(value.start, value.end), "").strip(" _【】[]()")
    if alone and _PERIOD_COLUMN.search(head):
        return Sort("billing_period", rule="deadline.billing_period")
    if alone and not _TIME_COLUMN.search(head) and not LEVEL_COLUMN.search(head):
        return None
    return sort_of(sentence, value)


def _column(sentence: Sentence, value: Duration) -> str | None:
    """The head of the column a time stands in; None outside of tables."""
    row, table = sentence.unit.row, sentence.unit.table
    if row is None or table is None:
        return None
    column = next((n for n, c in enumerate(row.cells) if c.span.start <= value.start < c.span.end), None)
    if column is None:
        return None
    heads = table.columns or tuple(cell.text for cell in table.rows[0].cells)
    head = heads[column] if column < len(heads) else ""
    # 重大故障恢复 | 2小时 under 承诺值: the row says what is measured
    return row.cells[0].text if column and _PROMISED.search(head) and LEVEL_COLUMN.search(row.cells[0].text) else head


def _extent(sentence: Sentence, value: Duration) -> tuple[int, int]:
    """The words of the time with 内, 前, 提前, 超过 around them."""
    tail = _TAIL.match(sentence.after(value.end))
    head = _HEAD.search(sentence.before(value.start))
    start = value.start - (len(head[0]) if head else 0)
    return start, value.end + (tail.end() if tail and value.form != "every" else 0)


def _relation(sort: Sort, trigger: Trigger | None, sentence: Sentence, value: Duration) -> Relation | None:
    if sort.kind in ("recurrence", "rate_period"):
        return "every"
    if sort.kind == "service_hours":
        return "during"
    if sort.kind == "threshold" and _AHEAD_OF.search(sentence.before(value.start)):
        return "before"
    if sort.kind == "threshold":
        return "within" if sort.op in ("<", "<=") else "after"
    if sort.kind in ("billing_period", "counting_rule"):
        return "for"
    if trigger and trigger.relation:
        plain = sentence.after(value.end).startswith(("内", "之内", "以内", "】内"))
        if trigger.relation == "from" and plain:
            return "within"
        return trigger.relation
    if sort.rule == "deadline.before":
        return "before"
    return "for" if sort.kind in ("duration", "term") else "within"


_LEADING = re.compile(
    r"[】\]) ]*(?:的)?(?:以|之)?(?:内|前|后)?(?:的)?[，, ]*(?:[甲乙丙丁]方|双方|一方|买方|卖方)?(?:应当?|须|需"
    r"|必须|将|可以?|有权|由|负责|均|及时|方可)*"
)
_SUBJECT = re.compile(r"[^，,。;]*?(?P<topic>[一-龥A-Za-z“”\"]{2,20}?)(?:为|是|:|不少于|不超过|共|应为|自)")


def _what(sentence: Sentence, value: Duration, sort: Sort) -> str | None:
    """What is owed, in the words of the clause: the rest of the piece, else the next piece, else the topic before."""
    first, past = sentence.piece(value.start)
    if sort.kind in ("duration", "term") and not sentence.slice(value.end, past).strip("】]) 的内。"):
        topic = _SUBJECT.match(sentence.slice(first, value.start))
        if topic:
            return topic["topic"]
    words = sentence.slice(value.end, past)
    leading = _LEADING.match(words)
    rest = words[leading.end() :] if leading else words
    if len(rest.strip()) < 2:
        index = sentence.piece_index(value.start)
        following = sentence.pieces[index + 1 : index + 2]
        words = sentence.slice(*following[0]) if following else ""
        leading = _LEADING.match(words)
        rest = words[leading.end() :] if leading else words
    return _unbroken(rest.strip(' 】”"').lstrip(")")) or None


def _unbroken(words: str) -> str:
    """Without a bracket at the end that was opened before the words; 交纳保证金（大写：伍万元整） keeps its own."""
    while words.endswith(")") and words.count(")") > words.count("("):
        words = words[:-1].rstrip()
    return words


def _spanned(reading: Reading, trigger: Trigger | None) -> SpannedText | None:
    if trigger is None or trigger.end <= trigger.start:
        return None
    span = Span(start=trigger.start, end=trigger.end)
    return SpannedText(text=span.of(reading.document.text), span=span)


def _cues(value: Duration, trigger: Trigger | None) -> tuple[Span, ...]:
    places = [(value.start, value.end)]
    if trigger and trigger.end > trigger.start:
        places.insert(0, (trigger.start, trigger.end))
    return tuple(Span(start=start, end=end) for start, end in places)


def _dated(reading: Reading, value: Date) -> Deadline | None:
    """2025年6月1日前交付: a deadline tied to a date."""
    sentence = reading.sentences.at(value.start)
    if sentence is None or value.precision != "day" or value.last or not value.valid:
        return None
    due = _DUE.match(sentence.after(value.end))
    latest = _LATEST.search(sentence.before(value.start))
    if not due and not latest:
        return None
    end = value.end + (due.end() if due else 0)
    as_length = Duration(value.start, end, None, "day")
    return Deadline(
        id="d",
        clause=clause_at(reading, value.start),
        span=Span(start=value.start, end=end),
        text=reading.document.text[value.start : end],
        evidence=Evidence(rule="deadline.date", cues=(Span(start=value.start, end=value.end),)),
        unit="day",
        kind="deadline",
        relation="before",
        who=actor(sentence, reading.mentions, value.start, end),
        what=_what(sentence, as_length, Sort("deadline")),
        date=value.value,
    )
