"""Contracts made by chance, their tree known by construction: styles, depths, restarts, references and noise."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from schema.document import Document
from tests.support.builders import document

DIGITS = "零一二三四五六七八九"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

TITLES = [
    "总则",
    "服务内容",
    "合同价款",
    "付款方式",
    "交货",
    "验收标准",
    "质量保证",
    "知识产权",
    "保密",
    "违约责任",
    "不可抗力",
    "通知与送达",
]
TITLES += [
    "争议解决",
    "双方的权利和义务",
    "租赁期限",
    "押金",
    "房屋的使用",
    "施工要求",
    "安全责任",
    "税费承担",
    "合同的变更与解除",
    "其他",
    "附则",
    "保险",
]
SENTENCES = [
    "乙方应当按照约定的时间完成工作并向甲方提交成果。",
    "甲方应在收到通知后5个工作日内书面答复，逾期视为同意。",
    "双方应对在履行过程中知悉的商业秘密予以保密；",
    "因一方原因造成对方损失的，应当赔偿，具体按照本合同第二条执行。",
    "合同总价为人民币120,000.00元（大写：壹拾贰万元整）。",
    "自2025年3月1日起至2026年2月28日止，共计12个月。",
    "未经甲方同意，乙方不得将合同义务转让给第三方",
    "违反本条约定的，每逾期一日按合同总价的0.05%支付违约金。",
    "提供的货物应当符合GB/T 5657-2013的要求；",
    "经双方确认的交接清单为结算依据。",
]
# lines that begin like a number and are none
TRAPS = [
    "2025年6月30日前完成全部工作。",
    "3.5万元以上的款项应当通过银行转账支付。",
    "第二条约定的期限届满后，乙方应当撤场。",
    "12个月内发现缺陷的，乙方应当免费修复。",
    "1.2倍以内的部分不另行计费。",
    "一式两份的文件由双方各执一份。",
    "甲、乙双方应当互相配合。",
    "第三、四条的约定同时适用。",
    "5%的尾款在质量保证期满后支付。",
    "其他未列明的事项由双方协商。",
]


def chinese(number: int) -> str:
    """1 to 99 as Chinese numerals."""
    if number < 10:
        return DIGITS[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def letter(number: int) -> str:
    """1 to 26 as small letters."""
    return chr(ord("a") + number - 1)


@dataclass(frozen=True)
class Style:
    """A way to print numbers.

    Attributes:
        family: styles of one family do not nest.
        show: the number of a clause from the numbers of its ancestors and itself.
        gap: what stands between number and words.
        key: how the number stands in the id.
        most: numbers it has.
    """

    family: str
    show: Callable[[Sequence[int]], str]
    gap: str = ""
    key: Callable[[int], str] = str
    most: int = 25


OUTER = [
    Style("article", lambda n: f"第{chinese(n[-1])}条", " "),
    Style("article", lambda n: f"第{chinese(n[-1])}条", "："),
    Style("article", lambda n: f"第 {' '.join(chinese(n[-1]))} 条", "　"),
    Style("article", lambda n: f"第{n[-1]}条", " "),
    Style("chinese", lambda n: f"{chinese(n[-1])}、"),
    Style("chinese", lambda n: f"{chinese(n[-1])}．"),
    Style("arabic", lambda n: f"{n[-1]}、"),
    Style("arabic", lambda n: f"{n[-1]}. "),
    Style("arabic", lambda n: f"{n[-1]}．"),
]
INNER = [
    Style("chinese_bracket", lambda n: f"（{chinese(n[-1])}）"),
    Style("chinese_bracket", lambda n: f"({chinese(n[-1])})"),
    Style("arabic", lambda n: f"{n[-1]}、"),
    Style("arabic", lambda n: f"{n[-1]}. "),
    Style("arabic", lambda n: f"{n[-1]}．"),
    Style("arabic_bracket", lambda n: f"（{n[-1]}）"),
    Style("arabic_bracket", lambda n: f"({n[-1]}) "),
    Style("arabic_bracket", lambda n: f"{n[-1]}）"),
    Style("circled", lambda n: CIRCLED[n[-1] - 1], most=20),
    Style("letter", lambda n: f"{letter(n[-1])}. ", key=letter, most=8),
    Style("letter", lambda n: f"（{letter(n[-1])}）", key=letter, most=8),
    Style("decimal", lambda n: ".".join(map(str, n)), " "),
    Style("decimal", lambda n: ".".join(map(str, n)), "　"),
]


@dataclass
class Generated:
    """A contract and its truth.

    Attributes:
        lines: printed lines.
        clauses: id and offset of each clause.
        length: characters so far.
    """

    lines: list[str] = field(default_factory=list)
    clauses: list[tuple[str, int]] = field(default_factory=list)
    length: int = 0

    def add(self, line: str) -> None:
        """Print a line."""
        self.lines.append(line)
        self.length += len(line) + 1

    def clause(self, key: str, before: str, words: str) -> None:
        """Print the first line of a clause; `before` is a bullet that is no part of it."""
        self.clauses.append((key, self.length + len(before)))
        self.add(before + words)

    def document(self) -> Document:
        """As read from plain text."""
        return document("\n".join(self.lines))


def generate(chance: random.Random) -> Generated:
    """Make one contract, with an annex now and then."""
    made = Generated()
    _front(made, chance)
    _zone(made, chance, "main")
    for line in ("（以下无正文）", "甲方（盖章）：", "乙方（盖章）：", "日期：____年__月__日"):
        made.add(line)
    for number in range(1, chance.choice([1, 1, 1, 2, 3])):
        shown = chance.choice([str(number), chinese(number)])
        made.add(f"附件{shown}：{chance.choice(['技术要求', '保密协议', '服务承诺'])}")
        _zone(made, chance, f"annex{number}")
    return made


def _front(made: Generated, chance: random.Random) -> None:
    for line in ("设备维护合同", "合同编号：____", "甲方：青禾公司", "乙方：蓝岸公司"):
        made.add(line)
    if chance.random() < 0.1:
        made.add("鉴于：")
        for number in range(1, 4):
            made.add(f"{number}、{chance.choice(SENTENCES)}")
        made.add("双方达成协议如下：")
    else:
        made.add("双方经协商，订立本合同，共同遵守。")


def _zone(made: Generated, chance: random.Random, part: str) -> None:
    """A run of numbering of its own."""
    styles = _styles(chance)
    chapters = styles[0].family == "article" and chance.random() < 0.15
    count = chance.randint(3, 18)
    chapter = 0
    numbers = list(range(1, count + 1))
    if styles[0].family != "arabic" and chance.random() < 0.1:  # one is left out, or printed twice
        place = chance.randrange(1, count)
        numbers = (
            numbers[:place] + [n + 1 for n in numbers[place:]] if chance.random() < 0.5 else sorted([*numbers, place])
        )
    before = 0
    for number in numbers:
        again = "~2" if number == before else ""
        before = number
        if chapters and (number == 1 or chance.random() < 0.25):
            chapter += 1
            made.clause(f"{part}/ch{chapter}", "", f"第{chinese(chapter)}章 {chance.choice(TITLES)}")
        _clause(made, chance, styles, (number,), part, again)


def _styles(chance: random.Random) -> list[Style]:
    """One style a level, no family twice."""
    chosen = [chance.choice(OUTER)]
    while len(chosen) < 4:
        style = chance.choice(INNER)
        decimals = sum(s.family == "decimal" for s in chosen)
        follows = style.family != "decimal" or decimals == len(chosen) - 1
        if follows and (style.family == "decimal" or style.family not in {s.family for s in chosen}):
            chosen.append(style)
    return chosen


def _clause(
    made: Generated,
    chance: random.Random,
    styles: Sequence[Style],
    numbers: tuple[int, ...],
    above: str,
    again: str = "",
) -> None:
    depth = len(numbers) - 1
    style = styles[depth]
    key = f"{above}/{style.key(numbers[-1])}{again}"
    bullet = "- " if depth and chance.random() < 0.03 else ""
    titled = chance.random() < (0.85 if depth == 0 else 0.3 if depth == 1 else 0.05)
    words = chance.choice(TITLES) if titled else chance.choice(SENTENCES)
    made.clause(key, bullet, _misread(chance, style.show(numbers)) + style.gap + words)
    nested = depth < 3 and chance.random() < (0.75, 0.35, 0.2)[depth]
    _body(made, chance, titled and not nested)
    if nested:
        _children(made, chance, styles, numbers, key)


def _misread(chance: random.Random, number: str) -> str:
    """What an engine makes of a number now and then."""
    if chance.random() > 0.02:
        return number
    pairs = [("第", "笫"), ("一", "—"), ("、", "，"), ("．", "."), ("（", "("), ("1、", "l、")]
    fitting = [(a, b) for a, b in pairs if a in number and (b != "—" or number.startswith("第"))]
    return number.replace(*chance.choice(fitting), 1) if fitting else number


def _children(
    made: Generated, chance: random.Random, styles: Sequence[Style], numbers: tuple[int, ...], key: str
) -> None:
    if chance.random() < 0.3:
        made.add("双方约定如下：")
    depth = len(numbers)
    if chance.random() < 0.06:  # a list printed otherwise than its like
        families = {style.family for style in styles}
        styles = [
            *styles[:depth],
            chance.choice([s for s in INNER if s.family not in families | {"decimal"}]),
            *styles[depth + 1 :],
        ]
    labelled = styles[depth].family != "decimal" and chance.random() < 0.05
    for turn in range(1, 3 if labelled else 2):
        if labelled:
            made.add("甲方：" if turn == 1 else "乙方：")
        again = "" if turn == 1 else "~2"
        most = min(chance.randint(2, 9), styles[depth].most)
        if turn == 1:
            shown = most
        for number in range(1, (most if turn == 1 else min(most, shown)) + 1):
            _clause(made, chance, styles, (*numbers, number), key, again)


def _body(made: Generated, chance: random.Random, needed: bool) -> None:
    """Paragraphs of a clause, with lines that begin like numbers, and a table now and then."""
    if needed or chance.random() < 0.25:
        made.add(chance.choice(SENTENCES))
    if chance.random() < 0.06:
        made.add(chance.choice(TRAPS))
    if chance.random() < 0.02:
        for row in ("序号\t名称\t数量", "1\t水泵\t2", "2\t风机\t3", "合计\t\t5"):
            made.add(row)
