"""Labels of forms: what stands before a colon (or alone in a cell) and says what comes next.

`甲方（委托方）：`, `委托人（甲）`, `甲  方（盖章）`, `发包人（全称）：` name a party; `地址：`, `开户行及账号：`,
`甲方联系人：` say something about one. Leaves out who a contact belongs to: nlp.extract.party_blocks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from nlp.lexicon import Rule, read_rules


@dataclass(frozen=True, slots=True)
class RoleLabel:
    """A label that names a party.

    Attributes:
        start: its first character in the text searched.
        end: one past its last (behind the colon, if there is one).
        roles: role words as printed, letter first.
        rule: id of the rule of the first word.
        colon: whether a colon ends it.
        sealed: whether it is a signature label (盖章, 签字).
        called: the short name in its bracket, 委托方（以下简称“代理公司”）.
    """

    start: int
    end: int
    roles: tuple[str, ...]
    rule: str
    colon: bool
    sealed: bool
    called: str | None = None


@dataclass(frozen=True, slots=True)
class FieldLabel:
    """A label of a contact.

    Attributes:
        start: its first character.
        end: one past its last, behind the colon.
        fields: one field, or two of a label such as 开户行及账号.
        role: the party word in front (甲方联系人), or None.
        rule: id of the rule.
        words: the label as printed, without colon.
    """

    start: int
    end: int
    fields: tuple[str, ...]
    role: str | None
    rule: str
    words: str


_LETTERS = "甲乙丙丁戊己庚辛"
_SEAL = r"签字|签章|签名|签署|盖章|公章|印章|单位章|章|印|[按捺]?[手指]印|捺印|指纹|合同(?:专用)?章"
_SEALED = rf"(?:加盖)?(?:单位|公司|法人)?(?:{_SEAL})(?: ?[/、或及和并]? ?(?:加盖)?(?:单位|公司)?(?:{_SEAL}))*"
_NOTE = (
    rf"(?P<note> ?[(【\[] ?(?:{_SEALED}|全称|名称|姓名|单位全称|公司名称|如有|单位名称|个人或单位|签约方|单位|公司"
    rf"|企业|法人|[^()\n]{{0,60}}[☑☒☐□√✓][^()\n]{{0,60}}) ?[)】\]])"
)
_NAME_WORD = (
    r"(?P<subject> ?(?:单位|公司|企业|人)?(?:全称|名称|姓名)(?: ?\((?:或姓名|全称|盖章|公章)\))?"
    r"|(?:单位|公司|企业)(?=(?: ?\([^()]{1,6}\))? ?:))"
)


@cache
def role_pattern() -> str:
    """Any role word of the table."""
    return "|".join(pattern for rule in read_rules("roles") for pattern in rule.patterns)


_CALLED = r"(?:(?:以下|下文?|本合同)?(?:简)?称(?:为)?|即)? ?[“\"'‘]?"
_NO_ROLE = "全称|名称|姓名|单位|公司|企业|个人|盖章|公章|签字|签章|签名|章"


@cache
def _role_label() -> re.Pattern[str]:
    """Matches 甲方, 甲方(委托方), 委托人(甲), 用户单位(甲方), 甲方(盖章) and 甲方(买方)名称, with or without colon."""
    word = rf"(?!(?:以下|下文?|简)?(?:简)?称)(?!(?:单位|公司)?(?:{_NO_ROLE})[ )】\]/、或])[一-龥A-Za-z]{{2,12}}"
    called = r"(?<=[称为“\"‘'])(?:公司|单位|企业|学校|医院|员工|店方)"  # 用人单位（以下称公司）
    second = (
        rf" ?[(【\[/] ?{_CALLED}(?P<second>{called}|{role_pattern()}|[{_LETTERS}]|{word})[”\"'’]? ?(?:[)】\]]|(?= ?:))"
        r"| (?P<gloss>[A-Z][A-Za-z ]{1,18}?)(?= ?:)"
        r"| ?\( ?[“\"](?P<short>[^”\"()]{1,12})[”\"] ?\)"
    )
    first = rf"(?P<first>(?:{role_pattern()})(?:[1-9一二三四](?= ?[(:]))?)(?:{second})?"
    other = rf"(?P<unknown>{word}) ?[(【\[] ?{_CALLED}(?P<letter>[{_LETTERS}](?: {{0,4}}方)?)[”\"'’]? ?[)】\]]"
    return re.compile(
        rf"(?P<latin>[A-Za-z ]{{2,20}}[/ ] ?)?(?:{other}|{first})(?:{_NOTE})?{_NAME_WORD}?"
        rf"(?P<bare> ?(?:{_SEALED})(?= ?(?:\( ?(?:{_SEALED}) ?\) ?)?:))?"
        rf"(?P<note2> ?\( ?(?:{_SEALED}) ?\))? ?(?P<colon>[:：])?"
    )


def match_role(text: str, position: int = 0) -> RoleLabel | None:
    """The party label that begins at a place; `发 包 人` is read as 发包人.

    Args:
        text: folded text of a line or cell.
        position: where.
    """
    found = _match_role(text, position)
    if found is not None and found.colon:
        return found
    boxed = _BOXED.match(text, position)
    if boxed and (label := _match_role(f"{boxed['role']}:", 0)) and label.colon:
        return RoleLabel(position, boxed.end(), label.roles, label.rule, True, label.sealed)
    spaced = _SPACED.match(text, position)
    if spaced is None:
        return found
    places = [n for n in range(position, spaced.end()) if text[n] != " "]
    tight = "".join(text[n] for n in places)
    label = _match_role(tight, 0)
    if label is None or (found is not None and not label.colon):
        return found
    end = places[label.end - 1] + 1
    return RoleLabel(position, end, label.roles, label.rule, label.colon, label.sealed)


def match_called(text: str, start: int, past_colon: int, called: Mapping[str, str]) -> RoleLabel | None:
    """A short name that labels its party: 开发商（盖章）：.

    Args:
        text: folded text.
        start: from where to look.
        past_colon: one past the colon that ends the label.
        called: short names with the role word of their party.
    """
    words = "|".join(re.escape(word) for word in sorted(called, key=len, reverse=True))
    pattern = re.compile(rf"(?<![一-龥])(?P<word>{words})(?P<note> ?\( ?{_SEALED} ?\))? ?:")
    match = next((m for m in pattern.finditer(text, start, past_colon) if m.end() == past_colon), None)
    if match is None:
        return None
    role = called[match["word"]]
    return RoleLabel(match.start(), match.end(), (role,), rule_of(role), True, bool(match["note"]))


# 【甲方】:
_BOXED = re.compile(r"[【\[](?P<role>[^】\]\n]{2,8})[】\]] ?:")
# 发 包 人:   甲 方(委 托 人):
_SPACED = re.compile(r"[一-龥](?: {1,4}[一-龥]){1,4}(?: ?\((?:[一-龥] ?){1,8}\))? {0,4}:?")


def _match_role(text: str, position: int) -> RoleLabel | None:
    match = _role_label().match(text, position)
    if match is None or (match["unknown"] and re.search(r"有限|股份|集团|合伙", match["unknown"])):
        return None
    if match["unknown"]:
        roles = [_letter(match["letter"]), match["unknown"]]
    else:
        roles = [match["first"]]
        quoted = bool(match["second"]) and text[match.start("second") - 1] in "“\"'‘"
        known = bool(match["second"]) and (not quoted or rule_of(match["second"]) != "role.printed")
        if known and not re.fullmatch(_SEALED, match["second"]):
            roles.append(_letter(match["second"]))
        roles += [match["gloss"]] if match["gloss"] else []
    roles = [re.sub(r"\s", "", word) if word != match["gloss"] else word for word in roles]
    roles.sort(key=lambda word: not re.fullmatch(rf"[{_LETTERS}]方", word))
    sealed = bool(match["note2"] or match["bare"]) or bool(
        re.search(_SEAL, (match["note"] or "") + (match["second"] or ""))
    )
    called = match["short"] or (match["second"] if _quoted_only(match, text) else None)
    rule, colon = rule_of(roles[0]), bool(match["colon"])
    return RoleLabel(match.start(), match.end(), tuple(roles), rule, colon, sealed, called)


def _quoted_only(match: re.Match[str], text: str) -> bool:
    """Whether the bracket of a label quotes a short name that is no role word: 代理方（以下简称“晴川”）."""
    if not match["second"] or text[match.start("second") - 1] not in "“\"'‘":
        return False
    return rule_of(match["second"]) == "role.printed" and not re.fullmatch(_SEALED, match["second"])


def _letter(word: str) -> str:
    return f"{word}方" if word in _LETTERS else word


@cache
def rule_of(role: str) -> str:
    """Id of the row of the role table a word belongs to; `role.printed` for words the table does not know."""
    rules = read_rules("roles")
    return next((rule.id for rule in rules if rule.regex.fullmatch(unnumbered(role))), "role.printed")


def unnumbered(role: str) -> str:
    """`出租方2` is an 出租方, one of several."""
    return re.sub(r"(?<=..)[1-9一二三四]\Z", "", role)


@cache
def kinds_of(role: str) -> frozenset[str]:
    """What a role word has in common with words that mean the same party.

    买受人 and 买方 share the row of the table, 委托人 and 委托方 their stem; 监理人 and 承包人, both of whom provide
    something, share nothing.
    """
    if unnumbered(role) != role:
        return frozenset()
    rule = next((rule for rule in read_rules("roles") if rule.regex.fullmatch(role)), None)
    if rule is None or rule.id == "role.letter":
        return frozenset()
    if rule.data.get("synonyms"):
        return frozenset({rule.id})
    return frozenset({re.sub(r"(?:方|人|单位|企业|公司|商|机构)\Z", "", role)})


@cache
def _fields() -> tuple[tuple[Rule, str], ...]:
    return tuple((rule, str(rule.data["field"])) for rule in read_rules("contacts"))


@cache
def _field_regex() -> re.Pattern[str]:
    names = [f"(?P<f{n}>{'|'.join(rule.patterns)})" for n, (rule, _) in enumerate(_fields())]
    return re.compile("|".join(names))


@cache
def _before_field() -> re.Pattern[str]:
    return re.compile(rf"(?P<role>{role_pattern()})(?:的|指定|单位|公司|之|以下|下列|如下)? ?")


# 开票税号, 公司统一社会信用代码, 对账邮箱: what these labels mean does not hang on the words in front of them
_OF_ANY = ("credit_code", "email", "fax", "postcode", "bank")
_ANY_WORDS = re.compile(
    r"(?!.{0,4}(?:紧急|第三方|监[护理管]|担保|变更))[一-龥]{2,6}?(?=统一社会|社会信用|税号|纳税|电子邮|邮箱|传真|邮编|邮政|开户银?行)"
)
_JOIN = re.compile(r" ?(?:及其?|和|与|、|/|,|，) ?")
_AFTER_FIELD = re.compile(r"(?: ?\([^()\n]{1,10}\)| ?/? ?[A-Za-z][A-Za-z. -]{1,18}?)?(?: ?[为是])? ?(?P<colon>[:：])")
# (身份证/营业执照号码): a label in a bracket
_AFTER_BRACKET = re.compile(r" ?\) ?(?P<colon>[:：])")
_AFTER_CELL = re.compile(r"(?: ?\([^()\n]{1,10}\))? ?(?P<colon>[:：]?) *\Z")


def match_field(text: str, position: int = 0, *, cell: bool = False) -> FieldLabel | None:
    """The contact label that begins at a place.

    Args:
        text: folded text of a line or cell.
        position: where.
        cell: whether the text is a whole table cell, where no colon is needed.
    """
    before = _before_field().match(text, position)
    for role, start in ((before["role"], before.end()) if before else (None, position), (None, position)):
        first = _field_regex().match(text, start) or _behind_words(text, start)
        if first is None:
            continue
        fields, rule, end = [_field_of(first)[1]], _field_of(first)[0].id, first.end()
        join = _JOIN.match(text, end)
        second = _field_regex().match(text, join.end()) if join else None
        if second and rule == "contact.emergency":
            end = second.end()  # 紧急联系人及电话: both are a stranger's
        while second and rule != "contact.emergency":  # 联系人/电话/邮箱
            fields.append(_field_of(second)[1])
            end = second.end()
            join = _JOIN.match(text, end)
            second = _field_regex().match(text, join.end()) if join else None
        after = (_AFTER_CELL if cell else _AFTER_FIELD).match(text, end)
        if not after and text[position - 1 : position] == "(":
            after = _AFTER_BRACKET.match(text, end)
        if after:
            words = text[position : after.start("colon")].strip()
            bare = re.sub(r"\s", "", role) if role else None
            return FieldLabel(position, after.end(), tuple(fields), bare, rule, words)
    return None


def _behind_words(text: str, start: int) -> re.Match[str] | None:
    """A label with a word of its own in front: 开票税号, 对账邮箱."""
    words = _ANY_WORDS.match(text, start)
    found = _field_regex().match(text, words.end()) if words else None
    return found if found and _field_of(found)[1] in _OF_ANY else None


def _field_of(match: re.Match[str]) -> tuple[Rule, str]:
    return _fields()[int((match.lastgroup or "f0")[1:])]
