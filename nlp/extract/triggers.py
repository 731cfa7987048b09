"""The event a time counts from, and how the time lies to it.

`自收到发票之日起30日内` counts within 30 days from 收到发票; `租赁期限届满60日前` before 租赁期限届满;
`接到通知1小时内` from 接到通知; in `付清费用并腾退房屋的，甲方应在15日内退还押金` the piece before says when. A time
may have no trigger.
"""

import re
from dataclasses import dataclass

from nlp.extract.sentences import Sentence
from schema.timing import Relation

# from here an event may begin: what stands before is who owes, or another duty
_START = re.compile(
    r"(?:应当?|须|需|必须|可以?|有权|保证|承诺|同意|将|并|且|则|最迟|至迟|不晚于|不迟于|最晚|分别|均)?(?:在|于"
    r"|自|从|由|当|待)|应当|应|须|必须|需要?|并应|且应|:|其中"
)
# 经催告后|在15日内, 验收合格后|最迟应于10日内: joins the time to its event and belongs to neither
_JOINT = re.compile(r"(?<=后)(?:最迟|至迟)?(?:应当?|须|需|必须|可以?)?(?:在|于)?\Z")
_FROM = re.compile(r"(?:自|从|由)(?!行|动|身|愿|费|然|有|理|治|来水|主|由)")
_DAY_FROM = re.compile(
    r"(?:之日|之时|当日|当天|次日|次月|日|时|之)?(?:\([^()]{1,8}\))?起(?:算|计算|开始计算|计)?(?:的)?(?:第)?[，,]? *\Z"
)
_AFTER = re.compile(r"(?:之日|之时)?(?:之|以)?后(?:的)?(?:第)?(?:首|次)?(?:个)? *\Z")
_BEFORE = re.compile(r"(?:之日|之时)?(?<!提)(?:之|以)?前(?:的)?(?:至少|不少于|不得少于|提前)? *\Z")
_EARLIER = re.compile(r"(?:提前|提早|预先|前期)(?:至少|不少于|不得少于|不低于|不小于|最少|不短于|的?)? *\Z")
_OPENERS = (
    r"接到|收到|接收到?|收悉|得知|知悉|知道|获悉|获知|发现|发生|出现|签订|签署|签收|交付|验收(?:合格|通过)|到货|竣工"
    r"|开工|提出|通知|催告|期满|届满|生效|终止|解除"
)
_DIRECT = re.compile(rf"(?:{_OPENERS})[^，,。;:]{{0,24}}? *\Z")
_WITHIN = re.compile(r"[】\])]? *(?:的)?(?:以|之)?内|[】\])]? *(?:的)?(?:期限|时间|期间)(?:以|之)?内")
_AHEAD = re.compile(r"[】\])]? *(?:\([^()]{1,8}\))? *(?:之|以)?前")
_LATER = re.compile(r"[】\])]? *(?:之|以)?后")
_COMPARED = re.compile(r"(?:未|不)?(?:超过|超出|达到?|不少于|不低于|满|逾)(?:了)? *\Z")
# a piece that says when: 合同生效后, 验收不合格的, 发生故障时
_CASE = re.compile(r"(?:的|后|时|之日|情况下|情形下|期满|届满|合格|通过|到位|前提下|之后|以后)\Z")
_CASES_BACK = 3
_CASE_HEAD = re.compile(r"\s*(?:如果?|若|倘若|假如|一旦|当|凡|在|因|由于|对于|对|如因|经)?")


@dataclass(frozen=True, slots=True)
class Trigger:
    """An event.

    Attributes:
        start: first character of its words; equal to end when there are none.
        end: one past the last.
        relation: how the time lies to it.
    """

    start: int
    end: int
    relation: Relation | None


def find_trigger(sentence: Sentence, start: int, end: int) -> Trigger:
    """The event a time counts from.

    Args:
        sentence: that holds the time.
        start: first character of the time.
        end: one past its last.
    """
    first, past = sentence.piece(start)
    left = _JOINT.sub("", _COMPARED.sub("", sentence.slice(first, start).rstrip(" 【[_(")))
    right = sentence.slice(end, past)
    relation = _relation(left, right)
    for pattern, kind in ((_DAY_FROM, "from"), (_AFTER, "after"), (_BEFORE, "before")):
        match = pattern.search(left)
        if match and match.start() > 0:
            begin = _event_start(left[: match.start()], fresh=kind == "from")
            stop = first + match.start() + (2 if left[match.start() :].startswith(("之日", "之时")) else 0)
            found: Relation = "before" if kind == "before" else relation or ("from" if kind == "from" else "after")
            return _widened(sentence, Trigger(first + begin, stop, found))
        if match and kind in ("after", "from") and sentence.piece_index(start) > 0:
            break
    if relation == "before" and not _EARLIER.search(left) and _AHEAD.match(right):
        begin = _event_start(left, fresh=False)
        if left[begin:].strip():
            return Trigger(first + begin, first + len(left.rstrip("的 ")), "before")
    direct = _DIRECT.search(left)
    if direct and relation in ("within", "after", None):
        begin = _event_start(left, fresh=False)
        begin = begin if begin <= direct.start() else direct.start()
        return Trigger(first + begin, first + len(left), relation)
    return _case_before(sentence, start, relation)


def _relation(left: str, right: str) -> Relation | None:
    if _WITHIN.match(right):
        return "before" if _BEFORE.search(left) else "within"
    if _AHEAD.match(right) or _EARLIER.search(left) or _BEFORE.search(left):
        return "before"
    if _LATER.match(right):
        return "after"
    return None


def _event_start(left: str, *, fresh: bool) -> int:
    """Where the event begins in the words before the time: behind 自 or the last 应在."""
    if fresh:
        starts = list(_FROM.finditer(left))
        if starts:
            return starts[-1].end()
    begin = 0
    for match in _START.finditer(left):
        if match.end() < len(left):
            begin = match.end()
    return begin + len(left[begin:]) - len(left[begin:].lstrip(" ("))


def _widened(sentence: Sentence, trigger: Trigger) -> Trigger:
    """Take in the pieces before that end in 后 or 且: 合同签订生效后，甲方收到发票、且资金到位后."""
    index = sentence.piece_index(trigger.start)
    start = trigger.start
    while index > 0 and start == sentence.pieces[index][0]:
        first, past = sentence.pieces[index - 1]
        words = sentence.slice(first, past)
        if not re.search(r"(?:后|合格|通过|完毕|完成|生效|到位|齐全|批准|时)\Z", words) or re.search(
            r"如|若|逾期|未按", words
        ):
            break
        start, index = first, index - 1
        start += len(words) - len(words.lstrip())
        colon = words.find(":")
        if colon >= 0:
            start = first + colon + 1
            break
    return Trigger(start, trigger.end, trigger.relation)


def _case_before(sentence: Sentence, start: int, relation: Relation | None) -> Trigger:
    """The piece before, when it says when: 影响正常使用的，应当在24小时内到场."""
    index = sentence.piece_index(start)
    nearest = sentence.pieces[max(index - _CASES_BACK, 0) : index] if relation in ("within", "after", "before") else ()
    for first, past in reversed(nearest):
        words = sentence.slice(first, past)
        if _CASE.search(words):
            head = _CASE_HEAD.match(words)
            begin = first + (head.end() if head else 0)
            stop = past - 1 if words.endswith("的") else past
            return Trigger(begin, stop, relation)
    return Trigger(start, start, relation)


# 自验收合格之日起计算, before or behind 质保期为12个月
_COUNTED = re.compile(
    r" *(?:从|自)(?P<event>[^，,。;]{2,40}?(?:之日|之时|日)?)起(?:开始)?(?:计算?|算|起算)?[^，,。;]{0,4}\Z"
)


def counted_from(sentence: Sentence, start: int, end: int) -> Trigger:
    """Where a duration begins to run, said in a piece of its own.

    Args:
        sentence: that holds the duration.
        start: its first character.
        end: one past its last.
    """
    index = sentence.piece_index(start)
    for number in (index + 1, index - 1):
        if 0 <= number < len(sentence.pieces):
            first, past = sentence.pieces[number]
            match = _COUNTED.match(sentence.slice(first, past))
            if match:
                return Trigger(first + match.start("event"), first + match.end("event"), "from")
    return Trigger(end, end, None)
