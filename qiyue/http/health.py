"""Is it alive, is it ready: for whoever supervises the server, without signing in; no more than yes or no."""

from collections.abc import Callable

from fastapi import APIRouter, Request

from qiyue.http.models import Alive, Ready
from qiyue.http.people import site_of
from qiyue.http.replies import problems
from qiyue.service.base import Service
from schema.errors import QiyueError

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Is it alive")
def healthz() -> Alive:
    """The process answers."""
    return Alive(ok=True)


@router.get("/readyz", summary="Is it ready", responses={503: problems()[503]})
def readyz(request: Request) -> Ready:
    """Store and search engine answer."""
    with site_of(request).pool.lend() as service:
        checks = {name: _answers(check, service) for name, check in _CHECKS.items()}
    if not all(checks.values()):
        failed = ", ".join(name for name, ok in checks.items() if not ok)
        code = "store_unreachable" if not checks["store"] else "search_unreachable"
        raise QiyueError(code, f"not ready: {failed}")
    return Ready(ok=True, checks=checks)


def _store(service: Service) -> bool:
    return service.store.catalogue.count() >= 0


def _index(service: Service) -> bool:
    return service.index.health().ok


_CHECKS: dict[str, Callable[[Service], bool]] = {"store": _store, "index": _index}


def _answers(check: Callable[[Service], bool], service: Service) -> bool:
    try:
        return check(service)
    except QiyueError:
        return False
