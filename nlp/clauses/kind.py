"""What kind of contract a file is: by its title, else by its words (`contract_kinds.toml`).

Sample: 水泵及控制设备采购合同 → sale. A file whose words are about nothing in particular has no kind rather than a
guess.
"""

from collections import Counter
from typing import cast

from nlp.lexicon import read_rules
from schema.contract import ContractKind

LEAST = 3  # cues that words must show, and by which the first must lead the second


def contract_kind(title: str | None, text: str) -> ContractKind | None:
    """The kind of a contract; `other` for a title that names none of them.

    Args:
        title: folded, or None.
        text: folded canonical text; read only where the title does not tell.
    """
    rules = read_rules("contract_kinds")
    if title:
        words = "".join(title.split()) if not title.isascii() else title
        for rule in rules:
            if rule.id.endswith(".title") and rule.regex.search(words):
                return cast(ContractKind, rule.data["kind"])
    counts = Counter(
        {rule.data["kind"]: sum(1 for _ in rule.regex.finditer(text)) for rule in rules if rule.id.endswith(".words")}
    )
    (first, most), (_, second) = counts.most_common(2)
    if most >= LEAST and most >= second + LEAST:
        return cast(ContractKind, first)
    return "other" if title else None
