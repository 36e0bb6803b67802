"""Health: what a load balancer is told, what the owner of the token is told; no check can hang the answer."""

import os
import threading

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from articles.models import OutgoingMail
from articles.newsletter import heartbeat
from articles.pausing import Pause
from articles.views import readiness
from pain_site.redis_cache import LossyRedisCache
from tests import factories
from tests.management.serving import PATIENCE, soon
from tests.needs import free_port

TOKEN = "t0ken-of-a-machine-that-watches"


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A check that is slow because the machine is busy has not failed."""
    monkeypatch.setattr(readiness, "WAIT", PATIENCE)


@pytest.fixture
def healthy(settings, own_folder):
    """A site whose clock has just gone round."""
    settings.HEALTH_TOKEN = TOKEN
    settings.MEDIA_ROOT = settings.VAR_DIR / "media"
    settings.MEDIA_ROOT.mkdir()
    heartbeat.beat()
    return settings


def asked(client, **headers):
    readiness.forget()
    return client.get("/health/ready", headers=headers)


def states(client):
    told = asked(client, authorization=f"Bearer {TOKEN}").json()["checks"]
    return {name: one["state"] for name, one in told.items() if one["state"] != "ok"}


@pytest.fixture
def in_place(monkeypatch):
    """Checks run in this thread: inside a test's transaction no other thread sees what it wrote."""
    monkeypatch.setattr(readiness._Look, "start", readiness._Look.run)
    monkeypatch.setattr(readiness._Look, "join", lambda self, timeout: None)
    monkeypatch.setattr(readiness.connections, "close_all", lambda: None)


@pytest.mark.django_db(transaction=True)
def test_a_healthy_site_is_ready_and_names_its_checks_to_those_with_the_token_alone(client, healthy, settings):
    plain = asked(client)
    assert (plain.status_code, plain.content, plain["Content-Type"]) == (200, b"ready\n", "text/plain")
    for wrong in ("Bearer no", f"Basic {TOKEN}", "Bearer é", f"Bearer {TOKEN[:-1]}"):
        assert asked(client, authorization=wrong).content == b"ready\n"
    whole = asked(client, authorization=f"Bearer {TOKEN}").json()
    names = ["database_file", "database", "migrations", "queues", "cache", "media", "media_writable", "disk", "clock"]
    names.append("replica")
    assert whole == {"ready": True, "version": settings.VERSION, "checks": {name: {"state": "ok"} for name in names}}


def test_without_a_token_in_the_settings_none_opens(client, settings, in_place, monkeypatch):
    settings.HEALTH_TOKEN = ""
    monkeypatch.setattr(readiness, "GROUPS", [dict.fromkeys(readiness.NEEDED, lambda: "")])
    assert asked(client, authorization="Bearer ").content == b"ready\n"


@pytest.mark.parametrize("address", ["/health/live", "/health/ready"])
def test_a_load_balancer_asks_over_plain_http_with_an_address_for_a_host(client, settings, monkeypatch, address):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["example.org"]
    monkeypatch.setattr(readiness, "GROUPS", [dict.fromkeys(readiness.NEEDED, lambda: "")])
    readiness.forget()
    answer = client.get(address, headers={"host": "10.1.2.3:8080"})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert client.post(address, headers={"host": "10.1.2.3:8080"}).status_code == 405


def failing(*args):
    raise OperationalError("password of postgres://pain:s3cret@db")


@pytest.mark.parametrize("name", sorted(readiness.NEEDED))
def test_what_no_reader_can_be_served_without_makes_it_not_ready(client, settings, monkeypatch, name):
    settings.HEALTH_TOKEN = TOKEN
    monkeypatch.setattr(readiness, "GROUPS", [{**dict.fromkeys(readiness.NEEDED, lambda: ""), name: failing}])
    plain = asked(client)
    assert (plain.status_code, plain.content) == (503, b"not ready\n")
    whole = asked(client, authorization=f"Bearer {TOKEN}")
    assert whole.status_code == 503
    assert whole.json()["checks"][name] == {"state": "failed", "reason": "No answer (OperationalError)."}
    assert client.get("/health/live").content == b"live\n"


def test_a_database_that_hangs_does_not_hang_the_answer_and_is_not_asked_again_meanwhile(client, settings, monkeypatch):
    settings.HEALTH_TOKEN = TOKEN
    release, asked_for, waits, join = threading.Event(), [], [], readiness._Look.join

    def hang():
        asked_for.append(1)
        assert release.wait(PATIENCE)
        return ""

    def states_of(names):
        told = client.get("/health/ready", headers={"authorization": f"Bearer {TOKEN}"}).json()["checks"]
        return {told[name]["state"] for name in names}

    others = dict.fromkeys(readiness.NEEDED - {"database"}, lambda: "")
    monkeypatch.setattr(readiness, "GROUPS", [{"database": hang}, others])
    monkeypatch.setattr(readiness, "WAIT", 0.3)
    monkeypatch.setattr(readiness._Look, "join", lambda self, wait: waits.append(wait) or join(self, wait))
    readiness.forget()
    try:
        assert client.get("/health/ready").status_code == 503
        assert waits.pop(0) == pytest.approx(0.3, abs=0.3)
        waits.clear()
        assert states_of(["database"]) == {"failed"}
        assert waits[0] == pytest.approx(0, abs=0.1), "those who ask later do not wait"
        assert soon(lambda: states_of(others) == {"ok"})
        assert asked_for == [1]
    finally:
        release.set()


def test_many_questions_within_a_second_cost_one_look(client, monkeypatch):
    looked = []
    monkeypatch.setattr(readiness, "GROUPS", [{name: lambda: looked.append(1) or "" for name in readiness.NEEDED}])
    monkeypatch.setattr(readiness, "KEPT_FOR", PATIENCE)  # a busy machine takes more than a second for them
    readiness.forget()
    assert {client.get("/health/ready").status_code for _time in range(20)} == {200}
    assert len(looked) == len(readiness.NEEDED)


@pytest.mark.django_db
def test_a_migration_that_is_not_applied_is_named(client, healthy, in_place):
    MigrationRecorder(connection).record_unapplied("articles", "0001_initial")
    assert states(client) == {"migrations": "failed"}
    assert asked(client).status_code == 503


@pytest.mark.django_db
def test_a_media_folder_that_is_not_mounted_or_cannot_be_read_is_named(client, healthy, in_place, monkeypatch):
    healthy.MEDIA_ROOT.rmdir()
    assert states(client) == {}, "a new site has neither pictures nor a folder"
    factories.ImageFactory()
    assert states(client) == {"media": "failed"}
    assert asked(client).status_code == 503
    (healthy.MEDIA_ROOT / "pictures" / "ab").mkdir(parents=True)
    assert states(client) == {}
    monkeypatch.setattr(readiness.default_storage, "listdir", failing)
    assert states(client) == {"media": "failed"}


@pytest.mark.django_db
def test_a_lost_redis_is_a_warning_and_readers_are_served(client, healthy, in_place, monkeypatch):
    monkeypatch.setattr(LossyRedisCache, "pause", Pause(5.0))
    nobody = f"redis://127.0.0.1:{free_port()}/0"
    healthy.CACHES = {
        **healthy.CACHES,
        "default": {"BACKEND": "pain_site.redis_cache.LossyRedisCache", "LOCATION": nobody},
    }
    told = asked(client, authorization=f"Bearer {TOKEN}")
    assert told.status_code == 200
    assert told.json()["checks"]["cache"] == {"state": "warning", "reason": readiness.CACHE_LOST}


@pytest.mark.django_db
def test_a_late_clock_a_full_disk_and_overdue_mail_are_warnings_and_readers_are_served(
    client, healthy, in_place, monkeypatch
):
    os.unlink(healthy.VAR_DIR / "heartbeat")
    heartbeat.beat(timezone.now() - heartbeat.LATE)
    monkeypatch.setattr(readiness, "ENOUGH_SPACE", 1 << 62)
    late = timezone.now() - readiness.OVERDUE
    OutgoingMail.objects.create(kind="key", to="reader@example.org", digest="d", next_at=late, queued_at=late)
    assert states(client) == {"clock": "warning", "disk": "warning", "queues": "warning"}
    assert asked(client).status_code == 200


def test_whether_media_can_be_written_is_tried_once_a_minute(tmp_path, settings, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    tried, check = [], readiness._MediaWriting()
    monkeypatch.setattr(readiness._MediaWriting, "_attempt", lambda self, media: tried.append(media.location) or "")
    assert [check() for _time in range(5)] == [""] * 5
    assert tried == [str(tmp_path)]
    check.until = 0.0
    check()
    assert tried == [str(tmp_path)] * 2
