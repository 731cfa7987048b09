"""`ETag` and `If-Match`: a change says which state of the record it was made to (RFC 9110, 13.1)."""

import re

from schema.errors import StoreError, UsageError

_TAG = re.compile(r'\s*"([^"]*)"\s*')


def etag(changed_at: str) -> str:
    """The tag of a record that last changed at this time."""
    return f'"{changed_at}"'


def unchanged_since(if_match: str | None) -> str | None:
    """The time a record must not have changed after; None for `*`, any state.

    Raises:
        UsageError: `condition_missing`.
        StoreError: `record_changed` when it is no tag of ours, so no state matches it.
    """
    if if_match is None:
        raise UsageError("condition_missing", "the request has no If-Match")
    if if_match.strip() == "*":
        return None
    found = _TAG.fullmatch(if_match)
    if found is None:
        raise StoreError("record_changed", "If-Match holds no ETag of this record")
    return found[1]
