"""The drill: a backup, further events, a restore. The restored site mails nobody until a person has answered."""

from collections import Counter
from io import StringIO
from threading import Event

import pytest
from django.core.management import call_command

from articles.backup import answering, making, restoring
from articles.mail import sender, suppression
from articles.models import Issue, Subscription, Suppression
from articles.newsletter.issues import preview_mail
from articles.newsletter.subscriptions import consent, erasure, tokens
from articles.newsletter.subscriptions.consent import Consent
from tests import factories
from tests.newsletter.mailing import approved_issue

pytestmark = pytest.mark.django_db(transaction=True)


def hand_over(issue, number):
    """So many messages of an issue, one after the other."""
    stop = Event()
    from articles.mail import transports

    transport = transports.configured()
    original, sent = transport.hand_over, []

    def counted(envelope):
        sent.append(envelope.recipient)
        if len(sent) == number:
            stop.set()
        return original(envelope)

    transport.hand_over = counted
    from articles.newsletter.delivery.liveness import Sender
    from articles.newsletter.delivery.worker import Worker

    Worker(issue, sender=Sender("drill"), stop=stop, transport=transport, waits=False).run()


def rounds_of_the_clock(number=3):
    for _round in range(number):
        call_command("clock", "--once", stdout=StringIO())


def left(email):
    """The reader unsubscribes."""
    reader = Subscription.objects.get(email=email)
    consent.unsubscribe(tokens.sign(tokens.LEAVE, reader.pk), consent=Consent(consent.UNSUBSCRIBE_WORDING))


@pytest.fixture
def administrator():
    return factories.UserFactory(role="Site administrator")


def test_a_restored_copy_sends_nothing_until_a_person_says_so(backups, mailoutbox, administrator):
    issue = approved_issue(readers=6, lead_image=factories.CreditFactory().image)
    hand_over(issue, 2)
    preview_mail.send_test(issue, by=issue.approved_by)
    making.backup(backups)

    sender.send_due()
    left("reader2@example.org")
    erasure.erase("reader3@example.org")
    hand_over(issue, 1)
    before = Counter(mail.to[0] for mail in mailoutbox)
    assert sum(before.values()) == 4

    done = restoring.restore(backups, replace=True)
    mailoutbox.clear()
    rounds_of_the_clock()
    assert mailoutbox == []
    assert "Issue 1 went out after the backup: 1 reader." in done.events
    assert "After the backup 1 reader unsubscribed, 1 reader was erased. That is in force again." in done.events
    assert "1 single email was sent after the backup and won’t be sent again." in done.events
    assert Subscription.objects.get(email="reader2@example.org").state == Subscription.ENDED
    assert not Subscription.objects.filter(email="reader3@example.org").exists()
    assert suppression.of("reader3@example.org").reason == Suppression.ERASED
    issue.refresh_from_db()
    assert issue.state == Issue.HELD

    answering.go_on(by=administrator)
    rounds_of_the_clock()
    got = before + Counter(mail.to[0] for mail in mailoutbox)
    assert got == {f"reader{number}@example.org": 1 for number in (0, 1, 4, 5)} | {issue.approved_by.email: 1}
    issue.refresh_from_db()
    assert issue.state == Issue.SENT
