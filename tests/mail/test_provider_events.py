"""What a mail provider reports by webhook: let in with its secret only, and kept where it concerns a subscription."""

import json
from base64 import b64encode

import pytest
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.urls import include, path

from articles.mail import suppression
from articles.mail.bounces import provider_events
from articles.models import BounceEvent, Subscription
from tests.newsletter.conftest import delivery_to, reader

pytestmark = pytest.mark.django_db

urlpatterns = [path("anymail/", include("anymail.urls"))]
SECRET = "hook:a long secret"
BOUNCE = {
    "RecordType": "Bounce",
    "ID": 42,
    "Type": "HardBounce",
    "TypeCode": 1,
    "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
    "Details": "smtp;550 5.1.1 <reader@example.org>: no such user",
    "Email": "reader@example.org",
    "BouncedAt": "2026-11-02T09:00:00Z",
}


@pytest.fixture
def webhook(client, settings):
    settings.ROOT_URLCONF = __name__
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}

    def post(body, secret=SECRET):
        headers = {"Authorization": "Basic " + b64encode(secret.encode()).decode()} if secret else {}
        where = "/anymail/postmark/tracking/"
        return client.post(where, json.dumps(body), content_type="application/json", headers=headers)

    return post


def test_a_report_with_the_secret_ends_a_subscription(webhook):
    reader()
    assert webhook(BOUNCE).status_code == 200
    assert webhook(BOUNCE).status_code == 200
    event = BounceEvent.objects.get()
    assert (event.kind, Subscription.objects.get().state) == ("hard", "ended")
    assert "reader@" not in event.said


@pytest.mark.parametrize("secret", ["", "hook:wrong", "x"])
def test_a_report_without_the_secret_is_refused(webhook, secret):
    reader()
    assert webhook(BOUNCE, secret).status_code == 400
    assert not BounceEvent.objects.exists()


def test_a_report_about_somebody_else_changes_nothing(webhook):
    reader("other@example.org")
    assert webhook(BOUNCE).status_code == 200
    assert not BounceEvent.objects.exists()


def tell(event_type, **fields):
    fields = {"recipient": "reader@example.org", "event_id": "1", "timestamp": None, **fields}
    tracking.send(provider_events, event=AnymailTrackingEvent(event_type=event_type, **fields), esp_name="Test")


@pytest.mark.parametrize(
    ("event_type", "fields", "kind"),
    [
        (EventType.COMPLAINED, {}, "complaint"),
        (EventType.BOUNCED, {"mta_response": "552 5.2.2 mailbox full"}, "soft"),
        (EventType.BOUNCED, {"reject_reason": RejectReason.BOUNCED}, "hard"),
        (EventType.REJECTED, {"reject_reason": RejectReason.INVALID}, "hard"),
        (EventType.REJECTED, {"reject_reason": RejectReason.SPAM}, "ours"),
        (EventType.REJECTED, {"reject_reason": RejectReason.BLOCKED}, "ours"),
        (EventType.FAILED, {}, "ours"),
        (EventType.DEFERRED, {"mta_response": "451 later"}, None),
        (EventType.DELIVERED, {}, None),
        (EventType.OPENED, {}, None),
        (EventType.CLICKED, {}, None),
    ],
)
def test_each_event_is_what_it_is(event_type, fields, kind):
    delivery = delivery_to(reader())
    tell(event_type, message_id=delivery.message_id, **fields)
    found = BounceEvent.objects.first()
    assert (found and found.kind) == kind
    if found:
        assert found.delivery == delivery


def test_a_complaint_told_by_a_provider_is_for_good():
    reader()
    tell(EventType.COMPLAINED)
    assert suppression.of("reader@example.org").reason == "complained"
