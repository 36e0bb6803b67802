"""Answers to reports leave once, whatever crashes, and to nobody who must not be written to."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.models import SentenceReport, Suppression
from articles.newsletter import suppression
from articles.newsletter.sending import single
from articles.newsletter.sending.answers import Answer, Outcome
from articles.newsletter.sending.door import BackendWay
from articles.readers import outbox, reports
from tests import factories
from tests.newsletter.site import Site
from tests.readers.test_reports import send

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
ADDRESS = "reader@example.org"


@pytest.fixture
def report(db):
    """Answered, and not mailed yet."""
    edition = factories.print_edition(title="Pumps", slug="pumps", closing_question="Would you?")
    made = send(edition, email=ADDRESS, wrong="BUY CHEAP THINGS at http://evil.example/")
    return reports.answer(made, outcome="unchanged", answer="It is right.", by=factories.editor(), at=NOW)


def told(monkeypatch, *outcomes):
    """The mail server answers so, and then as it always does."""
    left, usual = list(outcomes), BackendWay.hand_over
    monkeypatch.setattr(BackendWay, "hand_over", lambda way, mail: Answer(left.pop(0)) if left else usual(way, mail))


def test_the_reader_is_mailed_once_in_our_words_alone(report, mailoutbox):
    assert [outbox.mail_answers(at=NOW), outbox.mail_answers(at=NOW + timedelta(days=3))] == [1, 0]
    [sent] = mailoutbox
    assert sent.to == [ADDRESS]
    assert sent.extra_headers["Message-ID"] == outbox.message_id(report)
    whole = sent.body + sent.alternatives[0][0]
    for words in ("Some words about it.", "It is right.", "/articles/pumps/", "we forget it"):
        assert words in whole.replace("\n", " ")
    assert "evil" not in whole
    report.refresh_from_db()
    assert report.mailed_at == NOW


def test_a_mail_that_was_not_taken_is_tried_again(report, mailoutbox, monkeypatch):
    told(monkeypatch, Outcome.LATER, Outcome.NOT_US)
    assert [outbox.mail_answers(at=NOW) for _time in range(4)] == [0, 0, 1, 0]
    assert len(mailoutbox) == 1


def test_an_address_that_takes_no_mail_is_forgotten_and_not_called_mailed(report, mailoutbox, monkeypatch):
    told(monkeypatch, Outcome.NOT_THIS_READER)
    assert outbox.mail_answers(at=NOW) == 0
    report.refresh_from_db()
    assert (report.email, report.mailed_at, report.mail_began_at, mailoutbox) == ("", None, None, [])


@pytest.mark.parametrize("reason", [reason for reason, _label in Suppression.REASONS])
def test_nobody_is_mailed_who_must_not_be_written_to(report, mailoutbox, reason):
    suppression.add(suppression.digest(ADDRESS), reason)
    assert outbox.mail_answers(at=NOW) == 0
    report.refresh_from_db()
    assert (report.email, report.mailed_at, mailoutbox) == ("", None, [])


def test_an_inbox_whose_owner_said_not_me_is_not_mailed_under_another_spelling(report, mailoutbox):
    suppression.add(suppression.digest("reader@example.org"), Suppression.NOT_ME)
    SentenceReport.objects.update(email="reader+news@example.org")
    assert (outbox.mail_answers(at=NOW), mailoutbox) == (0, [])


class Asked:
    """A mail server that is asked after a broken answer."""

    settles_within, can_be_asked = 60.0, True

    def __init__(self, knows):
        self.said = knows

    def knows(self, message_id, since):
        assert since == NOW
        return self.said


@pytest.mark.parametrize(
    ("knows", "again", "is_mailed"),
    [(True, 0, True), (False, 1, True), (None, 0, False)],
)
def test_a_mail_whose_answer_never_came_is_asked_for_before_it_goes_again(
    report, mailoutbox, monkeypatch, knows, again, is_mailed
):
    monkeypatch.setattr(single, "relay", lambda: Asked(knows))
    told(monkeypatch, Outcome.UNKNOWN)
    settled = NOW + single.LEASE + timedelta(seconds=60)
    outbox.mail_answers(at=NOW)
    outbox.mail_answers(at=settled - timedelta(seconds=1))
    report.refresh_from_db()
    assert (report.mailed_at, mailoutbox) == (None, [])
    outbox.mail_answers(at=settled)
    report.refresh_from_db()
    assert (len(mailoutbox), report.mailed_at is not None) == (again, is_mailed)


def test_a_mail_server_that_never_says_is_sent_it_once_more_after_a_day(report, mailoutbox, monkeypatch):
    monkeypatch.setattr(single, "relay", lambda: Asked(None))
    told(monkeypatch, Outcome.UNKNOWN)
    for hour in range(30):
        outbox.mail_answers(at=NOW + timedelta(hours=hour))
    assert [mail.extra_headers["Message-ID"] for mail in mailoutbox] == [outbox.message_id(report)]


def test_where_nobody_ever_knows_no_third_copy_goes_out(report, monkeypatch):
    monkeypatch.setattr(single, "relay", lambda: Asked(None))
    handed = []
    monkeypatch.setattr(BackendWay, "hand_over", lambda way, mail: handed.append(mail) or Answer(Outcome.UNKNOWN))
    for day in range(20):
        outbox.mail_answers(at=NOW + timedelta(days=day))
    assert len(handed) == 2
    report.refresh_from_db()
    assert (report.email, report.mailed_at) == ("", None)


def test_two_clocks_mail_one_answer_once(report, mailoutbox, monkeypatch):
    usual = BackendWay.hand_over

    def meanwhile(way, mail):
        assert outbox._waiting(NOW).count() == 0, "another clock would take it"
        return usual(way, mail)

    monkeypatch.setattr(BackendWay, "hand_over", meanwhile)
    assert outbox.mail_answers(at=NOW) == 1


# kill -9 --------------------------------------------------------------------------------------------------------------

PREPARE = """
from tests.readers.test_outbox import ADDRESS, send
from articles.readers import reports
from tests import factories
edition = factories.print_edition(title="Pumps", slug="pumps", closing_question="Would you?")
made = send(edition, email=ADDRESS)
reports.answer(made, outcome="unchanged", answer="It is right.", by=factories.editor())
"""
MAIL = """
from datetime import timedelta
from django.utils import timezone
from articles.models import SentenceReport
from articles.readers import outbox
long_ago = timezone.now() - timedelta(hours=2)  # whoever had it in hand is dead
SentenceReport.objects.exclude(mail_began_at=None).update(mail_began_at=long_ago)
outbox.mail_answers()
"""


@pytest.fixture(scope="module")
def killing(migrated, tmp_path_factory):
    with Site(tmp_path_factory.mktemp("killing"), empty=migrated).killing() as ready:
        yield ready


@pytest.mark.parametrize("askable", [True, False])
@pytest.mark.parametrize("stage", ["ehlo", "mail", "dot", "taken"])
def test_killed_with_the_mail_in_hand_it_is_not_lost_and_where_one_can_ask_not_doubled(killing, stage, askable):
    copies = killing.at(stage, prepare=PREPARE, act=MAIL, rounds=2, askable=askable)
    assert (len(copies), len(set(copies))) == (2 if stage == "taken" and not askable else 1, 1)
