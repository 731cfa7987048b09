"""Supplements to a printed form: they print only the numbers they change, and leave out those above."""

import pytest

from nlp.clauses.pointers import Step
from nlp.clauses.resolve import Resolver
from tests.support.outline import ids, structure_of

FRONT = "施工合同\n第一部分 合同协议书\n一、工程概况\n北岸桥梁。\n二、工期\n九十日。\n第二部分 专用合同条款\n"

# the numbers as printed, one a line, and the ids below main/2
SEQUENCES = {
    "a level skipped beside a printed one": (
        "3. 承包人|3.1|3.2.1|3.2.3|3.3.4|3.5.1|3.7|4. 监理人|4.1",
        "3 3/1 3/2/1 3/2/3 3/3/4 3/5/1 3/7 4 4/1",
    ),
    "the first number below a heading skips a level": (
        "5. 工程质量|5.3.2|5.4|6. 安全|6.1.6|6.1.9|7. 工期|7.5.1|7.5.2|7.9",
        "5 5/3/2 5/4 6 6/1/6 6/1/9 7 7/5/1 7/5/2 7/9",
    ),
    "a clause without its heading": (
        "10. 变更|10.4|11.1|12. 计量与支付|12.2.1|12.4.1|12.4.4|14. 结算|14.1",
        "10 10/4 11/1 12 12/2/1 12/4/1 12/4/4 14 14/1",
    ),
    "late numbers of three levels": (
        "15. 缺陷责任|15.2|15.4.3|15.5|16. 违约|16.1.3|16.2|20. 争议|20.3.9",
        "15 15/2 15/4/3 15/5 16 16/1/3 16/2 20 20/3/9",
    ),
    "numbers of definitions": (
        "1. 一般约定|1.1.1.10|1.1.2.4|1.1.3|1.6.1|1.13|2. 发包人|2.4.2|2.5",
        "1 1/1/1/10 1/1/2/4 1/1/3 1/6/1 1/13 2 2/4/2 2/5",
    ),
    "definitions below a printed 1.1": (
        "1. 一般约定|1.1 词语定义|1.1.2.4|1.1.3.7|1.1.3.9|1.4|2. 发包人|2.2",
        "1 1/1 1/1/2/4 1/1/3/7 1/1/3/9 1/4 2 2/2",
    ),
    "no heading at all": (
        "1.1.1.10|1.3|1.5.2|2.2|3.2.1|3.2.2|3.5|7.5.2|12.4.1",
        "1/1/1/10 1/3 1/5/2 2/2 3/2/1 3/2/2 3/5 7/5/2 12/4/1",
    ),
    "a jump back": (
        "3. 承包人|3.1|3.5.1|3.2.1|3.2.2|3.6|4. 监理人|4.3.1",
        "3 3/1 3/5/1 3/2/1 3/2/2 3/6 4 4/3/1",
    ),
    "a jump back over a heading": (
        "7. 工期|7.5.1|8. 材料|8.4.1|7.9.3|8.6|9. 试验|9.1.2",
        "7 7/5/1 8 8/4/1 7/9/3 8/6 9 9/1/2",
    ),
    "a printed level behind a skipped one": (
        "4. 监理人|4.1.2|4.2 监理人员|4.2.1|4.2.3|4.4.1|5. 质量|5.1.1",
        "4 4/1/2 4/2 4/2/1 4/2/3 4/4/1 5 5/1/1",
    ),
    "lists below them": (
        "3. 承包人|3.2.1|（1）|（2）|3.3.4|（1）|（2）|3.7|4. 监理人|4.1",
        "3 3/2/1 3/2/1/1 3/2/1/2 3/3/4 3/3/4/1 3/3/4/2 3/7 4 4/1",
    ),
    "two headings left out": (
        "8. 材料|8.2|9.3.1|10.1|10.4.1|11. 价格调整|11.1",
        "8 8/2 9/3/1 10/1 10/4/1 11 11/1",
    ),
    "only the fourth level": (
        "2. 设计人|2.1.1.3|2.1.2.1|2.3.1.2|3. 费用|3.2.2.1",
        "2 2/1/1/3 2/1/2/1 2/3/1/2 3 3/2/2/1",
    ),
    "the number of the part": (
        "1. 一般约定|1.4|2.1.3|2.2|3. 承包人|3.1|3.2.1",
        "1 1/4 2/1/3 2/2 3 3/1 3/2/1",
    ),
}


def told(numbers: str) -> str:
    return "\n".join(
        f"{number} 双方就此另行约定如下事项。" if number[-1] in "0123456789）" else number
        for number in numbers.split("|")
    )


@pytest.mark.parametrize(("numbers", "wanted"), SEQUENCES.values(), ids=SEQUENCES)
def test_a_number_hangs_below_the_nearest_printed_prefix(numbers: str, wanted: str) -> None:
    found = ids(FRONT + told(numbers))
    assert found[4:] == [f"main/2/{name}" for name in wanted.split()]


ARTICLES = {
    "below 第X条": (
        "第一条 定义|1.1.2|1.3|第二条 服务|2.2.1|2.2.4|2.5|第三条 费用|3.1|3.4.1",
        "1 1/1/2 1/3 2 2/2/1 2/2/4 2/5 3 3/1 3/4/1",
    ),
    "第X条 left out": (
        "第七条 验收|7.2|8.1|8.3.1|第九条 保密|9.1|9.2|第十条 其他|10.1",
        "7 7/2 8/1 8/3/1 9 9/1 9/2 10 10/1",
    ),
    "below 一、": (
        "一、总则|1.2.1|1.4|二、设计人|2.1.3|2.3|三、费用|3.2.2",
        "1 1/2/1 1/4 2 2/1/3 2/3 3 3/2/2",
    ),
    "no heading and no part": (
        "1.2.1|1.4|2.1.3|2.3|5.1|5.2.2|8.1.1",
        "1/2/1 1/4 2/1/3 2/3 5/1 5/2/2 8/1/1",
    ),
}


@pytest.mark.parametrize(("numbers", "wanted"), ARTICLES.values(), ids=ARTICLES)
def test_a_supplement_without_parts(numbers: str, wanted: str) -> None:
    assert ids(f"补充协议\n双方就原合同补充如下。\n{told(numbers)}") == [f"main/{name}" for name in wanted.split()]


def test_the_parent_is_the_clause_that_is_printed() -> None:
    structure = structure_of(FRONT + told("3. 承包人|3.1|3.2.1|4. 监理人"))
    clause = structure.clause_by_id["main/2/3/2/1"]
    assert (clause.parent, clause.number, clause.level) == ("main/2/3", "3.2.1", 3)


def test_a_level_printed_after_what_stands_below_it_takes_no_address_twice() -> None:
    names = ids(FRONT + told("3. 承包人|3.2.1|3.2 项目经理|（1）|（2）|4. 监理人|4.1"))
    assert len(names) == len(set(names)) == 11


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ((3, 2, 1), "main/2/3/2/1"),
        ((3, 2, 3), "main/2/3/2/3"),
        ((3, 7), "main/2/3/7"),
        ((11, 1), "main/2/11/1"),
        ((3, 3), None),
    ],
)
def test_a_pointer_finds_it_by_its_number(path: tuple[int, ...], wanted: str | None) -> None:
    structure = structure_of(FRONT + told("3. 承包人|3.1|3.2.1|3.2.3|3.7|10. 变更|10.4|11.1|12. 支付|12.1"))
    found = Resolver(structure).pointed([Step("条", path)], "main/2/12/1", "main")
    assert (found.id if found else None) == wanted


def test_an_item_is_not_counted_by_the_last_of_its_numbers() -> None:
    structure = structure_of(FRONT + told("3. 承包人|3.1|3.2.2|3.7|4. 监理人|4.1"))
    assert Resolver(structure).under(structure.clause_by_id["main/2/3"], [Step("款", (2,))]) is None


ORDINARY = {
    "prefixes that lag behind": (
        "第五条 交付|4.1|4.2|第六条 验收|5.1|5.2|第七条 付款|6.1|6.2",
        "5 5/1 5/2 6 6/1 6/2 7 7/1 7/2",
    ),
    "prefixes that run ahead": (
        "第一条 交付|2.1|2.2|第二条 验收|3.1|3.2|第三条 付款|4.1|4.2",
        "1 1/1 1/2 2 2/1 2/2 3 3/1 3/2",
    ),
}


@pytest.mark.parametrize(("numbers", "wanted"), ORDINARY.values(), ids=ORDINARY)
def test_a_misprinted_prefix_stays_below_its_article(numbers: str, wanted: str) -> None:
    assert ids(f"服务合同\n双方约定如下。\n{told(numbers)}") == [f"main/{name}" for name in wanted.split()]
