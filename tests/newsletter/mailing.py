"""An approved issue with readers, and the process that sends it."""

import threading
import time
from contextlib import suppress

from django.core.mail import get_connection
from django.utils import timezone

from articles.mail.smtp_replies import Answer, Outcome
from articles.mail.transports import smtp
from articles.models import Issue, IssueItem, Subscription
from articles.newsletter.delivery import liveness
from articles.newsletter.delivery.ledger import Ledger
from articles.newsletter.delivery.liveness import Sender
from articles.newsletter.delivery.recording import Claim
from articles.newsletter.delivery.worker import Worker
from articles.newsletter.issues import building
from tests import factories

TAKEN = Answer(Outcome.TAKEN, "250 OK")
LATER = Answer(Outcome.LATER, "451 later")


def subscribe(number, *, start=0):
    """Many readers at once, as `reader7@example.org`."""
    now = timezone.now()
    return Subscription.objects.bulk_create(
        Subscription(email=f"reader{one}@example.org", state="active", requested_at=now, confirmed_at=now)
        for one in range(start, start + number)
    )


def articles_of_a_week(number=8):
    """A week's articles, of the length that a letter has."""
    names = ("conditions", "treatments", "news")
    for one in range(number):
        standfirst = f"What {one + 2} trials say about it, and what they leave open. " * 3
        factories.print_edition(
            title=f"Living with back pain, part {one}",
            standfirst=standfirst,
            in_section=names[one % 3],
            lead_image=factories.CreditFactory().image,
        )


def approved_issue(readers=3, **kwargs):
    """Built from one article that just went live, approved for that many new readers."""
    subscribe(readers)
    factories.print_edition(**kwargs)
    return building.approve(building.build(), by=factories.newsletter_editor())


def another(issue, week):
    """An approved issue like that one, in another week, for as many other readers."""
    number = issue.deliveries.count()
    Subscription.objects.active().update(state="ended", ended_at=timezone.now())
    subscribe(number, start=Subscription.objects.count())
    twin = Issue.objects.create(
        number=Issue.objects.next_number(), week=week, subject=issue.subject, since=issue.since, until=issue.until
    )
    IssueItem.objects.create(issue=twin, edition=issue.items.get().edition)
    Issue.objects.filter(pk=twin.pk).update(state="approved", approved_at=timezone.now())
    twin.refresh_from_db()
    building.queue(twin)
    return twin


class Alert(smtp.SmtpTransport):
    """As patient as the RFC says, but told by the relay when it stalls: no test waits ten minutes, or guesses."""

    def __init__(self, relay, *, hangs_up=False, **security):
        self.hangs_up = hangs_up  # after each letter, so that each needs a connection
        smtp_backend = "django.core.mail.backends.smtp.EmailBackend"
        super().__init__(lambda: get_connection(smtp_backend, host="127.0.0.1", port=relay.port, **security))
        self.timeout = 60
        self.relay = relay

    def hand_over(self, envelope):
        answer = super().hand_over(envelope)
        if self.hangs_up:
            self.close()
        return answer

    def _line(self, sock, deadline):
        if self.hangs_up:  # it is the connection that stalls, and that has a timeout of its own
            return super()._line(sock, deadline)
        while b"\n" not in self.unread and time.monotonic() < deadline and not smtp.has_more(sock, within=0.02):
            if self.relay.stalled.is_set():
                self.relay.stalled.clear()
                raise TimeoutError
        return super()._line(sock, deadline)


def send(issue, transport=None, *, waits=True, sender="test", **kwargs):
    """One sender works on the issue, in this thread. Its last step."""
    return Worker(
        issue, sender=Sender(sender), stop=threading.Event(), transport=transport, waits=waits, **kwargs
    ).run()


def states(issue):
    """The state of each letter, in the order of the queue."""
    return list(issue.deliveries.order_by("pk").values_list("state", flat=True))


def claimed(issue, sender="one"):
    """The next letter of an issue, in a sender's hand."""
    step = Ledger(issue, sender).turn()
    assert isinstance(step, Claim)
    return step


class Answers:
    """A relay that says what it is told to."""

    settles_within = 30.0

    def __init__(self, knows, *, can_be_asked=True):
        self.said, self.can_be_asked = knows, can_be_asked

    def knows(self, message_id, since):
        return self.said


def dies_after(action):
    """A sender that breaks off: its lock is gone, its file still there, as after kill -9."""
    with suppress(RuntimeError), liveness.signed_on() as dying:
        action(dying)
        raise RuntimeError
