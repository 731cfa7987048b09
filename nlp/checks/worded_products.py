"""Products that the words of a sentence spell out: 75台，单价1,240元，计93,000元; 83,700元，为合同金额的5%.

A product counts as wrong where its factors stand beside it and nothing else can be meant: one quantity and one price in
a row, one floor space in the whole contract, one price of the whole contract.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from nlp.checks.figures import last_place, show, slip, text_of
from nlp.checks.ledger import Draft, Ledger
from nlp.checks.reduced import is_reduced
from nlp.values.found import within
from nlp.values.money import Money
from nlp.values.rates import Rate
from schema.span import Span

_FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# 75台，单价1,240元，计93,000元
_UNIT = "平方米|立方米|台|套|个|件|只|辆|吨|人|份|张|把|组|块|米|亩|株|箱|批|门|部|间"
_COUNTED = re.compile(
    rf"(?P<count>{_FIGURES}) ?(?:{_UNIT})[，,(（]? ?"
    rf"(?:含税)?(?:单价|每[一-龥]{{1,3}})[为：:]? ?(?:人民币)?[¥￥]? ?(?P<price>{_FIGURES}) ?元"
    rf"[^，,。；\d]{{0,4}}[，,)）]{{1,2}}"
    rf" ?(?:计|合计|共计|总价款?为?|小计|金额为?)(?:人民币)? ?[¥￥]? ?(?P<product>{_FIGURES}) ?元"
)
_AREA = re.compile(r"面积[^，。；\n\d]{0,8}(?P<area>\d+(?:,\d{3})*(?:\.\d+)?) ?(?:平方米|㎡|m²|m2|平米)")
# 每平方米12,000元，房屋总价款为1,182,000元   每平方米每月150元，即每月人民币18,840元
_PER_AREA = re.compile(
    rf"每平方米(?P<month>每月|/月)?[^，。；\d]{{0,4}}(?P<price>{_FIGURES}) ?元[^。；\d]{{0,12}}?"
    rf"(?:即|总价款?(?:为)?|共计|合计)[^。；\d]{{0,8}}(?P<product>{_FIGURES}) ?元"
)
_ANOTHER_PRICE = re.compile(rf"每平方米[^，。；\d]{{0,4}}(?:{_FIGURES}) ?元[^。；\n]*\Z")
# 83,700元，为合同金额的5%   225万元，占45%   17,730元（按房屋总价款的1.5%计算）
_SHARE_BEHIND = re.compile(
    r"(?:整)?[)）]?[，,(（]? ?(?:即|为|占|相当于|按照?)(?P<base>[^，。；\d()（）]{0,14}?)(?:的)? ?\Z"
)
_TOTAL_BASE = re.compile(r"总|合同(?:价|金额|款|额)|协议(?:价|金额)")
_OTHER_BASE = re.compile(r"[月年季日]|剩余|余|逾期|未|部分|增购|审|结算|该")
_MONTHLY_INTEREST = re.compile(r"每月利息(?:为|约为|计|:|：)?(?:人民币)? ?[¥￥]?\Z")
_MONTHS = re.compile(
    r"(?P<months>[一二三四五六七八九十]{1,3}|\d{1,2}) ?个月(?:的)?利息(?:合计|共计|总计)(?:为)?(?:人民币)? ?[¥￥]?\Z"
)
_TWELVE = Decimal(12)
_CENT = Decimal("0.01")
_PERIODS = (1, 3, 6, 12)


def counted(ledger: Ledger) -> Iterator[Draft]:
    """Quantity × price = sum, in a row of words."""
    for match in _COUNTED.finditer(ledger.text):
        count, price, product = (_value(match[key]) for key in ("count", "price", "product"))
        if abs(count * price - product) > _CENT:
            places = [match.span(key) for key in ("product", "count", "price")]
            yield _draft(f"{show(count)} × {show(price)}", count * price, product, match["product"], places)


def by_area(ledger: Ledger) -> Iterator[Draft]:
    """Floor space × price of a square metre, where the contract has one floor space."""
    areas = {_value(m["area"]): m for m in _AREA.finditer(ledger.text)}
    if len(areas) != 1:
        return
    area, place = next(iter(areas.items()))
    for match in _PER_AREA.finditer(ledger.text):
        if _ANOTHER_PRICE.search(ledger.text, max(0, match.start() - 60), match.start()):
            continue  # 厂房每平方米16元、办公用房每平方米22元，合计…: each has its own part of the floor
        price, product = _value(match["price"]), _value(match["product"])
        wanted = [area * price * n for n in (_PERIODS if match["month"] else (1,))]
        allowed = max(last_place(match["product"], product), _CENT) if product % 1 == 0 else _CENT
        if not any(abs(w - product) <= allowed for w in wanted):
            nearest = min(wanted, key=lambda w: abs(w - product))
            places = [match.span("product"), match.span("price"), place.span("area")]
            yield _draft(f"{show(area)} × {show(price)}", nearest, product, match["product"], places)


def shares(ledger: Ledger) -> Iterator[Draft]:
    """A sum, and behind it the share of the price that it is said to be."""
    total = ledger.total
    paid = [p.span for p in ledger.contract.payments if p.percent is not None and p.amount is not None]
    for rate in ledger.values.rates:
        place = Span(start=rate.start, end=rate.end)
        money = _money_before(ledger, rate)
        if money is None or any(span.contains(place) for span in paid):
            continue
        match = _SHARE_BEHIND.search(ledger.text, money.end, rate.start)
        base = match["base"] if match and match.start() == money.end else None
        if base is None or _OTHER_BASE.search(base) or is_reduced(ledger.text, rate.start, rate.end, money.start):
            continue
        whole = _lead_sum(ledger, place) if not base else total.value if total and _TOTAL_BASE.search(base) else None
        if whole is None:
            continue
        wanted, printed = whole * rate.value, ledger.text[money.start : money.end]
        if abs(wanted - money.value) > max(last_place(printed, money.value) / 2, _CENT / 2):
            places = [(money.start, money.end), (rate.start, rate.end)]
            yield _draft(f"{show(whole)} × {show(rate.value * 100)}%", wanted, money.value, printed, places)


def _money_before(ledger: Ledger, rate: Rate) -> Money | None:
    """The figures right before a percentage; capitals between them are passed over."""
    found = [m for m in within(ledger.values.money, max(0, rate.start - 48), rate.start) if m.end <= rate.start]
    return found[-1] if found else None


def _lead_sum(ledger: Ledger, place: Span) -> Decimal | None:
    """The one sum of the sentence that introduces a list: 总投资为500万元，三方出资如下."""
    sentence = ledger.sentence(place)
    lead = sentence.lead if sentence else None
    if lead is None:
        return None
    values = {m.value for m in within(ledger.values.money, lead.start, lead.end)}
    return values.pop() if len(values) == 1 else None


def interest(ledger: Ledger) -> Iterator[Draft]:
    """Interest of a month = loan × yearly rate ÷ 12; of so many months = so many times that."""
    total = ledger.total
    yearly = {
        r.value: r for r in ledger.values.rates if re.search("年利率|年化", ledger.text[max(0, r.start - 12) : r.start])
    }
    monthly: Decimal | None = None
    for money in ledger.values.money:
        before = ledger.text[max(0, money.start - 20) : money.start]
        printed, place = ledger.text[money.start : money.end], (money.start, money.end)
        if _MONTHLY_INTEREST.search(before):
            monthly = money.value
            if total and len(yearly) == 1:
                rate, read = next(iter(yearly.items()))
                wanted = (total.value * rate / _TWELVE).quantize(_CENT)
                if abs(wanted - money.value) > max(last_place(printed, money.value), _CENT):
                    words = f"{show(total.value)} × {show(rate * 100)}% ÷ 12"
                    yield _draft(words, wanted, money.value, printed, [place, (read.start, read.end)])
        elif (match := _MONTHS.search(before)) and monthly is not None:
            months = _count(match["months"])
            if months and abs(months * monthly - money.value) > 1:
                yield _draft(f"{show(monthly)} × {months}", months * monthly, money.value, printed, [place])


def _count(words: str) -> int:
    from nlp.values.numerals import parse_number

    try:
        return int(parse_number(words))
    except ValueError:
        return 0


def _value(figures: str) -> Decimal:
    return Decimal(figures.replace(",", ""))


def _draft(words: str, wanted: Decimal, value: Decimal, printed: str, places: list[tuple[int, int]]) -> Draft:
    scale = "，可能混用了元与万元" if value and wanted / value in (Decimal(10_000), 1 / Decimal(10_000)) else ""
    return Draft(
        message=f"{words} = {show(wanted)}元，合同写作{show(value)}元{scale}",
        spans=tuple(Span(start=a, end=b) for a, b in places),
        data={
            "formula": f"{words} = {text_of(wanted)}",
            "left": text_of(wanted),
            "right": text_of(value),
            "difference": text_of(value - wanted),
        },
        suggestion=slip(printed, wanted, value),
    )
