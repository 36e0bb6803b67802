"""One letter to an ISO week, whatever the clocks do: ten simulated years in six zones, and clocks that stand still."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from articles.models import Alarm, Issue
from articles.newsletter import scheduler
from articles.newsletter.issues import building, weeks
from tests import factories
from tests.properties import examples

# Zone, weekday (ISO), time of day: each at an hour that its zone skips or shows twice, or on a day that it left out.
ZONES = [
    ("Europe/Berlin", 7, time(2, 30)),
    ("America/New_York", 7, time(1, 30)),
    ("Australia/Lord_Howe", 7, time(2, 15)),
    ("Pacific/Apia", 5, time(9)),  # had no Friday, 30 December 2011
    ("America/Sao_Paulo", 7, time(0)),  # put its clocks forward at midnight
    ("Africa/Casablanca", 7, time(23, 59, 59)),
]
TEN_YEARS = (datetime(2008, 12, 29, 12, tzinfo=UTC), datetime(2018, 12, 31, 12, tzinfo=UTC))
TICK = timedelta(seconds=30)


# In every run: one with half an hour of summer time, one that left out a day. The others are a campaign.
OFTEN = ("Australia/Lord_Howe", "Pacific/Apia")


@pytest.fixture(
    params=[pytest.param(zone, id=zone[0], marks=[] if zone[0] in OFTEN else pytest.mark.campaign) for zone in ZONES]
)
def zone(request, settings):
    settings.TIME_ZONE, settings.NEWSLETTER_WEEKDAY, settings.NEWSLETTER_TIME = request.param
    return ZoneInfo(settings.TIME_ZONE)


def every_week(start, end, zone):
    """The ISO weeks of all days between two moments, in order."""
    first, last = (moment.astimezone(zone).date() for moment in (start, end))
    days = (first + timedelta(days=passed) for passed in range((last - first).days + 1))
    return list(dict.fromkeys(weeks.key(day) for day in days))


def looks(start, end):
    """When the clock looks: every three hours."""
    at = start
    while at < end:
        yield at
        at += timedelta(hours=3)


def ledger(moments):
    """The weeks that are built by a clock which looks at these moments, with the moment of each."""
    built = {}
    for now in moments:
        week = weeks.latest_due(now)
        if week not in built:
            built[week] = now
    return built


def test_ten_years_of_ticks_make_one_issue_per_iso_week(zone):
    built = ledger(looks(*TEN_YEARS))
    expected = every_week(*TEN_YEARS, zone)
    # The first look finds the week before's moment passed; the last week's may lie ahead.
    assert [week for week in built if week in expected] == expected[: len(built) - 1]
    assert len(expected) - (len(built) - 1) in (0, 1)
    late = [now - weeks.due_at(week) for week, now in list(built.items())[1:]]
    assert timedelta() <= min(late) <= max(late) <= timedelta(hours=3)


def test_the_hours_around_every_change_of_clocks_make_one_issue(zone):
    start, end = TEN_YEARS
    days = (start + timedelta(days=passed) for passed in range((end - start).days))
    changes = [
        day
        for day in days
        if day.astimezone(zone).utcoffset() != (day + timedelta(days=1)).astimezone(zone).utcoffset()
    ]
    assert len(changes) >= 2
    for change in changes[:: max(1, len(changes) // 4)]:
        ticks = [change - timedelta(days=3) + passed * 20 * TICK for passed in range(7 * 24 * 6)]
        built = ledger(ticks)
        due = [week for week in built if ticks[0] < weeks.due_at(week) <= ticks[-1]]
        assert list(built)[1:] == due
        assert len(due) == 1


def test_a_moment_is_in_its_own_week_even_where_its_day_was_left_out(zone):
    start, end = TEN_YEARS
    for week in every_week(start, end, zone):
        assert weeks.key(weeks.due_at(week).astimezone(zone).date()) == week


@hypothesis_settings(max_examples=examples(15))
@given(gaps=st.lists(st.integers(min_value=1, max_value=6 * 24 * 60), min_size=20, max_size=80))
def test_a_clock_that_stands_still_for_less_than_a_week_misses_none(gaps):
    at, moments = datetime(2026, 1, 1, 12, tzinfo=UTC), []
    for minutes in gaps:
        at += timedelta(minutes=minutes)
        moments.append(at)
    built = list(ledger(moments))
    days = [date.fromisocalendar(int(week[:4]), int(week[-2:]), 1) for week in built]
    assert [later - earlier for earlier, later in pairwise(days)] == [timedelta(weeks=1)] * (len(days) - 1)


@pytest.mark.django_db
def test_the_real_clock_builds_one_issue_per_week_through_a_change_of_clocks_a_year_of_53_weeks_and_restarts(settings):
    settings.TIME_ZONE, settings.NEWSLETTER_WEEKDAY, settings.NEWSLETTER_TIME = "Europe/Berlin", 7, time(2, 30)
    start = datetime(2026, 10, 19, 12, tzinfo=UTC)
    for day in range(7 * 13):
        for again in range(2):  # a restart looks at the same moment again
            scheduler.go_round(start + timedelta(days=day, seconds=again))
    made = list(Issue.objects.order_by("week").values_list("week", flat=True))
    assert made == [f"2026-W{week}" for week in range(43, 54)] + ["2027-W01", "2027-W02"]


# A clock that was late ------------------------------------------------------------------------------------------------

THURSDAY = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_a_new_site_begins_with_the_week_in_which_its_clock_first_runs():
    assert building.due(THURSDAY - timedelta(seconds=1)) is None
    assert building.due(THURSDAY) == "2026-W48"
    assert building.due(THURSDAY + timedelta(days=3)) == "2026-W48"


@pytest.mark.django_db
def test_a_week_whose_clock_stood_still_is_built_late_and_weeks_missed_whole_are_in_the_newest():
    building.build(now=THURSDAY)
    edition = factories.print_edition(at=THURSDAY + timedelta(days=1))
    late = THURSDAY + timedelta(weeks=3, days=5)  # Tuesday of week 52; week 51's moment passed last
    assert building.due(late) == "2026-W51"
    issue = building.build(now=late, week="2026-W51")
    assert building.due(late) is None
    assert building.due(THURSDAY + timedelta(weeks=4)) == "2026-W52"
    assert [item.edition for item in issue.items.all()] == [edition]
    assert Issue.objects.count() == 2


@pytest.mark.django_db
def test_a_clock_that_leaps_400_days_builds_and_sends_nothing_by_itself_and_says_so_until_it_is_right(settings):
    settings.NEWSLETTER_GRACE = 24
    factories.print_edition(at=THURSDAY - timedelta(days=1))
    scheduler.go_round(THURSDAY)
    draft = Issue.objects.get()
    factories.print_edition(at=THURSDAY + timedelta(days=1))
    scheduler.go_round(THURSDAY + timedelta(days=400))
    draft.refresh_from_db()
    assert (draft.state, Issue.objects.count()) == (Issue.DRAFT, 1)
    [alarm] = Alarm.objects.filter(over_at=None)
    assert alarm.sentence.startswith(
        "The newsletter for week 52 of 2027 is due, but the one before it is more than four"
    )
    scheduler.go_round(THURSDAY + timedelta(weeks=1))
    assert list(Issue.objects.order_by("week").values_list("week", flat=True)) == ["2026-W48", "2026-W49"]
    assert not Alarm.objects.filter(over_at=None, key__startswith="missed:").exists()


@pytest.mark.django_db
def test_a_person_who_knows_that_the_clock_is_right_builds_the_issue_and_the_next_comes_by_itself():
    building.build(now=THURSDAY)
    late = THURSDAY + timedelta(weeks=9)
    scheduler.go_round(late)
    assert Issue.objects.count() == 1
    building.build(now=late)
    scheduler.go_round(late + timedelta(weeks=1))
    assert Issue.objects.count() == 3
    assert not Alarm.objects.filter(over_at=None).exists()


@pytest.mark.django_db
def test_two_seconds_before_the_week_ends_is_still_that_week(settings):
    settings.NEWSLETTER_WEEKDAY, settings.NEWSLETTER_TIME = 7, time(23, 59, 58)
    building.build(now=THURSDAY - timedelta(weeks=1))
    assert building.due(datetime(2026, 11, 30, 0, 0, 20, tzinfo=UTC)) == "2026-W48"
