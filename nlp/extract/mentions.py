"""Where the parties are named in running text: 甲方, 买受人, their names and short names, and 双方, 任何一方, 违约方.

A role word means the party that is labelled with it; where exactly one party has a kind (buyer), every word of that
kind means it (买方 for a party labelled 买受人).
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from nlp.extract.labels import kinds_of, rule_of, unnumbered
from nlp.lexicon import read_rules
from schema.party import Party
from schema.span import Span

Kind = Literal["party", "all", "any", "other", "breaching", "innocent", "affected"]

# 甲乙双方   甲、乙双方   三方   各方
_ALL = (
    r"(?:甲 ?[、,]? ?乙 ?(?:[、,]? ?[丙丁] ?)*)?(?:双方|两方|三方(?!面)|四方(?!面)|各方)(?!面)(?:当事人)?|甲乙方"
    r"|合同当事人"
)
_ANY = (
    r"(?:甲 ?[、,和或]? ?乙(?:双方)?(?:中)?(?:的)?)?(?:任何|任意|其中|合同|协议)?(?:任)?一方(?!面)(?:当事人)?"
    r"|某一方(?!面)|无论(?:是)?(?:谁|哪(?:一)?方)|谁(?!的|知|先(?!毁|违|反|悔|退|不|停|撤)|做|去|接|来|领|用)|哪(?:一)?方(?!面|式)"
)
_OTHER = r"对方(?!面)|(?<!第)另一方(?!面)|相对方|其他(?:各)?方(?!面|式|法)|他方"
_BREACHING = (
    r"(?<!非)(?:违约|过错|过失|责任|泄露|毁约|退出|拖欠|侵权|变更|泄密|解除|迟延|延误|逾期)(?:一)?方(?![式面案])"
)
_INNOCENT = r"守约(?:一)?方|非违约(?:一)?方|无过错(?:一)?方|受损(?:失|害)?(?:的)?(?:一)?方|被侵权方|未违约(?:一)?方"
_AFFECTED = r"(?:受|遭受|遭遇|发生|声称|主张|宣称)[^，。;、]{0,12}(?:的)?一方|受影响(?:的)?(?:一)?方|受阻方"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where somebody is named.

    Attributes:
        start: first character.
        end: one past the last.
        kind: a certain party, all of them (双方), any of them (任何一方), the other one (对方) …
        party: id of the party; None for the other kinds.
    """

    start: int
    end: int
    kind: Kind
    party: str | None = None

    @property
    def who(self) -> str | None:
        """What a fact says of it: party id or `both`."""
        return self.party if self.kind == "party" else "both"


@dataclass(frozen=True)
class Mentions:
    """All mentions of a document, in text order.

    Attributes:
        items: every mention.
        parties: ids of the principal parties, in order.
        payee: who is paid the price, by the roles or by the words 向 … 支付; None when nobody can tell.
        performer: whose work is looked after, and fined; the tenant and the franchisee where they pay for it.
        employed: whether one party works for the other under a contract of employment.
        words: words by which somebody is named, as written, with the first mention that uses them.
    """

    items: tuple[Mention, ...] = ()
    parties: tuple[str, ...] = ()
    payee: str | None = None
    performer: str | None = None
    employed: bool = False
    _starts: list[int] = field(default_factory=list)
    words: Mapping[str, Mention] = field(default_factory=dict)

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """Mentions that lie inside a range."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return tuple(m for m in self.items[first:last] if m.end <= end)

    def other(self, party: str | None) -> str | None:
        """The opposite party of a contract between two; `both` stays `both`."""
        if party == "both":
            return "both"
        if party not in self.parties or len(self.parties) != 2:
            return None
        return self.parties[1 - self.parties.index(party)]


def find_mentions(text: str, parties: Iterable[Party]) -> Mentions:
    """All mentions.

    Args:
        text: folded text.
        parties: with roles, names, aliases and former names.
    """
    everyone = list(parties)
    words = _words(everyone)
    found = [Mention(m.start(), m.end(), "party", words[_bare(m[0])]) for m in _matches(text, list(words))]
    for kind, pattern in _GROUPS:
        found += [Mention(m.start(), m.end(), kind) for m in re.finditer(pattern, text)]
    taken = _without_overlaps(found)
    sides = _sides(everyone)
    found = taken + [m for m in _role_mentions(text, sides) if not _overlapping(m, taken)]
    ordered = tuple(sorted(_without_overlaps(found), key=lambda m: m.start))
    principal = tuple(p.id for p in sides if p.role_kind not in ("agent", "guarantor") and not _between(p))
    principal = principal if len(principal) > 1 else tuple(p.id for p in sides)
    payee = _payee(text, sides, ordered, principal)
    employed = any(p.role_kind == "employee" for p in sides)
    first: dict[str, Mention] = {}
    for mention in ordered:
        first.setdefault(text[mention.start : mention.end], mention)
    made = Mentions(ordered, principal, payee, None, employed, [m.start for m in ordered], first)
    return replace(made, performer=made.other(payee) if _OVER_PAYER.search(text[:_TITLE]) else payee)


def _between(party: Party) -> bool:
    """Who brings the parties of a lease or a sale together: a third, where there are two others."""
    return any(re.search(r"居间|中介|经纪|见证|鉴证", word) for word in (party.role, *party.other_roles))


# in a lease, a loan or a franchise who is paid looks after what the other does
_OVER_PAYER = re.compile(r"租赁|出租|租房|借款|贷款|特许|加盟")
_TITLE = 200
# 甲方应于次月15日前…支付上月服务费; not 乙方支付年服务费总额10%的违约金
_PAYING = re.compile(
    r"(?:[^。;甲乙丙丁]{0,12}?(?:应|须|需|按|于|在|自|每|向|将|无|支付|凭|收到|以|同意|负责|未|逾期|拖延|迟延)(?:(?![甲乙丙丁]方)[^。;]){0,40}?)?"
    r"(?:支付|付清|结算|缴纳|发放?|结清?)[^，,。;违滞]{0,16}?(?:(?<![赔罚])费|[价货程同运首尾余度]款|款项|租金|酬金|佣金|(?:劳务|服务)?报酬)"
    r"(?![^，,。;]{0,12}(?:违约金|滞纳金))"
)


# 甲方逾期付款的, 甲方未按约定支付服务费
_PAYING_LATE = re.compile(
    r"(?:无[^，,。;]{0,6}|未经[^，,。;]{0,6})?(?:晚|迟|没(?:按时)?|不按时|逾期|迟延|延迟|延期|拖延|拖欠|未按[^，,。;]{0,8}|未及时|不按[^，,。;]{0,6})"
    r"(?:不)?(?:支付|付|缴|交(?=[费款租清纳])|结算|发放?(?=报酬|酬|劳务费|工钱)|结(?=报酬|账|工钱))(?![^，,。;]{0,6}(?:违约金|赔偿|保证金|工资))"
)


def _payee(text: str, parties: list[Party], mentions: Iterable[Mention], principal: tuple[str, ...]) -> str | None:
    """Who is paid: the seller or provider, who has lent, else the one whom the other is mostly said to pay."""
    working = [p for p in parties if p.role_kind in ("seller", "provider", "lessor", "employee")]
    known = [p.id for p in working if len(working) == 1 or not _between(p)]
    if len(known) == 1:
        return known[0]
    lenders = [p.id for p in parties if any(rule_of(_bare(w)) == "role.lender" for w in (p.role, *p.other_roles))]
    if len(lenders) == 1:
        return lenders[0]
    if len(principal) != 2:
        return None
    counts = dict.fromkeys(principal, 0)
    for mention in mentions:
        if mention.party in counts and _PAYING.match(text, mention.end, mention.end + 60):
            counts[mention.party] += 1
        if mention.party in counts and _PAYING_LATE.match(text, mention.end, mention.end + 20):
            counts[mention.party] += 2
        if mention.party in counts and _WORKING.match(text, mention.end, mention.end + 60):
            counts[next(p for p in principal if p != mention.party)] += 1
    payer, other = sorted(principal, key=lambda p: counts[p], reverse=True)
    return other if counts[payer] > counts[other] else None


# 乙方每天给甲方送货, 乙方下班后归还: who works is paid
_WORKING = re.compile(
    r"(?:(?![甲乙丙丁]方)[^，,。;]){0,16}?(?:上班|下班|干活|接单|出车|请假|打工)"
    r"|(?:(?![甲乙丙丁]方)[^。;]){0,30}?给[甲乙]方(?:送|做|干|开车|看|修|装|跑|搬|配送)"
)
_GROUPS: tuple[tuple[Kind, str], ...] = (
    ("affected", _AFFECTED),
    ("innocent", _INNOCENT),
    ("breaching", _BREACHING),
    ("all", _ALL),
    ("other", _OTHER),
    ("any", _ANY),
)


def _sides(parties: list[Party]) -> list[Party]:
    """One party a label: of 出卖人：周大山、刘小河 the first speaks for both."""
    firsts: dict[Span, Party] = {}
    for party in parties:
        firsts.setdefault(party.evidence.cues[0] if party.evidence.cues else party.span, party)
    return list(firsts.values())


def _bare(word: str) -> str:
    return re.sub(r"\s", "", word)


def _words(parties: list[Party]) -> dict[str, str]:
    """Literal names of the parties; of a name two parties share neither is meant."""
    owners: dict[str, set[str]] = {}
    for party in parties:
        names = [party.name, *party.aliases, *party.former_names]
        for name in names:
            if name and len(_bare(name)) > 1:
                owners.setdefault(_bare(name), set()).add(party.id)
    return {name: next(iter(ids)) for name, ids in owners.items() if len(ids) == 1}


def _matches(text: str, words: list[str]) -> Iterable[re.Match[str]]:
    if not words:
        return ()
    longest = sorted(words, key=len, reverse=True)
    return re.finditer(
        "|".join(r"\s{0,2}".join(map(re.escape, w)) if len(w) < 6 else re.escape(w) for w in longest), text
    )


def _role_mentions(text: str, parties: list[Party]) -> list[Mention]:
    """Role words: those printed for a party, else those of a kind that only one party has."""
    printed: dict[str, set[str]] = {}
    for party in parties:
        for word in (party.role, *party.other_roles):
            printed.setdefault(_bare(word), set()).add(party.id)
    by_kind: dict[str, set[str]] = {}
    for party in parties:
        for word in (party.role, *party.other_roles):
            for kind in kinds_of(_bare(word)):
                by_kind.setdefault(kind, set()).add(party.id)
    found = []
    bare = {unnumbered(word) for word in printed}
    # a row of the table none of the printed words belongs to can mean nobody
    for rule in (rule for rule in read_rules("roles") if any(rule.regex.fullmatch(word) for word in bare)):
        for match in rule.regex.finditer(text):
            word = _bare(match[0])
            ids = printed.get(word) or set().union(*(by_kind.get(kind, set()) for kind in kinds_of(word)))
            if len(ids) == 1:
                found.append(Mention(match.start(), match.end(), "party", next(iter(ids))))
    others = [w for w in printed if not any(rule.regex.fullmatch(w) for rule in read_rules("roles"))]
    for match in _matches(text, [w for w in others if len(w) > 1]):
        ids = printed[_bare(match[0])]
        if len(ids) == 1:
            found.append(Mention(match.start(), match.end(), "party", next(iter(ids))))
    return found


def _overlapping(mention: Mention, others: list[Mention]) -> bool:
    index = bisect_left([o.start for o in others], mention.end) - 1
    return index >= 0 and others[index].end > mention.start


def _without_overlaps(found: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, m.start - m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
