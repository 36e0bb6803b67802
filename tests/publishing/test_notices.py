"""What people on the desk are told by mail: at most one digest an hour, each kind switched off by themselves."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.formats import date_format

from articles.mail import sender
from articles.mail.kinds import KINDS
from articles.models import Article, MutedNotice, Notice, OutgoingMail, Restore, Review, ReviewTask
from articles.publishing import assignments, comments, desk, links, notices, press, review_requests
from articles.publishing.desk import DeskRefused
from tests import factories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def author():
    return factories.UserFactory(role="Author", email="author@example.org", first_name="Mara", last_name="Lind")


@pytest.fixture
def article(author):
    article = factories.publishable_article(title="Heat", signed=False)
    Article.objects.filter(pk=article.pk).update(created_by=author)
    article.refresh_from_db()
    return article


def kinds_of(user):
    return list(Notice.objects.filter(user=user).values_list("kind", flat=True))


def digests(at=None):
    """The mails that one round of the clock puts in line, in words."""
    OutgoingMail.objects.all().delete()
    notices.mail(at)
    mails = OutgoingMail.objects.filter(kind="desk_digest")
    return [KINDS[mail.kind].write(mail, at or timezone.now()) for mail in mails]


def test_signing_asking_for_changes_and_publishing_reach_whose_article_it_is(article, author):
    reviewer = factories.ReviewerFactory(name="Ada Rey")
    factories.sign(article, reviewer, decision=Review.CHANGES, comments="Say more.")
    factories.sign(article, reviewer)
    press.publish(article, by=factories.UserFactory(role="Editor"))
    assert list(Notice.objects.filter(user=author).values_list("kind", "sentence")) == [
        ("changes", "Ada Rey, MD asked for changes to “Heat”: Say more."),
        ("signed", "Ada Rey, MD signed off on “Heat”."),
        ("published", "“Heat” was published (version 1)."),
    ]


def test_everything_that_people_are_told_of_arrives_in_one_mail_of_plain_sentences(article, author, mailoutbox):
    editor, reviewer = factories.editor(), factories.ReviewerFactory(name="Ada Rey", user__email="ada@example.org")
    editor.first_name, editor.last_name = "Tom", "Beck"
    editor.save()
    soon = timezone.localdate() + timedelta(days=2)
    day = date_format(soon, "F j, Y")
    assignments.assign(article, author, due_on=soon, by=editor)
    comments.comment(article.revisions.get(), "Which dose?", by=editor)
    review_requests.announce(desk.submit(article, by=editor), by=editor)
    factories.sign(article, reviewer, decision=Review.CHANGES, comments="Say more.")
    factories.sign(article, reviewer)
    press.publish(article, by=editor)
    notices.remind()
    OutgoingMail.objects.all().delete()
    notices.mail()
    sender.send_due()
    told = {mail.to[0]: " ".join(mail.body.partition("Open the article:")[0].split()) for mail in mailoutbox}
    assert told == {
        "author@example.org": f"“Heat” was assigned to you, due by {day}. Tom Beck commented on “Heat”: Which dose? "
        "Ada Rey, MD asked for changes to “Heat”: Say more. Ada Rey, MD signed off on “Heat”. "
        f"“Heat” was published (version 1). “Heat” is due by {day}.",
        "ada@example.org": "“Heat” waits for a medical review.",
    }


def test_what_happened_in_an_hour_is_one_mail(article, author):
    now, editor = timezone.now(), factories.editor()
    revision = article.revisions.get()
    comments.comment(revision, "One.", by=editor)
    comments.comment(revision, "Two.", by=editor)
    [mail] = digests(now)
    assert "“Heat”: One." in " ".join(mail.text.split())
    assert "“Heat”: Two." in " ".join(mail.text.split())
    assert mail.subject == "2 updates on “Heat”"
    assert mail.text.count("/change/") == 1
    assert "/admin/notifications/" in mail.text
    comments.comment(revision, "Three.", by=editor)
    assert digests(now + 0.9 * HOUR) == []
    [mail] = digests(now + 1.1 * HOUR)
    assert "Three." in mail.text
    assert "One." not in mail.text
    assert digests(now + 3 * HOUR) == []


def test_a_kind_that_was_switched_off_is_not_mailed(article, author):
    editor, revision = factories.editor(), article.revisions.get()
    comments.comment(revision, "One.", by=editor)
    MutedNotice.objects.create(user=author, kind=Notice.COMMENTED)
    assert digests() == [None]  # it waited already when it was switched off
    comments.comment(revision, "Two.", by=editor)
    assert kinds_of(author) == [Notice.COMMENTED]


def test_nobody_is_told_of_what_they_did_and_no_closed_account_is_told_anything(article, author):
    comments.comment(article.revisions.get(), "One.", by=author)
    assert kinds_of(author) == []
    author.is_active = False
    author.save()
    comments.comment(article.revisions.get(), "Two.", by=factories.editor())
    assert kinds_of(author) == []


def test_an_account_that_may_not_read_articles_any_more_gets_no_digest(article, author):
    comments.comment(article.revisions.get(), "One.", by=factories.editor())
    author.groups.clear()
    assert digests() == [None]


def test_a_restored_site_tells_nobody_anything_until_a_person_says_so(article, author):
    comments.comment(article.revisions.get(), "One.", by=factories.editor())
    Restore.objects.create(backup_at=timezone.now(), restored_at=timezone.now())
    assert digests() == []
    assert Notice.objects.waiting().count() == 1
    Restore.objects.update(answer=Restore.GO_ON, answered_at=timezone.now())
    assert digests() == []  # it may have been told before the restore
    comments.comment(article.revisions.get(), "Two.", by=factories.editor())
    assert len(digests(timezone.now() + 2 * HOUR)) == 1


def test_the_clock_mails_and_reminds_once(article, author):
    due_on = timezone.localdate() + timedelta(days=2)
    assignments.assign(article, author, due_on=due_on, by=factories.editor())
    OutgoingMail.objects.all().delete()
    for _round in range(2):
        call_command("clock", once=True, verbosity=0)
    assert kinds_of(author) == [Notice.ASSIGNED, Notice.DUE]


def test_a_review_that_is_due_soon_is_told_to_its_reviewer(article):
    reviewer = factories.ReviewerFactory(email="ada@example.org", user__email="ada@example.org")
    review_requests.ask(
        desk.submit(article, by=factories.editor()),
        reviewer,
        by=factories.editor(),
        due_on=timezone.localdate() + timedelta(days=1),
    )
    notices.remind()
    notices.remind()
    assert kinds_of(reviewer.user) == [Notice.ASKED, Notice.DUE]


def test_reviewers_with_an_account_are_told_of_a_text_that_waits_for_one_of_them(article):
    one, writes = (factories.ReviewerFactory(user__email=f"{name}@example.org") for name in ("ada", "ben"))
    article.byline.create(contributor=writes, position=9)
    review_requests.announce(desk.submit(article, by=factories.editor()), by=factories.editor())
    assert (kinds_of(one.user), kinds_of(writes.user)) == ([Notice.ASKED], [])


# Who does what --------------------------------------------------------------------------------------------------------


def test_an_article_is_assigned_to_somebody_who_may_write(article, author):
    editor = factories.editor()
    assignments.assign(article, author, due_on=None, by=editor)
    assert (article.assigned_to, kinds_of(author)) == (author, [Notice.ASSIGNED])
    assignments.assign(article, author, due_on=timezone.localdate(), by=editor)
    assert kinds_of(author) == [Notice.ASSIGNED]
    assignments.assign(article, None, due_on=None, by=editor)
    assert article.assigned_to is None
    with pytest.raises(DeskRefused, match="Choose somebody who may write articles"):
        assignments.assign(article, factories.UserFactory(role="Medical reviewer"), due_on=None, by=editor)
    with pytest.raises(DeskRefused, match="permission"):
        assignments.assign(article, author, due_on=None, by=factories.UserFactory(role="Medical reviewer"))


def test_a_request_for_review_that_is_taken_back_ends_its_link(client, article):
    editor = factories.editor()
    reviewer = factories.ReviewerFactory(name="Ada Rey", email="ada@example.org", user__email="ada@example.org")
    revision = desk.submit(article, by=editor)
    review_requests.ask(revision, reviewer, by=editor)
    address = f"/review/{links.for_review(revision, reviewer)}/"
    assert client.get(address).status_code == 200
    assignments.take_back(article, by=editor)
    assert (article.submitted_at, ReviewTask.objects.open().count()) == (None, 0)
    page = client.get(address)
    assert page.status_code == 410
    assert "The newsroom took this request back." in page.content.decode()
    mail = OutgoingMail.objects.get(kind="review_request")
    assert KINDS[mail.kind].write(mail, timezone.now()) is None
    assert kinds_of(reviewer.user) == [Notice.ASKED, Notice.ASKED]
    review_requests.ask(desk.submit(article, by=editor), reviewer, by=editor)
    assert client.get(address).status_code == 200
    assignments.take_back(article, by=editor)
    with pytest.raises(DeskRefused, match="No review is asked for"):
        assignments.take_back(article, by=editor)


def test_a_decision_ends_the_request(article):
    reviewer = factories.ReviewerFactory(email="ada@example.org")
    review_requests.ask(desk.submit(article, by=factories.editor()), reviewer, by=factories.editor())
    assert ReviewTask.objects.open().count() == 1
    factories.sign(article, reviewer)
    assert ReviewTask.objects.open().count() == 0


def test_changes_that_a_reviewer_asked_for_are_their_authors_until_it_waits_again(article, author):
    reviewer, assignee = factories.ReviewerFactory(), factories.UserFactory(role="Author")
    review = factories.sign(article, reviewer, decision=Review.CHANGES, comments="Say more.")
    assert list(Review.objects.asking_changes_of(author)) == [review]
    assert not Review.objects.asking_changes_of(assignee).exists()
    assignments.assign(article, assignee, due_on=None, by=factories.editor())
    assert list(Review.objects.asking_changes_of(assignee)) == [review]
    desk.submit(article, by=author)
    assert not Review.objects.asking_changes_of(author).exists()
    factories.sign(article, reviewer)
    assert not Review.objects.asking_changes_of(author).exists()
