"""Who is liable where a sentence and the words that lead to it name nobody: told by the article it stands in.

Of `3.1 加盟商不得经营…。3.2 …应向总部支付违约金。3.3 使用过期原料的，违约金5,000元。` the third names nobody, but all
that the article fines is the same party's. Where the neighbours differ nobody is named.
"""

import re

from nlp.extract.liable import is_stranger
from nlp.extract.places import article_of
from nlp.extract.subjects import roles_in
from nlp.reading import Reading
from schema.penalty import Penalty

_DUTY = re.compile(r"\s*(?:均|都|也|还|同时)?(?:应当?|须|需|必须|不得|不可|禁止|负责|保证|承诺)")


def with_neighbours(reading: Reading, penalty: Penalty, penalties: list[Penalty]) -> Penalty:
    """The penalty with who is liable for its neighbours, where itself says nothing.

    Args:
        reading: with sentences, mentions and structure.
        penalty: to complete.
        penalties: all of the document.
    """
    if penalty.liable is not None or penalty.beneficiary is not None or penalty.clause is None:
        return penalty
    article = _article(reading, penalty.clause, penalty.span.start)
    sentence = reading.sentences.at(penalty.span.start)
    if sentence is None or is_stranger(sentence.text):
        return penalty
    beside = {p.liable for p in penalties if p.liable and _article(reading, p.clause, p.span.start) == article}
    liable = beside.pop() if len(beside) == 1 else None if beside else _duty_bound(reading, article)
    if liable is None or liable == "both":
        return penalty
    return penalty.model_copy(update={"liable": liable, "beneficiary": reading.mentions.other(liable)})


def _article(reading: Reading, clause: str | None, offset: int) -> str | None:
    """The top-level clause above, the clause itself where it is one or lies in none."""
    clause = article_of(reading, clause, offset)
    above = list(reading.structure.ancestors(clause)) if clause else []
    return above[-1].id if above else clause


def _duty_bound(reading: Reading, article: str | None) -> str | None:
    """The one party whose duties an article tells."""
    found = set()
    for sentence in reading.sentences.items:
        if _article(reading, sentence.unit.id, sentence.start) != article:
            continue
        for role in roles_in(sentence, reading.mentions):
            if role.acts and role.mention.kind == "party" and _DUTY.match(sentence.after(role.mention.end)):
                found.add(role.mention.party)
    return found.pop() if len(found) == 1 else None
