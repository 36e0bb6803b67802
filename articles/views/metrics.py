"""`/metrics`: what `articles.metrics` counted and what the database and the clock say now, in Prometheus's own text."""

from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from articles.metrics import NAMESPACE, counted
from articles.models import Edition
from articles.newsletter import heartbeat, queues
from articles.views import bearer, readiness


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """404 as long as METRICS_TOKEN is not set."""
    if not settings.METRICS_TOKEN:
        return HttpResponse("not found\n", content_type="text/plain", status=404)
    if not bearer.shows(request, settings.METRICS_TOKEN):
        answer = HttpResponse("not authorized\n", content_type="text/plain", status=401)
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    now = CollectorRegistry()
    now.register(Now())
    return HttpResponse(generate_latest(counted()) + generate_latest(now), content_type=CONTENT_TYPE_LATEST)


class Now(Collector):
    """What is looked up at each question. Where the database is away, what does not need it is told all the same."""

    def describe(self) -> list[Metric]:
        """Nothing: a registry that is told nothing would ask the database for the names."""
        return []

    def collect(self) -> Iterator[Metric]:
        version = _gauge("info", "The version that runs.", "version")
        version.add_metric([settings.VERSION], 1)
        yield version
        problems = readiness.found()
        checks = _gauge("check_ok", "1 where a check of /health/ready finds nothing wrong.", "check")
        for name, problem in problems.items():
            checks.add_metric([name], 0 if problem else 1)
        yield checks
        if (silence := heartbeat.silence()) is not None:
            yield _gauge("clock_heartbeat_age_seconds", "Since the clock went round.", value=silence.total_seconds())
        if not problems["database"] and not problems["migrations"]:
            yield from _of_the_database()


def _of_the_database() -> list[Metric]:
    try:
        waiting, live = queues.now(), Edition.objects.live().articles().count()
    except DatabaseError:
        return []
    deliveries = _gauge("deliveries", "Copies of the issues under way and of the newest one.", "issue", "state")
    for number, states in waiting.deliveries.items():
        for state, copies in states.items():
            deliveries.add_metric([str(number), state], copies)
    return [
        _gauge("editions_live", "Articles that the public reads.", value=live),
        _gauge("outbox_mails", "Mails to one person that wait.", value=waiting.mails),
        _gauge("outbox_oldest_seconds", "Age of the oldest of them.", value=waiting.oldest_mail.total_seconds()),
        _gauge(
            "deliveries_overdue_seconds",
            "How long the longest waiting copy has been due.",
            value=waiting.oldest_delivery.total_seconds(),
        ),
        deliveries,
    ]


def _gauge(name: str, about: str, *labels: str, value: float | None = None) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{NAMESPACE}_{name}", about, value=value, labels=labels or None)
