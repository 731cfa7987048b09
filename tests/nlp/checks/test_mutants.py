"""A small run of the proof that planted faults are found; the large one is `python -m tools.mutants`."""

import random
from pathlib import Path

import pytest

from tools import mutants
from tools.mutants import FAULTS, STRICT, Score, clean_contracts, judge, plant

CONTRACTS = Path(__file__).with_name("contracts")
TEXT = """买卖合同
甲方：青禾商贸有限公司
第一条 合同总价为人民币486,000.00元（大写：肆拾捌万陆仟元整）。
第二条 合同签订后，甲方支付30%，即145,800元。
第三条 服务期一年，自2025年1月1日起至2025年12月31日止。
第四条 违反第二条的，青禾商贸有限公司应当赔偿。
第五条 一式四份，双方各执二份。
"""


@pytest.mark.parametrize("kind", ["digit", "capital", "instalment", "copies", "date", "reference", "name", "blank"])
def test_a_fault_changes_one_place_and_says_where(kind: str) -> None:
    found = list(FAULTS[kind](TEXT, random.Random(1)))
    assert found
    for mutant in found:
        start, end = mutant.planted
        assert mutant.text[:start] == TEXT[:start]
        behind = len(mutant.text) - end
        assert mutant.text[end:] == TEXT[len(TEXT) - behind :]
        assert mutant.text != TEXT


def test_planted_faults_are_found_and_nothing_else() -> None:
    contracts = list(clean_contracts([CONTRACTS / f"{n}.txt" for n in ("shop_lease", "decoration", "steel_sale")]))
    score = Score()
    for contract, mutant in plant(contracts, 75, seed=3):
        judge(contract, mutant, score)
    assert sum(score.planted.values()) == 75
    assert set(score.planted) >= {"digit", "capital", "cell", "row", "date", "reference", "name", "annex", "number"}
    assert score.rate(STRICT) >= 0.98, score.missed
    assert score.rate([f for f in FAULTS if f not in STRICT]) >= 0.9, score.missed
    assert score.extra == []


def test_the_program_prints_its_score(capsys: pytest.CaptureFixture[str]) -> None:
    assert mutants.main([str(CONTRACTS / "steel_sale.txt"), "--count", "4"]) == 0
    assert "4 mutants of 1 contracts" in capsys.readouterr().out
