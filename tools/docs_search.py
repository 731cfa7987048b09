"""Writes docs/search.md from the table of filter fields (`search/fields.py`) and the names of their values."""

_HEAD = """\
# Searching clauses

Generated from `search/fields.py` and `search/data/labels.toml`.

    qiyue search 违约金
    qiyue search 付款 --where deadline.workday=true --where deadline.who=甲方
    qiyue search '类型:违约责任 金额:>100万'

## What can be typed

| typed | means |
| --- | --- |
| `违约金 逾期` | words; the best clauses first |
| `"合同总额"` or `“合同总额”` | exactly these characters |
| `-定金` | without them |
| `违约金 且 (甲方 或 乙方)` | `AND`, `OR`, `且`, `或`, brackets; operators stand alone between blanks |
| `类型:违约责任` `金额:>100万` `日期:2025..2026` | the filters below, by either name |
| `金额大于100万` | the same, as people say it |

What cannot be read this way is searched as text, with a note that says so; no query is an error. What stands in a
clause is always found, down to a single character: full and half width, capitals and ￥ do not matter. Words, legal
synonyms, pinyin and one wrong character only bring further hits behind the exact ones; `matched_by` says which did.

## Filters

`--where 'FIELD OP VALUE'`, repeatable; all must hold. `OP` is one of `= != > >= < <= in` (`in` with commas).
Conditions on the same kind of fact (`deadline.who` and `deadline.workday`) must hold for one and the same fact. An
unknown field is an error that names the nearest one. An empty query with filters lists all clauses that fit.

| field | also | example | meaning |
| --- | --- | --- | --- |
"""


def search_page() -> str:
    """The whole page."""
    from search.fields import WHERE
    from search.labels import labels

    known = labels()
    rows = [f"| `{field.name}` | {'、'.join(field.names)} | `{field.example}` | {field.meaning} |" for field in WHERE]
    values = ["", "## Names of values", "", "A value may be given as in the record or by any of its names.", ""]
    for field in WHERE:
        if field.labels in known:
            names = "; ".join(f"`{value}` {'、'.join(words)}" for value, words in known[field.labels].items())
            values += [f"- **{field.name}**: {names}"]
    return _HEAD + "\n".join([*rows, *values, ""])
