"""Names of parties: where one ends, what is said of it in brackets, and what is no name.

`青禾科技有限公司（以下简称“青禾”）（原青禾信息有限公司） 地址：…` is the name 青禾科技有限公司, an alias and a
former name.
"""

import re
from dataclasses import dataclass, field, replace

from nlp.extract.name_notes import QUOTED, QUOTES, quoted_words, without_notes
from nlp.values.blanks import find_blanks

Place = tuple[int, int]

_SHORT = re.compile(
    r"\(? ?(?:以下|下|下文|在下文中|本合同中?|本协议中?)?(?:均|合|统|共同)?(?:简)?称(?:为|作|之为|“)?[: ]*"
    r"(?P<names>[“\"'‘「]?[^()，。;、“”\"]{1,16}[”\"'’」]?(?:(?:或|、|,|，"
    r"| ){1,2}[“\"'‘「][^()，。;、“”\"]{1,16}[”\"'’」]){0,3}) ?\)?"
)
_FORMER = re.compile(
    r"\( ?(?:原名?|曾用名|前身(?:为|是)?|更名前|原名称|原单位名称)(?:称|为|系)?[: ]*(?P<name>[^()，。;]{3,40}) ?\)"
)
_NAME_END = re.compile(
    r"[\n\t;；。|]| {3,}| {2,}(?=\d{4} ?[年./-])|[,，](?!\d)|\( ?(?=(?:以下|下|本合同|本协议)?(?:文)?(?:合|统|均"
    r"|共同)?(?:简)?称"
    r"|[男女] ?[，,)]|(?:登记|执业|资格|证|工|编)号|(?:电话|手机)[:号 ]|原|曾用名|前身|盖|公章|签"
    r"|单位盖章|如为|统一|身份证|注册|法定|住[址所]|地址|公民身份|联系[人电地]|加盖|章\)|1\d{10}|0\d{2,3}-?\d{7})"
)
# 苏某某 学员姓名：苏小某: a field that stands behind the name in its line, at one blank from it
# 王芳 电话 13800138000: or one without a colon
_NEXT_FIELD = re.compile(
    r" +[一-龥]{2,8}(?:\([^()\n]{1,10}\))? ?:"
    r"| +(?:(?:联系)?(?:电话|手机)|身份证|地址|住址|住所|联系人|法定代表人|项目经理|委托代理人)[号码]{0,2} (?=\S)"
)
_ORGANISATION = (
    "公司|集团|中心|总局|分局|[市区县省镇乡]局|委员会|大学|学院|学校|中学|小学|幼儿园|医院|研究[院所]|设计院"
    "|科学院|法院|检察院"
    "|工厂|[机械电器材制造纺织化工]厂|商店|商行|商场|超市|酒店|宾馆|饭店|餐厅|书店|药店|经营部|营业部|门市部"
    "|工作室|事务所|合作社|协会|学会|基金会"
    "|联合会|管理[处局所站]|办公室|政府|银行|支行|分行|信用社|出版社|报社|电视台|博物馆|图书馆|文献中心|文献馆"
    "|档案馆|体育馆|剧院|合伙\\)|个体工商户"
    "|门诊部|诊所|卫生院|敬老院|养老院|福利院|指挥部|工程队|施工队|筹[备建]处|管委会|联合社|联社|商会"
    "|街道办事处|办事处|居委会|村委会|业主大会|俱乐部|农场|牧场|林场|养殖场|码头|车站|机场|Ltd\\.?|LTD\\.?"
    "|Inc\\.?|LLC|GmbH|Corp\\.?|Limited|Co\\.,? ?Ltd\\.?"
)
ORGANISATION = re.compile(rf"(?:{_ORGANISATION})\)?\Z")
_ENDING = re.compile(_ORGANISATION)
_PERSON = re.compile(r"[一-龥·]{2,6}(?:女士|先生)?\Z|[A-Z][a-z]+(?: [A-Z][a-z.]+){1,3}\Z")
_NOTES = re.compile(
    r"\( ?(?:[^()]{0,4}(?:盖章|公章|签字|签章|签名|捺印|手印|指印)|全称|章|先生|女士|先生/女士)[^()]{0,8}\)"
)
_NO_NAME = re.compile(
    r"(?:详见|见|同上|如下|无|/|签字|盖章|签章|按|以|根据|为了|本合同|本协议|双方|系|是|指|应当?|须|有权|负责"
    r"|提供|承担|保证|[0-9])|.*(?:如下|如前|约定|义务|责任|权利|信息)\Z"
)


# the printed tail of a form, ____物业服务有限公司: where it stands and what it says in general
_FORM = (
    r"(?:集团|股份|有限|责任)*(?:公司)?(?:业主(?:委员会|大会)|居民委员会|村民委员会|居委会|村委会|委员会|[分支]公司|(?:街道)?办事处"
    r"|分行|支行|事务所|工作室|合作社|中心|医院|学校|大学|学院|局|银行)?"
)
_TRADES = (
    "物业|服务|管理|科技|技术|工程|建筑|建设|市政|园林|绿化|安装|装饰|装修|设计|咨询|软件|信息|网络|电子|商贸|贸易|供应链|物流|运输|餐饮|食品"
    "|医疗|医药|器械|设备|机械|制造|实业|投资|房地产|置业|开发|教育|文化|传媒|广告|能源|环保|人力资源|劳务|保安|保洁|租赁|小额贷款|融资|担保"
    "|保险|农业|汽车|销售|产业|发展|材料|化工"
)
_TAIL = re.compile(rf"(?:[省市区县镇乡]|小区|社区)?(?:{_TRADES})*{_FORM}")
# no name begins with the word for a place: ____市第三人民医院
_PLACE_LEFT_OUT = re.compile(r"(?:[省县]|市(?!政|场)|区(?!域)|街道)[一-龥]{2}")
_FORM_ALONE = re.compile(_FORM)
# 买受人:____  签订时间:    年  月  日
_NEXT_LABEL = re.compile(r"[^:]{1,12}:\Z|(?:签[订署约]|订立|合同|编号|日期|时间)[^:]{0,6}:")
_ADDRESSED = re.compile(r"[一-龥·]{2,4}(?:女士|先生)")  # 王芳女士 is 王芳
_TO_WHOM = re.compile(r"(?:致|敬致|送) ?: ?")  # the address of a letter
_ROOM = 2  # lines or spaces that leave room for a name


_ASKED = re.compile(r"全称|名称|姓名|公司名|填写|甲方|乙方|单位")  # [甲方全称] asks for a name


@dataclass(frozen=True)
class Name:
    """What stands behind a party label.

    Attributes:
        start: first character of the name.
        end: one past the last; equal to start when there is no name.
        name: the name, or None when the place is blank or holds no name.
        blank: whether a blank was printed or nothing at all stands there.
        aliases: words of 以下简称 that are no role.
        former: former names with their places.
    """

    start: int
    end: int
    name: str | None
    blank: bool
    aliases: tuple[str, ...] = ()
    former: tuple[tuple[str, Place], ...] = field(default=())


def short_names(text: str, position: int, limit: int) -> list[tuple[str, Place]]:
    """The words of (以下简称“甲方”或“青禾”) right behind a place.

    Args:
        text: folded text.
        position: where the bracket may begin.
        limit: where to stop.
    """
    found: list[tuple[str, Place]] = []
    at = position
    while at < limit:
        gap = len(text[at:limit]) - len(text[at:limit].lstrip(" ,，_"))
        former = _FORMER.match(text, at + gap, limit)
        if former:
            at = former.end()
            continue
        quoted = QUOTED.match(text, at + gap, limit)
        if quoted:
            first = quoted.start("names")
            found += [(w, (first + n, first + n + len(w))) for w, n in quoted_words(quoted["names"])]
            at = quoted.end()
            continue
        match = _SHORT.match(text, at + gap, limit)
        if not match or "称" not in match[0]:
            break
        for part in re.finditer(rf"[^{QUOTES}或、,， ]+", match["names"]):
            start = match.start("names") + part.start()
            found.append((part[0], (start, start + len(part[0]))))
        at = match.end()
    return found


def read_name(text: str, position: int, limit: int) -> Name:
    """The name that begins at a place.

    Args:
        text: folded text.
        position: behind the label.
        limit: end of the line, cell or of the words before the next label.
    """
    start = position
    while start < limit and text[start] in " _:|":
        start += 1
    note = _NOTES.match(text, start, limit)
    if note and text[note.end() : limit].strip(" _"):
        start = note.end() + len(text[note.end() : limit]) - len(text[note.end() : limit].lstrip())
    to = _TO_WHOM.match(text, start, limit)
    start = to.end() if to else start
    found = (pattern.search(text, start, limit) for pattern in (_NAME_END, _NEXT_FIELD, QUOTED))
    end = min((cut.start() for cut in found if cut), default=limit)
    end = start + len(without_notes(text[start : _rtrim(text, start, end)]))
    if text[start : start + 1] in ("【", "[") and text[end - 1 : end] in ("】", "]"):
        start, end = start + 1, end - 1
        if re.search(r"全称|名称|姓名|公司名|填写|甲方|乙方|单位", text[start:end]) and not is_organisation(
            text[start:end]
        ):
            return Name(position, position, None, True)
    words = text[start:end]
    notes = _NOTES.search(words)
    if notes and notes.end() == len(words):
        end = start + len(words[: notes.start()].rstrip(" _"))
        words = text[start:end]
    former = tuple((m["name"].strip(), m.span("name")) for m in _FORMER.finditer(text, start, min(limit, end + 60)))
    aliases = tuple(word for word, _ in short_names(text, end, limit))
    if is_blank(words) or _is_tail(text[position:start], words) or _NEXT_LABEL.match(words):
        return Name(position, position, None, True, aliases, former)
    if not is_name(words):
        return Name(position, position, None, False, aliases, former)
    if _ADDRESSED.fullmatch(words):
        end, words = end - 2, words[:-2]
    return Name(start, end, words.strip(QUOTES), False, aliases, former)


def _is_tail(room: str, words: str) -> bool:
    """`____业主委员会`, `     公司`: a line to write on and the end of every such name, but no name."""
    if room.count("_") >= _ROOM:
        return bool(_TAIL.fullmatch(words) or _PLACE_LEFT_OUT.match(words))
    # spaces also align columns: 建设银行 behind some is a name
    return room.count(" ") >= _ROOM and bool(_FORM_ALONE.fullmatch(words))


def _rtrim(text: str, start: int, end: int) -> int:
    """Where a name ends without marks behind it; the stop of Ltd. belongs to it."""
    words = text[start:end].rstrip(" _、,，·-([（")
    while words.endswith(".") and not re.search(r"(?:Ltd|Inc|Co|Corp|LLC|Pte|GmbH|S\.A)\.\Z", words):
        words = words[:-1].rstrip(" _、,，·-")
    return start + len(words)


def is_blank(words: str) -> bool:
    """Whether nothing but blanks, masks and notes stands in a place for a name."""
    bare = _NOTES.sub("", words).strip(" _-—()[]【】:、.。")
    if re.fullmatch(r"签字|盖章|签章|签名|公章|签字盖章|此处盖章|章", bare):
        return True
    if not bare or "填写" in bare or "请填" in bare:
        return True
    blanks = find_blanks(words)
    return any(b.state == "empty" and b.form in ("crosses", "placeholder", "drawn", "bracket") for b in blanks) or bool(
        re.search(r"[xX×*＊]{2,}", bare)
    )


# 收件地址临川市望江路7号, 联系人 李明: no name but what is said of one
_SAID_OF = re.compile(r"(?:地址|住所|住址|联系人|电话)[ :]|[一-龥]{0,4}地址[一-龥]{2}|(?:联系人|收件人)[一-龥]{2,4}\Z")


def is_name(words: str) -> bool:
    """Whether words can be the name of a party: an organisation, or a short name of a person."""
    bare = words.strip(QUOTES + " ")
    if _NEXT_LABEL.match(bare):
        return False
    if re.search(r"[☑☒☐□√✓]", bare) or _SAID_OF.match(bare):
        return False
    if not 2 <= len(bare) <= 60 or not re.search(r"[一-龥A-Za-z]", bare):
        return False
    if ORGANISATION.search(bare):
        return True
    if _NO_NAME.match(bare):
        return False
    return bool(_PERSON.match(bare)) or (len(bare) <= 30 and not re.search(r"[。!?]|应当|如果|按照", bare))


_JOINS = re.compile(r" ?、 ?| (?:和|与|及) | / ")


def several_names(text: str, name: Name) -> list[Name]:
    """`周大山、刘小河` behind one label are two people; a list with anything but names in it stays as it is.

    Args:
        text: folded text.
        name: as read behind the label.
    """
    words = text[name.start : name.end]
    borders = [(m.start(), m.end()) for m in _JOINS.finditer(words)] if name.name else []
    places = list(zip([0, *(end for _, end in borders)], [*(start for start, _ in borders), len(words)], strict=True))
    names = [words[start:end] for start, end in places]
    one_kind = all(ORGANISATION.search(n) for n in names) or all(re.fullmatch(r"[一-龥·]{2,4}", n) for n in names)
    if len(names) < 2 or not one_kind:
        return [name]
    first = replace(name, end=name.start + places[0][1], name=names[0])
    rest = [Name(name.start + s, name.start + e, words[s:e], False) for s, e in places[1:]]
    return [first, *rest]


def is_organisation(words: str) -> bool:
    """Whether words end as names of organisations do."""
    return bool(ORGANISATION.search(words.strip(QUOTES + " ")))


def past_organisations(text: str, start: int, end: int) -> list[int]:
    """Places right behind the ending of an organisation's name.

    Args:
        text: folded text.
        start: where to look from.
        end: where to stop.
    """
    return [m.end() for m in _ENDING.finditer(text, start, end)]
