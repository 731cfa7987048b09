"""Numbers for whoever watches the server, as Prometheus reads them; none says anything of a contract."""

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from prometheus_client import generate_latest

from qiyue.http.people import Asker, Lent, site_of
from qiyue.http.replies import problems

router = APIRouter(tags=["health"])


@router.get(
    "/metrics",
    summary="Numbers for Prometheus",
    response_class=PlainTextResponse,
    responses=problems() | {200: {"description": "Prometheus text format", "content": {"text/plain": {}}}},
)
def metrics(request: Request, person: Asker, lease: Lent) -> PlainTextResponse:
    """For administrators, and for tokens with the scope `metrics`."""
    person.need("metrics")
    if person.via != "token" or not person.admin:
        person.need_to_manage()
    site = site_of(request)
    site.metrics.contracts.set(lease.service.store.catalogue.count())
    site.metrics.waiting.set(lease.service.store.outbox.count())
    site.metrics.imports.set(site.imports.running)
    return PlainTextResponse(generate_latest(site.metrics.registry), media_type="text/plain; version=0.0.4")
