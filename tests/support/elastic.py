"""Genuine Elasticsearch nodes for tests: one a version and session, ended by process id."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tools.elasticsearch import Node, NodeError


@contextmanager
def running(major: int, *, heap: str = "512m") -> Iterator[Node]:
    """A throw-away node; where Java or Maven are missing the test is skipped, under CI=true it fails."""
    try:
        with Node.temporary(major=major, heap=heap) as node:
            yield node
    except NodeError as problem:
        reason = f"no genuine Elasticsearch {major}: {problem}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
