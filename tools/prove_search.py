"""Proof of search: no literal substring is missed, all engines agree, no query fails or matches everything.

    python -m tools.prove_search [--substrings 20000] [--queries 500] [--typed 50000] [--elastic 8 9]

The project's own contracts are indexed in each engine. Random substrings of clauses are asked in quotes and must bring
exactly the clauses in which they stand, and without quotes at least those; generated filters and phrases must bring
the same clauses in every engine; random typing must never fail and never list everything.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from nlp.parse import parse
from nlp.words import search_words
from schema.query import ClauseQuery, Condition, Results
from search.backends.embedded import Tantivy
from search.fields import WHERE
from search.index import ClauseIndex
from search.record import IndexRecord, build_records
from tools.text_contracts import all_paths, read_text_contract

Place = tuple[str, str]
_LONGEST = 12
_RANGES = ("=", "!=", ">", ">=", "<", "<=")
_ODD = (
    *'"“”「」()（）:：-+*?~^[]{}\\/|&!<>=,.，。 \t\n\0',
    *"甲乙违约金合同壹￥０ａ１",
    "且",
    "或",
    " AND ",
    " OR ",
    " NOT ",
)
_ODD_WORDS = (
    "类型:",
    "金额:>",
    "日期:2025..",
    "当事人:",
    "penalty.rate>=",
    "deadline.length<",
    "\ud83d",
    "𠮷",
    "\u202e",
)


@dataclass
class Tally:
    """What was asked and what went wrong.

    Attributes:
        asked: number of questions.
        wrong: one line each.
        slowest: seconds of processor time of the slowest answer.
    """

    asked: int = 0
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def note(self, began: float) -> None:
        """One more question, asked at a processor time."""
        self.asked += 1
        self.slowest = max(self.slowest, time.process_time() - began)


def own_records() -> list[IndexRecord]:
    """The records of all contracts of the project."""
    return [record for path in all_paths() for record in build_records(parse(read_text_contract(path)))]


def everything(index: ClauseIndex, text: str, where: tuple[Condition, ...] = ()) -> set[Place]:
    """All places that answer, page by page.

    Raises:
        AssertionError: a page repeats a hit, or the total is not the number of hits.
    """
    seen: list[Place] = []
    cursor: str | None = None
    while True:
        answer: Results = index.search(ClauseQuery(text=text, where=where, limit=1000, cursor=cursor))
        seen += [(hit.contract, hit.clause) for hit in answer.hits]
        cursor = answer.cursor
        if cursor is None:
            break
    if len(set(seen)) != len(seen) or answer.total != len(seen):
        raise AssertionError(f"{text!r}: {len(seen)} hits, {len(set(seen))} places, total {answer.total}")
    return set(seen)


def substrings(records: Sequence[IndexRecord], count: int, chance: random.Random) -> Iterator[str]:
    """Random pieces of clauses, 1 to 12 characters long."""
    texts = [record.text for record in records if record.text]
    weights = [len(text) for text in texts]
    for text in chance.choices(texts, weights, k=count):
        length = chance.randint(1, min(_LONGEST, len(text)))
        start = chance.randint(0, len(text) - length)
        yield text[start : start + length]


def prove_substrings(index: ClauseIndex, records: Sequence[IndexRecord], count: int, bare_every: int = 10) -> Tally:
    """Quoted, each piece brings just the clauses that hold it; bare, at least those (every tenth is asked)."""
    tally = Tally()
    for number, piece in enumerate(substrings(records, count, random.Random(1))):
        standing = {(r.contract.id, r.clause) for r in records if piece in r.text}
        began = time.process_time()
        found = everything(index, f'"{piece}"')
        tally.note(began)
        if found != standing:
            tally.wrong.append(f'"{piece}": {len(standing - found)} missed, {len(found - standing)} too many')
        if number % bare_every == 0 and piece.strip():
            missed = standing - everything(index, piece)
            if missed and not _is_language(piece):
                tally.wrong.append(f"{piece}: {len(missed)} missed without quotes")
    return tally


def _is_language(piece: str) -> bool:
    """Whether typing it asks for something else than these characters: quotes, operators, a field with a value."""
    return any(mark in piece for mark in '"“”「」:：-<>=＜＞＝') or any(word in piece.split() for word in ("且", "或"))


def queries(records: Sequence[IndexRecord], count: int, chance: random.Random) -> Iterator[tuple[str, Condition]]:
    """Generated pairs of a phrase (often none) and a filter whose value occurs somewhere."""
    values = _values(records)
    fields = [field for field in WHERE if values.get(field.name)]
    pieces = substrings(records, count, chance)
    for piece in pieces:
        chosen = chance.choice(fields)
        ranged = chosen.sort in ("number", "length", "date", "amount")
        op = chance.choice(_RANGES if ranged else ("=", "!="))
        condition = Condition.model_validate(
            {"field": chosen.name, "op": op, "values": (chance.choice(values[chosen.name]),)}
        )
        yield (f'"{piece}"' if chance.random() < 0.4 else "", condition)


def _values(records: Sequence[IndexRecord]) -> dict[str, list[str]]:
    """Values to ask for, by field."""
    found: dict[str, set[str]] = {
        "kind": {r.contract.kind for r in records if r.contract.kind},
        "type": {name for r in records for name in r.types},
        "dispute": {r.contract.dispute for r in records if r.contract.dispute},
        "finding": {code for r in records for code in r.findings},
        "blank": {"true", "false"},
        "party": {name[1:4] for r in records for name in r.contract.parties},
        "role": {role for r in records for role in r.contract.roles},
        "contract": {r.contract.title[:6] for r in records},
        "date": {"2024", "2025-01", "2025-06-30"},
        "amount": {"1万", "100000", "50万", "100万元"},
        "amount.value": {"500", "10000", "120000.50", "100万"},
        "rate.value": {"13%", "6%", "5%", "百分之三"},
        "deadline.length": {"5workday", "10workday", "7day", "30day", "1month", "24hour", "2year"},
        "penalty.rate": {"0.05%", "万分之五", "千分之一", "20%"},
        "penalty.amount": {"500", "2000", "1万"},
        "penalty.cap": {"none", "5%", "10%", "30%"},
        "payment.percent": {"10", "30", "50", "95"},
        "date.value": {"2024", "2025-03", "2026-01-01"},
    }
    for record in records:
        for fact in (*record.facts, *record.contract.facts):
            for key, word in fact.words:
                if key in _WORD_FIELDS:
                    found.setdefault(key, set()).add(word)
    return {name: sorted(values) for name, values in found.items()}


_WORD_FIELDS = frozenset(field.name for field in WHERE if field.sort == "word")


def prove_agreement(indexes: dict[str, ClauseIndex], records: Sequence[IndexRecord], count: int) -> Tally:
    """Every engine brings the same clauses."""
    tally = Tally()
    for text, condition in queries(records, count, random.Random(2)):
        began = time.process_time()
        answers = {name: everything(index, text, (condition,)) for name, index in indexes.items()}
        tally.note(began)
        if len({frozenset(found) for found in answers.values()}) > 1:
            sizes = {name: len(found) for name, found in answers.items()}
            tally.wrong.append(f"{text} {condition.field} {condition.op} {condition.values[0]}: {sizes}")
    return tally


def typing(records: Sequence[IndexRecord], count: int, chance: random.Random) -> Iterator[str]:
    """What hands, pastes and attackers type."""
    pieces = substrings(records, count, chance)
    for piece in pieces:
        kind = chance.randrange(4)
        if kind == 0:
            yield "".join(chance.choices((*_ODD, *_ODD_WORDS), k=chance.randint(1, 20)))
        elif kind == 1:
            yield "".join(
                chr(chance.choice((chance.randrange(0x20, 0x7F), chance.randrange(0x1, 0xD7FF)))) for _ in piece
            )
        elif kind == 2:
            at = chance.randint(0, len(piece))
            yield piece[:at] + chance.choice((*_ODD, *_ODD_WORDS)) + piece[at:]
        else:
            yield piece * chance.choice((1, 1, 1, 2, 50))


def prove_typing(index: ClauseIndex, records: Sequence[IndexRecord], count: int) -> Tally:
    """No exception; never everything, unless the characters do stand in every clause."""
    tally = Tally()
    all_clauses = index.search(ClauseQuery(limit=0)).total
    for text in typing(records, count, random.Random(3)):
        began = time.process_time()
        try:
            total = index.search(ClauseQuery(text=text, limit=1)).total
        except Exception as error:  # the proof is about exceptions
            tally.wrong.append(f"{text!r}: {type(error).__name__}: {error}")
            continue
        finally:
            tally.note(began)
        if total >= all_clauses and text.strip():
            tally.wrong.append(f"{text!r} matches everything")
    return tally


def main(arguments: Sequence[str] | None = None) -> int:
    """Prove and print; returns the exit status."""
    parser = argparse.ArgumentParser(prog="tools.prove_search")
    parser.add_argument("--substrings", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--typed", type=int, default=50_000)
    parser.add_argument("--elastic", type=int, nargs="*", choices=(8, 9), default=())
    options = parser.parse_args(arguments)
    records = own_records()
    print(f"{len(records)} clauses and rows of {len({r.contract.id for r in records})} contracts")
    bad = 0
    with ExitStack() as stack:
        indexes = _indexes(options.elastic, stack)
        for index in indexes.values():
            index.add(records)
        for name, index in indexes.items():
            bad += _print(f"{name}: substrings", partial(prove_substrings, index, records, options.substrings))
        bad += _print("agreement", lambda: prove_agreement(indexes, records, options.queries))
        bad += _print("typing", lambda: prove_typing(indexes["embedded"], records, options.typed))
    return int(bad > 0)


def _print(name: str, proof: Callable[[], Tally]) -> int:
    tally = proof()
    print(f"{name}: {tally.asked} asked, {len(tally.wrong)} wrong, slowest {tally.slowest * 1000:.0f} ms", flush=True)
    for line in tally.wrong[:10]:
        print(f"  {line}")
    return len(tally.wrong)


def _indexes(majors: Sequence[int], stack: ExitStack) -> dict[str, ClauseIndex]:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    indexes = {"embedded": ClauseIndex(Tantivy(folder), search_words)}
    for major in majors:
        from search.backends.elastic import Elastic
        from tools.elasticsearch import Node

        node = stack.enter_context(Node.temporary(major=major))
        indexes[f"elasticsearch {major}"] = ClauseIndex(Elastic(f"{node.url}/proof"), search_words)
    for index in indexes.values():
        stack.callback(index.close)
    return indexes


if __name__ == "__main__":
    sys.exit(main())
