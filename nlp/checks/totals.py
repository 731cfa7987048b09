"""One price said in several places, and copies against who gets them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from nlp.checks.figures import show, slip, text_of
from nlp.checks.ledger import Draft, Ledger
from nlp.values.numerals import parse_number
from schema.money import Amount
from schema.span import Span

_CHANGED = re.compile(
    r"首年|首期|每[一服]|原|变更|调整|增加|减少|增补|追加|修改|暂定|第[一二三四五六\d]+(?:年|期|阶段|部分|标段)|(?:每|各)(?:年|期)|年度|补充"
)
_NUMBER = "[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾\\d]{1,3}"
# 本合同一式四份，双方各执两份
_COPIES = re.compile(rf"一式 ?(?P<number>{_NUMBER}) ?份(?P<rest>[^。；;\n]*)")
_HELD = re.compile(
    rf"(?P<by>(?:各|均|分别|持有|收执|留存|保存|存档|备案|执|持|留|存|备|交|送|报| )*) ?(?P<number>{_NUMBER}) ?份"
)
_REST = re.compile(r"其余|其他|剩余|余|若干")
_SIDES = re.compile(r"([双两三四五六])方")
_SIDE_COUNT = {"双": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}


def total_twice(ledger: Ledger) -> Iterator[Draft]:
    """The price of the contract stated with two values."""
    stated = [a for a in ledger.totals if a.form != "capitals"]
    stated = [a for a in stated if not a.clause or not ledger.part_of(a.clause).startswith("annex")]
    for first, second in _different(stated):
        if first.tax_included is False or second.tax_included is False or first.currency != second.currency:
            continue
        if ledger.contract.kind == "supplement" or _explained(ledger, first, second):
            continue
        yield Draft(
            message=f"合同总价写了两个数：{ledger.name(first.clause)}为{show(first.value)}元，"
            f"{ledger.name(second.clause)}为{show(second.value)}元",
            spans=(second.span, first.span),
            elements=(second.id, first.id),
            data={"thing": "合同总价", "left": text_of(first.value), "right": text_of(second.value)},
            suggestion=slip(second.text, first.value, second.value),
        )
        return


def _different(stated: list[Amount]) -> Iterator[tuple[Amount, Amount]]:
    for other in stated[1:]:
        if other.value != stated[0].value:
            yield stated[0], other


def _explained(ledger: Ledger, first: Amount, second: Amount) -> bool:
    """Whether tax, a part, a change or a sum of both makes them two things."""
    for amount in (first, second):
        sentence = ledger.sentence(amount.span)
        if sentence and _CHANGED.search(sentence.before(amount.span.end)):
            return True
    small, large = sorted((first.value, second.value))
    rates = {r.value for r in ledger.contract.rates}
    others = {a.value for a in ledger.contract.amounts if a.id not in (first.id, second.id)}
    if any(abs(small * (1 + rate) - large) <= 1 or abs(large * (1 - rate) - small) <= 1 for rate in rates):
        return True
    return large - small in others or large + small in others


def copies(ledger: Ledger) -> Iterator[Draft]:
    """Σ copies of the parties = copies in all, wherever 一式几份 is said."""
    for match in _COPIES.finditer(ledger.text):
        # 甲方两份（其中一份存档案）: one of the two
        total, words = _count(match["number"]), re.sub(r"[(（]其中[^()（）]*[)）]", "", match["rest"])
        shares = list(_shares(ledger, words))
        held = sum((n for n, _ in shares), Decimal(0))
        if total is None or not shares or held == total:
            continue
        whole = sum(each for _, each in shares) > 1 and not _REST.search(words)
        if held < total and not whole:
            continue
        parts = " + ".join(f"{text_of(n / each)} × {each}" if each > 1 else text_of(n) for n, each in shares)
        yield Draft(
            message=f"合同份数不符：一式{show(total)}份，各方所执合计{show(held)}份",
            spans=(Span(start=match.start(), end=match.end()),),
            data={
                "formula": f"{parts} = {text_of(held)}",
                "left": text_of(held),
                "right": text_of(total),
                "difference": text_of(held - total),
            },
        )


def _shares(ledger: Ledger, words: str) -> Iterator[tuple[Decimal, int]]:
    """甲方执叁份，乙方执贰份: 3 and 2; 双方各执两份: 4, for two; 正本 and 副本 are no shares."""
    for match in _HELD.finditer(words):
        number = _count(match["number"])
        before = words[: match.start()]
        phrase = re.split(r"[，,。；;]", before)[-1] + match["by"]
        if number is None or re.search(r"[正副]本(?:为|共|各)?$|一式$", before + match["by"]):
            continue
        each = _holders(ledger, phrase) if "各" in phrase else 1
        if each:
            yield number * each, each


def _holders(ledger: Ledger, phrase: str) -> int:
    """How many 各 are: 双方 two, 甲乙丙三方 three, 各方 the parties."""
    match = _SIDES.search(phrase)
    if match:
        return _SIDE_COUNT[match[1]]
    listed = phrase.partition("各")[0]
    named = max(len(set(re.findall(r"[甲乙丙丁戊己]", listed))), len(re.split(r"以及|[、和与及]", listed)))
    if named > 1:
        return named
    return sum(p.role_kind != "agent" for p in ledger.contract.parties) if re.search(r"各方|每方", phrase) else 0


def _count(words: str) -> Decimal | None:
    try:
        return parse_number(words)
    except ValueError:
        return None
