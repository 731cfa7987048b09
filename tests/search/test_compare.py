"""Two versions of a contract: what changed, where, and by how much."""

import pytest

from nlp.parse import parse
from schema.comparison import ClauseChange, Comparison
from schema.contract import Contract
from search.compare import compare
from search.likeness import bag, differing, likeness, pieces
from tests.support.builders import document
from tests.support.collection import lease, purchase
from tests.support.samples import sample_text

ORIGINAL = sample_text("service")


def edited(*changes: tuple[str, str]) -> Contract:
    text = ORIGINAL
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return parse(document(text))


def changed(comparison: Comparison) -> list[ClauseChange]:
    return [change for change in comparison.clauses if change.state != "same"]


@pytest.fixture(scope="module")
def original() -> Contract:
    return parse(document(ORIGINAL))


def test_a_contract_is_the_same_as_itself(original: Contract) -> None:
    comparison = compare(original, original)
    assert changed(comparison) == []
    assert comparison.values == ()
    assert comparison.counts["same"] == len(comparison.clauses)


def test_a_changed_value_is_named_with_before_and_after(original: Contract) -> None:
    comparison = compare(original, edited(("合同总价的万分之五向", "合同总价的万分之三向")))
    (change,) = changed(comparison)
    assert (change.state, change.before, change.after) == ("changed", "main/13/1", "main/13/1")
    assert [(p.kind, p.text) for p in change.pieces if p.kind != "equal"] == [("removed", "五"), ("added", "三")]
    penalties = [v for v in comparison.values if v.kind == "penalty"]
    assert [("0.05%" in (v.before or ""), "0.03%" in (v.after or "")) for v in penalties] == [(True, True)]
    assert penalties[0].after_span is not None


def test_an_inserted_clause_changes_nothing_else_though_numbers_move_on(original: Contract) -> None:
    inserted = "（二）乙方应当为加工场所购买财产保险。\n（三）作业人员在加工场所内发生"
    comparison = compare(original, edited(("（二）作业人员在加工场所内发生", inserted)))
    (change,) = changed(comparison)
    assert (change.state, change.before, change.after) == ("added", None, "main/12/2")
    renumbered = next(c for c in comparison.clauses if c.before == "main/12/2")
    assert (renumbered.state, renumbered.after) == ("same", "main/12/3")


def test_a_clause_that_went_elsewhere_has_moved(original: Contract) -> None:
    clause = "（五）甲方迟延移交档案原件的，乙方完成加工的期限相应顺延。\n"
    after = "（三）加工成果应当符合《纸质档案数字化规范》（DA/T 31—2017）的要求。\n"
    comparison = compare(original, edited((clause, ""), (after, after + clause.replace("（五）", "（四）"))))
    (change,) = changed(comparison)
    assert (change.state, change.before, change.after) == ("moved", "main/3/5", "main/7/4")


def test_a_removed_clause_is_listed_where_it_stood(original: Contract) -> None:
    clause = "3．不得将本合同项下的服务转包或者分包给第三方。\n"
    comparison = compare(original, edited((clause, "")))
    (change,) = changed(comparison)
    assert (change.state, change.before) == ("removed", "main/9/2/3")
    place = comparison.clauses.index(change)
    assert comparison.clauses[place - 1].before == "main/9/2/2"


def test_a_changed_table_row_is_compared_with_its_row(original: Contract) -> None:
    comparison = compare(original, edited(("18,600\t1.20\t22,320.00", "18,600\t1.50\t27,900.00")))
    (change,) = changed(comparison)
    assert (change.state, change.before, change.after) == ("changed", "annex1/3", "annex1/3")


def test_different_contracts_share_little() -> None:
    comparison = compare(purchase(), lease())
    assert comparison.counts["added"] + comparison.counts["removed"] > comparison.counts["changed"]
    kinds = {value.kind for value in comparison.values}
    assert {"party", "amount", "penalty", "dispute"} <= kinds


def test_likeness_is_between_nothing_and_the_same() -> None:
    assert likeness(bag("违约金"), bag("違 约 金")) == 1.0
    assert likeness(bag("违约金"), bag("仲裁")) == 0.0
    assert likeness(bag("逾期付款违约金"), bag("逾期交货违约金")) == pytest.approx(2 * 3 / 12)


def test_numbers_are_not_cut_when_words_are_compared() -> None:
    found = pieces("支付1,200元，于5日内", "支付1,500元，于5日内")
    assert found == [("equal", "支付"), ("removed", "1,200"), ("added", "1,500"), ("equal", "元，于5日内")]
    assert differing("支付1,200元", "应支付1,500元") == [(0, 1), (3, 8)]
