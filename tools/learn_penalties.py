"""Learn the weights that stand beside the rules for penalties (`python -m tools.learn_penalties`).

    python -m tools.learn_penalties            write nlp/data/sanction_weights.tsv and side_weights.tsv
    python -m tools.learn_penalties --held     learn without one batch of contracts after the other: how each fares

Which numbers are penalties is learnt from the contracts of tests/golden/facts, whose truth was written by hand, and the
sentences of tests/specs, whose expectations are tests; who is liable from both.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from tests.support import heldout
from tests.support.builders import document
from tests.support.heads import contract_of
from tests.support.specs import cases
from tools.learning import Example, learnt, margin, write

TABLES = (
    "penalties",
    "penalties_forms",
    "penalties_loose",
    "penalties_turns",
    "penalties_more",
    "payments",
    "payments_more",
    "amounts",
    "amounts_more",
    "rate_roles",
    "rate_roles_more",
    "exclusions",
    "liabilities",
    "liabilities_more",
    "terms_more",
    "deadlines",
)
FORMS = ("rate", "amount", "multiple")
Key = tuple[str, Decimal | None]


def main() -> None:
    """Write the weights, or try them on what they have not seen."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--held", action="store_true", help="learn without each batch in turn and say how it fared")
    numbers, sides = examples()
    if parser.parse_args().held:
        for title, found in (("which numbers are penalties", numbers), ("who is liable", sides)):
            print(title)
            _held(found)
        return
    for table, found in (("sanction_weights.tsv", numbers), ("side_weights.tsv", sides)):
        print(f"{table}: {len(found)} examples, {write(table, learnt(found))} weights")


def examples() -> tuple[list[Example], list[Example]]:
    """Numbers, and sides, of all annotated contracts and sentences."""
    from ingest.read import read as ingested
    from nlp.parse import read

    numbers: list[Example] = []
    sides: list[Example] = []
    for name in heldout.names():
        truth = heldout.truth_of(name)
        if "penalties" in truth:
            batch, reading = name.partition("_")[0], read(ingested(heldout.file_of(name)))
            numbers += _numbers(batch, reading, truth["penalties"])
            sides += _sides(batch, reading, truth)
    for table in TABLES:
        for case in cases(table):
            reading = read(document(contract_of(case.contract, case.text)))
            numbers += _numbers("sentences", reading, None)
            if table.startswith("penalties"):
                sides += _sides("sentences", reading, {"penalties": [_expected(words) for words in case.expect]})
    return numbers, sides


def _expected(words: str) -> dict[str, Any]:
    """Truth of a row of a table: `rate_per_day 甲方 0.0005 cap=0.1`."""
    kind, liable, value, *_ = words.split()
    return {"rate" if kind[0] in "ri" else "amount" if kind[0] == "f" else "multiple": value, "liable": liable}


def _numbers(batch: str, reading: Any, truth: list[dict[str, Any]] | None) -> Iterator[Example]:  # noqa: ANN401
    """Every number of a document with its label; where the truth does not tell equal ones apart the rules do."""
    from nlp.extract.sanction_features import features
    from nlp.extract.sanction_places import column_head
    from nlp.extract.sanction_sums import Candidate
    from nlp.extract.sanctions import sanctions_in

    found = [(sentence, sanctions_in(reading, sentence)) for sentence in reading.sentences.items]
    labels = {} if truth is None else _labels([s for _, row in found for s in row], truth)
    for sentence, sanctions in found:
        last: tuple[Any, str] = ("none", "")
        for item in sanctions:
            label = labels.get(_key(item))
            penal = item.use == "penalty" if label is None else label
            if item.use != "cap" and item.form != "blank":
                candidate = Candidate(item.form, item.start, item.end, item.value, item.amount, item.what)
                column = column_head(sentence, item.start)
                seen = features(sentence, reading.mentions, candidate, (item.left, item.right), last, column)
                keys = frozenset(key for key in seen if key.isprintable()) | {""}
                yield Example(batch, keys, frozenset(), penal, sentence.text)
            last = ("cap" if item.use == "cap" else "penalty" if penal else "none", item.form)


def _key(item: Any) -> Key:  # noqa: ANN401
    return {"months": "multiple"}.get(item.form, item.form), item.value


def _labels(items: list[Any], truth: list[dict[str, Any]]) -> dict[Key, bool | None]:
    """By form and value: True where all of them are penalties of the truth, False where none is, else None.

    Rows that are optional may be found or not, so they are no teachers: the rules decide.
    """
    wanted: Counter[Key] = Counter()
    loose: set[Key] = set()
    for row in truth:
        keys = [(form, Decimal(str(row[form]))) for form in FORMS if row.get(form) is not None]
        wanted.update(keys)
        loose |= set(keys) if row.get("optional") else set()
    there = Counter(_key(item) for item in items if item.use != "cap")
    return {
        key: None if key in loose else False if not wanted[key] else True if wanted[key] >= there[key] else None
        for key in map(_key, items)
    }


def _sides(batch: str, reading: Any, truth: dict[str, Any]) -> Iterator[Example]:  # noqa: ANN401
    """Of every penalty with one debtor of two its features with his eyes against those with the other's."""
    from nlp.extract.sanctions import sanctions_in
    from nlp.extract.side_features import side_features

    mentions = reading.mentions
    if len(mentions.parties) != 2:
        return
    before: Any = None
    for penalty, liable in _debtors(reading, truth):
        sentence = reading.sentences.at(penalty.evidence.cues[0].start)
        items = sanctions_in(reading, sentence) if sentence else ()
        item = next((i for i in items if i.start == penalty.evidence.cues[0].start), None)
        if item is not None and liable is not None and liable in mentions.parties:
            own, other = (
                frozenset(key for key in side_features(reading, sentence, item, party, before) if key.isprintable())
                for party in (liable, mentions.other(liable))
            )
            yield Example(batch, own, other, right=True, named=sentence.text)
        before = penalty.model_copy(update={"liable": liable or penalty.liable})


def _debtors(reading: Any, truth: dict[str, Any]) -> Iterator[tuple[Any, str | None]]:  # noqa: ANN401
    """The penalties found with who is liable by the truth, None where it has no such row."""
    ids = {word: p.id for p in reading.parties for word in (p.role, *p.other_roles)}
    for party in truth.get("parties", ()):
        words = (party["role"], *party.get("other_roles", ()))
        known = next((ids[word] for word in words if word in ids), None)
        ids |= dict.fromkeys(words, known) if known else {}
    rows = [(_numbers_of(row), ids.get(row.get("liable"))) for row in truth["penalties"]]
    for penalty in (p for p in reading.penalties if any(getattr(p, form) is not None for form in FORMS)):
        same = [row for row in rows if row[0] == _numbers_of(penalty)]
        best = next((row for row in same if row[1] == penalty.liable), same[0] if same else None)
        if best is not None:
            rows.remove(best)
        yield penalty, best[1] if best else None


def _numbers_of(row: Any) -> tuple[Decimal | None, ...]:  # noqa: ANN401
    values = [row.get(form) if isinstance(row, dict) else getattr(row, form) for form in FORMS]
    return tuple(None if value is None else Decimal(str(value)).normalize() for value in values)


def _held(found: list[Example]) -> None:
    """Learn without each batch in turn; the share of right answers at even odds."""
    hits = total = 0
    for batch in sorted({e.batch for e in found} - {"sentences"}):
        weights = learnt([e for e in found if e.batch != batch])
        own = [e for e in found if e.batch == batch]
        right = sum((margin(weights, e) > 0) == e.right for e in own)
        hits, total = hits + right, total + len(own)
        print(f"  {batch:14} {right}/{len(own)}")
    print(f"  all {hits}/{total} {hits / total:.3f}")


if __name__ == "__main__":
    main()
