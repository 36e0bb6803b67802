"""Logs: one line an entry, a flood is counted and not written out, and nothing of a reader is in any."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.publishing import links
from pain_site import logs, redaction
from tests import factories

logger = logging.getLogger("articles.made.up")


def failing(words):
    raise ValueError(words)


def report(words):
    try:
        failing(words)
    except ValueError:
        logger.exception("It failed")


def test_an_error_is_one_line_with_its_way_from_within(log):
    log.begin("line")
    report("two\nlines \x1b[2J of it")
    [line] = log.lines()
    assert 'level=error logger=articles.made.up event="It failed"' in line
    assert r'error="ValueError: two\nlines  [2J of it"' in line
    assert "test_logs.py" in line
    assert line.index(" failing") < line.index(" report")


def test_an_error_is_one_object_with_its_frames_and_without_the_values_in_them(log):
    log.begin("json")
    report("it")
    [entry] = log.entries()
    [error] = entry["exception"]
    assert (entry["event"], error["exc_type"], error["exc_value"]) == ("It failed", "ValueError", "it")
    assert [frame["name"] for frame in error["frames"]] == ["report", "failing"]
    assert "locals" not in error["frames"][0] or error["frames"][0]["locals"] is None


def test_the_same_error_is_written_a_few_times_a_minute_and_the_others_are_counted(log, monkeypatch):
    handler = log.begin("json")
    now = 1000.0
    monkeypatch.setattr(logs.time, "monotonic", lambda: now)
    for _time in range(500):
        report("the database is away")
    logger.warning("something else")
    assert [entry["event"] for entry in log.entries()] == ["It failed"] * logs.MOST + ["something else"]
    now += logs.WITHIN
    logger.info("later")
    *_before, left, last = log.entries()
    assert (left["left_out"], left["level"], last["event"]) == (500 - logs.MOST, "error", "later")
    assert left["event"].startswith("Left out more of the same: ValueError at ")
    report("the database is away")
    assert log.entries()[-1]["event"] == "It failed", "a new minute"
    handler.close()


def test_what_was_left_out_is_told_where_the_process_ends_within_the_minute(log):
    handler = log.begin("json")
    for _time in range(logs.MOST + 2):
        report("it")
    handler.close()
    assert log.entries()[-1]["left_out"] == 2


def test_other_errors_are_written_during_a_flood(log):
    log.begin("json")
    for _time in range(100):
        report("it")
    try:
        [].pop()
    except IndexError:
        logger.exception("Another")
    assert log.entries()[-1]["event"] == "Another"


@pytest.mark.parametrize("style", logs.STYLES)
def test_an_entry_that_cannot_be_written_is_one_line_that_does_not_quote_it(log, capsys, style):
    handler = log.begin(style)
    about = {"name": "articles", "levelno": logging.INFO, "levelname": "INFO"}
    handler.handle(logging.makeLogRecord({**about, "msg": "%d of them", "args": ("reader@example.org",)}))
    assert log.lines() == []
    [line] = capsys.readouterr().err.splitlines()
    assert line == "An entry of the log could not be written (TypeError)."


SECRET = [
    "reader@example.org",
    "o.reader+tag@example.org",
    "reader%40example.org",
    "192.0.2.7",
    "2001:db8::7",
    "::ffff:192.0.2.7",
    "mYkEy-0123456789_abcdefghijkLMNOPQ",
    "k3y0fas3ssi0n0123456789abcdefghij",
]


@pytest.mark.parametrize("secret", SECRET)
@pytest.mark.parametrize(
    "around", ["{}", "<{}>", "550 5.1.1 {}: no such user", "at {}, port 5432", "/confirm/{}/", "'{}'"]
)
def test_addresses_and_keys_are_hidden_wherever_they_come_from(secret, around):
    assert secret not in redaction.cleaned(around.format(secret))
    assert "example" not in redaction.cleaned(around.format(secret))


@pytest.mark.django_db
def test_a_signed_link_is_hidden():
    revision = factories.publishable_article().revisions.latest("pk")
    token = links.for_preview(revision)
    assert token.rpartition(":")[2] not in redaction.cleaned(f"No page at /preview/{token}/ was found")


def test_queries_and_the_rows_that_postgresql_refuses_are_hidden():
    said = 'duplicate key value violates "subscription_email"\nDETAIL:  Key (name)=(Jane Reader) already exists.'
    assert redaction.cleaned(said) == 'duplicate key value violates "subscription_email"'
    assert redaction.cleaned("GET https://x.example/search/?q=my+back&p=2 failed") == (
        "GET https://x.example/search/?… failed"
    )


@pytest.mark.parametrize(
    "said",
    [
        "2026-11-30 07:54:38",
        "articles.publishing.pictures.receivers_that_have_long_names_in_them",
        "Django 5.2.19 took 12:30",
        "articles/migrations/0001_initial_with_a_very_long_name_2.py",
        "No answer (OperationalError).",
    ],
)
def test_what_helps_to_find_an_error_is_left(said):
    assert redaction.cleaned(said) == said


@given(st.text(max_size=300))
def test_what_was_cleaned_needs_no_cleaning(text):
    once = redaction.cleaned(text)
    assert redaction.cleaned(once) == once


@pytest.mark.parametrize("shape", ["a", "@", "a@", "1.", "f:", "?a=", "x-"])
def test_a_long_text_from_outside_takes_no_longer_than_a_short_one(shape):
    assert len(redaction.cleaned(shape * 1_000_000)) <= redaction.LONGEST * 2
