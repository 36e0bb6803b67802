"""`/metrics`: closed without a token, readable by Prometheus's own parser, and nothing of a reader in any label."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from articles.models import Delivery, Issue, OutgoingMail
from articles.newsletter import heartbeat, queues
from articles.views import readiness
from tests import factories

TOKEN = "t0ken-of-a-machine-that-counts"


@pytest.fixture
def watched(settings, own_folder, monkeypatch):
    settings.METRICS_TOKEN = TOKEN
    monkeypatch.setattr(readiness, "GROUPS", [dict.fromkeys(("database", "migrations", "disk"), lambda: "")])


def samples(client):
    """What Prometheus reads: values by name and labels."""
    answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    return {(one.name, *sorted(one.labels.values())): one.value for family in families for one in family.samples}


def test_without_a_token_in_the_settings_there_is_no_such_page(client, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def test_only_the_token_opens_it(client, watched):
    for wrong in ("", "Bearer no", f"Basic {TOKEN}", f"Bearer {TOKEN}x"):
        answer = client.get("/metrics", headers={"authorization": wrong} if wrong else {})
        assert (answer.status_code, answer["WWW-Authenticate"], answer.content) == (401, "Bearer", b"not authorized\n")


@pytest.mark.django_db
def test_prometheus_asks_over_plain_http_with_an_address_for_a_host(client, watched, settings):
    settings.SECURE_SSL_REDIRECT = True
    headers = {"authorization": f"Bearer {TOKEN}", "host": "10.1.2.3:8000"}
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_requests_are_counted_by_route_and_never_by_address(client, watched):
    key = ("newsroom_http_requests_total", "/articles/<slug:slug>/", "404", "GET")
    count = tuple(sorted(key[1:]))
    before = samples(client).get((key[0], *count), 0)
    for slug in ("one", "two", "three"):
        client.get(f"/articles/{slug}/?q=reader")
    client.generic("READER", "/nowhere/at/all")
    after = samples(client)
    assert after[key[0], *count] == before + 3
    assert after["newsroom_http_request_duration_seconds_count", "/articles/<slug:slug>/"] >= 3
    assert not [labels for _name, *labels in after if {"reader", "READER", "/nowhere/at/all"} & set(labels)]


@pytest.mark.django_db
def test_looks_into_the_cache_and_rounds_of_the_clock_are_counted(client, watched):
    client.get("/glossary/")
    before = samples(client)
    client.get("/glossary/")
    call_command("clock", "--once")
    after = samples(client)
    hits, rounds = ("newsroom_cache_lookups_total", "hit", "process"), ("newsroom_clock_rounds_total",)
    assert after[hits] > before[hits]
    assert after[rounds] == before[rounds] + 1
    assert after["newsroom_clock_heartbeat_age_seconds",] < 60


@pytest.mark.django_db
def test_queues_deliveries_and_live_editions_are_as_the_database_says(client, watched):
    at = timezone.now()
    hour = at - timedelta(hours=1)
    OutgoingMail.objects.create(kind="key", to="reader@example.org", digest="d", queued_at=hour, next_at=at)
    about = {"week": "2026-W07", "subject": "News", "since": hour, "until": at}
    approved = {"approved_at": hour, "approved_by": factories.newsletter_editor(), "started_at": hour}
    issue = Issue.objects.create(number=7, state=Issue.SENDING, **about, **approved)
    for number in range(3):
        Delivery.objects.create(issue=issue, message_id=f"<{number}@x>", next_at=hour)
    factories.print_edition()
    now = samples(client)
    assert now["newsroom_editions_live",] == 1
    assert now["newsroom_outbox_mails",] == 1
    assert now["newsroom_outbox_oldest_seconds",] == pytest.approx(3600, abs=60)
    assert now["newsroom_deliveries_overdue_seconds",] == pytest.approx(3600, abs=60)
    assert now["newsroom_deliveries", "7", "queued"] == 3
    assert now["newsroom_deliveries", "7", "handed_over"] == 0
    assert now["newsroom_check_ok", "disk"] == 1


def test_what_was_counted_is_told_where_the_database_is_away(client, watched, monkeypatch):
    def away():
        raise OperationalError("away")

    monkeypatch.setattr(queues, "now", away)
    heartbeat.beat()
    counted = samples(client)
    assert "newsroom_clock_rounds_total" in {name for name, *_labels in counted}
    assert "newsroom_editions_live" not in {name for name, *_labels in counted}
    monkeypatch.setattr(readiness, "GROUPS", [{"database": lambda: "gone", "migrations": lambda: ""}])
    readiness.forget()
    assert samples(client)["newsroom_check_ok", "database"] == 0
