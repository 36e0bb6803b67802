"""Reports on the desk: who sees them, what they lead to, and the two buttons."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from articles.models import Byline, SentenceReport
from articles.publishing import press
from tests import factories, markup
from tests.admin.test_dashboard import ROLES, panel, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return factories.print_edition(slug="pumps", title="Pumps")


@pytest.fixture
def report(edition):
    return SentenceReport.objects.create(
        edition=edition,
        passage=1,
        quoted="Some words about it.",
        wrong="Not so.",
        reader_severity="harm",
        severity="harm",
        email="reader@example.org",
    )


def url(name, *args):
    return reverse(f"admin:articles_sentencereport_{name}", args=args)


SEEN = {"Author": 200, "Medical reviewer": 200, "Editor": 200, "Newsletter editor": 403, "Site administrator": 200}


@pytest.mark.parametrize("role", ROLES)
def test_who_sees_a_report_and_nobody_sees_the_address(client, report, role):
    signed_in(client, role)
    for address in (url("changelist"), url("change", report.pk), url("history", report.pk)):
        answer = client.get(address)
        assert answer.status_code == SEEN[role], address
        assert "reader@example.org" not in answer.content.decode()


@pytest.mark.parametrize("role", [role for role in ROLES if role != "Editor"])
def test_nobody_else_answers(client, report, role):
    signed_in(client, role)
    for name in ("answer", "assess"):
        sent = {"outcome": "unchanged", "answer": "No.", "severity": "typo"}
        assert client.post(url(name, report.pk), sent).status_code == 403
    report.refresh_from_db()
    assert (report.outcome, report.severity) == ("", "harm")


def test_it_waits_first_on_the_editors_front_page_until_it_is_answered(client, report, mailoutbox):
    signed_in(client, "Editor")
    late = "The newsletter for week"  # is there from Thursday on
    assert next(line for line in panel(client, "waiting") if not line.startswith(late)) == "“Some words about it.”"
    sent = {"outcome": "unchanged", "answer": "It is right."}
    page = client.post(url("answer", report.pk), sent, follow=True).content.decode()
    assert "Answered. The reader will get it by email." in page
    assert mailoutbox == []
    call_command("clock", "--once")
    assert [mail.to for mail in mailoutbox] == [["reader@example.org"]]
    assert "“Some words about it.”" not in panel(client, "waiting")


def test_an_author_sees_what_is_about_their_own_articles(client, report):
    user = signed_in(client, "Author")
    assert panel(client, "waiting") == []
    own = factories.ContributorFactory(user=user)
    article = factories.publishable_article(signed=False)
    Byline.objects.create(article=article, contributor=own, position=2)
    factories.sign(article)
    printed = press.publish(article, by=factories.editor())
    told = {"wrong": "Not so.", "reader_severity": "typo", "severity": "typo"}
    SentenceReport.objects.create(edition=printed, quoted="Mine.", **told)
    assert "“Mine.”" in panel(client, "waiting")
    assert "“Some words about it.”" not in panel(client, "waiting")


def test_what_was_written_survives_a_refused_answer(client, report):
    signed_in(client, "Editor")
    sent = {"outcome": "corrected", "answer": "We put it right at once."}
    page = client.post(url("answer", report.pk), sent).content.decode()
    assert "Choose the later version that corrects it." in page
    assert "We put it right at once.</textarea>" in page
    assert '<option value="corrected" selected>' in page


def test_a_judgment_is_kept_beside_the_readers(client, report):
    signed_in(client, "Editor")
    page = markup.page(client.post(url("assess", report.pk), {"severity": "typo"}, follow=True))
    assert "The reader says: It could harm someone. Our assessment: It has a typo." in page


def test_the_article_opens_at_the_reported_words(client, report):
    signed_in(client, "Editor")
    link = reverse("admin:articles_article_change", args=[report.edition.article_id]) + f"?report={report.pk}"
    assert link in markup.page(client.get(url("change", report.pk)))
    page = markup.page(client.get(link))
    assert '<blockquote data-passage class="wanted"><p>Some words about it.</p></blockquote>' in page


def test_the_two_buttons_take_posts_only_and_real_reports(client, report):
    signed_in(client, "Editor")
    assert client.get(url("answer", report.pk)).status_code == 405
    assert client.post(url("assess", report.pk + 1), {"severity": "typo"}).status_code == 404


@pytest.mark.parametrize("fixed_in", ["x", "0", "-1", "9" * 30, "1\x00"])
def test_an_edition_that_is_none_ends_in_a_sentence(client, report, fixed_in):
    signed_in(client, "Editor")
    sent = {"outcome": "corrected", "answer": "Yes.", "fixed_in": fixed_in}
    assert "Choose the later version" in client.post(url("answer", report.pk), sent).content.decode()
