"""A mail leaves once, whatever dies and wherever; doubled at most where nobody can be asked."""

import logging
from datetime import timedelta
from math import ceil

import pytest
from django.db.models import Min

from articles.mail import acceptance, sender, suppression
from articles.mail.kinds import KINDS
from articles.mail.smtp_replies import Answer, Outcome, Stage
from articles.mail.transports import BackendTransport, Refusal
from articles.models import Alarm, InboxCount, OutgoingMail, SentenceReport, Subscription
from articles.newsletter.subscriptions import consent, erasure, requests, tokens
from tests.mail.wanted import DAY, NOW, WANTED, YES
from tests.newsletter.conftest import link_in
from tests.newsletter.site import Site

MINUTE = timedelta(minutes=1)
database = pytest.mark.django_db


COUNTED = {"subscribe", "already subscribed", "question", "key", "move"}
every_kind = pytest.mark.parametrize("kind", WANTED)


def enqueue(kind):
    """One mail of a kind, and nothing else that waits."""
    WANTED[kind]()
    OutgoingMail.objects.update(queued_at=NOW, next_at=NOW)


def test_every_kind_is_tried_here():
    assert set(KINDS) == set(WANTED) - {"already subscribed"}


class Asked:
    """A mail server that can be asked: it knows what lies in the outbox, unless it says nothing."""

    settles_within, can_be_asked = 60.0, True

    def __init__(self, outbox, *, is_silent=False):
        self.outbox, self.is_silent = outbox, is_silent

    def knows(self, message_id, since):
        assert since == NOW
        return None if self.is_silent else message_id in names(self.outbox)


def names(outbox):
    return [mail.extra_headers["Message-ID"] for mail in outbox]


def sent_for(days, since=NOW):
    """What a clock does in that time: a round every ten minutes, of which those are left out that find nothing due."""
    at, end = since, since + days * DAY
    while at < end and (due := OutgoingMail.objects.aggregate(due=Min("next_at"))["due"]):
        at += max(ceil((due - at) / (10 * MINUTE)), 0) * 10 * MINUTE
        sender.send_due(at=at)
        at += 10 * MINUTE


def told(monkeypatch, *outcomes):
    """The mail server answers so, and then as it always does."""
    left, usual = list(outcomes), BackendTransport.hand_over
    monkeypatch.setattr(
        BackendTransport, "hand_over", lambda way, mail: Answer(left.pop(0)) if left else usual(way, mail)
    )


# Death ----------------------------------------------------------------------------------------------------------------

POINTS = {
    "before the mail server was reached": (BackendTransport, "open", False),
    "as it was reached": (BackendTransport, "open", True),
    "before the attempt was written down": (sender, "in_hand", False),
    "with the attempt half written down": (tokens, "sign", False),
    "before the mail left": (BackendTransport, "hand_over", False),
    "after the mail left": (BackendTransport, "hand_over", True),
    "before it was written down as taken": (sender._Attempt, "_taken", False),
}
LEFT = ("after the mail left", "before it was written down as taken")


def dies(point, mailoutbox, monkeypatch, *, askable):
    """A sender that dies at a point, and what the next one makes of it. How many copies left."""
    place, name, after = POINTS[point]
    usual = getattr(place, name)

    def die(*args, **kwargs):
        if after:
            usual(*args, **kwargs)
        raise SystemExit

    if askable:
        monkeypatch.setattr(acceptance, "configured", lambda: Asked(mailoutbox))
    with monkeypatch.context() as dying:
        dying.setattr(place, name, die)
        with pytest.raises(SystemExit):
            sender.send_due(at=NOW)
    sent_for(3)
    assert len(set(names(mailoutbox))) == 1
    assert not OutgoingMail.objects.exists()
    return len(mailoutbox)


@database
@pytest.mark.parametrize("askable", [True, False])
@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("kind", ["subscribe", pytest.param("key", marks=pytest.mark.campaign)])
def test_a_sender_that_dies_anywhere_loses_no_mail(kind, point, askable, mailoutbox, monkeypatch):
    enqueue(kind)
    assert dies(point, mailoutbox, monkeypatch, askable=askable) == (2 if point in LEFT and not askable else 1)
    assert not Subscription.objects.filter(state="pending", asked_at=None).exists()


@database
@pytest.mark.parametrize("askable", [True, False])
@every_kind
def test_a_mail_of_any_kind_is_once_more_the_same_after_a_death(kind, askable, mailoutbox, monkeypatch):
    enqueue(kind)
    assert dies("after the mail left", mailoutbox, monkeypatch, askable=askable) == (1 if askable else 2)


@database
@every_kind
def test_a_mail_server_whose_answer_never_comes_is_sent_two_copies_and_no_more(kind, mailoutbox, monkeypatch):
    usual = BackendTransport.hand_over

    def taken_and_silent(way, mail):
        usual(way, mail)
        return Answer(Outcome.UNKNOWN)

    monkeypatch.setattr(BackendTransport, "hand_over", taken_and_silent)
    enqueue(kind)
    sent_for(6)
    assert (len(mailoutbox), len(set(names(mailoutbox)))) == (2, 1)
    assert not OutgoingMail.objects.exists()


@database
def test_a_mail_server_that_could_be_asked_and_says_nothing_is_waited_for_a_day(mailoutbox, monkeypatch):
    monkeypatch.setattr(acceptance, "configured", lambda: Asked(mailoutbox, is_silent=True))
    told(monkeypatch, Outcome.UNKNOWN)
    enqueue("key")
    sent_for(1)
    assert (mailoutbox, OutgoingMail.objects.count()) == ([], 1)
    sent_for(1, since=NOW + DAY)
    assert (len(mailoutbox), OutgoingMail.objects.count()) == (1, 0)


@database
def test_two_senders_send_one_mail_once(mailoutbox, monkeypatch):
    usual = BackendTransport.hand_over

    def meanwhile(way, mail):
        monkeypatch.setattr(BackendTransport, "hand_over", usual)
        assert sender.send_due(at=NOW + MINUTE) == 0
        return usual(way, mail)

    enqueue("key")
    monkeypatch.setattr(BackendTransport, "hand_over", meanwhile)
    assert sender.send_due(at=NOW) == 1
    assert len(mailoutbox) == 1


# What a mail server says ----------------------------------------------------------------------------------------------


@database
@every_kind
def test_a_mail_that_was_not_taken_is_tried_again_ever_more_seldom_and_counted_once(kind, mailoutbox, monkeypatch):
    tries = []
    monkeypatch.setattr(BackendTransport, "hand_over", lambda way, mail: tries.append(mail) or Answer(Outcome.LATER))
    enqueue(kind)
    sent_for(3)
    assert 10 < len(tries) < 40
    assert InboxCount.objects.count() == (kind in COUNTED)
    monkeypatch.undo()
    sent_for(1, since=NOW + 3 * DAY)
    assert (len(mailoutbox), OutgoingMail.objects.count()) == (1, 0)


@database
def test_where_no_mail_server_is_reached_all_waits_and_nothing_is_counted(mailoutbox, monkeypatch):
    def away(way):
        raise Refusal(Answer(Outcome.LATER, f"at {Stage.OPEN.value}"))

    with monkeypatch.context() as broken:
        broken.setattr(BackendTransport, "open", away)
        enqueue("key")
        assert sender.send_due(at=NOW) == 0
    assert not InboxCount.objects.exists()
    assert [sender.send_due(at=NOW + timedelta(seconds=seconds)) for seconds in (14, 15)] == [0, 1]
    assert len(mailoutbox) == 1


@database
@every_kind
def test_an_address_that_takes_no_mail_is_not_tried_again(kind, mailoutbox, monkeypatch):
    told(monkeypatch, Outcome.NOT_THIS_READER)
    enqueue(kind)
    sent_for(3)
    assert (mailoutbox, OutgoingMail.objects.count()) == ([], 0)


@database
@pytest.mark.parametrize(("kind", "person"), [("review_request", "The request to review"), ("test_send", "A test of")])
def test_the_desk_is_told_of_a_mail_of_its_own_that_did_not_arrive(kind, person, mailoutbox, monkeypatch):
    told(monkeypatch, Outcome.NOT_THIS_READER)
    enqueue(kind)
    sent_for(1)
    assert Alarm.objects.get().sentence.startswith(person)


@database
@pytest.mark.parametrize("kind", ["review_request", "report_answer"])
def test_a_mail_that_could_not_be_sent_for_a_week_is_given_up_with_a_line_in_the_log(kind, caplog):
    enqueue(kind)
    sender.give_up(at=NOW + 7 * DAY - MINUTE)
    assert OutgoingMail.objects.count() == 1
    with caplog.at_level(logging.ERROR):
        sender.give_up(at=NOW + 7 * DAY)
    assert not OutgoingMail.objects.exists()
    assert kind in caplog.text
    assert "@" not in caplog.text
    assert not SentenceReport.objects.exclude(email="").exists()


# What happens between two attempts ------------------------------------------------------------------------------------


def confirmed(outbox):
    consent.confirm(link_in(outbox[0], "confirm"), consent=YES, at=NOW + MINUTE)


def left(outbox):
    consent.unsubscribe(link_in(outbox[0], "unsubscribe"), consent=YES, at=NOW + MINUTE)


def not_me(outbox):
    consent.not_me(link_in(outbox[0], "not-me"), at=NOW + MINUTE)


def erased(outbox):
    erasure.erase("reader@example.org", at=NOW + MINUTE)


@database
@pytest.mark.parametrize("act", [confirmed, left, not_me, erased])
def test_whoever_answered_the_first_copy_gets_no_second(act, mailoutbox, monkeypatch):
    usual = BackendTransport.hand_over

    def taken_and_silent(way, mail):
        usual(way, mail)
        return Answer(Outcome.UNKNOWN)

    with monkeypatch.context() as broken:
        broken.setattr(BackendTransport, "hand_over", taken_and_silent)
        enqueue("subscribe")
        sender.send_due(at=NOW)
    act(mailoutbox)
    sent_for(2)
    assert (len(mailoutbox), OutgoingMail.objects.count()) == (1, 0)


@database
def test_asking_again_while_the_answer_is_in_doubt_makes_no_second_mail(mailoutbox, monkeypatch):
    told(monkeypatch, Outcome.UNKNOWN)
    enqueue("key")
    sender.send_due(at=NOW)
    requests.key(Subscription.objects.get(), at=NOW + MINUTE)
    sent_for(1)
    assert (len(mailoutbox), OutgoingMail.objects.count(), InboxCount.objects.count()) == (1, 0, 1)


@database
def test_a_new_address_that_must_not_be_asked_any_more_is_not(mailoutbox, monkeypatch):
    told(monkeypatch, Outcome.LATER)
    enqueue("move")
    sender.send_due(at=NOW)
    suppression.add(suppression.digest("new@example.org"), "complained", at=NOW)
    sent_for(1)
    assert (mailoutbox, OutgoingMail.objects.count()) == ([], 0)


# kill -9 --------------------------------------------------------------------------------------------------------------

PREPARE = """
from articles.newsletter.subscriptions import requests
from tests.newsletter.conftest import reader
requests.key(reader("reader@example.org"))
"""
SEND = """
from datetime import timedelta
from django.utils import timezone
from articles.mail import sender
from articles.models import OutgoingMail
OutgoingMail.objects.update(next_at=timezone.now() - timedelta(hours=2))  # whoever had it in hand is dead
sender.send_due()
"""


@pytest.fixture(scope="module")
def killing(migrated, tmp_path_factory):
    with Site(tmp_path_factory.mktemp("killing"), empty=migrated).killing() as ready:
        yield ready


@pytest.mark.xdist_group("kills of a sender")
@pytest.mark.parametrize("askable", [True, False])
@pytest.mark.parametrize(
    "stage", [*(pytest.param(stage, marks=pytest.mark.campaign) for stage in ("ehlo", "mail")), "dot", "taken"]
)
def test_killed_with_the_mail_in_hand_it_is_not_lost_and_where_one_can_ask_not_doubled(killing, stage, askable):
    copies = killing.at(stage, prepare=PREPARE, act=SEND, rounds=3, askable=askable)
    assert (len(copies), len(set(copies))) == (2 if stage == "taken" and not askable else 1, 1)
