"""How many copies of the contract there are, and who keeps them.

`本合同一式肆份，甲方执叁份，乙方执壹份`, `合同连同附件共五份`, `正本2份，副本4份`. What else comes in several copies
(验收单一式三份, 竣工图一式四套) says nothing of the contract.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from nlp.extract.sentences import Sentence
from nlp.reading import Reading
from nlp.values.numerals import parse_number
from schema.closing import Copies, Share

_NUMBER = (
    r"[【\[(_ ]*(?P<number>\d{1,2}|[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3})[】\])_ ]*(?:\([^()]{1,4}\))? *份"
)
_NUMBER2 = _NUMBER.replace("number", "number2")
_NUMBER3 = _NUMBER.replace("number", "number3")
_TOTAL = re.compile(
    r"(?:[一壹]式|(?:正本|文本|原件|纸质(?:版|件|合同|协议)?(?:文本)?)(?![^，,。;]{0,4}式)"
    r"(?=[^，,。;]{0,8}份)) *[【\[(_]* *(?P<number>\d{1,2}"
    r"|[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3})[】\])_ ]*(?:\([^()]{1,4}\))? *[份式]"
)
# 连同附件   及其全部附件   （含附件）   附件与本合同
_WITH_ANNEX = (
    r"(?:[( ]*(?:连同|及|和|与|暨|包括|含)(?:其|全部|所有|各|相关|本合同|本协议|的)*附件[) ]*|\(附件\))"
    r"|附件(?:与|和|及|连同)(?=本?(?:合同|协议))"
)
_IN_ALL = r"(?:合计|总计|共计?|一共)"
# 本合同共三份   合同连同附件共五份   本协议签署两份   本合同…各执两份，共四份
_COUNTED = re.compile(
    rf"(?:(?:本|此|(?<![一-龥]))(?:合同|协议|约定书)|本[一-龥]{{2,4}}书)(?:书|文本)?(?:{_WITH_ANNEX})?"
    rf"(?:共有?|有|计|总计|合计|制作|印制|印|缮写|打印|签署|签订|订立|正副?本)+{_NUMBER}"
    rf"|(?:签署|签订|打印|制作)[本此](?:合同|协议)书?{_NUMBER2}"
    rf"|(?:合同|协议)[^，,。;]{{0,6}}(?:各|分别)[执持][^，,。;]{{1,4}}份[，,](?:合同|协议)?{_IN_ALL}{_NUMBER3}"
)
# what else comes in several copies: 验收单一式三份, 竣工图一式四套
_OTHER_PAPER = re.compile(
    r"附件|保函|发票|图纸|资料|报告|文件(?!具)|手册|(?<!订)单|证|纪要|样品|方案|[^，,。;]图|表|(?<!协议)(?<!合同)(?<!契约)书"
    r"|复印件|扫描件"
)
_CONTRACT = re.compile(r"合同|协议|契约|合约|借条|借据|欠条|订单|备忘录|意向书|文本|本书")
# 本约定书, 本承诺书: the paper that speaks
_THIS_PAPER = re.compile(r"本(?!次|项|工程|月|期|批|年)[一-龥]{2,6}书\Z")
# 兹签订正本一式两份
_NO_OTHER_SUBJECT = re.compile(
    r"(?:兹|现|此|其|经|另行?|再|制作|纸质|双方|各方|"
    r"共同|签订|签署|订立|打印|共|计|均|中英?文|正本|原件|书面|以上|上述| )*"
)
_SHARE = re.compile(
    rf"(?P<each>各自?|分别|每一?方|每人|一人)?(?:执有?|持有?|收执|保存|保留|保管|留存|留|存|备案|收)?(?:正本|副本)?{_NUMBER}"
)
_KEPT = re.compile(r"执|持|存|留|保管|备案|收")
# 正本2份，副本4份，合计一式六份
_DUPLICATES = re.compile(rf"[，,、;和及 ]*副本(?:[一壹]式)?{_NUMBER}(?:[，,、;( ]*{_IN_ALL}(?:一式)?{_NUMBER2})?")
# …；副本四份，双方各两份
_TOLD_APART = re.compile(rf"[，,;。]\s*(?:另有?)?副本(?:[一壹]式|共计?|为)?{_NUMBER}(?=[，,。;]|\Z)")


def find_copies(reading: Reading, sentences: Sequence[Sentence]) -> Copies | None:
    """The first sentence that counts the copies of the contract.

    Args:
        reading: with parties and mentions.
        sentences: of the contract itself, without annexes.
    """
    for number, sentence in enumerate(sentences):
        match = _TOTAL.search(sentence.text)
        if match is not None and not _of_contract(sentence, sentence.start + match.start()):
            match = None
        match = match or _COUNTED.search(sentence.text)
        if match is None:
            continue
        words = next(value for name, value in match.groupdict().items() if name.startswith("number") and value)
        before = sentence.start if match.groupdict().get("number3") else sentence.start + match.end()
        return Copies(
            total=_with_duplicates(sentence, match) or _with_told(reading, sentences, number, match) or _count(words),
            shares=_joined(reading, sentences, number, before),
            span=sentence.span,
            text=sentence.span.of(reading.document.text),
        )
    return None


def _with_duplicates(sentence: Sentence, match: re.Match[str]) -> Decimal | None:
    """All copies where originals and duplicates are counted apart."""
    if not re.search(r"正本(?:[一壹]式)?\Z", sentence.text[: match.start()]) and not re.match("正本", match[0]):
        return None
    more = _DUPLICATES.match(sentence.text, match.end())
    if more is None:
        return None
    first, second = _count(match["number"]), _count(more["number"])
    total = _count(more["number2"]) if more["number2"] else None
    return total or (first + second if first and second else None)


def _with_told(reading: Reading, sentences: Sequence[Sentence], number: int, match: re.Match[str]) -> Decimal | None:
    """All copies where duplicates are counted by words of their own: 正本两份，双方各一份；副本四份，双方各两份."""
    sentence = sentences[number]
    original = match.groupdict().get("number")
    if original is None or not re.search(
        r"正本(?:[一壹]式)?\Z", sentence.text[: match.start("number")].rstrip(" _【[(")
    ):
        return None
    last = next((s for s in sentences[number + 1 : number + 2] if s.unit is sentence.unit), sentence)
    words = reading.text[sentence.start + match.end() : last.end]
    told = _TOLD_APART.search(words)
    # 双方各执正本一份、副本两份: shares of each
    if told is None or "正本" in words[: told.start()]:
        return None
    first, second = _count(original), _count(told["number"])
    return first + second if first and second else None


def _of_contract(sentence: Sentence, start: int) -> bool:
    """Whether it is the contract that comes in copies, and no paper named in it."""
    words = re.sub(_WITH_ANNEX, "", sentence.slice(sentence.piece(start)[0], start))
    if _THIS_PAPER.search(words):
        return True
    if _OTHER_PAPER.search(words[-6:]):
        return False
    return bool(_CONTRACT.search(words) or _NO_OTHER_SUBJECT.fullmatch(words))


def _joined(reading: Reading, sentences: Sequence[Sentence], number: int, start: int) -> tuple[Share, ...]:
    """Copies of each party, those of 正本…；副本… together; sentences that only a semicolon parts go on."""
    held: dict[str, Decimal] = {}
    while True:
        for share in _shares(reading, sentences[number], start):
            if share.party and share.number is not None:
                held[share.party] = held.get(share.party, Decimal(0)) + share.number
        last, number = sentences[number], number + 1
        between = reading.text[last.end : sentences[number].start].strip() if number < len(sentences) else ""
        goes_on = between == ";" or (between == "。" and sentences[number].text.startswith("副本"))
        if not goes_on or sentences[number].unit is not last.unit:
            break
        start = sentences[number].start
        if not re.match(rf"(?:副本|[^，,。;]{{0,8}}[方人]){'[^，,。;]{0,6}'}{_NUMBER}", sentences[number].text):
            break
    return tuple(Share(party=party, number=count) for party, count in held.items())


def _shares(reading: Reading, sentence: Sentence, start: int) -> Iterator[Share]:
    position = start
    for match in _SHARE.finditer(sentence.text, start - sentence.start):
        if re.search(r"\(其中[^()]*\Z", sentence.text[: match.start()]):
            continue  # 甲方两份（其中一份存档案）
        number = _count(match["number"])
        at = sentence.start + match.start()
        named = reading.mentions.within(position, at)
        # 甲方两份 needs no verb, 其余两份 is nobody's
        said = _KEPT.search(match[0]) or match["each"] or any(m.end == at for m in named)
        position = sentence.start + match.end()
        if number is None or not said:
            continue
        # 各执正本一份、副本两份
        more = _DUPLICATES.match(sentence.text, match.end()) if "正本" in match[0] else None
        number += (_count(more["number"]) or 0) if more else 0
        parties = [m.party for m in named if m.kind == "party"]
        if any(m.kind in ("all", "any") for m in named) or (match["each"] and len(parties) != 1):
            parties = (
                [p.id for p in reading.parties if p.id in reading.mentions.parties] if len(parties) < 2 else parties
            )
        for party in dict.fromkeys(parties):
            yield Share(party=party, number=number)


def _count(words: str) -> Decimal | None:
    try:
        return parse_number(words)
    except ValueError:
        return None
