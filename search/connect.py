"""The door of the package: a search backend for a URL."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from schema.errors import SearchError
from search.backend import Engine, SearchBackend
from search.documents import Words
from search.index import ClauseIndex


def open_backend(url: str, *, words: Words) -> SearchBackend:
    """Open the engine a URL names; nothing is written or asked yet.

    Args:
        url: a folder path or `file://` for the embedded engine, `http(s)://` for Elasticsearch.
        words: cuts a text into words; the same function must be used for indexing and for searching.

    Raises:
        SearchError: the URL is of no engine.
    """
    return ClauseIndex(_engine(url), words)


def _engine(url: str) -> Engine:
    """Each engine is imported only when it is used."""
    scheme = urlsplit(url).scheme.lower()
    if scheme in ("http", "https"):
        from search.backends.elastic import Elastic

        return Elastic(url)
    if scheme in ("", "file"):
        from search.backends.embedded import Tantivy

        return Tantivy(Path(unquote(urlsplit(url).path)) if scheme else Path(url))
    raise SearchError(
        "search_failed", f"No search engine is known for {scheme}://", remedy="give a folder or an http(s) URL"
    )
