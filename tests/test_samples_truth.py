"""The truth beside the samples holds for their text: words found, sums hold, codes valid, clauses in order."""

import re
from decimal import Decimal
from typing import Any

import pytest

from tests.support.samples import NAMES, sample_text, sample_truth

CODE_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CAPITALS = {c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
SCALES = {"拾": 10, "佰": 100, "仟": 1000}


def capitals_value(text: str) -> Decimal:
    """Read capitals up to 亿, independent of the program under test."""
    whole, _, rest = text.removesuffix("整").partition("元")
    total = section = digit = 0
    for c in whole:
        if c in CAPITALS:
            digit = CAPITALS[c]
        elif c in SCALES:
            section += digit * SCALES[c]
            digit = 0
        else:
            total += (section + digit) * 10000
            section = digit = 0
    jiao = re.search(r"(.)角", rest)
    return Decimal(total + section + digit) + (Decimal(CAPITALS[jiao[1]]) / 10 if jiao else 0)


@pytest.mark.parametrize("name", NAMES)
def test_words_of_the_truth_stand_in_the_text(name: str) -> None:
    text, truth = sample_text(name), sample_truth(name)
    for kind in ("amounts", "rates", "deadlines", "dates", "references", "penalties", "exclusions"):
        for row in truth[kind]:
            for key in ("text", "trigger", "base"):
                assert row.get(key, "") in text, (kind, row)


@pytest.mark.parametrize("name", NAMES)
def test_capitals_and_figures_of_a_clause_agree(name: str) -> None:
    amounts = sample_truth(name)["amounts"]
    spelled = [a for a in amounts if a["form"] == "capitals"]
    assert spelled
    for amount in spelled:
        assert capitals_value(amount["text"]) == Decimal(amount["value"]), amount
        twins = [a for a in amounts if a["clause"] == amount["clause"] and a["form"] == "figures"]
        assert any(Decimal(a["text"].strip("元").replace(",", "")) == Decimal(amount["value"]) for a in twins), amount


@pytest.mark.parametrize("name", ["service", "purchase"])
def test_instalments_make_the_total_and_tax_fits(name: str) -> None:
    truth = sample_truth(name)
    total = next(Decimal(a["value"]) for a in truth["amounts"] if a.get("is_total"))
    assert sum(Decimal(p["amount"]) for p in truth["payments"]) == total
    assert sum(Decimal(p["percent"]) for p in truth["payments"]) == 100
    for payment in truth["payments"]:
        assert total * Decimal(payment["percent"]) / 100 == Decimal(payment["amount"])
    net = next(Decimal(a["value"]) for a in truth["amounts"] if a.get("tax_included") is False)
    tax = next(Decimal(a["value"]) for a in truth["amounts"] if a["role"] == "tax")
    rate = next(Decimal(r["value"]) for r in truth["rates"] if r.get("role") == "tax")
    assert net + tax == total
    assert abs(net * rate - tax) <= Decimal("0.01")


@pytest.mark.parametrize("name", ["service", "purchase"])
def test_price_rows_multiply_and_add_up(name: str) -> None:
    *rows, last = sample_truth(name)["tables"][0]["rows"]
    amounts = []
    for row in rows:
        quantity, price, amount = (Decimal(cell.replace(",", "")) for cell in row["cells"][-3:])
        assert quantity * price == amount, row
        amounts.append(amount)
    assert sum(amounts) == Decimal(last["cells"][-1].replace(",", ""))


def test_rent_table_adds_up() -> None:
    *years, last = sample_truth("lease")["tables"][0]["rows"]
    for year in years:
        month, total = (Decimal(cell.replace(",", "")) for cell in year["cells"][-2:])
        assert month * 12 == total
    assert sum(Decimal(y["cells"][-1].replace(",", "")) for y in years) == Decimal(last["cells"][-1].replace(",", ""))


@pytest.mark.parametrize("name", NAMES)
def test_credit_codes_have_right_check_digits(name: str) -> None:
    for party in sample_truth(name)["parties"]:
        (code,) = party["credit_code"]
        weighted = sum(CODE_DIGITS.index(c) * pow(3, n, 31) for n, c in enumerate(code[:17]))
        assert CODE_DIGITS[(31 - weighted % 31) % 31] == code[17], code


@pytest.mark.parametrize("name", NAMES)
def test_clauses_stand_in_the_text_in_order(name: str) -> None:
    lines, place = sample_text(name).splitlines(), 0
    for clause in sample_truth(name)["clauses"]:
        start = clause["number"] + (f" {clause['heading']}" if clause["number"].startswith("第") else "")
        place = next(n for n in range(place, len(lines)) if lines[n].startswith(start)) + 1


@pytest.mark.parametrize("name", NAMES)
def test_every_clause_named_by_a_fact_exists(name: str) -> None:
    truth = sample_truth(name)
    places = {c.get("id") for c in truth["clauses"]} | {p["id"] for p in truth["parts"]}
    places |= {row.get("id") for table in truth["tables"] for row in table["rows"]}
    kinds = ("amounts", "rates", "payments", "deadlines", "dates", "penalties", "exclusions", "references", "blanks")
    named: list[dict[str, Any]] = [row for kind in kinds for row in truth[kind]]
    assert {row["clause"] for row in named} - places == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_contract_has_at_least_twelve_articles(name: str) -> None:
    numbers = [c["number"] for c in sample_truth(name)["clauses"] if re.fullmatch(r"第.+条", c["number"])]
    assert len(numbers) == len(set(numbers)) >= 12
