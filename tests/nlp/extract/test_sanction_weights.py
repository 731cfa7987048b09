"""Numbers that no rule knows are weighed: what the weights add, what they leave alone, how they are learnt."""

from decimal import Decimal

import pytest

from nlp.extract import sanctions
from nlp.extract.sanction_weights import ADDED_AT, DROPPED_AT, TABLE, weighed
from nlp.extract.weights import likelihood, read_weights
from nlp.parse import parse
from schema.contract import Contract
from tests.support.builders import document
from tests.support.heads import contract_of
from tools.learning import Example, learnt, margin

# none of these wordings stands in a rule
ADDED = [
    ("乙方漏报工伤事故，一经查实即从当期结算款中划走5000元。", Decimal(5000)),
    ("月度可用率未达标的，服务费按下列比例打折：低于99%的，当月服务费的10%。", Decimal("0.1")),
    ("甲方不按时移交场地，工期顺延，并按日计付乙方窝工费3000元。", Decimal(3000)),
]
LEFT = [
    "乙方每月应向甲方支付服务费8000元。",
    "本合同总价的30%为预付款。",
    "超出套餐的用量按每GB 5元计费。",
    "甲方对优秀员工每月奖励500元。",
    "乙方投保保额不低于100万元的雇主责任险。",
    "增值税税率为6%。",
    "设备停机超过15日的，质保期顺延一倍停机时间。",
]


def numbers(record: Contract) -> list[Decimal | None]:
    return [p.rate or p.amount or p.multiple for p in record.penalties if p.rate or p.amount or p.multiple]


@pytest.mark.parametrize(("words", "value"), ADDED)
def test_what_no_rule_knows_is_found_and_says_so(words: str, value: Decimal, monkeypatch: pytest.MonkeyPatch) -> None:
    record = parse(document(contract_of("service", words)))
    assert numbers(record) == [value]
    assert [p.evidence.rule for p in record.penalties if p.rate or p.amount] == ["penalty.weighed"]
    monkeypatch.setattr(sanctions, "weighed", lambda told, _: told)
    assert numbers(parse(document(contract_of("service", words)))) == []


@pytest.mark.parametrize("words", LEFT)
def test_prices_rewards_floors_and_longer_times_are_left_alone(words: str) -> None:
    assert numbers(parse(document(contract_of("service", words)))) == []


def test_only_near_certainty_overrules_a_rule() -> None:
    weights = read_weights(TABLE)
    sure, never = max(weights, key=lambda k: weights[k]), min(weights, key=lambda k: weights[k])
    assert likelihood(TABLE, [sure]) > likelihood(TABLE, []) > likelihood(TABLE, [never])
    between = [key for key in weights if DROPPED_AT < likelihood(TABLE, [key]) < ADDED_AT][:100]
    assert between
    assert all(weighed("none", [key]) == "none" and weighed("penalty", [key]) == "penalty" for key in between)


def test_the_same_numbers_give_the_same_weights_and_tell_them_apart() -> None:
    fines = [Example("a", frozenset(("", "b:罚", f"h:{n % 3}")), frozenset(), right=True) for n in range(20)]
    prices = [Example("a", frozenset(("", "b:价", f"h:{n % 3}")), frozenset(), right=False) for n in range(20)]
    first = learnt(fines + prices)
    assert first == learnt(fines + prices)
    assert first["b:罚"] > 0 > first["b:价"]
    assert abs(first["h:1"]) < first["b:罚"]
    assert all(margin(first, e) > 0 for e in fines)
    assert all(margin(first, e) < 0 for e in prices)
