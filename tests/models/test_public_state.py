"""What draws another number for the state of the public site: all that readers could see, and nothing else."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from articles import public_state
from articles.mail import outbox
from articles.models import (
    AnswerTally,
    Article,
    Drug,
    Image,
    ImageCredit,
    Issue,
    LinkHealth,
    RetractionNotice,
    Review,
    Section,
    SentenceReport,
    Term,
    Topic,
)
from articles.models import public_state as triggers
from articles.newsletter.issues import building
from articles.publishing import desk, pictures, press, public_texts
from articles.readers import answers, reports
from articles.readers.visitor_dedupe import Visitor
from tests import factories
from tests.newsletter import mailing

pytestmark = pytest.mark.django_db
READER = Visitor(network="192.0.2.1", agent="Firefox")


def changes(action) -> bool:
    """Whether there is another number after it."""
    before = public_state.current()
    action()
    after = public_state.current()
    assert before is not None
    assert after is not None
    return before != after


@pytest.fixture
def edition():
    lead = pictures.store(factories.picture_bytes("JPEG", (400, 230)), name="a.jpg", alt="Lines that meet.")
    factories.CreditFactory(image=lead)
    body = factories.BODY.replace("about", "abuot")
    return factories.print_edition(lead_image=lead, closing_question="Would you want one?", body=body)


def corrected(edition):
    article = Article.objects.get(pk=edition.article_id)
    article.standfirst = "What a pump can do, and what not."
    desk.save(article, by=None)
    factories.sign(article)
    erratum = press.Erratum(was="can do.", now="can do, and what not.", why="Half was missing.", severity="minor")
    return lambda: factories.correct(article, erratum, by=factories.editor())


def review_withdrawn(edition):
    """By its reviewer, who asks for changes of the same text."""
    review = edition.review
    return lambda: desk.sign_off(
        edition.revision, by=review.reviewer.user, decision=Review.CHANGES, comments="It is wrong."
    )


def report_of(edition):
    return SentenceReport.objects.create(
        edition=edition, quoted="It may help.", wrong="It may not.", reader_severity="wrong", severity="wrong"
    )


def report_answered(edition):
    report, words = report_of(edition), "The sentence is right as it is: see reference 1."
    return lambda: reports.answer(report, outcome=SentenceReport.UNCHANGED, answer=words, by=factories.editor())


def checked_medicine(edition):
    card = Drug.objects.filter(is_class=False).first()
    return lambda: Drug.objects.filter(pk=card.pk).update(source="The label, section 5.")


def credit_saved(edition):
    credit = ImageCredit.objects.get(image=edition.lead_image)
    credit.creator = "Jane Q. Doe"
    return credit.save


def in_raw_sql(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def issue_built(edition):
    mailing.subscribe(1)
    return building.build()


def issue_approved(edition):
    issue, by = issue_built(edition), factories.newsletter_editor()
    return lambda: building.approve(issue, by=by)


def issue_sent(edition):
    issue = mailing.approved_issue(readers=1)
    return lambda: Issue.objects.filter(pk=issue.pk).update(state=Issue.SENDING, started_at=timezone.now())


def retraction_imported(edition):
    notice = RetractionNotice(record_id=1, nature=RetractionNotice.RETRACTED, title="Pumps", doi="10.1000/1")
    return lambda: RetractionNotice.objects.bulk_create([notice])


def rows_deleted(edition):
    Topic.objects.create(name="Safety", slug="safe")
    return Topic.objects.all().delete


# What readers could see -> what prepares it; what that returns does it.
SEEN = {
    "an article is published": lambda edition: factories.print_edition,
    "an article is scheduled": lambda edition: lambda: factories.print_edition(at=timezone.now() + timedelta(days=1)),
    "a correction": corrected,
    "a typo is fixed": lambda edition: (
        lambda: factories.fix_typo(edition.article, was="abuot", now="about", by=factories.editor())
    ),
    "an article is unpublished": lambda edition: (
        lambda: press.withdraw(edition.article, by=factories.editor(), note="It is out of date.")
    ),
    "a picture’s credit": credit_saved,
    "a picture is taken down": lambda edition: (
        lambda: pictures.withdraw(edition.lead_image, by=factories.editor(), reason="Its owner asked for it.")
    ),
    "a topic": lambda edition: lambda: factories.public(Topic(name="Safety", slug="safe", definition="Being safe.")),
    "a topic is moved": lambda edition: lambda: Topic.objects.create(name="Safety", slug="safe"),
    "a contributor": lambda edition: lambda: factories.rewrite([edition.review.reviewer], biography="Treats pain."),
    "a term": lambda edition: lambda: factories.rewrite([Term.objects.first()], definition="Feeling less of it."),
    "a term is removed": lambda edition: lambda: public_texts.remove(Term.objects.first(), by=factories.editor()),
    "a medicine": checked_medicine,
    "a section": lambda edition: lambda: factories.rewrite([Section.objects.first()], summary="What it is about."),
    "a section’s place": lambda edition: lambda: Section.objects.filter(slug="news").update(position=0),
    "a review is withdrawn": review_withdrawn,
    "an issue is approved": issue_approved,
    "an issue begins to be sent": issue_sent,
    "a reader’s report": lambda edition: lambda: report_of(edition),
    "a report is answered": report_answered,
    "a notice of a retraction": retraction_imported,
    "raw SQL": lambda edition: lambda: in_raw_sql("UPDATE articles_section SET position = 9 WHERE slug = %s", "news"),
    "many rows at once": lambda edition: (
        lambda: Topic.objects.bulk_create(Topic(name=f"Topic {number}", slug=f"topic-{number}") for number in range(3))
    ),
    "rows are deleted": rows_deleted,
    "a search index is made anew": lambda edition: lambda: call_command("rebuild_search", verbosity=0),
    "the database is migrated": lambda edition: lambda: call_command("migrate", verbosity=0),
}


def delivered(edition):
    issue = mailing.approved_issue(readers=2)
    claimed = mailing.claimed(issue)
    assert claimed
    return lambda: issue.deliveries.update(state="handed_over", settled_at=timezone.now())


def draft_saved(edition):
    article = Article.objects.get(pk=edition.article_id)
    article.body += "<p>And more.</p>"
    return lambda: desk.save(article, by=factories.editor())


def signed_in(edition):
    user = factories.editor()

    def sign_in():
        user.last_login = timezone.now()
        user.save()

    return sign_in


def answered(edition):
    key = answers.question_key(edition.closing_question)
    choice = AnswerTally.ANSWERS[0][0]
    return lambda: answers.answer(edition, choice, key=key, visitor=READER)


def report_forgotten(edition):
    report = report_of(edition)
    return lambda: SentenceReport.objects.filter(pk=report.pk).update(email="", severity="harm")


UNSEEN = {
    "a delivery": delivered,
    "an answer": answered,
    "a sign-in": signed_in,
    "a draft": draft_saved,
    "a mail": lambda edition: lambda: outbox.enqueue("subscribe", "reader@example.org"),
    "a subscription": lambda edition: factories.subscription,
    "the same again": lambda edition: Section.objects.first().save,
    "a column that no page shows": lambda edition: lambda: Image.objects.update(fingerprint=7),
    "a reminder of a review": lambda edition: lambda: Review.objects.update(reminded_at_days=30),
    "what the desk thinks of a report": report_forgotten,
    "a link that broke": lambda edition: (
        lambda: LinkHealth.objects.create(url="https://example.org/", checked_on=date(2026, 11, 30))
    ),
    "nothing": lambda edition: lambda: Topic.objects.filter(pk=0).update(name="No such topic"),
}


@pytest.mark.parametrize("name", SEEN)
def test_what_readers_could_see_draws_another_number(edition, name):
    assert changes(SEEN[name](edition)), name


@pytest.mark.parametrize("name", UNSEEN)
def test_what_no_reader_sees_leaves_the_number(edition, name):
    assert not changes(UNSEEN[name](edition)), name


def test_what_is_rolled_back_leaves_the_number_and_what_comes_after_it_counts(edition):
    def roll_back():
        with transaction.atomic():
            Section.objects.update(position=9)
            transaction.set_rollback(True)

    assert not changes(roll_back)
    assert changes(lambda: Section.objects.update(position=9))


def test_no_number_is_ever_drawn_twice(edition):
    drawn = []
    for position in range(50):
        Section.objects.update(position=position)
        drawn.append(public_state.current())
    assert len({*drawn}) == 50


def test_while_a_migration_is_under_way_there_is_no_number(edition):
    triggers.lift()
    assert public_state.current() is None
    Section.objects.update(position=9)
    assert public_state.current() is None
    triggers.install()
    assert public_state.current() is not None
    assert changes(lambda: Section.objects.update(position=8))


def test_installing_twice_changes_nothing_but_the_number():
    assert changes(triggers.install)
    assert changes(lambda: Section.objects.update(position=9))


@pytest.mark.parametrize("table", triggers.WATCHED)
def test_every_column_that_is_left_out_is_a_column_of_its_table(table):
    with connection.cursor() as cursor:
        columns = {column.name for column in connection.introspection.get_table_description(cursor, table)}
    assert columns >= triggers.WATCHED[table]


def test_a_table_that_is_emptied_draws_another_number(edition):
    retraction_imported(edition)()
    empty = {
        "sqlite": "DELETE FROM articles_retractionnotice",
        "postgresql": "TRUNCATE articles_retractionnotice CASCADE",
    }
    assert changes(lambda: in_raw_sql(empty[connection.vendor]))
