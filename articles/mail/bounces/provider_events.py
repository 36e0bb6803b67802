"""What a mail provider reports by webhook, through django-anymail, which has checked its signature before.

Connected by `articles.apps` where a provider is configured.
"""

from typing import Any

from anymail.signals import EventType, RejectReason, tracking
from django.dispatch import receiver

from articles.mail.bounces import reports, rule
from articles.models import BounceEvent, Delivery, Subscription

ASKED_TO_STOP = {EventType.COMPLAINED, EventType.UNSUBSCRIBED}
FAILED = {EventType.BOUNCED, EventType.REJECTED, EventType.FAILED}
OURS = {RejectReason.BLOCKED, RejectReason.SPAM, RejectReason.TIMED_OUT}


@receiver(tracking, dispatch_uid="articles.mail.bounces.provider_events")
def take(sender: Any, event: Any, esp_name: str, **kwargs: Any) -> None:
    """Keeps what concerns a subscription of ours; everything else a provider tells (opened, clicked) is not wanted."""
    kind = kind_of(event)
    subscription = Subscription.objects.at_address(event.recipient or "").first()
    if not kind or subscription is None:
        return
    words = reports.without_addresses(event.mta_response or event.description or "")
    enhanced = reports.ENHANCED.search(event.mta_response or "")
    message_id = event.message_id or ""
    rule.record(
        subscription,
        kind,
        status=enhanced[0] if enhanced else "",
        said=words,
        key=f"{esp_name} {event.event_id or ''} {message_id} {event.event_type} {event.timestamp}",
        delivery=Delivery.objects.filter(message_id=message_id, subscription=subscription).first(),
    )


def kind_of(event: Any) -> str:
    """The kind of BounceEvent that an event is; empty where it is none."""
    if event.event_type in ASKED_TO_STOP:
        return BounceEvent.COMPLAINT
    if event.event_type == EventType.DEFERRED or event.event_type not in FAILED:
        return ""
    if event.mta_response:
        return reports.classify("", event.mta_response)
    if event.reject_reason in OURS:
        return BounceEvent.SOFT if event.reject_reason == RejectReason.TIMED_OUT else BounceEvent.OURS
    return BounceEvent.HARD if event.reject_reason in (RejectReason.INVALID, RejectReason.BOUNCED) else BounceEvent.OURS
