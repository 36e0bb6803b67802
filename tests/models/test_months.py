"""A moment's month by the newsroom's calendar is the same as Django has it, in every zone and at every month's end."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Value
from django.db.models.functions import TruncMonth
from django.utils import timezone

from articles.models import Section
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
