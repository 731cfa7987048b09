"""One block of a signature part: whose it is, the labels that ask who signs, and the name behind them.

`法定代表人：何玉成 / 授权代表（签字）：宋望舒` is signed by 宋望舒: a label that asks for a signature counts before one
that names a representative. `授权代表（签字）：____` below 法定代表人：何玉成 is signed by nobody.
"""

import re
from dataclasses import dataclass, field

from nlp.extract.labels import match_role
from nlp.extract.names import is_blank, is_organisation, read_name
from nlp.reading import Reading
from schema.party import Party
from schema.span import Span

_SIGNED = r"(?:\((?:签字|签名|签章|签字或盖章|盖章|签字盖章|签名或盖章)\))?"
_REPRESENTATIVE = (
    r"法定代表人|授权(?:委托)?代表|委托代理人|代理人|负责人|代表|经办人|签署人|签约代表|签字人|法人代表"
    r"|(?<![一-龥])(?:总经理|董事长|执行董事|校长|院长|厂长|园长|姓名)"
)
# 法定代表人(签字):   授权代表:   (签字):   代表签字:   (签字)宋望舒
SIGNER = re.compile(
    rf"(?:(?:{_REPRESENTATIVE})[^:\n\t ]{{0,20}}|[(（]? ?签 ?[字名章] ?[)）]?|代表签字|签署) ?{_SIGNED} *[:：\t] *"
    r"|(?<![^\n\t ])\((?:签字|签名)\) *(?=[一-龥·]{2,4}(?:[\n ]|\Z))"
)
DATE_LABEL = re.compile(r"(?:签订|签署|签约|签字|盖章)?(?:日 {0,4}期|时间|签署日) *[:：]")
_REPRESENTED = re.compile(rf" ?(?:的|单位)?(?:授权|委托)?(?:{_REPRESENTATIVE})")
OWN_LABEL = 16  # 甲方（签字）: is no line of its own to sign on
NAME = re.compile(r"[一-龥·]{2,5}(?=\Z| |[(（，,;；\d_])|[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}")
_BARE_NAME = re.compile(r"[一-龥·]{2,4}")
_NO_PERSON = re.compile(
    r"盖 ?章|公 ?章|签 ?[字名章署]|日 ?期|地 ?[址点]|电话|传真|账号|开户|单位|公司"
    r"|代表|代理|经办|邮编|编号|年.?月|附件|正文|职务"
)
# 法定代表人：翟远 / 委托代理人：宋望舒: the agent signs
_STANDS_IN = re.compile(r"(?:委托|授权)(?:委托)?(?:代理人|代表)")
_ORGANISATION_SIGNS = re.compile(r"单位|公司|盖 ?章|公 ?章")


@dataclass
class Block:
    """Lines of one party in a signature part.

    Attributes:
        start: first character of its label.
        end: one past its last line.
        party: party id.
        signer: who signed.
        date: when, ISO.
        person: the name behind the label where the party is a person (出租方：李明).
        to_sign: whether a line of its own asks for the signature (签字：).
        asked: whether the signer stands behind a label that asks for a signature.
        office: whether the signer is only named as 法定代表人, whose place an agent takes.
        labels: places of the party labels.
    """

    start: int
    end: int
    party: str | None
    signer: str | None = None
    date: str | None = None
    person: str | None = None
    to_sign: bool = False
    asked: bool = False
    office: bool = False
    labels: list[Span] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether it says neither who signed nor when."""
        return not (self.signer or self.date or self.person)

    def sign(self, name: str | None, *, asked: bool, label: str = "") -> None:
        """Take a name that stands behind a label; None where a label asks for a signature and nothing follows."""
        stands_in = self.office and not self.asked and bool(_STANDS_IN.search(label))
        if name is None:
            self.signer = self.signer if self.asked else None
        elif self.signer is None or (asked and not self.asked) or stands_in:
            self.signer, self.asked = name, asked
            self.office = "法定代表人" in label and not _STANDS_IN.search(label)


def party_of(parties: list[Party], roles: tuple[str, ...]) -> str | None:
    """Id of the party that has one of these role words."""
    return next((p.id for p in parties if set(roles) & {p.role, *p.other_roles}), None)


def named_at(reading: Reading, start: int, end: int) -> str | None:
    """Id of the company whose name or short name a cell or column begins with, and which is all it holds but a seal."""
    for party in reading.parties:
        for mention in party.mentions:
            if mention.span.start != start or mention.form not in ("name", "alias") or mention.span.end > end:
                continue
            words, rest = mention.span.of(reading.text), reading.text[mention.span.end : end]
            sealed = re.fullmatch(r" ?(?:\([^()]{0,4}[章签][^()]{0,4}\))? ?:?\s*", rest)
            if sealed and (mention.form == "alias" or is_organisation(words)):
                return party.id
    return None


def called_at(reading: Reading, start: int, end: int) -> str | None:
    """Id of the party of 公司（盖章）：…, 员工（签字）：…, whose word is a label in this contract alone."""
    for party in reading.parties:
        for word in sorted({party.role, *party.other_roles, *party.aliases}, key=len, reverse=True):
            pattern = rf"{re.escape(word)} ?(?:\([^()]{{0,8}}[章签印][^()]{{0,6}}\) ?:|(?:盖章|签字|签章|签名) ?:)"
            if re.compile(pattern).match(reading.text, start, end):
                return party.id
    return None


def represented_at(reading: Reading, start: int, end: int) -> str | None:
    """Id of the party that a label with its representative begins with (乙方授权代表（签字）：)."""
    label = match_role(reading.text, start)
    if label is None or label.colon or label.end >= end or not _REPRESENTED.match(reading.text, label.end, end):
        return None
    return party_of(reading.parties, label.roles) if SIGNER.match(reading.text, label.end, end) else None


def note(reading: Reading, block: Block, start: int, end: int) -> None:
    """The signer and the date of a line."""
    found = list(SIGNER.finditer(reading.text, start, end))
    for number, match in enumerate(found, 1):
        limit = found[number].start() if number < len(found) else end
        outside = not (block.labels and block.labels[0].start <= match.start() < block.labels[0].end + OWN_LABEL)
        block.to_sign |= outside
        words = reading.text[match.end() : limit]
        name = signer_in(words)
        asked = "签" in match[0] or bool(name and re.match(r" *\(签", words.strip(" _")[len(name) :]))
        before = reading.text[max(start, match.start() - 6) : match.end()]
        if name:
            block.sign(name, asked=asked, label=match[0])
        elif outside and asked and not words.strip(" _") and not _ORGANISATION_SIGNS.search(before):
            block.sign(None, asked=True)
    note_date(reading, block, start, end)


def note_date(reading: Reading, block: Block, start: int, end: int) -> None:
    """The first whole date of a place; 2026年__月__日 is none."""
    date = next((d for d in reading.dates if start <= d.span.start < end and d.valid and d.end is None), None)
    if date and block.date is None and not re.match(r" *[_ ]+[月日](?!期)", reading.text[date.span.end :][:8]):
        block.date = date.value


def signer_in(words: str) -> str | None:
    """The name behind 签字： or None where a line, another label or a company stands there."""
    words = re.sub(rf"\A{_SIGNED} *", "", words.strip(" _"))
    name = NAME.match(words)
    if name and is_organisation(read_name(words, 0, len(words)).name or ""):
        return None  # 出租方（签章）：环宇置业（江临）有限公司
    if name and not is_blank(name[0]) and not match_role(name[0]) and not _NO_PERSON.search(name[0]):
        return name[0]
    return None


def is_person(words: str) -> bool:
    """Whether a column holds nothing but the name of a person."""
    return bool(_BARE_NAME.fullmatch(words)) and not _NO_PERSON.search(words) and not match_role(words)
