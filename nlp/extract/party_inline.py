"""What is said of a party in running words behind its name, without a colon.

`出借人（甲方）：李明，男，身份证号码…，住临川市望江路7号；电话0600-80001201` gives an address and a telephone;
`…，注册地址为临川市望江路7号（以下简称“青禾”）` an address and a short name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nlp.extract.names import Name, Place, short_names

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "address",
        re.compile(
            r"(?P<label>(?:其)?(?:注册|营业|经营|办公|联系|通讯|通信|送达|收件|邮寄|实际居住|现居住|户籍|身份证)?(?:地址|住所(?:地|(?!地))|住址)(?:为|是|位于|在)?|现?住"
            r"(?:址|所(?!地))?(?:为|在|于)?)(?![:所址宅房户]) ?(?P<value>[^，,;；。()\n:]{4,60})"
        ),
    ),
    (
        "agent",
        re.compile(
            r"(?P<label>(?:联系人|项目经理|委托代理人|经办人|授权代表) "
            r"|(?:联系人|授权代表|委托代理人|经办人|收件人)(?:为|是) ?"
            r"|(?:联系人|收件人)(?![变应的由可发签及和与不收须将有无在对均负每按同或以姓电地确通信为是]))"
            r"(?P<value>[一-龥·]{2,4}"
            r"|[A-Z][a-z]+(?: [A-Z][a-z]+){1,3})"
            r"(?=[，,;；。 )]|\Z)"
        ),
    ),
    ("phone", re.compile(r"(?P<label>(?:联系)?(?:电话|手机)(?:号码?)?(?:为|是)?) ?(?P<value>\+?\d[\d -]{6,20}\d)")),
    # 房东：王芳（13800138000）
    ("phone", re.compile(r"(?<=\()(?P<label> ?)(?P<value>1\d{10}|0\d{2,3}-?\d{7,8})(?= ?[,，;；)])")),
    ("postcode", re.compile(r"(?P<label>邮(?:政)?编(?:码)?(?:为|是)?) ?(?P<value>\d{6})(?!\d)")),
    (
        "email",
        re.compile(
            r"(?P<label>(?:电邮|(?:电子)?(?:邮箱|邮件|信箱))(?:地址)?(?:为"
            r"|是)?) ?(?P<value>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
            re.ASCII,
        ),
    ),
    (
        "bank",
        re.compile(
            r"(?P<label>开户(?:银)?行(?:为|是)?) ?(?P<value>[一-龥]{3,24}?(?:支行|分行|银行|信用社"
            r"|营业部))(?=[，,;；。 )]|\Z)"
        ),
    ),
    ("account", re.compile(r"(?P<label>(?:银行)?[账帐][号户](?:号码)?(?:为|是)?) ?(?P<value>\d[\d ]{7,30}\d)(?!\d)")),
    (
        "legal_representative",
        re.compile(
            r"(?P<label>(?:法定代表人|(?<!项目)负责人|经营者)(?:为|是)?) ?(?P<value>[一-龥·]{2,4})(?=[，,;；。()]|\Z)"
        ),
    ),
    ("credit_code", re.compile(r"(?P<label>统一社会信用代码(?:为)?) ?(?P<value>[0-9A-Z]{18})(?![0-9A-Z])")),
)
_BORDER = re.compile(r"[，,;；。(（、 :]")


@dataclass(frozen=True, slots=True)
class Inline:
    """A contact said in words.

    Attributes:
        field: of the record.
        value: its place.
        label: place of the words that announce it.
        words: those words.
        rule: id of the rule.
    """

    field: str
    value: Place
    label: Place
    words: str
    rule: str


def said_inline(text: str, start: int, limit: int) -> Iterator[Inline]:
    """Contacts in running words.

    Args:
        text: folded text.
        start: behind the name of the party.
        limit: end of the line, or where the next label begins.
    """
    for field, pattern in _PATTERNS:
        for match in pattern.finditer(text, start, limit):
            if _BORDER.match(text[match.start() - 1 : match.start()]):
                end = match.start("value") + len(match["value"].rstrip())
                value = (match.start("value"), end)
                yield Inline(field, value, match.span("label"), match["label"], f"contact.{field}")
                break


def short_name_later(text: str, name: Name, limit: int) -> Name:
    """A short name that stands at the end of what is said of a party: 某公司，注册于某地（以下简称“青禾”）.

    Args:
        text: folded text.
        name: as read right behind the label.
        limit: end of the line, or where the next label begins.
    """
    if name.name is None or name.aliases:
        return name
    for match in re.finditer(r"\((?=[^()]{0,8}称)", text[name.end : limit]):
        words = tuple(word for word, _ in short_names(text, name.end + match.start(), limit))
        if words:
            return replace(name, aliases=words)
    return name
