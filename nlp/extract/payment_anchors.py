"""Numbers of a sentence that are paid: shares of the price, sums, a rest without a number.

In `签约付30%，余款验收后10日内付清` 30% and 余款 are; the 85% of `满意度达到85%` and the 1‰ of a penalty are not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from nlp.extract.payment_aside import is_guaranteed, is_owed_at_end
from nlp.extract.payment_parts import LABEL, PAYS, deadline_of
from nlp.extract.payment_sums import paid_as
from nlp.extract.rates import role_of
from nlp.extract.sanctions import sanctions_in
from nlp.extract.sentences import Sentence
from nlp.reading import Reading
from nlp.values.found import within
from nlp.values.rates import Rate
from schema.money import Amount

_WHOLE = Decimal(100)

_ABOUT_PAYMENT = re.compile(r"付款|支付|价款|费用|结算|款项|租金|报酬|货款|还款|服务费")
_NOT_PAID = re.compile(
    r"加班|(?:履约|投标)(?:保证金|担保)|押金|(?:履约)?保函|上浮|下浮|递增|滞纳|违约|抽检|不(?:得)?(?:低于|少于)|工资"
    r"|返利|返还比例|比例(?:最高)?不(?:得)?超过"
)
_NOT_PAID_NEAR = re.compile(r"增值税|发票|税率|折扣|利率|比例(?:抽|验)|保险|不超过")
# 乙方按以下计划偿还本金:  分三期支付:
_PLAN_LEAD = re.compile(
    r"(?:以下|下列|如下|下表)[^，,。;]{0,12}(?:支付|偿还|付款|还款|归还|付清|结清)|分[^，,。;]{1,4}(?:期|次"
    r"|笔)[^，,。;]{0,10}(?:支付|偿还|付款|还款|归还|付清)"
)
# 支付签约合同价的30%作为预付款（含安全文明施工费的60%): what is in it is paid with it
_IN_IT = re.compile(r"\((?:其中)?(?:已|不)?(?:含|包含|包括|扣除|其中)[^()]*\Z")
# 佣金不足20000元的按20000元计: a bound and what is counted for it
_BOUND = re.compile(r"(?:不足|低于|高于|超过|不满|达到|以上|以下) *(?:人民币|¥)? *\Z")
_COUNTED = re.compile(r" *(?:的?)(?:计(?:算|收|付)?(?=[,，。;]|\Z)|的按)")
# 按成交价的1%支付佣金, 按收入的12%向乙方支付代收手续费: the price itself, no part of it
_COMMISSION = re.compile(
    r"[】\])]?(?:的(?:标准|比例)?)?(?:向[^，,。;]{1,8})?(?:支付|计取|收取|提取|计算|计收)"
    r"(?:(?:[^，,。;\d期首预尾余]{0,4}?)(?:佣金|提成|返利|奖励|奖金|手续费|中介费|分成)|管理费|使用费|服务费|代理费)"
)
# 累计超过合同总价8%的部分, 支付该阶段费用的60%作为返工费
_BEYOND = re.compile(r"(?:超过|超出|达到?|高于|低于|不足)[^，,。;付]{0,12}\Z")
_AS_EXTRA = re.compile(
    r"[】\])]?(?:作为|(?:的(?:标准|比例)?)?(?:向[^，,。;]{1,8})?(?:另行|另外|额外)?(?:支付|付给|给付|计取|收取|加收|补偿))"
    r"[^，,。;\d]{0,4}(?:返工|重做|修改费|加急|赶工|误工|窝工|补偿|赔偿|奖励|奖金)"
    r"|[】\])]?(?:的(?:标准|比例)?)?(?:另|另行|另外|额外|加)(?:支付|付|加收|收取?|计收)[^，,。;\d期首预尾余进]{0,6}费"
)
# 按实际回款的8%支付居间费
_OF_TURNOVER = re.compile(
    r"按照?[^，,。;]{0,10}(?:回款|销售(?:额|收入)|营业额|营业收入|收入|利润|流水|业绩)(?:金额|总额)?的? *\Z"
)
# 退还已付价款的60%; 返还质保金3% is paid to who built
_GIVEN_BACK = re.compile(
    r"(?:退还|返还|退回|归还|退)(?![^，,。;]{0,8}(?:质保|保证|保修|保留|本金|借款))[^，,。;]{0,16}\Z"
)
# 履约保证金，为合同价的5%
_BOND = re.compile(r"(?:履约|投标)保证金(?:金额|数额)?[,，]?(?:为|按|计|是)[^，,。;]{0,10}\Z")
# 满意度达到85%, 合格率不低于98%以上: what is reached, not what is paid; 第一年度70% is paid
_MEASURED = re.compile(
    r"(?:满意|完成|合格|准确|可用|完好|达标|到岗|出勤|覆盖|及时|好评|成活|入住|回收)[度率][^，,。;\d付]{0,6}\Z"
    r"|(?:率|(?<![年季月进])度|形象进度)(?:应?为|须|应)?(?:达到?到?|不低于|高于|超过|大于|[≥>])+ *\Z"
)
# 完成合同工程量50%时支付
_PROGRESS = re.compile(r"(?:完成|达到?|完工|形象进度)[^，,。;付]{0,14}\Z")
_REACHED = re.compile(r"[】\])]? *(?:及|或)?(?:以上|以下)(?!款|费)")
# 按余额的1%支付违约金, 余额的1%/日作为滞纳金
_FINED = re.compile(r"[】\])]?[^，,。;\d]{0,24}(?:违约金|滞纳金|罚息|罚金|罚款|赔偿金|利息)")
# 每提前一日按该阶段设计费的3‰计付
_PER_DAY_EARLY = re.compile(r"每提[前早][^。;]*\Z")
# 签约付60%，余10%验收后付: what remains is paid with the verb before it
_REMAINDER = re.compile(r"(?:余|剩余?|剩下|余下|其余)(?:的)?[ 【\[(_]*\Z")


@dataclass(frozen=True)
class Anchor:
    """The number of an instalment: a share, a sum, or both; or only a label with a deadline.

    `beside`: a sum that is paid at some time, which need be no part of the price (支付居间服务费4500元).
    """

    start: int
    end: int
    percent: Decimal | None = None
    amount: Amount | None = None
    beside: bool = False


# 质保金为结算价的3%，缺陷责任期满后14日内返还
_RETENTION = re.compile(r"(?:质保金|质量保证金|保留金|保修金)[^。;]*(?:返还|退还|付还)")


def may_pay(sentence: Sentence) -> bool:
    """Whether a sentence may tell an instalment at all."""
    if PAYS.search(sentence.text) or _RETENTION.search(sentence.text):
        return True
    heading = " ".join(sentence.unit.headings) + "".join(lead.text for lead in sentence.leads())
    return bool(LABEL.search(sentence.text) and _ABOUT_PAYMENT.search(heading))


def anchors_in(reading: Reading, sentence: Sentence) -> Iterator[Anchor]:
    """The numbers of a sentence that are paid, in order.

    Args:
        reading: with values and amounts.
        sentence: to look at.
    """
    uses = {s.start: s for s in sanctions_in(reading, sentence)}
    shares = [r for r in within(reading.values.rates, sentence.start, sentence.end) if not r.twin]
    shares = [
        r
        for r in shares
        # 12%/年 is a fee of every year
        if r.start in uses
        and uses[r.start].use == "none"
        and r.value <= 1
        and r.per is None
        and _is_share(sentence, r.start, r.end)
    ]
    shares = [r for r in shares if not is_owed_at_end(reading, sentence, r.start)]
    sums = [s.amount for s in uses.values() if s.form == "amount" and s.use == "none" and s.amount]
    sums = [a for a in sums if not is_guaranteed(sentence, a)]
    taken: set[str] = set()
    for n, share in enumerate(shares):
        limit = shares[n + 1].start if n + 1 < len(shares) else sentence.end
        amount = next(
            (a for a in sums if share.end <= a.span.start < limit and _same_piece(sentence, share.end, a)), None
        )
        past = shares[n - 1].end if n else sentence.start
        amount = amount or next(
            (
                a
                for a in sums
                if past <= a.span.start < share.start and a.id not in taken and _ahead(sentence, a, share)
            ),
            None,
        )
        if n == 0:
            first = min([share.start, *([amount.span.start] if amount else [])])
            yield from _named_before(sentence, [a for a in sums if a.span.end <= first])
        if amount:
            taken.add(amount.id)
        yield Anchor(
            share.start, max(amount.span.end, share.end) if amount else share.end, _points(share.value), amount
        )
    if shares:
        yield from _rest(sentence, shares[-1].end)
        return
    named = _paid_sums(reading, sentence, [a for a in sums if a.id not in taken])
    for amount in named:
        yield Anchor(
            amount.span.start,
            amount.span.end,
            None,
            amount,
            not _is_instalment(sentence, amount) and _alone(reading, sentence, amount),
        )
    if not named:
        yield from _label_only(reading, sentence)


# 首付款84万元（大写：捌拾肆万元整），即总额的30%; 84万元（占总价30%）
_SAME_AS_SHARE = re.compile(
    r"元?(?:整)?(?:\((?:[^()]{0,4}[大小]写|人民币)[^()]{1,40}\))?[，, ]*\(?(?:即|为|占|系|相当于|约|合计?|折合|也即)*"
    r"(?:本)?(?:合同|服务|工程|项目|协议|货款|价款|费用|总)[^，,。;\d()]{0,8}(?:的|之)? *\Z"
)


def _ahead(sentence: Sentence, amount: Amount, share: Rate) -> bool:
    """Whether a sum in front of a share is the same money."""
    return bool(_SAME_AS_SHARE.fullmatch(sentence.slice(amount.span.end, share.start)))


def _named_before(sentence: Sentence, sums: list[Amount]) -> Iterator[Anchor]:
    """签约当日付定金50,000元，验收后付30%: sums with the name of an instalment in front of the shares."""
    for amount in sums:
        if amount.role in ("instalment", "deposit") and _is_instalment(sentence, amount):
            yield Anchor(amount.span.start, amount.span.end, None, amount)


def _alone(reading: Reading, sentence: Sentence, amount: Amount) -> bool:
    return paid_as(reading, sentence, amount, sentence.start) != "planned"


def _paid_sums(reading: Reading, sentence: Sentence, sums: list[Amount]) -> list[Amount]:
    """Sums with the name of an instalment, and those that are said to be paid."""
    found: list[Amount] = []
    for amount in sums:
        start = found[-1].span.end if found else sentence.start
        if _is_instalment(sentence, amount) or paid_as(reading, sentence, amount, start):
            found.append(amount)
    return found


_REST_NAMES = r"余款|尾款|余额|剩余款项|其余(?:款项)?|剩余(?:货款|价款)?"
_REST = re.compile(rf"(?:\A|(?<=[，,;])|(?<=付清|结清|支付|付讫|还清))(?P<label>{_REST_NAMES})(?!的? ?[\d百])")


def _rest(sentence: Sentence, behind: int) -> Iterator[Anchor]:
    """定金20%，…，余款货清后10天内结清: the rest is paid too, its share follows from the others."""
    words = sentence.after(behind)
    match = _REST.search(words)
    ahead = words[max(0, match.start() - 2) :] if match else ""
    if match is None or not PAYS.search(ahead) or re.search(r"\d *%|[元圆]", words[match.start() :]):
        return
    yield Anchor(behind + match.start("label"), behind + match.end("label"))


def _points(value: Decimal) -> Decimal:
    points = value * _WHOLE
    return points.to_integral_value() if points == points.to_integral_value() else points.normalize()


def _is_share(sentence: Sentence, start: int, end: int) -> bool:
    """A percentage that is paid: 支付合同总价的30%, 30%预付款, 预付款20%:, 付至80%."""
    first, past = sentence.piece(start)
    before, after = sentence.slice(first, start), sentence.slice(end, past)
    if (
        _NOT_PAID.search(before[-24:])
        or _BOND.search(sentence.before(start))
        or _NOT_PAID_NEAR.search(before[-8:])
        or _NOT_PAID_NEAR.match(after.lstrip("】]) 的"))
    ):
        return False
    if (
        _IN_IT.search(before)
        or re.search(r"核减额|审减额|节约额|差额的? *\Z", before[-8:])
        or _COMMISSION.match(after)
        or _GIVEN_BACK.search(before)
        or _OF_TURNOVER.search(before)
        or (_BEYOND.search(before) and re.match(r"[】\])]?的", after))
        or _AS_EXTRA.match(after)
        or _PER_DAY_EARLY.search(sentence.before(start)[-20:])
        or (before.endswith("按") and re.match(r"[】\])]? *(?:支付|结算|计付)", after))
    ):
        return False
    if _PROGRESS.search(before) and re.match(r"[】\])]?(?:时|后|以上|的?[，,])", after):
        return False
    if _MEASURED.search(before) or _REACHED.match(after) or _FINED.match(after):
        return False
    if _REMAINDER.search(before) and (PAYS.search(sentence.text) or _RETENTION.search(sentence.text)):
        return True
    if _role_of_share(sentence, start, end) in ("tax", "interest", "discount", "metric"):
        return False
    # the number stands in its place: 付30%, 首付 20%
    near = before[-30:] + "0" + after[:16]
    return bool(
        PAYS.search(near)
        or LABEL.search(near)
        or (re.search(r"货款|价款|合同(?:总)?[价金款]|总[价款额]|余款|款项", near) and PAYS.search(sentence.text))
    )


def _role_of_share(sentence: Sentence, start: int, end: int) -> str:
    """What the percentage measures when read by itself."""
    return role_of(sentence, Rate(start, end, Decimal(0)))


def _same_piece(sentence: Sentence, position: int, amount: Amount) -> bool:
    """即人民币30,000元 behind the share, not a sum of another duty."""
    between = sentence.slice(position, amount.span.start)
    return len(between) <= 30 and not re.search(r"[。;]|剩余|余款|其余|保证金|押金|违约|每", between)


# 已付首付款中的120,000元
_PART_OF_PAID = re.compile(r"已(?:经)?(?:支?付|收)[^，,。;]*中的? *(?:人民币|¥)? *\Z")


def _is_instalment(sentence: Sentence, amount: Amount) -> bool:
    if amount.form == "table_cell" or not PAYS.search(sentence.text):
        return False
    if _PART_OF_PAID.search(sentence.before(amount.span.start)):
        return False
    if _BOUND.search(sentence.before(amount.span.start)) or _COUNTED.match(sentence.after(amount.span.end)):
        return False
    if amount.role == "instalment":
        return True
    if amount.role in ("total", "other") and any(_PLAN_LEAD.search(lead.text) for lead in sentence.leads()):
        return True
    if amount.role in ("total", "other", "deposit") and amount.per is None:
        words = sentence.text
        first = amount.label in ("定金", "订金", "预付款", "质保金")
        return first or bool(
            re.search(r"一次性(?:支付|付清|付款|付)|一次付清", words) and amount.role in ("total", "other")
        )
    return False


# 须于发货前3日付清全款
_ALL_OF_IT = re.compile(
    r"(?:付清|结清|支付|付讫|付)(?P<label>全款|全部(?:的)?(?:货款|价款|款项|合同款|费用|服务费|房款|车款|运费))(?=[，,。;]|\Z)"
)


def _label_only(reading: Reading, sentence: Sentence) -> Iterator[Anchor]:
    """尾款：验收通过后5个工作日内付清全部合同价款: an instalment whose number is blank or follows from the others."""
    whole = _ALL_OF_IT.search(sentence.text)
    if whole and _timed(reading, sentence, sentence.start + whole.start("label")):
        yield Anchor(sentence.start + whole.start("label"), sentence.start + whole.end("label"))
        return
    match = LABEL.match(sentence.text.lstrip(" (1234567890一二三四五)、."))
    heading = sentence.unit.headings[-1] if sentence.unit.headings else ""
    if not match and not LABEL.fullmatch(heading.strip()):
        return
    if deadline_of(reading, sentence, sentence.start, sentence.end, sentence.end) is None or not PAYS.search(
        sentence.text
    ):
        return
    if _NOT_PAID.search(sentence.text[:12]):
        return
    start = sentence.start + sentence.text.find(match[0]) if match else sentence.start
    yield Anchor(start, start + (len(match[0]) if match else 0))


def _timed(reading: Reading, sentence: Sentence, position: int) -> bool:
    """Whether a time limit stands in the piece of a place, and no case before it."""
    first = sentence.piece(position)[0]
    limit = deadline_of(reading, sentence, first, position, position)
    return limit is not None and not re.search(r"的[，,]|如果?|若|逾期|每", sentence.before(position))
