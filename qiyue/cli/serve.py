"""`qiyue serve`: the workbench and the HTTP API."""

import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qiyue.cli.output import JsonOption, note, print_json
from qiyue.settings import read_settings
from schema.errors import UsageError

if TYPE_CHECKING:
    from qiyue.http.site import Site
    from qiyue.settings import Settings

_WAITING = 2048
_KEPT_SECONDS = 75
"""A connection stays open while somebody reads, so that the next click needs no new one (and no new TLS)."""


def command(
    host: Annotated[str, typer.Option(help="Address to listen on; any other than this machine needs accounts.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 for any that is free.")] = 8400,
    tls_cert: Annotated[Path | None, typer.Option(help="Certificate for HTTPS (PEM).")] = None,
    tls_key: Annotated[Path | None, typer.Option(help="Key of the certificate (PEM).")] = None,
    as_json: JsonOption = False,
) -> int:
    """Serve the workbench and the HTTP API.

    On this machine alone, a link that signs its owner in once is printed. Any other address needs accounts (`qiyue
    account add`), and TLS: a certificate, or a proxy whose address is QIYUE_PUBLIC_URL. docs/http.md describes the API.

    Example: qiyue serve --port 8400
    """
    from qiyue.http.site import LOOPBACK, open_site

    settings = read_settings()
    local = host in LOOPBACK
    with open_site(settings, local=local) as site:
        if not local:
            _check_open(site, settings, tls=tls_cert is not None)
        listening = _listen(host, port)
        where = _address(settings, host, listening.getsockname()[1], tls=tls_cert is not None)
        link = f"{where}/sign-in/link?key={site.door.new_link()}" if local else None
        if as_json:
            print_json({"address": where, "link": link})
            sys.stdout.flush()
        elif link:
            note(f"sign in once with {link}")
        site.imports.resume()
        site.warm()
        note(f"serving {settings.data} at {where}; stop with Ctrl-C")
        _run(site, listening, tls_cert, tls_key)
    return 0


def _check_open(site: "Site", settings: "Settings", *, tls: bool) -> None:
    """Refuse an address that others can reach while nobody could sign in, or only unprotected."""
    able = [a for a in site.door.accounts.all() if not a.disabled and (a.has_password or a.external)]
    if not able:
        raise UsageError(
            "sign_in_needed",
            "others can reach this address and there is no account to sign in with",
            remedy="make one with `qiyue account add NAME --admin`, or serve at 127.0.0.1",
        )
    if not tls and not settings.public_url:
        raise UsageError(
            "setting_invalid",
            "others can reach this address and nothing protects what is sent",
            remedy="give --tls-cert and --tls-key, or set QIYUE_PUBLIC_URL to the address of the proxy before it",
        )


def _listen(host: str, port: int) -> socket.socket:
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends at once (TCP_NODELAY) only where the protocol is named; else answers wait 40 ms for a delayed ACK
    listening = socket.socket(kind, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(_WAITING)  # so that whoever reads the link at once finds somebody there
    except OSError as error:
        listening.close()
        raise UsageError(
            "usage", f"{host}:{port} cannot be listened on ({error.strerror})", remedy="choose another --port"
        ) from error
    return listening


def _address(settings: "Settings", host: str, port: int, *, tls: bool) -> str:
    if settings.public_url:
        return settings.public_url
    return f"{'https' if tls else 'http'}://{f'[{host}]' if ':' in host else host}:{port}"


def _run(site: "Site", listening: socket.socket, cert: Path | None, key: Path | None) -> None:
    import uvicorn

    from qiyue.http.app import build_app

    config = uvicorn.Config(
        build_app(site),
        log_level="warning",
        access_log=False,
        server_header=False,
        ssl_certfile=cert,
        ssl_keyfile=key,
        timeout_keep_alive=_KEPT_SECONDS,
        timeout_graceful_shutdown=5,
    )
    signal.signal(signal.SIGTERM, _end)
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        note("stopping: files being read are finished")


def _end(_number: int, _frame: object) -> None:
    """Like Ctrl-C: uvicorn hands the signal on when it has stopped, and the rest is to be closed in order too."""
    raise KeyboardInterrupt
