"""Times as people write them: an hour that clocks skip has none, an hour that they repeat has two."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles import wall_clock
from articles.wall_clock import NoSuchTime, moment, repeated_day

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]


@pytest.mark.parametrize(
    ("zone", "written", "sentence"),
    [
        ("Europe/Berlin", (2027, 3, 28, 2, 0), "so 02:00 doesn’t exist. Choose another time, for example 03:00."),
        ("America/New_York", (2027, 3, 14, 2, 59), "so 02:59 doesn’t exist. Choose another time, for example 03:59."),
        (
            "Australia/Lord_Howe",
            (2026, 10, 4, 2, 15),
            "so 02:15 doesn’t exist. Choose another time, for example 02:45.",
        ),
        (
            "America/New_York",
            (2026, 11, 1, 1, 30),
            "so 01:30 comes twice. Choose the first (2026-11-01T01:30-04:00) or the second (2026-11-01T01:30-05:00).",
        ),
        ("America/New_York", (9999, 12, 31, 23, 59), "9999 is too far away. Choose another time."),
    ],
)
def test_a_time_that_does_not_exist_or_comes_twice_is_refused_in_one_sentence(zone, written, sentence):
    with timezone.override(zone), pytest.raises(NoSuchTime) as refused:
        moment(datetime(*written))
    assert str(refused.value).endswith(sentence)


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)),
    st.sampled_from(ZONES),
    st.sampled_from(["first", "second"]),
)
def test_every_other_time_is_what_the_clock_on_the_wall_shows(written, zone, which):
    with timezone.override(zone):
        try:
            at = moment(written, which=which)
        except NoSuchTime:
            at = None
        zone = timezone.get_current_timezone()
        exists = written.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == written
        shown = timezone.localtime(at.astimezone(UTC)).replace(tzinfo=None, fold=0) if at else None
        assert shown == (written if exists else None)


def test_a_time_with_an_offset_is_left_as_it_is():
    at = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
    with timezone.override("Europe/Berlin"):
        assert moment(at) is at


def test_the_second_of_two_is_an_hour_after_the_first():
    with timezone.override("Europe/Berlin"):
        first, second = (
            moment(datetime(2026, 10, 25, 2, 30), which=which) for which in (wall_clock.FIRST, wall_clock.SECOND)
        )
        assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("zone", "day"), [("Europe/Berlin", "2026-10-25"), ("America/New_York", "2026-11-01"), ("UTC", "")]
)
def test_the_day_on_which_an_hour_comes_twice_is_known_ahead(zone, day):
    with timezone.override(zone):
        found = repeated_day(datetime(2026, 10, 20, 10, tzinfo=UTC))
    assert (f"{found:%Y-%m-%d}" if found else "") == day
