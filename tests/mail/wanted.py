"""One mail of each kind, as the product asks for it."""

from datetime import UTC, datetime, timedelta

import time_machine

from articles.mail import alarms
from articles.models import Invitation, Subscription
from articles.newsletter import heartbeat
from articles.newsletter.issues import building, preview_mail
from articles.newsletter.subscriptions import requests
from articles.newsletter.subscriptions.consent import Consent
from articles.publishing import desk, invitations, notices, review_mails, review_requests
from articles.readers import reports
from tests import factories
from tests.newsletter.conftest import reader
from tests.readers.test_reports import send

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
YES = Consent("Send me the newsletter.", "/articles/pumps/")


def known():
    return Subscription.objects.first() or reader("known@example.org")


def imported():
    Subscription.objects.create(email="moved-in@example.org", requested_at=NOW, source="the old list")
    requests.ask_imported(at=NOW)


def answered():
    edition = factories.print_edition(title="Pumps", slug="pumps", closing_question="Would you?")
    made = send(edition, email="reader@example.org")
    reports.answer(made, outcome="unchanged", answer="It is right.", by=factories.editor(), at=NOW)


def alarmed():
    factories.newsletter_editor()
    alarms.ring("build", "It couldn’t be built.", at=NOW)
    alarms.tell(at=NOW)


def stood_still():
    factories.UserFactory(role="Site administrator", email="admin@example.org")
    heartbeat.tell(NOW - DAY)


def asked_to_review():
    article, editor = factories.ArticleFactory(), factories.editor()
    reviewer = factories.ContributorFactory(email="reviewer@example.org")
    review_requests.ask(desk.submit(article, by=editor), reviewer, by=editor)


def taken_back():
    factories.UserFactory(role="Editor", email="editor@example.org")
    review = factories.sign(factories.publishable_article(signed=False))
    desk.sign_off(review.revision, by=review.reviewer.user, decision="changes", comments="The dose is wrong.")


def review_due():
    with time_machine.travel(NOW - DAY):
        edition = factories.print_edition()
    factories.UserFactory(role="Editor", email="editor@example.org")
    review_mails.remind(edition.review.decided_at + 700 * DAY)


def previewed():
    factories.print_edition()
    preview_mail.send_test(building.build(), by=factories.newsletter_editor())


def noticed():
    author = factories.UserFactory(role="Author", email="author@example.org")
    notices.tell(factories.ArticleFactory(), "published", "“Pumps” was published.", to=[author])
    notices.mail(NOW)


def invited():
    by = factories.administrator(email="admin@example.org")
    someone = {"email": "ada@example.org", "first_name": "Ada", "last_name": "Rey", "role": "Author"}
    invitations.invite(Invitation(**someone, invited_by=by))


WANTED = {
    "subscribe": lambda: requests.subscribe("reader@example.org", consent=YES, at=NOW),
    "already subscribed": lambda: requests.subscribe(known().email, consent=YES, at=NOW),
    "question": imported,
    "key": lambda: requests.key(known(), at=NOW),
    "move": lambda: requests.move(known(), "new@example.org", at=NOW),
    "moved": lambda: requests.moved(known(), "old@example.org", at=NOW),
    "report_answer": answered,
    "alarm": alarmed,
    "clock_stood_still": stood_still,
    "review_request": asked_to_review,
    "safeguard_change": lambda: factories.ask_change(factories.ReviewerFactory(), {"email": "new@example.org"}),
    "invitation": invited,
    "review_withdrawn": taken_back,
    "review_due": review_due,
    "test_send": previewed,
    "desk_digest": noticed,
}
