"""Which lines belong to one paragraph, judged by their words.

    …补充协议与本合同不一致的，以补充协     a sentence is running …
    议为准。                               … and this is its end

Geometry, where there is any, is judged in `ingest.paragraphs`; here is what the characters alone tell: how a new
paragraph begins (numbers, bullets, labels such as 甲方：) and how a sentence that is not over ends.
"""

import re
from typing import Final

from ingest.characters import count_han, is_han

_DIGITS: Final = "0-9０-９"
_CHINESE: Final = "一二三四五六七八九十百零〇两"
# 1.5万元, 3.2%, 24小时: a measure at the start of a line is the rest of a sentence, not a clause number
_MEASURE: Final = (
    r"(?:[%％‰‱°℃]|万|亿|元|个|天|日|月|年|周|小时|分钟|秒|份|台|套|次|名|人|米|千|百|公|吨|平|㎡|m|k|K|G|M|T)"
)

_STARTS: Final = re.compile(
    rf"""
      第\s*[{_CHINESE}{_DIGITS}\s]{{1,8}}\s*[条章节部分编款项]           # 第十二条
    | [（(]\s*(?:[{_CHINESE}]{{1,3}}|[{_DIGITS}]{{1,3}}|[a-zA-Z])\s*[）)]  # （三）  (2)  (a)
    | [{_CHINESE}]{{1,3}}\s*[、．.：:]                                    # 三、
    | [{_DIGITS}]{{1,3}}(?:[.．][{_DIGITS}]{{1,3}})+[.．、]?(?!\s*{_MEASURE})(?=\s|[^\s{_DIGITS}.．,，%])   # 5.1.2
    | [{_DIGITS}]{{1,3}}\s*[、）)]                                        # 4、
    | [{_DIGITS}]{{1,3}}\s*[.．](?![{_DIGITS}])                           # 4.
    | [a-zA-Z]\s*[.．、)）]\s*(?=\S)(?![a-z]\.)                           # a.
    | [①-⑳⑴-⒇⒈-⒛Ⓐ-ⓩ㈠-㈩]
    | [-–—•·●○◆◇■□▪▶►★☆☑☒☐✓✔√*※]\s*(?=\S)
    | 附\s*[件表录则]\s*[{_CHINESE}{_DIGITS}]{{0,3}}\s*(?:[：:\s]|$|(?=[^的中所、，。]))
    | 注\s*[：:{_DIGITS}]
    | [#＃]{{1,6}}\s
    """,
    re.VERBOSE,
)
# 甲方：, 开户行：, 法定代表人（签字）： at the start of a line
_LABEL: Final = re.compile(r"[^\s，,。；;、：:（(]{1,12}\s*(?:[（(][^）)]{1,16}[）)])?\s*[：:]")
_SPACED_LABEL: Final = re.compile(r"(?:\S\s+){1,5}\S\s*(?:[（(][^）)]{1,8}[）)]\s*)?[：:]")
# ¥118,160.00, （大写：…: a sum behind its words, while （签字）： begins a line of its own
_SUM: Final = re.compile(r"[（(]?\s*(?:[¥￥]|人民币|RMB|[大小]写)")
_LAST_WORDS: Final = re.compile(r"[一-龥]{1,8}\Z")
_LABELS: Final = re.compile(
    r"(?:联系)?电话|手机(?:号码?)?|传真|(?:通讯|联系|注册)?地址|住址|住所地?|邮编|邮政编码|(?:电子)?邮箱|(?:银行)?账号|账户(?:名称)?"
    r"|开户(?:银)?行|户名|税号|纳税人识别号|统一社会信用代码|身份证号码?|联系人|法定代表人|负责人|(?:授权|委托)代(?:表|理人)"
)
_PARTY: Final = re.compile(
    r"[（(]?(?:[甲乙丙丁]\s*方|[买卖]\s*方|出租|承租|发包|承包|委托|受托)\S{0,4}\s*(?:[（(][^）)]*[）)])?\s*(?:[：:]|$)"
)
# a stop behind a Chinese character is a speck of the scanner
_ENDED: Final = re.compile(r"[。；;！!？?：:…][”’」』）)\]】\"']*$|(?<=[A-Za-z0-9)\]%])[.][\"')\]]*$")
_RUNNING: Final = re.compile(r"[，,；;：:。、]")
_BRACKETS: Final = (("（", "）)"), ("(", ")）"), ("《", "》"), ("“", "”"), ("【", "】"))
_BRACKET_REACH: Final = 60
# 联系电话：__0571-8801__ and 代理人：____: the last field of a row of a form is filled in, or its room is over
_FIELD_AT_END: Final = re.compile(r"[：:]\s*_+(?:[^_]{1,40}_+)?\s*\Z")
_OPENING: Final = frozenset("（(《【“‘「『[{、，,")

# 2025年8月28日 or 年 月 日 alone on its line, as below a signature
_DATE_LINE: Final = re.compile(
    rf"[{_DIGITS}{_CHINESE}_ ]{{0,12}}年[{_DIGITS}{_CHINESE}_ ]{{0,8}}月[{_DIGITS}{_CHINESE}_ ]{{0,8}}日\s*\Z"
)


def starts_paragraph(text: str) -> bool:
    """Whether a line can only be the beginning of a paragraph: numbered, bulleted, labelled, or a date by itself."""
    return any(sign.match(text) for sign in (_STARTS, _LABEL, _SPACED_LABEL, _PARTY, _DATE_LINE))


def begins_item(text: str) -> bool:
    """Whether a line begins with a number, a bullet or the name of an annex."""
    return bool(_STARTS.match(text))


def wraps_into(before: str, after: str) -> bool:
    """Whether a line as wide as its page goes on in the next one.

    Width is evidence enough for the upper line; the lower one must not begin anything. What looks like a label there
    (行验收：) may be the end of the sentence, unless the upper line is a field of a form itself.
    """
    if ends_sentence(before) or before.endswith("_") or _STARTS.match(after) or _PARTY.match(after):
        return False
    if _cuts_label(before, after):
        return True
    return not (_LABEL.match(before) or _SPACED_LABEL.match(before)) or not starts_paragraph(after)


def _cuts_label(before: str, after: str) -> bool:
    """Whether a line ends in the middle of a label that the next one completes: 电 / 话：0600-8311001."""
    label = _LABEL.match(after)
    tail = _LAST_WORDS.search(before)
    if not label or not tail:
        return False
    rest = re.sub(r"[\s：:]", "", label[0])
    return any(_LABELS.fullmatch(tail[0][-length:] + rest) for length in range(1, len(tail[0]) + 1))


def ends_sentence(text: str) -> bool:
    """Whether the last sentence of a line is over."""
    return bool(_ENDED.search(text.rstrip()))


def must_continue(text: str) -> bool:
    """Whether a line cannot be the end of anything: it stops at a comma, or inside a bracket or quotation."""
    text = text.rstrip()
    if text[-1:] in _OPENING:
        return True
    tail = text[-_BRACKET_REACH:]
    return any(tail.rfind(left) > max(map(tail.rfind, right)) for left, right in _BRACKETS)


def is_running(text: str) -> bool:
    """Whether a line is in the middle of a sentence: it has inner punctuation and no end."""
    words = _body(text)
    return (not ends_sentence(words) and bool(_RUNNING.search(words))) or must_continue(words)


def _body(text: str) -> str:
    """The words behind a number (4、) and a label (乙方：): their punctuation says nothing of the sentence."""
    for prefix in (_STARTS, _LABEL, _SPACED_LABEL):
        found = prefix.match(text)
        text = text[found.end() :] if found else text
    return text


def continues(before: str, after: str) -> bool:
    """Whether two lines of unknown geometry are one paragraph.

    Args:
        before: the upper line, without blanks at its ends.
        after: the lower line.

    Returns:
        True only with evidence on both sides: the upper line is in mid-sentence, the lower one neither begins anything
        nor is a heading.
    """
    if not before or not after or ends_sentence(before) or begins_item(after):
        return False
    if must_continue(before):
        return True
    if starts_paragraph(after):
        return False
    labelled = _LABEL.match(before) or _SPACED_LABEL.match(before)  # 供  方： as well
    if labelled and (not is_running(before) or _FIELD_AT_END.search(before)):
        return False
    if not is_running(before) and len(before) < 30:
        return False
    if count_han(before) * 3 < len(before):
        # Latin text: a small letter goes on
        return after[0].islower()
    goes_on = is_han(after[0]) or after[0].isalnum() or after[0] in "，。；、）)”》%％" or bool(_SUM.match(after))
    return goes_on and bool(_RUNNING.search(after))
