"""Answers to reports go to their readers in our words alone, and to nobody who must not be written to."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.mail import sender, suppression
from articles.mail.smtp_replies import Answer, Outcome
from articles.mail.transports import BackendTransport
from articles.models import OutgoingMail, SentenceReport, Suppression
from articles.readers import reports
from tests import factories
from tests.readers.test_reports import send

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
ADDRESS = "reader@example.org"


@pytest.fixture
def report(db):
    """Answered, and not mailed yet."""
    edition = factories.print_edition(title="Pumps", slug="pumps", closing_question="Would you?")
    made = send(edition, email=ADDRESS, wrong="BUY CHEAP THINGS at http://evil.example/")
    return reports.answer(made, outcome="unchanged", answer="It is right.", by=factories.editor(), at=NOW)


def test_the_reader_is_mailed_once_in_our_words_alone(report, mailoutbox):
    assert [sender.send_due(at=NOW), sender.send_due(at=NOW + timedelta(days=3))] == [1, 0]
    [sent] = mailoutbox
    assert sent.to == [ADDRESS]
    whole = sent.body + sent.alternatives[0][0]
    for words in ("Some words about it.", "It is right.", "/articles/pumps/", "we delete it"):
        assert words in whole.replace("\n", " ")
    assert "evil" not in whole
    report.refresh_from_db()
    assert report.mailed_at == NOW


def test_an_address_that_takes_no_mail_is_forgotten_and_not_called_mailed(report, mailoutbox, monkeypatch):
    monkeypatch.setattr(BackendTransport, "hand_over", lambda way, mail: Answer(Outcome.NOT_THIS_READER))
    sender.send_due(at=NOW)
    report.refresh_from_db()
    assert (report.email, report.mailed_at, mailoutbox) == ("", None, [])


@pytest.mark.parametrize("reason", [reason for reason, _label in Suppression.REASONS])
def test_nobody_is_mailed_who_must_not_be_written_to(report, mailoutbox, reason):
    suppression.add(suppression.digest(ADDRESS), reason)
    sender.send_due(at=NOW)
    report.refresh_from_db()
    assert (report.email, report.mailed_at, mailoutbox) == ("", None, [])


def test_an_inbox_whose_owner_said_not_me_is_not_mailed_under_another_spelling(report, mailoutbox):
    suppression.add(suppression.digest("reader@example.org"), Suppression.NOT_ME)
    OutgoingMail.objects.update(to="reader+news@example.org")
    sender.send_due(at=NOW)
    assert (mailoutbox, SentenceReport.objects.get().email) == ([], "")


def test_what_was_abuse_or_left_no_address_is_answered_by_no_mail(db):
    edition = factories.print_edition(title="Pumps", slug="pumps", closing_question="Would you?")
    for address, outcome in (("", "unchanged"), (ADDRESS, "unusable")):
        made = send(edition, email=address, wrong=f"{outcome} it is")
        reports.answer(made, outcome=outcome, answer="It is right.", by=factories.editor(), at=NOW)
    assert not OutgoingMail.objects.exists()
