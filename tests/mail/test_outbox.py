"""What waits in the outbox: in line with its caller's transaction, once, in nobody's way, and gone with its reader."""

import pytest
from django.db import transaction

from articles.mail import alarms, kinds, outbox, sender
from articles.mail.kinds import KINDS
from articles.models import InboxCount, OutgoingMail
from articles.newsletter.subscriptions import erasure, requests
from tests import factories
from tests.mail.test_sender import enqueue, sent_for
from tests.mail.wanted import DAY, NOW, alarmed, known

database = pytest.mark.django_db


@database
def test_a_mail_that_cannot_be_written_keeps_no_other_waiting(mailoutbox, monkeypatch):
    enqueue("key")
    requests.move(known(), "new@example.org", at=NOW)
    with monkeypatch.context() as broken:
        broken.setattr(KINDS["key"], "write", lambda mail, at: 1 / 0)
        assert sender.send_due(at=NOW) == 1
    assert ([mail.to for mail in mailoutbox], InboxCount.objects.count()) == ([["new@example.org"]], 1)
    sent_for(1)
    assert len(mailoutbox) == 2


@database
def test_a_kind_that_is_at_its_limit_keeps_no_other_waiting(mailoutbox, monkeypatch):
    monkeypatch.setattr(requests.rate_limits, "SITE_AN_HOUR", 0)
    enqueue("subscribe")
    alarmed()
    assert sender.send_due(at=NOW) == 1
    assert [mail.subject.startswith("The newsletter of") for mail in mailoutbox] == [True]


@database
def test_a_kind_that_nobody_knows_any_more_waits_until_it_is_given_up(mailoutbox, monkeypatch):
    enqueue("key")
    monkeypatch.delitem(kinds.KINDS, "key")
    assert sender.send_due(at=NOW) == 0
    sender.give_up(at=NOW + 7 * DAY)
    assert (mailoutbox, OutgoingMail.objects.count()) == ([], 0)


@database
def test_a_mail_is_in_line_with_its_callers_transaction_or_not_at_all():
    with transaction.atomic():
        outbox.enqueue("moved", "old@example.org")
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()


@database
def test_the_same_mail_asked_for_twice_is_one_with_the_newer_context():
    for wording in ("old words", "new words"):
        outbox.enqueue("subscribe", "reader@example.org", context={"wording": wording})
    outbox.enqueue("subscribe", "other@example.org", context={"wording": "other words"})
    assert list(OutgoingMail.objects.values_list("context", flat=True)) == [
        {"wording": "new words"},
        {"wording": "other words"},
    ]


@database
def test_what_waits_for_a_reader_goes_with_them():
    for kind in ("subscribe", "already subscribed", "key", "move", "moved"):
        enqueue(kind)
    for address in ("reader@example.org", "KNOWN@example.org"):
        erasure.erase(address, at=NOW)
    assert not OutgoingMail.objects.exists()


@database
def test_an_alarm_that_is_over_is_not_mailed_any_more(mailoutbox):
    enqueue("alarm")
    alarms.over("build", at=NOW)
    sent_for(1)
    assert (mailoutbox, OutgoingMail.objects.count()) == ([], 0)


@database
def test_a_link_to_sign_with_does_not_go_to_an_address_that_its_reviewer_left(mailoutbox):
    enqueue("review_request")
    factories.Contributor.objects.filter(email="reviewer@example.org").update(email="new@example.org")
    sent_for(1)
    assert (mailoutbox, OutgoingMail.objects.count()) == ([], 0)
