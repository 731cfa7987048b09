"""What belongs to an instalment: label, conditions, the deadline, who pays whom.

Of `首期付款：协议生效后，发包人收齐发票、且专项资金到账后15个工作日内，发包人支付…` the label is
首期付款, the conditions are three, all of which must hold.
"""

import re
from collections.abc import Iterator

from nlp.extract.labels import rule_of
from nlp.extract.mentions import Mentions
from nlp.extract.sentences import Sentence
from nlp.extract.subjects import roles_in
from nlp.reading import Reading
from schema.party import Party
from schema.span import Span, SpannedText
from schema.timing import Deadline

PAYS = re.compile(
    r"支付|付清|付讫|交付(?=(?:首期|剩余|全部)?(?:租金|房租|货款|定金|房款|价款))|(?:汇|打|转|划)(?:至|到|给)|划入|转入|划付|付款|付至|付给|付予|结清|缴纳|交纳|缴付|缴清|预付|首付|付(?=合同|总|全|货|其余|剩余|余下|人民币|¥|\d)|(?<![交给应未已托拨])付(?=[^，,。;\d]{1,5}[费款金])|汇入|打入"
    r"|归还|偿还|清偿|还清|还款|(?<![交给应未已托拨])付(?=[,，。;]|\Z)|返还质保金|退还质保金|支付至"
)
LABEL = re.compile(
    r"(?:其余|首期|首季|首月|首笔|末笔|前期|中期|后期|末期|终期|首|预|尾|余|进度|到货|发货|提货|备货|验收|安装|调试|交付|竣工"
    r"|结算|启动"
    r"|上线|初验|终验|签约|阶段|里程碑|剩余|质保|维护|首次|履约|开工|完工|定|订|预定)(?:期)?(?:服务|工程|合同|货"
    r"|项目|技术|开发|设备|房|车|购房|转让|股权)?(?:付款|价款|款项|款|金(?!额)|租金|费用|服务费|工程款|货款)"
    r"|第[一二三四五六七八九十\d]{1,2}(?:期|笔|次|阶段|部分)(?:的)?(?:付款|款项|款|支付|租金|费用|服务费|货款"
    r"|工程款|还款)?|一次性(?:支付|付清|付款)|质量保证金|分期款|全款"
)
_SPLIT = re.compile(
    r"[，,]|、(?:且|并)|且(?!不)|并且|并(?=经|收到|由|取得|通过|提交|提供|完成|签|出具|开具|且|办理|向)|以及"
)
_TRIM = re.compile(r"\A(?:在|于|自|待|经|当|如|若|本合同项下)?")
_CASE = re.compile(r"(?:后|时|的|合格|通过|完毕|完成|生效|到位|之日|届满|期满|前)\Z")
_TWO = 2
_ANAPHOR = 2  # 届满 of 质保期届满且没有质量问题的，应在届满后10日内支付 adds nothing to the case before it
# between 承包人 and 分包人 both of whom build, 承包人 pays
_SUBCONTRACTOR = re.compile(r"分包(?:人|方|单位)|劳务作业")
_CONTRACTOR = re.compile(r"(?<!分)(?:发包|承包)|总包|甲方|施工")
_BEFORE_PAY = ("buyer", "principal", "lessee", "employer")
_AFTER_PAY = ("seller", "provider", "lessor")


def label_of(sentence: Sentence, start: int, end: int, anchor: int) -> str | None:
    """The name of an instalment: the nearest label in its words, else the heading it stands under.

    Args:
        sentence: that holds it.
        start: where the words of this instalment begin.
        end: where they end.
        anchor: place of its percentage or sum.
    """
    past = sentence.piece(anchor)[1]
    for match in LABEL.finditer(sentence.slice(start, end)):
        # behind the number only in the same piece: 付30%作为预付款, not 付30%，余款…
        if match.end() <= anchor - start or match.start() == 0 or start + match.start() < past:
            return match[0]
    for heading in reversed(sentence.unit.headings[-2:]):
        named = LABEL.search(heading)
        if named:
            return named[0]
    return None


def conditions_of(
    reading: Reading, sentence: Sentence, start: int, end: int, deadline: Deadline | None
) -> Iterator[SpannedText]:
    """What must have happened, each condition by itself; all of them must hold."""
    trigger = deadline.trigger.span if deadline is not None and deadline.trigger is not None else None
    case = _case(sentence, start, trigger.start if trigger else end)
    if case is not None and (trigger is None or case[1] <= trigger.start):
        yield from _parts(reading, *case)
    if trigger is not None and not (case and len(trigger) <= _ANAPHOR):
        yield from _parts(reading, trigger.start, trigger.end)


def _case(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """Pieces in front of the payment that say when: 货物验收合格后，甲方支付30%."""
    pieces = [(s, e) for s, e in sentence.pieces if s >= start and e <= end]
    case: tuple[int, int] | None = None
    for first, past in pieces:
        words = sentence.slice(first, past).strip()
        if not _CASE.search(words) or PAYS.search(words):
            break
        case = (case[0] if case else first, past)
    if case is None:
        first, past = sentence.piece(start)
        match = re.match(
            r"[^，,。;]{2,40}?(?:之?后|时|之日)(?=[^，,。;]{0,10}(?:支付|付|甲方|乙方))", sentence.slice(start, past)
        )
        return (start, start + match.end()) if match else None
    colon = sentence.slice(*case).find(":")
    return (case[0] + colon + 1, case[1]) if colon >= 0 else case


def _parts(reading: Reading, start: int, end: int) -> Iterator[SpannedText]:
    text, position = reading.text[start:end], 0
    borders = [(m.start(), m.end()) for m in _SPLIT.finditer(text)] + [(len(text), len(text))]
    for stop, after in borders:
        words = text[position:stop]
        lead = _TRIM.match(words.lstrip("、且 "))
        offset = position + len(words) - len(words.lstrip("、且 ")) + (lead.end() if lead else 0)
        last = position + len(words.rstrip(" 、的"))
        if last - offset >= 2:
            span = Span(start=start + offset, end=start + last)
            yield SpannedText(text=span.of(reading.document.text), span=span)
        position = after


def deadline_of(reading: Reading, sentence: Sentence, start: int, end: int, anchor: int) -> Deadline | None:
    """The time limit of an instalment: of those in its words the nearest to its number, beside it if there is one."""
    limits = limits_in(reading, start, end)
    first, past = sentence.piece(anchor)
    beside = [d for d in limits if first <= d.span.start < past]
    limits = beside or limits
    ahead = [d for d in limits if d.span.end <= anchor]
    if not ahead and len(limits) > 1:  # 其余5%，合同期满后3个月内无纠纷的，10个工作日内付清
        paid = [d for d in limits if PAYS.search(sentence.slice(*sentence.piece(d.span.start)))]
        limits = paid or limits
    return ahead[-1] if ahead else limits[0] if limits else None


def limits_in(reading: Reading, start: int, end: int) -> list[Deadline]:
    """The time limits between two places; of 质保期满一年后15个工作日内 the year is part of the event.

    Args:
        reading: with deadlines.
        start: first character.
        end: one past the last.
    """
    found = [
        d
        for d in reading.deadlines
        if start <= d.span.start < end and d.kind == "deadline" and (d.number is not None or d.date)
    ]
    return [d for d in found if d.relation != "after"] or found


def payer_of(
    sentence: Sentence, mentions: Mentions, parties: list[Party], start: int, end: int
) -> tuple[str | None, str | None]:
    """Who pays and who is paid: said in the words, or by the roles of the parties (the buyer pays the seller)."""
    payer = payee = None
    for role in roles_in(sentence, mentions):
        if not start <= role.mention.start < end or role.mention.kind != "party":
            continue
        before, after = sentence.before(role.mention.start), sentence.after(role.mention.end)
        if (
            role.function == "receiver"
            and re.search(r"(?:向|给|付予|付给|支付给)\Z", before)
            and re.match(r"[^，,。;]{0,12}(?:支付|付|提供|缴|交)|", after)
        ):
            payee = role.mention.party
        elif (
            role.acts
            and re.match(r"[^，,。;]{0,40}(?:支付|付|缴|归还|偿还|汇|打入|转账|出借|发放|还)", after)
            and not re.match(r"[^，,。;]{0,20}(?:发票|收到|交付|提交|验收|报送|申报|申请|完工|完成)", after)
        ):
            payer = role.mention.party
    if payer is None and payee is None:
        payer, payee = _sides_of_loan(parties, sentence.slice(start, end)) or usual_sides(parties)
        return (payer, payee) if payer or not parties else (mentions.other(mentions.payee), mentions.payee)
    return payer or mentions.other(payee), payee or mentions.other(payer)


def _sides_of_loan(parties: list[Party], words: str) -> tuple[str, str] | None:
    """The borrower pays back, the lender pays out."""
    lender = next((p.id for p in parties if _is(p, "role.lender")), None)
    borrower = next((p.id for p in parties if _is(p, "role.borrower")), None)
    if lender is None or borrower is None:
        return None
    if re.search(r"还|偿|本息|付息", words):
        return borrower, lender
    return (lender, borrower) if re.search(r"发放|出借|放款|提供借款|交付借款|支付借款", words) else None


def _is(party: Party, rule: str) -> bool:
    return any(rule_of(role) == rule for role in (party.role, *party.other_roles))


def usual_sides(parties: list[Party]) -> tuple[str | None, str | None]:
    """The buyer, principal or tenant pays the seller, provider or landlord; (None, None) where the roles do not say."""
    if len(parties) == _TWO and (below := [p for p in parties if _SUBCONTRACTOR.search(p.role)]):
        above = [p for p in parties if p not in below]
        return (above[0].id, below[0].id) if above and _CONTRACTOR.search(above[0].role) else (None, None)
    payer = next((p.id for p in parties if p.role_kind in _BEFORE_PAY or _is(p, "role.licensee")), None)
    payee = next((p.id for p in parties if p.role_kind in _AFTER_PAY or _is(p, "role.licensor")), None)
    if (payer is None) != (payee is None) and len(parties) == _TWO:
        other = next(p.id for p in parties if p.id not in (payer, payee))
        return payer or other, payee or other
    return (payer, payee) if payer and payee else (None, None)
