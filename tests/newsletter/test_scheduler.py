"""A letter that is missed or stuck raises the alarm, and one that moves does not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Alarm, Delivery
from articles.newsletter import scheduler
from articles.newsletter.delivery.ledger import LEASE
from articles.newsletter.issues import building
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_week_that_cannot_be_built_raises_the_alarm_at_once_and_ends_it_when_it_can(monkeypatch, chief):
    factories.print_edition()
    slot = datetime(2026, 11, 26, 9, tzinfo=UTC)
    with monkeypatch.context() as broken:
        broken.setattr("articles.newsletter.issues.selection.editions", lambda since, until: 1 / 0)
        scheduler.go_round(slot)
        scheduler.go_round(slot + timedelta(seconds=61))
    assert {alarm.key for alarm in Alarm.objects.filter(over_at=None)} == {"build", "missed:2026-W48"}
    scheduler.go_round(slot + timedelta(seconds=90))
    assert not Alarm.objects.filter(over_at=None).exists()


def test_a_low_rate_is_no_standstill(chief, edition, settings):
    factories.subscription(), factories.subscription()
    issue = building.approve(building.build(), by=chief)
    settings.SENDING_RATE = 1
    now = timezone.now()
    assert scheduler.stuck(now + timedelta(seconds=130)) == []
    assert scheduler.stuck(now + timedelta(seconds=150)) == [issue]


def test_a_stuck_issue_raises_the_alarm_and_one_that_moves_does_not(chief, edition):
    now = timezone.now()
    factories.subscription(), factories.subscription()
    issue = building.approve(building.build(), by=chief)
    scheduler.look(now + timedelta(seconds=20))
    assert not Alarm.objects.exists()
    one, _other = issue.deliveries.order_by("pk")
    late = now + timedelta(seconds=120)
    claim = Delivery.objects.filter(pk=one.pk)
    claim.update(state="claimed", lease_until=late - timedelta(seconds=20) + LEASE)
    assert scheduler.stuck(late) == []
    claim.update(lease_until=late - timedelta(seconds=30) + LEASE)
    assert scheduler.stuck(late) == [issue]
    Delivery.objects.filter(pk=one.pk).update(state="handed_over", settled_at=late - timedelta(seconds=5))
    assert scheduler.stuck(late) == []
    assert scheduler.stuck(late + timedelta(seconds=90)) == [issue]
    scheduler.look(late + timedelta(seconds=90))
    assert Alarm.objects.get(over_at=None).key == f"stuck:{issue.pk}"
    issue.deliveries.filter(state="queued").update(state="withheld", settled_at=late)
    scheduler.look(late + timedelta(seconds=120))
    assert not Alarm.objects.filter(over_at=None).exists()
