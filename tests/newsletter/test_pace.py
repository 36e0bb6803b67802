"""No minute holds more letters than the rate, whoever sends and whatever starts again."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from articles.mail import acceptance
from articles.models import Delivery, Pace
from articles.newsletter.delivery import pace, recording
from articles.newsletter.delivery.ledger import Ledger, Wait
from articles.newsletter.delivery.recording import Ended
from tests.newsletter.mailing import TAKEN, Answers, approved_issue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


def test_no_window_of_a_minute_holds_more_than_the_rate_whatever_starts_again(settings, monkeypatch):
    settings.SENDING_RATE = 30
    monkeypatch.setattr(acceptance, "configured", lambda: Answers(True))
    issue = approved_issue(200)
    taken, slow = [], 0
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=False) as clock:
        issue.deliveries.update(next_at=timezone.now())
        sender, ended = Ledger(issue, "sender 0"), None
        while len(taken) < 200:
            step = sender.turn(ended)
            ended = None
            if isinstance(step, Wait):
                clock.move_to(max(step.until, timezone.now() + timedelta(milliseconds=50)))
            else:
                slow = (slow * 7 + 3) % 11  # seconds until the server takes it: letters bunch
                clock.shift(slow)
                taken.append(timezone.now())
                ended = Ended(step, TAKEN)
            if len(taken) % 40 == 39:  # a restart
                if ended:
                    recording.record(ended)
                sender, ended = Ledger(issue, f"sender {len(taken)}"), None
    windows = [sum(start <= at < start + timedelta(minutes=1) for at in taken) for start in taken]
    assert max(windows) <= 30
    assert Pace.objects.count() == 1


def test_slots_are_apart_by_a_minutes_share(settings):
    settings.SENDING_RATE = 120
    now = timezone.now()
    assert pace.take_slot(now) is None
    assert pace.take_slot(now) == now + timedelta(seconds=0.5)
    assert pace.take_slot(now + timedelta(seconds=0.5)) is None


def test_a_window_that_is_full_waits_for_its_oldest_letter(settings):
    settings.SENDING_RATE = 2
    issue = approved_issue(3)
    now = timezone.now()
    for row, seconds in zip(issue.deliveries.order_by("pk"), (40, 5), strict=False):
        Delivery.objects.filter(pk=row.pk).update(
            state="handed_over", settled_at=now, tried_at=now - timedelta(seconds=seconds)
        )
    assert pace.take_slot(now) == now + timedelta(seconds=20)


def test_a_clock_that_was_ahead_and_was_set_right_holds_no_letter_back(settings):
    settings.SENDING_RATE = 2
    issue = approved_issue(3)
    now = timezone.now()
    ahead = now + timedelta(days=1)
    assert pace.take_slot(ahead) is None
    issue.deliveries.update(state="handed_over", settled_at=ahead, tried_at=ahead)
    assert pace.take_slot(now) is None
    assert pace.take_slot(now) == now + timedelta(seconds=30)
