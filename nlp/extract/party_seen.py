"""What readers of heads, tables and signature blocks note: party labels with names, contact labels with values.

Who is who is decided in nlp.extract.parties.
"""

from collections import Counter
from dataclasses import dataclass, field

from nlp.extract.labels import FieldLabel, RoleLabel, rule_of
from nlp.extract.names import Name, Place


@dataclass(frozen=True)
class Sighting:
    """A place where a party is labelled.

    Attributes:
        roles: role words as printed.
        rule: of the first word.
        label: place of the label.
        name: what stands behind it.
        part: id of the part.
        unit: id of the clause, row or part.
        sealed: whether it is a signature label.
        asked: whether the form asks for the name here (a colon, or a label such as 名称).
        beside: whether another name stands behind the same label before it.
    """

    roles: tuple[str, ...]
    rule: str
    label: Place
    name: Name
    part: str
    unit: str
    sealed: bool = False
    asked: bool = False
    beside: bool = False


@dataclass(frozen=True)
class ContactSighting:
    """A place where something is said about a party.

    Attributes:
        fields: fields of the record.
        owner: role word it belongs to, or None.
        value: place of the value; empty when nothing stands there.
        label: place of the label.
        words: the label as printed.
        rule: id of the rule.
        part: id of the part.
        unit: id of the clause, row or part.
    """

    fields: tuple[str, ...]
    owner: str | None
    value: Place
    label: Place
    words: str
    rule: str
    part: str
    unit: str


@dataclass
class Owner:
    """Whom the lines being read are about.

    Attributes:
        role: role word, or None.
        waiting: the label whose name has not come yet.
        asking: a label alone on its line (地址), whose value is the next line.
        columns: role words of the last line that labelled several parties side by side.
        places: columns of a table in which parties stand side by side, with their role words.
        called: short names said before, with the role word of their party: labels of the signatures.
    """

    role: str | None = None
    waiting: RoleLabel | None = None
    asking: FieldLabel | None = None
    columns: tuple[str, ...] = ()
    places: dict[int, str] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)
    seen: list[Sighting] = field(default_factory=list)
    contacts: list[ContactSighting] = field(default_factory=list)


@dataclass
class Group:
    """Sightings of one party."""

    sightings: list[Sighting] = field(default_factory=list)
    contacts: list[ContactSighting] = field(default_factory=list)

    @property
    def roles(self) -> list[str]:
        """Role words, letter first, then in order."""
        words = list(dict.fromkeys(role for s in self.sightings for role in s.roles))
        aliases = {alias for s in self.sightings for alias in s.name.aliases if rule_of(alias) == "role.printed"}
        words = [word for word in words if word not in aliases] or words
        return sorted(words, key=lambda word: rule_of(word) != "role.letter")

    @property
    def called(self) -> set[str]:
        """All words that mean the party: role words and short names."""
        return {word for s in self.sightings for word in (*s.roles, *s.name.aliases)}

    @property
    def names(self) -> Counter[str]:
        """Names with how often a label names them."""
        return Counter(s.name.name for s in self.sightings if s.name.name)
