"""Months and lists by date are as Django has them, in every zone and at every month’s end."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import QuerySet, Value
from django.db.models.functions import TruncMonth
from django.utils import timezone

from articles.models import Article, Section
from articles.models.months import FirstOfMonth

pytestmark = pytest.mark.django_db
ENDS = [datetime(year, month, 1, tzinfo=UTC) for year in (2023, 2024) for month in range(1, 13)]
HOURS = (-62, -61, -37, -14, -13, -12, -1, 0, 1, 11, 12, 13, 400)


@pytest.mark.parametrize(
    "zone", ["UTC", "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Kiritimati", "Etc/GMT+12"]
)
def test_every_moment_has_the_month_of_its_zone(zone):
    section = Section.objects.order_by("pk")[:1]
    with timezone.override(zone):
        for moment in (end + timedelta(hours=hours, seconds=-1) for end in ENDS for hours in HOURS):
            given = Value(moment)
            [(found, expected)] = section.annotate(own=FirstOfMonth(given), theirs=TruncMonth(given)).values_list(
                "own", "theirs"
            )
            assert found == expected == timezone.localtime(moment).replace(day=1, hour=0, minute=0, second=0), moment


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Etc/GMT+12", "America/New_York"])
@pytest.mark.parametrize("kind", ["year", "month", "day"])
def test_the_dates_of_a_list_are_those_that_django_works_out_of_each_row(zone, kind):
    ends = [datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)]
    Article.objects.bulk_create(
        Article(changed_at=end + timedelta(hours=hours, seconds=-1)) for end in ends for hours in HOURS
    )
    with timezone.override(zone):
        for order in ("ASC", "DESC"):
            by_django = QuerySet(Article).datetimes("changed_at", kind, order)
            assert list(Article.objects.datetimes("changed_at", kind, order)) == list(by_django)
