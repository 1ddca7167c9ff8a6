"""/metrics for Prometheus: counts only, to this machine itself or to whoever has the token."""

import hmac
from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from journal import clock
from journal.accounts.gate import public
from journal.config import LOOPBACK
from journal.db import session
from journal.errors import NotThere
from journal.reminders import overdue

bp = Blueprint("metrics", __name__)

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


@bp.get("/metrics")
@public
def metrics() -> ResponseReturnValue:
    if not (_from_here() or _has_token()):
        raise NotThere()
    registry = CollectorRegistry()
    registry.register(Now())
    return Response(generate_latest(registry), mimetype="text/plain; version=0.0.4")


class Now(Collector):
    """What the database says now: the worker is another process, its counters are rows."""

    def collect(self) -> Iterable[Metric]:
        now = clock.now()
        late = overdue.overdue(session(), now)
        yield _gauge("journal_dues_overdue", "Due reminders nobody dealt with in time", late.dues)
        yield _gauge(
            "journal_deliveries_overdue", "Deliveries nobody sent in time", late.deliveries
        )
        age = (now - late.oldest).total_seconds() if late.oldest else 0
        yield _gauge("journal_overdue_seconds", "Age of the oldest of these", age)
        yield _by(
            "journal_deliveries_day",
            "Deliveries of the last day",
            ["outcome", "cause"],
            overdue.ended(session(), now),
        )
        faults = {(fault,): count for fault, count in overdue.faults(session()).items()}
        yield _by("journal_dues_faulty", "Rules pushed forward by a fault", ["fault"], faults)


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def _by(name: str, text: str, labels: list[str], counts: Mapping[Any, int]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=labels)
    for values, count in counts.items():
        family.add_metric(list(values), count)
    return family


def _from_here() -> bool:
    # Behind a proxy on the same machine everybody seems to come from here.
    forwarded = any(name in request.headers for name in FORWARDED)
    return request.remote_addr in LOOPBACK and not forwarded


def _has_token() -> bool:
    token = current_app.extensions["config"].metrics_token
    said = request.headers.get("Authorization", "")
    return bool(token) and hmac.compare_digest(said.encode(), f"Bearer {token}".encode())
