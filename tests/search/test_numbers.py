"""Numbers in any writing."""

from decimal import Decimal

import pytest

from search.numbers import find_numbers, parse_number
from search.readers import read_date, read_length, read_money, read_percent, read_rate

TOKENS = {
    "￥4,004,736.60元": ["4004736.6"],
    "肆佰万肆仟柒佰叁拾陆元陆角": ["4004736.6"],
    "贰佰捌拾万叁仟叁佰壹拾伍元陆角贰分": ["2803315.62"],
    "壹仟元零伍分": ["1000.05"],
    "100万元": ["1000000"],
    "一百万": ["1000000"],
    "1.5亿": ["150000000"],
    "一亿三千万": ["130000000"],
    "30 日": ["30日", "30"],
    "三十天": ["30日", "30"],
    "【30】日": ["30日", "30"],
    "30个工作日": ["30工作日", "30"],
    "十二个月": ["12个月", "12"],
    "一日": ["1日"],
    "万分之五": ["rate=0.0005"],
    "0.05%": ["rate=0.0005"],
    "5‱": ["rate=0.0005"],
    "2‰": ["rate=0.002"],
    "2%o": ["rate=0.002"],
    "2%0": ["rate=0.002"],
    "0.5％O": ["rate=0.0005"],
    "按2%o支付": ["rate=0.002"],
    "每日2%0，": ["rate=0.002"],
    "8%o本合同": ["rate=0.08"],
    "8%010": ["rate=0.08", "010"],
    "百分之零点五": ["rate=0.005"],
    "7×24小时": ["7*24"],
    "7*24": ["7*24"],
    "７×２４": ["7*24"],
    "第12条": ["第12条"],
    "第十二条": ["第12条"],
    "2025.1.31": ["2025-01-31"],
    "2025-01-31": ["2025-01-31"],
    "2025年1月31日": ["2025-01-31"],
    "二〇二五年一月三十一日": ["2025-01-31"],
    "任何一方": [],
    "万元": [],
    "十全十美": [],
    "010": ["010"],
}


@pytest.mark.parametrize("text", TOKENS)
def test_numbers_are_read_in_every_writing(text: str) -> None:
    assert [number.token for number in find_numbers(text)] == TOKENS[text]


def test_numbers_know_where_they_stand() -> None:
    text = "价款肆佰万元，三十日内支付"
    assert {text[n.start : n.end] for n in find_numbers(text)} == {"肆佰万元", "三十日"}


@pytest.mark.parametrize("value", [0, 7, 10, 15, 100, 105, 110, 1234, 10001, 20030, 1000000, 4004736, 130000000])
def test_chinese_capitals_and_back(value: int) -> None:
    import cn2an

    for style in ("low", "up"):
        assert parse_number(cn2an.an2cn(value, style)) == value


def test_rubbish_is_no_number() -> None:
    with pytest.raises(ValueError, match="not a"):
        parse_number("甲")


VALUES = [
    (read_money, "100万", 10**10),
    (read_money, "￥1,000,000.00元", 10**10),
    (read_money, "壹佰万元整", 10**10),
    (read_money, "1000000", 10**10),
    (read_money, "0.15", 1500),
    (read_rate, "13%", 130000000),
    (read_rate, "0.13", 130000000),
    (read_rate, "百分之十三", 130000000),
    (read_rate, "万分之五", 500000),
    (read_rate, "1", 10**9),
    (read_percent, "70", 70_000_000),
    (read_percent, "70%", 70_000_000),
]


@pytest.mark.parametrize(("read", "text", "value"), VALUES)
def test_typed_values_are_exact(read: object, text: str, value: int) -> None:
    assert callable(read)
    assert read(text) == (value, value)


@pytest.mark.parametrize("text", ["", "很多", "1万到2万", "abc"])
def test_a_value_that_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises((ValueError, ArithmeticError)):
        read_money(text)


LENGTHS = {
    "30day": ("deadline_minutes", 43200),
    "30 days": ("deadline_minutes", 43200),
    "三十日": ("deadline_minutes", 43200),
    "5workday": ("deadline_workdays", 50000),
    "5个工作日": ("deadline_workdays", 50000),
    "12个月": ("deadline_minutes", 525960),
    "1年": ("deadline_minutes", 525960),
    "24小时": ("deadline_minutes", 1440),
}


@pytest.mark.parametrize("text", LENGTHS)
def test_lengths_compare_by_the_calendar(text: str) -> None:
    field, value = LENGTHS[text]
    assert read_length(text) == (field, (value, value))


@pytest.mark.parametrize("text", ["day", "30", "30光年", "-5day"])
def test_a_length_needs_number_and_unit(text: str) -> None:
    with pytest.raises((ValueError, ArithmeticError)):
        read_length(text)


def test_a_date_without_day_stands_for_all_its_days() -> None:
    assert read_date("2025") == (20250101, 20251231)
    assert read_date("2025年2月") == (20250201, 20250231)
    assert read_date("2025-02-03") == (20250203, 20250203)
    for text in ("2025-13", "春节", "25"):
        with pytest.raises(ValueError):
            read_date(text)


def test_scaled_money_is_exact_where_a_float_is_not() -> None:
    assert read_money("4004736.6") == read_money("4004736.60") != read_money("4004736.5999")
    assert Decimal(read_money("0.1")[0] * 3).scaleb(-4) == Decimal("0.3")
