"""An answer to a wish leaves once, whatever dies and wherever; doubled at most where nobody can be asked."""

from datetime import UTC, datetime, timedelta
from math import ceil

import pytest
from django.db.models import Min

from articles.models import InboxCount, Subscription, Wish
from articles.newsletter import caps, consent, erasure, suppression, tokens, wishes
from articles.newsletter.consent import Consent
from articles.newsletter.sending import single
from articles.newsletter.sending.answers import Answer, Outcome, Stage
from articles.newsletter.sending.door import BackendWay
from articles.newsletter.sending.smtp import Refusal
from tests.newsletter.conftest import link_in, reader
from tests.newsletter.site import Site

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
YES = Consent("Send me the letter.", "/articles/pumps/")
KINDS = ["subscribe", "already", "key", "move", "moved"]
database = pytest.mark.django_db


def wish(kind):
    """One wish of a kind, and nothing else that waits for a mail."""
    subscription = reader("known@example.org") if kind != "subscribe" else None
    {
        "subscribe": lambda: wishes.subscribe("reader@example.org", consent=YES, at=NOW),
        "already": lambda: wishes.subscribe("known@example.org", consent=YES, at=NOW),
        "key": lambda: wishes.key(subscription, at=NOW),
        "move": lambda: wishes.move(subscription, "new@example.org", at=NOW),
        "moved": lambda: wishes.moved(subscription, "old@example.org", at=NOW),
    }[kind]()


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


def answered_for(days, since=NOW):
    """What a clock does in that time: a round every ten minutes, of which those are left out that find nothing due."""
    at, end = since, since + days * DAY
    while at < end and (due := next_due(at)):
        at += max(ceil((due - at) / (10 * MINUTE)), 0) * 10 * MINUTE
        wishes.answer(at=at)
        consent.ask_waiting(at=at)
        at += 10 * MINUTE


def next_due(at):
    """When a round can find something to do: never, where no row waits."""
    if Subscription.objects.filter(state="pending", asked_at=None).exists():
        return at + 60 * MINUTE  # when its inbox has room again is not written in the row
    return Wish.objects.aggregate(due=Min("next_at"))["due"]


def told(monkeypatch, *outcomes):
    """The mail server answers so, and then as it always does."""
    left, usual = list(outcomes), BackendWay.hand_over
    monkeypatch.setattr(BackendWay, "hand_over", lambda way, mail: Answer(left.pop(0)) if left else usual(way, mail))


# Death ----------------------------------------------------------------------------------------------------------------

POINTS = {
    "before the mail server was reached": (BackendWay, "open", False),
    "as it was reached": (BackendWay, "open", True),
    "before the intent was written": (single, "in_hand", False),
    "with the intent half written": (tokens, "sign", False),
    "before the mail left": (BackendWay, "hand_over", False),
    "after the mail left": (BackendWay, "hand_over", True),
    "before it was written down as taken": (wishes, "_is_done", False),
}


@database
@pytest.mark.parametrize("askable", [True, False])
@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_clock_that_dies_anywhere_loses_no_answer(kind, point, askable, mailoutbox, monkeypatch):
    place, name, after = POINTS[point]
    if name == "sign" and kind in ("move", "moved"):
        place, name = wishes.messages, kind
    usual = getattr(place, name)

    def die(*args, **kwargs):
        if after:
            usual(*args, **kwargs)
        raise SystemExit

    wish(kind)
    if askable:
        monkeypatch.setattr(single, "relay", lambda: Asked(mailoutbox))
    with monkeypatch.context() as dying:
        dying.setattr(place, name, die)
        with pytest.raises(SystemExit):
            wishes.answer(at=NOW)
    answered_for(3)
    had_left = point in ("after the mail left", "before it was written down as taken")
    assert len(mailoutbox) == (2 if had_left and not askable else 1)
    assert len(set(names(mailoutbox))) == 1
    assert not Wish.objects.exists()
    assert not Subscription.objects.filter(state="pending", asked_at=None).exists()


@database
@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_server_whose_answer_never_comes_is_sent_two_copies_and_no_more(kind, mailoutbox, monkeypatch):
    usual = BackendWay.hand_over

    def taken_and_silent(way, mail):
        usual(way, mail)
        return Answer(Outcome.UNKNOWN)

    monkeypatch.setattr(BackendWay, "hand_over", taken_and_silent)
    wish(kind)
    answered_for(6)
    assert (len(mailoutbox), len(set(names(mailoutbox)))) == (2, 1)
    assert not Wish.objects.exists()


@database
def test_a_mail_server_that_could_be_asked_and_says_nothing_is_waited_for_a_day(mailoutbox, monkeypatch):
    monkeypatch.setattr(single, "relay", lambda: Asked(mailoutbox, is_silent=True))
    told(monkeypatch, Outcome.UNKNOWN)
    wish("key")
    answered_for(1)
    assert (mailoutbox, Wish.objects.count()) == ([], 1)
    answered_for(1, since=NOW + DAY)
    assert (len(mailoutbox), Wish.objects.count()) == (1, 0)


@database
def test_two_clocks_answer_one_wish_once(mailoutbox, monkeypatch):
    usual = BackendWay.hand_over

    def meanwhile(way, mail):
        monkeypatch.setattr(BackendWay, "hand_over", usual)
        assert wishes.answer(at=NOW + MINUTE) == 0
        return usual(way, mail)

    wish("key")
    monkeypatch.setattr(BackendWay, "hand_over", meanwhile)
    assert wishes.answer(at=NOW) == 1
    assert len(mailoutbox) == 1


# What a mail server says ----------------------------------------------------------------------------------------------


@database
@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_that_was_not_taken_is_tried_again_ever_more_seldom_and_counted_once(kind, mailoutbox, monkeypatch):
    tries = []
    monkeypatch.setattr(BackendWay, "hand_over", lambda way, mail: tries.append(mail) or Answer(Outcome.LATER))
    wish(kind)
    answered_for(3)
    assert 10 < len(tries) < 40
    assert InboxCount.objects.count() == (kind != "moved")
    monkeypatch.undo()
    answered_for(1, since=NOW + 3 * DAY)
    assert (len(mailoutbox), Wish.objects.count()) == (1, 0)


@database
def test_where_no_mail_server_is_reached_all_waits_and_nothing_is_counted(mailoutbox, monkeypatch):
    def away(way):
        raise Refusal(Answer(Outcome.LATER, f"at {Stage.OPEN.value}"))

    with monkeypatch.context() as broken:
        broken.setattr(BackendWay, "open", away)
        wish("key")
        assert wishes.answer(at=NOW) == 0
    assert not InboxCount.objects.exists()
    assert [wishes.answer(at=NOW + timedelta(seconds=seconds)) for seconds in (14, 15)] == [0, 1]
    assert len(mailoutbox) == 1


@database
def test_an_address_that_takes_no_mail_is_not_tried_again(mailoutbox, monkeypatch):
    told(monkeypatch, Outcome.NOT_THIS_READER)
    wish("key")
    answered_for(3)
    assert (mailoutbox, Wish.objects.count()) == ([], 0)


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
@pytest.mark.parametrize("deed", [confirmed, left, not_me, erased])
def test_whoever_answered_the_first_copy_gets_no_second(deed, mailoutbox, monkeypatch):
    usual = BackendWay.hand_over

    def taken_and_silent(way, mail):
        usual(way, mail)
        return Answer(Outcome.UNKNOWN)

    with monkeypatch.context() as broken:
        broken.setattr(BackendWay, "hand_over", taken_and_silent)
        wish("subscribe")
        wishes.answer(at=NOW)
    deed(mailoutbox)
    answered_for(2)
    assert (len(mailoutbox), Wish.objects.count()) == (1, 0)


@database
def test_asking_again_while_the_answer_is_in_doubt_makes_no_second_wish(mailoutbox, monkeypatch):
    told(monkeypatch, Outcome.UNKNOWN)
    wish("key")
    wishes.answer(at=NOW)
    wishes.key(Subscription.objects.get(), at=NOW + MINUTE)
    answered_for(1)
    assert (len(mailoutbox), Wish.objects.count(), InboxCount.objects.count()) == (1, 0, 1)


@database
def test_a_new_address_that_must_not_be_asked_any_more_is_not(mailoutbox, monkeypatch):
    told(monkeypatch, Outcome.LATER)
    wish("move")
    wishes.answer(at=NOW)
    suppression.add(suppression.digest("new@example.org"), "complained", at=NOW)
    answered_for(1)
    assert (mailoutbox, Wish.objects.count()) == ([], 0)


@database
def test_an_imported_reader_whose_mail_may_have_been_taken_is_asked_again_as_seldom_as_any(mailoutbox, monkeypatch):
    tries = []
    monkeypatch.setattr(BackendWay, "hand_over", lambda way, mail: tries.append(mail) or Answer(Outcome.UNKNOWN))
    Subscription.objects.create(email="moved-in@example.org", requested_at=NOW, source="the old list")
    answered_for(6)
    assert len(tries) == caps.INBOX["question"][1][0] == 3


# kill -9 --------------------------------------------------------------------------------------------------------------

PREPARE = """
from articles.newsletter import wishes
from tests.newsletter.conftest import reader
wishes.key(reader("reader@example.org"))
"""
ANSWER = """
from datetime import timedelta
from django.utils import timezone
from articles.models import Wish
from articles.newsletter import wishes
Wish.objects.update(next_at=timezone.now() - timedelta(hours=2))  # whoever had it in hand is dead
wishes.answer()
"""


@pytest.fixture(scope="module")
def killing(migrated, tmp_path_factory):
    with Site(tmp_path_factory.mktemp("killing"), empty=migrated).killing() as ready:
        yield ready


@pytest.mark.parametrize("askable", [True, False])
@pytest.mark.parametrize("stage", ["ehlo", "mail", "dot", "taken"])
def test_killed_with_the_mail_in_hand_it_is_not_lost_and_where_one_can_ask_not_doubled(killing, stage, askable):
    copies = killing.at(stage, prepare=PREPARE, act=ANSWER, rounds=3, askable=askable)
    assert (len(copies), len(set(copies))) == (2 if stage == "taken" and not askable else 1, 1)
