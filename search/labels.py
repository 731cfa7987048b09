"""Names people use for the values of the record: `违约责任` for `penalty`, `仲裁` for `arbitration`."""

import tomllib
from functools import cache
from importlib.resources import files

from search.fold import fold


@cache
def labels() -> dict[str, dict[str, tuple[str, ...]]]:
    """Field, value, names; the first name is the one to show."""
    table = tomllib.loads((files("search") / "data" / "labels.toml").read_text("utf-8"))
    return {field: {value: tuple(names) for value, names in values.items()} for field, values in table.items()}


def label(field: str, value: str) -> str:
    """The name to show for a value; the value itself where it has none."""
    return labels().get(field, {}).get(value, (value,))[0]


def value_of(field: str, text: str) -> str | None:
    """The value a person means, by its name or by itself; None when it is none of the field's values."""
    wanted = fold(text)
    for value, names in labels()[field].items():
        if wanted in (fold(value), *map(fold, names)):
            return value
    return None
