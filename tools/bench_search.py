"""How fast search is: a million clauses made from the samples, embedded, or fewer on a genuine Elasticsearch node.

    python -m tools.bench_search [--clauses 1000000] [--engine embedded|elasticsearch] [--heap 2g]
        [--folder DIR] [--url http://127.0.0.1:9200/bench]

Names, sums, dates and numbers of the samples are varied, so that each copy is another contract. Indexing is given in
clauses per second of processor time, without word segmentation and without making the copies, because other programs
share the machine; queries are timed by the clock, one after the other, with facets and highlights, after one round that
warms caches.
"""

import argparse
import json
import random
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from nlp.parse import parse
from nlp.words import search_words
from schema.query import ClauseQuery
from search.backend import Engine
from search.fold import spaced
from search.index import ClauseIndex
from search.record import IndexRecord, build_records
from search.where import parse_condition
from tools.elasticsearch import Node
from tools.text_contracts import read_text_contract, sample_paths

_CITIES = (
    "临澜",
    "霁川",
    "澄塘",
    "云岫",
    "梧川",
    "栖霞",
    "望江",
    "青禾",
    "衡岭",
    "松溪",
    "鹿鸣",
    "白洲",
    "远山",
    "清源",
    "沐阳",
    "竹溪",
    "兰亭",
    "石桥",
    "晴川",
    "雁门",
)
_TRADES = (
    "数字科技",
    "流体设备",
    "文化传媒",
    "资产管理",
    "供水",
    "信息技术",
    "建筑工程",
    "物业服务",
    "生物医药",
    "新能源",
    "精密仪器",
    "软件开发",
)

QUERIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("违约金", ()),
    ("甲方", ()),
    ('"逾期付款"', ()),
    ('"每逾期一日"', ("penalty.per=day",)),
    ("乙方逾期付款", ()),
    ("合同总额", ("kind!=lease",)),
    ("罚款", ("amount>100万",)),
    ("押金什么时候退", ()),
    ("质量保证期 响应", ("deadline.length<=48hour",)),
    ("延期一天赔多少钱", ()),
    ("管辖法院", ("date>=2025",)),
    ("知识产权归谁所有", ()),
    ("尾款支付条件", ("payment.percent<=30",)),
    ("类型:penalty 违约金 -押金", ()),
    ("违约金 且 (解除 或 累计)", ()),
    ("开箱检验", ("deadline.who=甲方", "deadline.workday=false")),
    ("", ("penalty.rate>=0.05%", "penalty.per=day")),
    ("", ("amount.value>=100万", "amount.role=total")),
    ("三十日内", ()),
    ("变更联系方式的，应当提前书面通知对方", ()),
    ("保密期限有多长", ()),
    ("验收合格后支付", ("amount.value>1万",)),
    ("优先购买权", ()),
    ("数据泄露", ("party=青禾",)),
)
FACETS = ("type", "kind", "party", "year")


@dataclass
class Copies:
    """Records of varied copies of the samples, and the words of their texts.

    Words are cut contract by contract, before the index asks for them: reading the clock twice for each clause would
    take longer than indexing it.

    Attributes:
        count: records wanted.
        seed: of the variation.
        making: seconds of processor time spent on making copies.
        cutting: seconds of processor time spent on cutting words.
        characters: that were cut.
    """

    count: int
    seed: int = 7
    making: float = field(default=0.0, init=False)
    cutting: float = field(default=0.0, init=False)
    characters: int = field(default=0, init=False)
    _words: dict[str, Sequence[str]] = field(default_factory=dict, init=False)

    def words(self, text: str) -> Sequence[str]:
        """Words of a text as the index asks for it."""
        found = self._words.get(text)
        return search_words(text) if found is None else found

    def __iter__(self) -> Iterator[IndexRecord]:
        """Records, contract by contract, until there are enough."""
        chance = random.Random(self.seed)
        began = time.process_time()
        originals = [build_records(parse(read_text_contract(path))) for path in sample_paths()]
        self.making = time.process_time() - began
        given = copy = 0
        while given < self.count:
            began = time.thread_time()
            records = _varied(originals[copy % len(originals)], copy, chance)[: self.count - given]
            views = [spaced(record.text) for record in records]
            made = time.thread_time()
            self._words = {view: search_words(view) for view in views}
            self.cutting += time.thread_time() - made
            self.making += made - began
            self.characters += sum(map(len, views))
            copy += 1
            given += len(records)
            yield from records


def _varied(records: Sequence[IndexRecord], copy: int, chance: random.Random) -> list[IndexRecord]:
    """One copy: other names, sums and dates; lengths of texts stay nearly the same."""
    card = records[0].contract
    names = {
        name: f"{chance.choice(_CITIES)}{chance.choice(_CITIES)}{chance.choice(_TRADES)}有限公司"
        for name in card.parties
    }
    year = chance.randint(2015, 2026)

    def number(match: re.Match[str]) -> str:
        text = match.group()
        return text if len(text) < 4 else "".join(chance.choice("123456789") if c.isdigit() else c for c in text)

    def vary(text: str) -> str:
        for old, new in names.items():
            text = text.replace(old, new)
        return re.sub(r"\d[\d,]*(?:\.\d+)?", number, text.replace("2025年", f"{year}年"))

    other = replace(
        card,
        id=sha256(f"{card.id} {copy}".encode()).hexdigest(),
        version=f"{copy:016}",
        title=f"{chance.choice(_CITIES)}{card.title}",
        date=year * 10_000 + chance.randint(1, 12) * 100 + chance.randint(1, 28),
        total=chance.randint(10_000, 50_000_000) * 10_000,
        folder=f"{year}/{chance.randint(1, 40)}",
        parties=tuple(names.values()),
        facts=tuple(replace(f, words=tuple((k, names.get(v, v)) for k, v in f.words)) for f in card.facts),
    )
    return [replace(record, contract=other, text=vary(record.text)) for record in records]


@dataclass(frozen=True)
class Latency:
    """Times of queries in milliseconds."""

    times: tuple[float, ...]

    def __str__(self) -> str:
        """Median, 99th percentile, worst."""
        ordered = sorted(self.times)
        at = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
        middle = statistics.median(ordered)
        return f"p50 {middle:.1f} ms, p99 {at:.1f} ms, worst {ordered[-1]:.1f} ms ({len(ordered)} queries)"


def ask(index: ClauseIndex, rounds: int, report: Callable[[str], None]) -> tuple[Latency, Latency]:
    """Ask everything several times; the first round only warms.

    Returns:
        Times by the clock, and processor times of this process, which other programs cannot lengthen much.
    """
    times: list[float] = []
    processor: list[float] = []
    first: list[float] = []
    slowest: dict[str, float] = {}
    for turn in range(rounds + 1):
        for text, where in QUERIES:
            query = ClauseQuery(text=text, where=tuple(map(parse_condition, where)), facets=FACETS)
            began, spent = time.perf_counter(), time.process_time()
            index.search(query)
            took = (time.perf_counter() - began) * 1000
            if not turn:
                first.append(took)
            else:
                times.append(took)
                processor.append((time.process_time() - spent) * 1000)
                name = f"{text} {' '.join(where)}".strip()
                slowest[name] = max(slowest.get(name, 0), took)
    report(f"asked for the first time: {Latency(tuple(first))}")
    for name, took in sorted(slowest.items(), key=lambda pair: -pair[1])[:5]:
        report(f"  slowest: {took:.1f} ms  {name}")
    return Latency(tuple(times)), Latency(tuple(processor))


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, ask, print; returns the exit status."""
    parser = argparse.ArgumentParser(prog="tools.bench_search")
    parser.add_argument("--clauses", type=int, default=1_000_000)
    parser.add_argument("--engine", choices=("embedded", "elasticsearch"), default="embedded")
    parser.add_argument("--heap", default="2g")
    parser.add_argument("--folder", type=Path, help="keep the embedded index here and use it when it is there")
    parser.add_argument("--url", help="of an index of Elasticsearch that is kept and used when it is there")
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args(arguments)
    with ExitStack() as stack:
        engine = _engine(options, stack)
        copies = Copies(options.clauses)
        index = ClauseIndex(engine, copies.words)
        if not engine.health().clauses:
            _build(index, copies)
        clock_times, processor_times = ask(index, options.rounds, print)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"queries, by the clock: {clock_times}")
        print(f"queries, processor time here: {processor_times}")
        print(f"most memory of this process: {memory:.0f} MB")
        print(json.dumps(index.health().message))
        index.close()
    return 0


def _build(index: ClauseIndex, copies: Copies) -> None:
    began, wall = time.process_time(), time.perf_counter()
    count = index.rebuild(iter(copies))
    spent = time.process_time() - began - copies.cutting - copies.making
    print(f"indexed {count} clauses in {time.perf_counter() - wall:.0f} s")
    print(f"indexing: {count / spent:.0f} clauses/s of one core, without segmentation")
    print(f"segmentation: {copies.characters / copies.cutting:.0f} characters/s")


def _engine(options: argparse.Namespace, stack: ExitStack) -> Engine:
    if options.engine == "elasticsearch":
        from search.backends.elastic import Elastic

        url = options.url or f"{stack.enter_context(Node.temporary(heap=options.heap)).url}/bench"
        return Elastic(url, timeout=60)
    from search.backends.embedded import Tantivy

    folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
    return Tantivy(folder)


if __name__ == "__main__":
    sys.exit(main())
