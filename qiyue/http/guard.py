"""What happens to every request and answer, before and after the routes: headers, host, size, bytes no text has."""

import logging
import re
import time
import traceback

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qiyue.http.problems import respond
from qiyue.http.site import Site
from schema.errors import QiyueError, ReadError, UsageError

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
SECURITY = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_FOR_PROBES = ("/healthz", "/readyz")
"""Whoever supervises servers asks them by number, and learns no more than yes or no."""
SMALL_BODY = 1_000_000
UPLOADS = ("/v1/imports", "/v1/parse")
_LOG = logging.getLogger(__name__)
_NUL = re.compile(rb"%00", re.IGNORECASE)


class Guard:
    """An ASGI middleware in front of the app."""

    def __init__(self, app: ASGIApp, site: Site | None) -> None:
        """Stand before an app.

        Args:
            app: that answers.
            site: whose limits and names count; None only to describe the app.
        """
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it with a problem."""
        if scope["type"] != "http" or self._site is None:
            await self._app(scope, receive, send)
            return
        trouble = self._trouble(scope, self._site)
        sent = self._with_headers(scope, send)
        if trouble is not None:
            await respond(trouble)(scope, receive, sent)
            return
        await self._answered(scope, _limited(receive, self._most(scope)), sent)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The answer of the app; a mistake of the program is a problem too, and its words go to the log alone."""
        began, begun = time.perf_counter(), False

        async def sent(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                self._count(scope, message["status"], time.perf_counter() - began)
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except Exception as error:
            _log(scope, error)
            if begun:
                raise
            await scope["app"].state.unforeseen(Request(scope))(scope, receive, send)

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        assert self._site is not None
        route = getattr(scope.get("route"), "path", None) or "other"
        self._site.metrics.answered(scope["method"], route, status, seconds)

    def _trouble(self, scope: Scope, site: Site) -> QiyueError | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").rpartition("@")[2]
        name = host.rpartition(":")[0] if re.search(r":\d*$", host) else host
        known = site.hosts is None or scope["path"] in _FOR_PROBES or name.strip("[]").lower() in site.hosts
        if not known:
            return UsageError("request_invalid", "the server has another name", remedy="set QIYUE_PUBLIC_URL to it")
        raw = scope.get("raw_path") or b""
        if _NUL.search(raw) or _NUL.search(scope.get("query_string", b"")):
            return UsageError("request_invalid", "the address holds a NUL character")
        length = headers.get("content-length", "0")
        if length.isascii() and length.isdigit() and int(length) > self._most(scope):
            return _too_large(self._most(scope))
        return None

    def _most(self, scope: Scope) -> int:
        assert self._site is not None
        return self._site.settings.upload_mb * 1_000_000 if scope["path"] in UPLOADS else SMALL_BODY

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        secure = self._site is not None and self._site.needs_tls

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
                if secure:
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        return sent


def _log(scope: Scope, error: Exception) -> None:
    """Type and place of a mistake; its words may quote a contract, so only a log for debugging has them."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "nowhere"
    _LOG.error("%s %s: %s at %s", scope["method"], scope["path"], type(error).__name__, place)
    _LOG.debug("in full", exc_info=error)


def _limited(receive: Receive, most: int) -> Receive:
    """A body that ends in an error when it is longer than allowed, whatever its head announced."""
    seen = 0

    async def received() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > most:
                raise _too_large(most)
        return message

    return received


def _too_large(most: int) -> ReadError:
    return ReadError("file_too_large", f"the request is larger than {most // 1_000_000} MB", remedy="send less at once")
