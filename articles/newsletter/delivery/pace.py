"""How fast messages go: at most SENDING_RATE in any sixty seconds, over all senders and restarts; 0 is no limit.

Slots are apart by a minute's share of the rate (the generic cell rate algorithm, without a burst). Since a slow server
can take messages late and close together, those of the last minute and those in hand are counted too: a message goes
only if with it no window of a minute can hold more than the rate. What lies more than a minute ahead was written by a
clock that was wrong, and holds nothing back.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from articles.models import Delivery, Pace

WINDOW = timedelta(minutes=1)
SOON = timedelta(milliseconds=200)


def take_slot(at: datetime) -> datetime | None:
    """Takes the next slot, if it is now. Otherwise the moment to ask again. Inside the claim's transaction."""
    if not settings.SENDING_RATE:
        return None
    Pace.objects.bulk_create([Pace(pk=1, next_at=at)], ignore_conflicts=True)
    pace = Pace.objects.select_for_update().get(pk=1)
    if at < pace.next_at <= at + WINDOW:
        return pace.next_at
    if wait := _full_until(at):
        return wait
    Pace.objects.filter(pk=1).update(next_at=at + WINDOW / settings.SENDING_RATE)
    return None


def _full_until(at: datetime) -> datetime | None:
    """When the last minute has room again; None where it has."""
    recent = Delivery.objects.filter(tried_at__gt=at - WINDOW, tried_at__lte=at + WINDOW)
    in_hand = Delivery.objects.filter(Q(state=Delivery.CLAIMED) & (Q(tried_at=None) | Q(tried_at__lte=at - WINDOW)))
    if recent.count() + in_hand.count() < settings.SENDING_RATE:
        return None
    oldest = recent.order_by("tried_at").values_list("tried_at", flat=True).first()
    return max(oldest + WINDOW, at + SOON) if oldest else at + SOON
