"""What leaves for Sentry, read where it arrives: the error and its place, and nothing of a reader."""

import gzip
import json
import logging
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import sentry_sdk
from django.test import RequestFactory

from pain_site import logs
from pain_site.error_reports import Reports

logger = logging.getLogger("articles.made.up")


class Sentry(BaseHTTPRequestHandler):
    """Takes envelopes: lines of JSON, of which the third is the event."""

    events: list[dict]

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        self.events.append(json.loads(body.splitlines()[2]))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def events():
    """What arrived, after a flush."""
    arrived = []
    server = HTTPServer(("127.0.0.1", 0), type("Here", (Sentry,), {"events": arrived}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    handler = Reports(dsn=f"http://key@127.0.0.1:{server.server_port}/7", release="1.2")
    handler.setLevel(logging.ERROR)
    logger.addHandler(handler)

    def flushed():
        sentry_sdk.flush(timeout=60)
        return arrived

    yield flushed
    logger.removeHandler(handler)
    sentry_sdk.get_client().close()
    sentry_sdk.get_global_scope().set_client(None)
    server.shutdown()
    server.server_close()


def fail_over(words):
    reader = "jane@example.org"
    raise ValueError(f"{reader} asked for {words} at 192.0.2.7")


def report(request):
    try:
        fail_over("my knee hurts")
    except ValueError:
        logger.error("Unhandled error of %s", "jane@example.org", exc_info=sys.exc_info(), extra={"request": request})


def test_an_error_arrives_with_its_place_and_nothing_of_the_reader_who_met_it(events):
    headers = {"HTTP_COOKIE": "desk=s3cret", "HTTP_USER_AGENT": "a browser of jane"}
    report(RequestFactory().get("/search/", {"q": "my knee hurts"}, REMOTE_ADDR="192.0.2.7", **headers))
    [event] = events()
    [error] = event["exception"]["values"]
    assert (error["type"], error["value"]) == ("ValueError", "… asked for … at …")
    assert error["stacktrace"]["frames"][-1]["function"] == "fail_over"
    assert event["logentry"]["message"] == "Unhandled error of …"
    assert (event["release"], event["level"]) == ("1.2", "error")
    whole = json.dumps({**event, "exception": {**error, "stacktrace": [list(one) for one in frames(error)]}})
    for secret in ("jane", "knee", "192.0.2.7", "s3cret", "browser", "search", "vars"):
        assert secret not in whole


def frames(error):
    """Without the lines of this file, which say all of it."""
    kept = error["stacktrace"]["frames"]
    assert not [frame for frame in kept if "vars" in frame]
    return [
        {name: value for name, value in frame.items() if "line" not in name and "context" not in name} for frame in kept
    ]


def test_a_flood_arrives_a_few_times_a_minute(events):
    for _time in range(200):
        report(None)
    assert len(events()) == logs.MOST


def test_what_is_no_error_does_not_leave(events):
    logger.warning("late")
    logger.info("request")
    assert events() == []
