"""Who is liable where a sentence and the words that lead to it name nobody: told by the article it stands in.

Of `3.1 加盟商不得经营…。3.2 …应向总部支付违约金。3.3 使用过期原料的，违约金5,000元。` the third names nobody, but all
that the article fines is the same party's. Where the neighbours differ nobody is named.
"""

import re

from nlp.extract.liable_by_case import is_stranger
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
    sentence = reading.sentences.at(penalty.span.start)
    if sentence is None or is_stranger(sentence.text):
        return penalty
    clause = article_of(reading, penalty.clause, penalty.span.start)
    above = [c.id for c in reading.structure.ancestors(clause) if c.level > 0] if clause else []
    liable = _beside(reading, above, penalties) if above else None
    if liable is None and above:
        liable = _duty_bound(reading, above[-1])
    if liable is None or liable == "both":
        return penalty
    return penalty.model_copy(update={"liable": liable, "beneficiary": reading.mentions.other(liable)})


def _beside(reading: Reading, above: list[str], penalties: list[Penalty]) -> str | None:
    """Who is liable for all the penalties of the nearest clause that tells of any; `both` where they differ."""
    homes = [(article_of(reading, p.clause, p.span.start) or "", p.liable) for p in penalties if p.liable]
    for clause in above:
        found = {liable for home, liable in homes if home == clause or home.startswith(f"{clause}/")}
        if found:
            return found.pop() if len(found) == 1 else "both"
    return None


def _duty_bound(reading: Reading, article: str) -> str | None:
    """The one party whose duties an article tells."""
    found = set()
    for sentence in reading.sentences.items:
        home = article_of(reading, sentence.unit.id, sentence.start) or ""
        if home != article and not home.startswith(f"{article}/"):
            continue
        for role in roles_in(sentence, reading.mentions):
            if role.acts and role.mention.kind == "party" and _DUTY.match(sentence.after(role.mention.end)):
                found.add(role.mention.party)
    return found.pop() if len(found) == 1 else None
