"""The served collection of the HTTP tests, seen through the pages."""

from tests.qiyue.http.conftest import client, filled, names, site, tokens

__all__ = ["client", "filled", "names", "site", "tokens"]
