"""Search engines are told what was published and unpublished, with patience, and only where a key is set."""

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import time_machine
from django.utils import timezone

from articles.admin import system
from articles.models import Restore
from articles.publishing import index_now, press
from tests import factories

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
KEY = "0123456789abcdef"


@pytest.fixture
def service(monkeypatch, settings, tmp_path):
    """On this machine; `status` is what it answers, `got` what it was sent."""
    settings.INDEXNOW_KEY, settings.VAR_DIR = KEY, tmp_path

    class Service(BaseHTTPRequestHandler):
        got: list[dict] = []
        status = 202

        def do_POST(self):
            length = int(self.headers["Content-Length"])
            self.got.append({"path": self.path, **json.loads(self.rfile.read(length))})
            self.send_response(self.status)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    monkeypatch.setattr(index_now, "SERVICE", f"http://127.0.0.1:{server.server_port}/indexnow")
    yield Service
    server.shutdown()
    thread.join()
    server.server_close()


def told(service):
    """The paths of the addresses that were sent since the last time."""
    found = [sorted(url.removeprefix("http://testserver") for url in sent["urlList"]) for sent in service.got]
    service.got.clear()
    return found


def at(moment):
    return time_machine.travel(moment, tick=False)


def on_the_system_page():
    return dict(dict(system.context()["panels"])["Machine"]).get("Search engines (IndexNow)")


def test_what_is_published_scheduled_and_unpublished_is_told_once_when_it_happens(service):
    assert index_now.tell(MONDAY)
    assert service.got == []
    with at(MONDAY + MINUTE):
        edition = factories.print_edition(slug="pumps")
        factories.print_edition(slug="later", at=MONDAY + DAY / 2)
    assert index_now.tell(MONDAY + 2 * MINUTE)
    [sent] = service.got
    assert sent == {
        "path": "/indexnow",
        "host": "testserver",
        "key": KEY,
        "keyLocation": f"http://testserver/{KEY}.txt",
        "urlList": ["http://testserver/articles/pumps/"],
    }
    service.got.clear()
    assert index_now.tell(MONDAY + 3 * MINUTE)
    assert told(service) == []
    assert index_now.tell(MONDAY + DAY / 2 + MINUTE)
    assert told(service) == [["/articles/later/"]]
    with at(MONDAY + DAY):
        press.withdraw(edition.article, by=factories.editor(), note="It was wrong.")
    assert index_now.tell(MONDAY + DAY + MINUTE)
    assert told(service) == [["/articles/pumps/"]]


def test_what_was_committed_a_moment_late_is_told_too(service):
    index_now.tell(MONDAY)
    with at(MONDAY - timedelta(seconds=5)):
        factories.print_edition(slug="pumps")
    index_now.tell(MONDAY + MINUTE)
    assert told(service) == [["/articles/pumps/"]]


@pytest.mark.parametrize("status", [403, 429, 500])
def test_a_failure_is_tried_again_with_what_came_since_and_the_system_page_names_it(service, status):
    index_now.tell(MONDAY)
    with at(MONDAY + MINUTE):
        factories.print_edition(slug="pumps")
    service.status = status
    assert not index_now.tell(MONDAY + 2 * MINUTE)
    assert f"The service answered {status}." in on_the_system_page()
    with at(MONDAY + 3 * MINUTE):
        factories.print_edition(slug="other")
    service.status = 200
    service.got.clear()
    assert index_now.tell(MONDAY + 4 * MINUTE)
    assert told(service) == [["/articles/other/", "/articles/pumps/"]]
    assert "failed" not in on_the_system_page()


def test_a_service_that_is_not_there_is_a_failure_in_words(service, monkeypatch):
    index_now.tell(MONDAY)
    with at(MONDAY + MINUTE):
        factories.print_edition(slug="pumps")
    monkeypatch.setattr(index_now, "SERVICE", "http://127.0.0.1:9/indexnow")
    assert not index_now.tell(MONDAY + 2 * MINUTE)
    assert "No answer (ConnectionRefusedError)." in on_the_system_page()


def test_what_could_not_be_told_within_a_day_is_dropped_and_the_system_page_says_when(service):
    index_now.tell(MONDAY)
    with at(MONDAY + MINUTE):
        factories.print_edition(slug="old")
    with at(MONDAY + DAY):
        factories.print_edition(slug="new")
    assert index_now.tell(MONDAY + DAY + 5 * MINUTE)
    assert told(service) == [["/articles/new/"]]
    assert "Addresses were dropped on November 3, 2026, 09:05" in on_the_system_page()


def test_more_than_fits_into_one_message_is_told_in_several(service, monkeypatch):
    monkeypatch.setattr(index_now, "MOST", 2)
    index_now.tell(MONDAY)
    for number in range(3):
        with at(MONDAY + (number + 1) * MINUTE):
            factories.print_edition(slug=f"n{number}")
    for _time in range(3):
        assert index_now.tell(MONDAY + 5 * MINUTE)
    assert told(service) == [["/articles/n0/", "/articles/n1/"], ["/articles/n2/"]]


def test_a_site_without_a_key_or_restored_and_on_hold_tells_nothing(service, settings):
    index_now.tell(MONDAY)
    with at(MONDAY + MINUTE):
        factories.print_edition(slug="pumps")
    settings.INDEXNOW_KEY = ""
    assert index_now.tell(MONDAY + 2 * MINUTE)
    assert on_the_system_page() is None
    settings.INDEXNOW_KEY = KEY
    restore = Restore.objects.create(backup_at=MONDAY, restored_at=MONDAY)
    assert index_now.tell(MONDAY + 2 * MINUTE)
    assert service.got == []
    Restore.objects.filter(pk=restore.pk).update(answer=Restore.GO_ON, answered_at=timezone.now())
    assert index_now.tell(MONDAY + 2 * MINUTE)
    assert told(service) == [["/articles/pumps/"]]


def test_a_state_that_cannot_be_read_begins_anew(service, settings):
    (settings.VAR_DIR / "indexnow.json").write_text("[", encoding="utf-8")
    assert on_the_system_page() == "Nothing was sent yet"
    assert index_now.tell(MONDAY)
    assert index_now.state() is not None


def test_the_key_is_served_under_its_own_name_and_nothing_else_is(client, settings):
    settings.INDEXNOW_KEY = KEY
    answer = client.get(f"/{KEY}.txt")
    assert (answer.content.decode(), answer["Content-Type"]) == (KEY, "text/plain; charset=utf-8")
    assert client.get("/other.txt").status_code == 404
    settings.INDEXNOW_KEY = ""
    assert client.get(f"/{KEY}.txt").status_code == client.get("/.txt").status_code == 404
    assert client.get("/robots.txt").content.startswith(b"User-agent")
