"""Reminders by mail of reviews that are due soon, each once; and of sign-offs that were taken back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from articles.mail.kinds import KINDS
from articles.models import OutgoingMail
from articles.publishing import desk, press, review_mails
from tests import factories

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 11, 30, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(DUE - 100 * DAY, tick=False)
    return time_machine


@pytest.fixture
def edition():
    article = factories.publishable_article(signed=False, title="Pumps", slug="pumps")
    factories.sign(article, factories.ReviewerFactory(name="Ada Rey"), due_on=DUE.date())
    return press.publish(article, by=factories.UserFactory(role="Editor", email="editor@example.org"))


def reminded(at):
    """The days on which the desk is reminded by rounds of the clock on one day, in the words of the mails."""
    OutgoingMail.objects.all().delete()
    review_mails.remind(at)
    review_mails.remind(at + timedelta(hours=1))
    mails = [KINDS[mail.kind].write(mail, at).text for mail in OutgoingMail.objects.all()]
    return [" ".join(text.partition("\n\n")[0].split()) for text in mails]


def test_a_review_is_reminded_of_once_at_each_mark_and_when_it_is_overdue(edition):
    days = {before: reminded(DUE - before * DAY) for before in (61, 60, 59, 30, 29, 7, 6, 0)}
    due = "The medical review of “Pumps” by Ada Rey, MD is due by November 30, 2026."
    overdue = "The medical review of “Pumps” by Ada Rey, MD is overdue since November 30, 2026. The page says so."
    assert days == {61: [], 60: [due], 59: [], 30: [due], 29: [], 7: [due], 6: [], 0: []}
    assert reminded(DUE + DAY) == [overdue]
    assert reminded(DUE + 20 * DAY) == []


def test_a_clock_that_stood_still_reminds_of_the_nearest_mark_only(edition):
    assert len(reminded(DUE - 5 * DAY)) == 1
    assert reminded(DUE - 4 * DAY) == []


def test_the_clock_reminds(edition, clock):
    clock.move_to(DUE - 60 * DAY)
    call_command("clock", once=True, verbosity=0)
    edition.review.refresh_from_db()
    assert edition.review.reminded_at_days == 60


def test_a_reminder_that_waited_until_the_text_was_signed_anew_is_not_sent(edition):
    review_mails.remind(DUE - 60 * DAY)
    mail = OutgoingMail.objects.get(kind="review_due")
    press.withdraw(edition.article, by=factories.editor(), note="Old.", at=DUE - 59 * DAY)
    assert KINDS[mail.kind].write(mail, DUE - 58 * DAY) is None


def test_nobody_is_reminded_of_what_was_taken_back(edition):
    review = edition.review
    desk.sign_off(review.revision, by=review.reviewer.user, decision="changes", comments="The dose is wrong.")
    assert reminded(DUE - 60 * DAY) == []
