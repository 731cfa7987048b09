"""Consequences of a breach without a number (赔偿损失, 解除合同, 不退押金), and what is said not to be a breach.

One sentence gives one liability for each case it makes:
`逾期超过30日的，甲方有权解除合同；违约金不足以弥补损失的，乙方还应赔偿` two. A case that a penalty with a number
covers gives no second one: its remedies stand there.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.language import Language

from nlp.extract.liable import sides_of
from nlp.extract.penalty_parts import remedies_in, trigger_of
from nlp.extract.places import clause_at
from nlp.extract.sentences import Sentence
from nlp.extract.subjects import roles_in
from nlp.reading import Reading
from schema.penalty import Exclusion, Penalty, Remedy
from schema.span import Evidence, Span
from schema.values import Threshold

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BREACH = re.compile(
    r"逾期|迟延|延迟|延期|拖延|拖欠|延误|违约|违反|违背|未(?!来|尽事宜|成年)|不(?:按|履行|能|符合|足|合格|当"
    r"|配合|实|低于|予配合)|拒绝|擅自|超期|中断|泄露|泄密|侵权|侵犯|损坏|损害|损毁|损失|毁损|灭失"
    r"|缺陷|瑕疵|过错|过失|故意|隐瞒|虚假|欺诈|否则|事故|下列(?:情形|行为|情况)|低于|责任方|转包|分包|转租|旷工"
    r"|缺勤|辞职|提前(?:解除|终止|退租|收回)|伤害|伤亡|欠|原因(?:造成|导致|致使)|返工|假冒|伪劣|私自"
    r"|超(?:出|越|过)?[^，,。;]{0,6}(?:范围|权限)"
)
_NEW_CASE = re.compile(
    r"\s*(?:如果?|若|倘若|但如|且如|一旦|否则|逾期|造成|给[^，,。;]{1,10}造成|由此(?:给|造成)|因此(?:给|造成)"
    r"|违约金(?:数?额)?(?:不足|低于|不能|尚)|仍(?:不|未)|情节|构成|累计|连续|超过)"
)
_BY_AGREEMENT = re.compile(r"协商一致|协商(?:同意|解除)|经(?:双方|对方|甲乙双方)(?:书面)?(?:同意|协商)")
_AGAIN = (
    "termination",
    "refund",
    "set_off",
    "compensation",
    "forfeit_deposit",
    "double_deposit",
    "removal",
    "discretionary",
)
_ENOUGH: tuple[Remedy, ...] = (
    *("compensation", "termination", "refund", "forfeit_deposit", "double_deposit"),
    *("set_off", "interest", "removal", "discretionary", "liquidated_damages"),
)
_NOT_A_BREACH = re.compile(
    r"(?:不(?:应)?视(?:为|作)|不(?:构成|属于?|算|作为)|不应(?:被)?视为)[^，,。;]{0,12}(?:违约|责任|违反)"
    r"|属于?不可控事件"
    r"|(?:不|无需|无须|毋须|不再|均不|互不|无)(?:应)?(?:向[^，,。;]{1,8})?(?:承担|负|担负)[^，,。;]{0,14}(?:责任|赔偿|违约|后果|损失)"
    r"|不(?:对|就)[^，,。;]{1,20}?(?:负责|承担[^，,。;]{0,8}责任)"
    r"|(?:免除|免于|免予|部分或(?:者)?全部免除|可以免除)[^，,。;]{0,12}责任"
    r"|免责(?!条款|事由)|不(?:予)?(?:负责|赔偿|追究)(?!任)|不承担任何"
)
# 不免除乙方的责任, 拒不承担责任: no protection
_TURNED = re.compile(
    r"(?:不|未|非|拒|无法|不减轻或者?|不因此(?:而)?|不当然)(?:得|能|应|可|予|会|足以)?(?:因此|据此)?\Z"
    r"|不(?:得|能|应|可(?!抗))[^，,。;]{0,12}\Z"
)
_REFUSED = re.compile(r"(?:拒|拒绝|不得)\Z")
# 一方不承担责任的，另一方…  不承担责任的情形: a case, no rule
_ONLY_A_CASE = re.compile(r"的(?:[，,]|情形|情况|条件)")
# 乙方因甲方未提供场地而延误的，不构成违约: 乙方 is the subject of both halves
_OWN_CASE = re.compile(r"(?:如)?(?:因|由于|系因|在|据此|依|按|经)")
_IN_TIME = re.compile(r"(?:合格|期满|届满|完毕|结清|通过)[^，,。;]{0,4}(?:后|之日|，|,)")
_LIABLE_TYPES = frozenset({"penalty", "liability"})


@Language.component("liabilities")
def liabilities(doc: "Doc") -> "Doc":
    """Add consequences without a number to `reading.penalties` and fill `reading.exclusions`."""
    reading: Reading = doc._.reading
    taken = [p.span for p in reading.penalties]
    found = list(reading.penalties)
    excluded: list[Exclusion] = []
    for sentence in reading.sentences.items:
        if sentence.unit.row is None:
            found += _liabilities(reading, sentence, taken)
            excluded += _exclusions(reading, sentence)
    found.sort(key=lambda p: p.span.start)
    reading.penalties = [p.model_copy(update={"id": f"n{n}"}) for n, p in enumerate(found, 1)]
    reading.exclusions = [e.model_copy(update={"id": f"x{n}"}) for n, e in enumerate(excluded, 1)]
    return doc


def _liabilities(reading: Reading, sentence: Sentence, taken: list[Span]) -> Iterator[Penalty]:
    if not _is_about_breach(sentence):
        return
    for start, end in _cases(sentence):
        words = sentence.slice(start, end)
        remedies = tuple(r for r in remedies_in(_consequence(words)))
        if set(remedies) <= {"refund"} and _IN_TIME.search(words) and not _BREACH.search(words):
            continue  # 验收合格后退还保证金
        if not set(remedies) & set(_ENOUGH) or any(s.start < end and start < s.end for s in taken):
            continue
        if _is_limit_or_sum(sentence, words, remedies):
            continue
        if _BY_AGREEMENT.search(words) and "compensation" not in remedies:
            continue
        if _NOT_A_BREACH.search(words) and not _BREACH.search(_NOT_A_BREACH.sub("", words)):
            continue  # 不可抗力超过60日的，可以解除合同，互不承担违约责任: a way out, nobody's breach
        sides = sides_of(sentence, reading.mentions, start, end)
        span = Span(start=start, end=end)
        yield Penalty(
            id="n",
            clause=clause_at(reading, start),
            span=span,
            text=span.of(reading.document.text),
            evidence=Evidence(rule="penalty.unquantified", cues=(span,)),
            liable=sides.liable,
            beneficiary=sides.beneficiary,
            trigger=trigger_of(sentence, end + 1, start, reading.mentions),
            threshold=_threshold(reading, start, end),
            remedies=remedies,
        )


# 违约金累计不超过合同价的10%, 赔偿责任总额以合同总价为上限: how much, not for what
_LIMIT = re.compile(
    r"(?:违约金|赔偿|罚款|扣[罚款减]|责任|扣减合计)[^。;]{0,30}(?:不(?:得)?超过|不高于|上限|封顶|为限|限额|最高|最多)"
)
_CASE = re.compile(r"的(?:\([^()]*\))?[，,]|(?<!除)(?:如|若|一旦)")
# 公共收益扣除成本后, 预付款为合同价（扣除暂列金额）的10%
_RIGHT = re.compile(r"可|有权|应付|将|应当?|须|逾期|违约")
_SCOPE = re.compile(r"(?:范围|费用|款项)(?:包括|包含|为|是)|已罚款项(?:予以)?(?:退还|返还)|各项扣款从")


def _is_limit_or_sum(sentence: Sentence, words: str, remedies: tuple[Remedy, ...]) -> bool:
    """Whether words only limit what is owed elsewhere, or reckon a sum."""
    if _LIMIT.search(words) and not _CASE.search(words):
        return True
    if _SCOPE.search(words):
        return True
    led = any(_BREACH.search(lead.text) for lead in sentence.leads())
    return set(remedies) == {"set_off"} and not led and not _BREACH.search(words) and not _RIGHT.search(words)


def _is_about_breach(sentence: Sentence) -> bool:
    if _BREACH.search(sentence.text):
        return True
    if set(sentence.unit.types) & _LIABLE_TYPES:
        return True
    return any(_BREACH.search(lead.text) for lead in sentence.leads())


def _consequence(words: str) -> str:
    """The words behind the case: of 乙方擅自更换人员的，甲方有权解除 only the second half."""
    match = re.match(r"[^，,]*(?:[，,][^，,]*)*?的(?:\([^()]*\))?[，,]", words)
    return words[match.end() :] if match else words


def _cases(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Ranges of a sentence, each a case with its consequences."""
    start: int | None = None
    settled = False
    end = sentence.start
    for first, past in sentence.pieces:
        words = sentence.slice(first, past)
        if start is not None and settled and _NEW_CASE.match(words):
            yield start, end
            start, settled = None, False
        start = first + len(words) - len(words.lstrip()) if start is None else start
        settled = settled or any(r in _AGAIN or r == "liquidated_damages" for r in remedies_in(words))
        end = past
    if start is not None:
        yield start, end


def _threshold(reading: Reading, start: int, end: int) -> Threshold | None:
    limit = next((d for d in reading.deadlines if d.kind == "threshold" and start <= d.span.start < end), None)
    if limit is None or limit.number is None:
        return None
    return Threshold(number=limit.number, unit=limit.unit, workday=limit.workday, op=limit.op)


_DENIES = re.compile(r"[不无免毋]")  # what every exclusion holds; most sentences have none of them


def _exclusions(reading: Reading, sentence: Sentence) -> Iterator[Exclusion]:
    if not _DENIES.search(sentence.text):
        return
    for match in _NOT_A_BREACH.finditer(sentence.text):
        if not _protects(sentence, match):
            continue
        start = sentence.start + match.start()
        first = sentence.pieces[0][0]
        end = sentence.piece(start)[1]
        span = Span(start=start, end=sentence.start + match.end())
        yield Exclusion(
            id="x",
            clause=clause_at(reading, start),
            span=span,
            text=span.of(reading.document.text),
            evidence=Evidence(rule="exclusion.not_a_breach", cues=(span,)),
            protects=_protected(reading, sentence, start, end),
            trigger=trigger_of(sentence, start, first, reading.mentions),
        )


def _protects(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the words let somebody off: 不免除责任 and 拒不承担责任 do not, nor does a mere case."""
    before, after = sentence.text[: match.start()], sentence.text[match.end() :]
    turned = _TURNED if match[0].startswith(("免", "可以免", "部分")) else _REFUSED
    return not (turned.search(before[-16:]) or _ONLY_A_CASE.match(after))


def _protected(reading: Reading, sentence: Sentence, start: int, end: int) -> str | None:
    """Who is protected: 不视为甲方违约 names it behind, 乙方不承担责任 in front; 互不 protects both."""
    if re.match(r"互不|互相不|均不", sentence.slice(start, end)) or sentence.slice(start - 1, start) == "互":
        return "both"
    roles = roles_in(sentence, reading.mentions)
    inside = [r.mention for r in roles if start <= r.mention.start < end]
    if inside and sentence.slice(start, inside[0].start).endswith(("为", "作", "成", "于", "属", "除", "算")):
        return inside[0].who
    before = [r.mention for r in roles if r.acts and r.mention.end <= start]
    if before and before[-1].start < sentence.piece(start)[0]:
        case = next((m for m in before if _OWN_CASE.match(sentence.after(m.end))), None)
        if case is not None and not sentence.before(case.start).strip():
            return case.who
    return before[-1].who if before else None
