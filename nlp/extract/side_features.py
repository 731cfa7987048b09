"""What is seen of a party when nobody says who is liable: where it and the other one are named around a consequence.

Seen with the eyes of one party, X is itself and O the other: of `乙方进场后，甲方检查；未戴安全帽的，每次罚200元` the
sentence before ends with O checking, and what a payee usually answers for (`安全帽`) stands in the case.
"""

import re
from collections.abc import Iterator
from typing import Literal

from nlp.extract.actors import inherited
from nlp.extract.mentions import Mention, Mentions
from nlp.extract.sanction_places import column_head
from nlp.extract.sanctions import Sanction
from nlp.extract.sentences import Sentence
from nlp.extract.subjects import heading_mentions
from nlp.reading import Reading
from schema.penalty import Penalty

_GAP = "\0"
_NAMED = frozenset("XOWBIQ")
_NUMBER = re.compile(r"\d[\d,.]*")
_COMMA = re.compile("[，,]")
_BEFORE, _AFTER, _SHORT = 60, 40, 24
_LONGEST = 4
Turn = Literal["X", "O", "-"]


def side_features(
    reading: Reading, sentence: Sentence, sanction: Sanction, party: str, before: Penalty | None
) -> Iterator[str]:
    """Keys of what speaks for or against a party being liable.

    Args:
        reading: with mentions, structure and sentences.
        sentence: that tells the consequence.
        sanction: its number.
        party: id of one of two parties.
        before: the penalty before it in the text.
    """
    mentions = reading.mentions
    view = _View(mentions, party)
    words = view.of(sentence)
    left = _plain(words[max(sanction.left - sentence.start, 0) : sanction.start - sentence.start])
    ahead = _plain(words[: sanction.start - sentence.start])
    behind = _plain(words[sanction.end - sentence.start :])
    piece = _COMMA.split(ahead)[-1]
    case = ahead[: len(ahead) - len(piece)]
    named = [c for c in ahead if c in "XO"]
    yield from _near("b:", ahead[-_BEFORE:])
    yield from _near("a:", behind[:_AFTER])
    yield from _near("L:", left[-_AFTER:])
    yield from _near("P:", piece)
    yield f"first={named[0] if named else '-'}"
    yield f"last={named[-1] if named else '-'}"
    yield f"n={''.join(named[-3:])}"
    yield f"llast={next((c for c in reversed(left) if c in 'XO'), '-')}"
    yield f"after={next((c for c in behind if c in 'XO'), '-')}"
    for role in (f"R{view.paid}", f"F{view.works}"):
        yield f"{role}{'some' if named else 'nobody'}"
        yield from _pairs(f"{role}c:", case[-_AFTER:])
        yield from _pairs(f"{role}p:", piece[-_SHORT:])
        yield from _pairs(f"{role}a:", behind[:_SHORT])
    yield f"{view.paid}{view.works}"
    yield from _context(reading, sentence, view, nobody=not named)
    if sentence.unit.row is not None:
        yield f"row{view.paid}"
        yield from _pairs(f"R{view.paid}col:", column_head(sentence, sanction.start))
    if before is not None:
        yield f"pen={view.turn(before.liable)}{_distance(sentence, before)}{'S' if named else 'N'}"


def _context(reading: Reading, sentence: Sentence, view: "_View", *, nobody: bool) -> Iterator[str]:
    """The words that lead to the sentence, the sentence before, headings, and who is spoken of last."""
    alone = "N" if nobody else ""
    for number, lead in enumerate(sentence.leads()):
        if number > 1:
            break
        words = _plain(view.of(lead))
        yield from _near("l:", words[-_BEFORE:])
        yield from _pairs(f"R{view.paid}l:", words[-30:])
        yield f"lead{number}={_ends(words)}"
    if sentence.previous is not None:
        words = _plain(view.of(sentence.previous))
        yield from _near("q:", words[-_BEFORE:])
        yield f"prev={_ends(words)}{alone}"
    for heading in sentence.unit.headings[-2:]:
        yield from _pairs(f"R{view.paid}h:", heading)
        owners = {m.party for m in heading_mentions(heading, view.mentions)}
        if len(owners) == 1:
            yield f"head={view.turn(owners.pop())}{alone}"
    spoken = view.turn(inherited(sentence, view.mentions))
    yield f"inh={spoken}"
    yield f"inh={spoken}{alone or 'S'}"


class _View:
    """The parties as one of them sees them.

    Args:
        mentions: of the document.
        party: id of the party that looks.
    """

    def __init__(self, mentions: Mentions, party: str) -> None:
        self.mentions, self.party, self.other = mentions, party, mentions.other(party)
        self.paid = self._kind(mentions.payee, "payee", "payer")
        self.works = self._kind(mentions.performer, "perf", "rec")

    def _kind(self, holder: str | None, own: str, others: str) -> str:
        return own if holder == self.party else others if holder is not None and holder == self.other else "?"

    def turn(self, who: str | None) -> Turn:
        """Whether an id is the own one, the other one, or neither."""
        return "X" if who == self.party else "O" if who is not None and who == self.other else "-"

    def of(self, sentence: Sentence) -> str:
        """The sentence at its own length: parties are X and O, others W, B, I, Q, numbers 0, filled up with gaps."""
        words = sentence.text.replace(" ", _GAP)
        for mention in self.mentions.within(sentence.start, sentence.end):
            start, end = mention.start - sentence.start, mention.end - sentence.start
            words = words[:start] + self._letter(mention).ljust(end - start, _GAP) + words[end:]
        return _NUMBER.sub(lambda m: "0".ljust(len(m[0]), _GAP), words)

    def _letter(self, mention: Mention) -> str:
        if mention.kind == "party":
            turn = self.turn(mention.party)
            return "Q" if turn == "-" else turn
        others = {"any": "W", "all": "W", "breaching": "B", "innocent": "I", "other": "I"}
        return others.get(mention.kind, "Q")


def _distance(sentence: Sentence, before: Penalty) -> str:
    """Where the penalty before stands: the sentence before, the same clause, one beside it, elsewhere."""
    home, own = before.clause or "", sentence.unit.id
    if sentence.previous is not None and before.span.start >= sentence.previous.start:
        return "s"
    return "c" if home == own else "a" if home.rpartition("/")[0] == own.rpartition("/")[0] else "x"


def _ends(words: str) -> str:
    named = [c for c in words if c in "XO"]
    return f"{named[0]}{named[-1]}" if named else "--"


def _plain(words: str) -> str:
    return words.replace(_GAP, "")


def _near(key: str, words: str) -> Iterator[str]:
    """Runs of two to four characters that begin or end with somebody named."""
    for length in range(2, _LONGEST + 1):
        for n in range(len(words) - length + 1):
            run = words[n : n + length]
            if run[0] in _NAMED or run[-1] in _NAMED:
                yield key + run


def _pairs(key: str, words: str) -> Iterator[str]:
    return (key + words[n : n + 2] for n in range(len(words) - 1))
