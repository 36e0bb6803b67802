"""The line of each request: a number, a route, a duration; no path, no query, no reader. Errors once, with a number."""

import json

import pytest
from django.db import OperationalError

from articles.views import readiness

KEY = "mYkEy-0123456789_abcdefghijkLMNOPQ"
pytestmark = pytest.mark.django_db


def requests(log):
    return [entry for entry in log.entries() if entry["event"] == "request"]


def test_each_request_is_one_line_with_its_own_number_which_the_answer_has_too(client, log):
    log.begin("json")
    answer = client.get("/glossary/", headers={"x-request-id": "forged"})
    [line] = requests(log)
    assert answer["X-Request-ID"] == line["request_id"] != "forged"
    assert client.get("/glossary/")["X-Request-ID"] != answer["X-Request-ID"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/glossary/", 200)
    assert line["ms"] > 0


@pytest.mark.parametrize(
    ("address", "route"),
    [
        ("/articles/my-own-article/?ref=my-letter", "/articles/<slug:slug>/"),
        (f"/unsubscribe/{KEY}/", "/unsubscribe/<str:token>/"),
        (f"/preferences/{KEY}/", "/preferences/<str:token>/"),
        (f"/subscribe/confirm/{KEY}/", "/subscribe/confirm/<str:token>/"),
        (f"/subscribe/confirm/{KEY}/{KEY}", "/subscribe/confirm/<path:token>"),
        (f"/review/{KEY}/", "/review/<str:token>/"),
        (f"/preview/{KEY}/", "/preview/<str:token>/"),
        ("/search/?q=reader@example.org", "/search/"),
        ("/static/articles/reader@example.org", "static"),
        ("/no/such/reader@example.org", "none"),
        ("/admin/auth/user/?q=reader@example.org", "/admin/auth/user/"),
        ("/My-Letter/?q=my-letter", "/<slug:slug>/"),
    ],
)
@pytest.mark.parametrize("style", ["line", "json"])
def test_a_request_is_named_by_its_route_and_nothing_of_its_address_is_written(client, log, style, address, route):
    log.begin(style)
    client.get(address)
    written = "\n".join(log.lines())
    assert f"route={route}" in written or f'"route": "{route}"' in written
    for secret in (KEY, "reader", "my-own", "my-letter", "127.0.0.1"):
        assert secret not in written


def test_an_error_quotes_nothing_of_what_the_request_brought(client, log, monkeypatch):
    def quoting(*args, **kwargs):
        raise OperationalError("fts5: syntax error near my knee hurts at /search/ of s3ssion, with t0ken")

    monkeypatch.setattr("articles.views.search.find", quoting)
    log.begin("json")
    client.raise_request_exception = False
    answer = client.get("/search/?q=my knee hurts", headers={"cookie": "desk=s3ssion", "authorization": "Bearer t0ken"})
    error, line = log.entries()
    assert answer.status_code == line["status"] == 503
    assert error["request_id"] == line["request_id"] == answer["X-Request-ID"]
    assert error["exception"][0]["exc_type"] == "OperationalError"
    for secret in ("knee", "s3ssion", "t0ken"):
        assert secret not in json.dumps(error)


def test_an_error_in_the_page_for_wrong_addresses_is_written_too(client, log, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("away")

    monkeypatch.setattr("articles.views.errors.render", away)
    log.begin("json")
    client.raise_request_exception = False
    assert client.get("/no/such/page").status_code == 503
    errors = [entry for entry in log.entries() if entry["level"] == "error"]
    assert [[one["exc_type"] for one in error["exception"]] for error in errors] == [["OperationalError"]]


def test_being_not_ready_and_being_asked_by_a_machine_is_nothing_to_write_about(client, log, monkeypatch):
    log.begin("json")
    monkeypatch.setattr(readiness, "GROUPS", [dict.fromkeys(readiness.NEEDED, lambda: "broken")])
    for _time in range(3):
        readiness.forget()
        assert client.get("/health/ready").status_code == 503
    assert log.lines() == []


def test_a_strangers_host_is_a_warning_that_does_not_repeat_it(client, log):
    log.begin("json")
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    warning, line = log.entries()
    assert (warning["level"], warning["event"], line["status"]) == ("warning", "Refused: DisallowedHost", 400)
    assert "evil" not in "\n".join(log.lines())


def test_a_method_that_nobody_knows_is_not_repeated(client, log):
    log.begin("json")
    client.generic("READER", "/glossary/")
    assert requests(log)[0]["method"] == "other"
