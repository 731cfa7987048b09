"""Who is liable where the sentence names nobody: what the weights turn, what they leave alone."""

import pytest

from nlp.extract import penalties, side_weights
from nlp.parse import parse
from schema.contract import Contract
from tests.support.builders import document
from tests.support.heads import contract_of

# the sentence before is about the other party, and the rules go by it
TURNED = [
    ("decoration", "甲方应配合办理进场手续。使用不合格板材的，按该项材料价款的三倍计罚。", "乙方"),
    ("storage", "存货人可随时盘点。货物短少的，按货值的1.2倍赔付。", "保管人"),
    ("service", "甲方应提供办公场所。服务人员迟到的，每次扣款100元。", "乙方"),
]
LEFT = [
    ("lease", "出租方逾期交房的，每日支付200元违约金。", "出租方"),
    ("sale", "买方逾期付款的，每日按1‰支付违约金。", "买方"),
    ("service", "任何一方违约的，应支付违约金5万元。", "both"),
    ("service", "双方职责\n任何一方泄密的，支付违约金3万元。", "both"),
]


def liable(record: Contract) -> list[str | None]:
    roles = {p.id: p.role for p in record.parties} | {"both": "both"}
    return [roles.get(p.liable or "") for p in record.penalties if p.rate or p.amount or p.multiple]


@pytest.mark.parametrize(("kind", "words", "who"), TURNED)
def test_the_weights_turn_what_rules_take_from_the_sentence_before(
    kind: str, words: str, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert liable(parse(document(contract_of(kind, words)))) == [who]
    monkeypatch.setattr(penalties, "likelier", lambda *given: given[3])
    assert liable(parse(document(contract_of(kind, words)))) != [who]


@pytest.mark.parametrize(("kind", "words", "who"), LEFT)
def test_who_is_named_and_who_is_either_stays(kind: str, words: str, who: str) -> None:
    assert liable(parse(document(contract_of(kind, words)))) == [who]


def test_between_three_parties_the_weights_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "丙方可以到场。供货混入旧件的，并处合同金额20%的违约金。"
    two = contract_of("sale", words)
    three = two.replace("第一条", "丙方：王芳\n第一条", 1)
    asked: list[str] = []

    def undecided(table: str, *_: object) -> float:
        asked.append(table)
        return 0.5

    monkeypatch.setattr(side_weights, "likelihood", undecided)
    assert len(parse(document(three)).parties) == 3
    assert asked == []
    parse(document(two))
    assert asked == [side_weights.TABLE]
