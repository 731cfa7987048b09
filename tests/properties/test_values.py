"""Numeral → text → numeral, with an independent writer (cn2an) as oracle."""

from decimal import Decimal

import cn2an
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.values.money import find_money
from nlp.values.numerals import parse_number

FEN = st.integers(min_value=0, max_value=10**15)


@given(FEN)
@settings(max_examples=1500, deadline=None)
def test_capitals_with_fen_are_read_back(fen: int) -> None:
    value = Decimal(fen) / 100
    words = cn2an.an2cn(str(value), "rmb")
    found = find_money(f"合同价款为人民币{words}。")
    assert [m.value for m in found] == [value]


@given(st.integers(min_value=0, max_value=10**13))
@settings(max_examples=1500, deadline=None)
def test_small_and_capital_numerals_are_read_back(number: int) -> None:
    assert parse_number(cn2an.an2cn(str(number), "low")) == number
    assert parse_number(cn2an.an2cn(str(number), "up")) == number


@given(FEN)
@settings(max_examples=1500, deadline=None)
def test_small_numerals_with_fen_are_read_back(fen: int) -> None:
    yuan, cents = divmod(fen, 100)
    jiao, last = divmod(cents, 10)
    words = cn2an.an2cn(str(yuan), "low") + "元"
    words += (f"{cn2an.an2cn(str(jiao), 'low')}角" if jiao else "零" if last else "") or ""
    words += f"{cn2an.an2cn(str(last), 'low')}分" if last else ""
    assert [m.value for m in find_money(f"支付{words}。")] == [Decimal(fen) / 100]


@given(FEN)
@settings(max_examples=500)
def test_figures_with_separators_are_read_back(fen: int) -> None:
    value = Decimal(fen) / 100
    for words in (f"{value:,.2f}元", f"¥{value:.2f}", f"人民币{value:,.2f}元整", f"【{value:,.2f}】元"):
        assert [m.value for m in find_money(f"支付{words}。")] == [value]


@given(
    st.text(
        alphabet="甲乙方支付一二三十百千万亿壹贰拾佰元角分整年月日个工作天小时"
        "0123456789,.，%‰（）()【】_ /-—至每第半￥¥万之\n",
        max_size=50,
    )
)
@settings(max_examples=1500, deadline=None)
def test_values_lie_inside_the_text_in_order_without_overlaps(text: str) -> None:
    from nlp.normalize import fold
    from nlp.values.scan import scan_values

    values = scan_values(fold(text))
    for found in (values.money, values.rates, values.durations, values.dates, values.identifiers, values.blanks):
        position = 0
        for item in found:
            assert position <= item.start < item.end <= len(text)
            position = item.end
