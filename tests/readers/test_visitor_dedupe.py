"""A deed is known again for a day, and nobody can find out later whose it was."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.models import Trace, TraceKey
from articles.readers import visitor_dedupe
from articles.readers.visitor_dedupe import Visitor

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
JANE = Visitor("192.0.2.7", "Firefox")


def test_a_deed_is_known_again_on_the_same_day_and_not_on_the_next():
    left = [visitor_dedupe.leave("answer", "1", JANE, at=at) for at in (NOON, NOON, NOON + timedelta(days=1))]
    assert left == [True, False, True]


@pytest.mark.parametrize(
    ("deed", "about", "visitor"),
    [
        ("report", "1", JANE),
        ("answer", "2", JANE),
        ("answer", "1", Visitor("192.0.2.8", "Firefox")),
        ("answer", "1", Visitor("192.0.2.7", "Chrome")),
        ("answer", "", Visitor("192.0.2.7", "Firefox1")),
    ],
)
def test_another_deed_thing_network_or_browser_is_another(deed, about, visitor):
    visitor_dedupe.leave("answer", "1", JANE, at=NOON)
    assert visitor_dedupe.leave(deed, about, visitor, at=NOON)


def test_a_network_is_counted_for_an_hour_whatever_its_browsers():
    for number in range(3):
        visitor_dedupe.leave("answer", str(number), Visitor(JANE.network, str(number)), at=NOON)
    visitor_dedupe.leave("answer", "1", Visitor("192.0.2.8", "Firefox"), at=NOON)
    later = [timedelta(0), timedelta(minutes=59), timedelta(minutes=60)]
    assert [visitor_dedupe.in_an_hour("answer", JANE, at=NOON + wait) for wait in later] == [3, 3, 0]
    assert visitor_dedupe.in_an_hour("report", JANE, at=NOON) == 0


def test_no_row_tells_the_network_or_the_browser():
    visitor_dedupe.leave("answer", "1", JANE, at=NOON)
    kept = str([*Trace.objects.values_list(), *TraceKey.objects.values_list()])
    assert JANE.network not in kept
    assert JANE.agent not in kept


def test_the_key_of_a_day_is_forgotten_when_the_next_is_drawn_clock_or_no_clock():
    visitor_dedupe.leave("answer", "1", JANE, at=NOON)
    first = TraceKey.objects.get().key
    visitor_dedupe.leave("answer", "1", JANE, at=NOON + timedelta(days=1))
    assert TraceKey.objects.get().key != first


def test_the_clock_forgets_what_is_of_another_day():
    visitor_dedupe.leave("answer", "1", JANE, at=NOON - timedelta(days=1))
    visitor_dedupe.leave("answer", "1", JANE, at=NOON)
    assert visitor_dedupe.forget(at=NOON) == 1
    assert [trace.at for trace in Trace.objects.all()] == [NOON]
    assert not visitor_dedupe.leave("answer", "1", JANE, at=NOON)
    visitor_dedupe.forget(at=NOON + timedelta(days=1))
    assert (Trace.objects.count(), TraceKey.objects.count()) == (0, 0)
