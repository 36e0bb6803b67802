"""What readers searched for in vain is counted for the desk, without them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from articles.models import SearchMiss
from articles.search import misses
from tests.factories import print_edition

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def counted():
    misses.tally.flush()
    return dict(SearchMiss.objects.values_list("question", "count"))


def test_a_search_that_finds_nothing_is_counted_and_one_that_finds_something_is_not(client):
    print_edition(title="The quokka")
    for typed in ("quokka", "Numbat’s  bite?", "numbat's bite", "how we review", ""):
        assert client.get("/search/", {"q": typed}).status_code == 200
    client.get("/search/", {"q": "numbat", "section": "news"})
    assert counted() == {"numbat bite": 2}


@pytest.mark.parametrize(
    "typed", ["jane@example.org", "555 1234", "b12", "www.example.org", "a, b", "x" * 61, "word " * 20, "\x00", "痛み1"]
)
def test_what_could_be_a_person_or_is_no_question_is_not_kept(client, typed):
    client.get("/search/", {"q": typed})
    assert counted() == {}


def test_the_desk_sees_what_was_asked_three_times_in_a_month():
    for typed, times, at in (
        ("numbat", 2, NOW),
        ("numbat", 1, NOW - timedelta(days=1)),
        ("bilby", 2, NOW),
        ("quoll", 9, NOW - timedelta(days=40)),
        ("potoroo", 4, NOW),
    ):
        for _time in range(times):
            misses.note(typed, at=at)
    misses.tally.flush()
    assert misses.frequent(at=NOW) == [("potoroo", 4), ("numbat", 3)]


def test_the_clock_forgets_after_three_months():
    for days in (89, 91):
        misses.note("numbat", at=NOW - timedelta(days=days))
    misses.tally.flush()
    assert misses.forget(at=NOW) == 1
    assert SearchMiss.objects.count() == 1


def test_a_search_that_finds_nothing_waits_for_no_writing(django_assert_num_queries):
    with django_assert_num_queries(0):
        for typed in ("numbat", "numbat", "bilby"):
            misses.note(typed)
    with django_assert_num_queries(4):  # of them two are the transaction's
        misses.tally.flush()
    assert counted() == {"numbat": 2, "bilby": 1}


def test_a_day_and_a_process_keep_so_many_questions_and_no_more(monkeypatch):
    monkeypatch.setattr(misses, "MOST_A_DAY", 2)
    for typed in ("numbat", "bilby", "quoll", "numbat"):
        misses.note(typed)
    assert counted() == {"numbat": 2, "bilby": 1}
    monkeypatch.setattr(misses.tally, "most", 2)
    for typed in ("one", "two", "three", "two"):
        misses.note(typed)
    assert {question: times for (_day, question), times in misses.tally.counted.items()} == {"one": 1, "two": 2}


def test_a_page_is_shown_where_nothing_can_be_counted(client, monkeypatch):
    def fails(counted):
        raise OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(misses.tally, "write", fails)
    assert client.get("/search/", {"q": "numbat"}).status_code == 200
    misses.tally.flush()
    assert SearchMiss.objects.count() == 0
