"""A draft that is deleted leaves every list, comes back as it was for 30 days, and is gone after them."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.admin import article_states
from articles.mail.kinds import KINDS
from articles.models import Article, Comment, Image, Notice, OutgoingMail, Override, ReviewTask, Revision
from articles.publishing import (
    assignments,
    comments,
    deletions,
    desk,
    links,
    notices,
    press,
    review_requests,
    revisions,
)
from articles.publishing.desk import DELETED, DeskRefused
from articles.publishing.links import LinkRefused
from articles.publishing.pictures import places
from articles.publishing.press import PublishingRefused
from tests import factories

pytestmark = pytest.mark.django_db


def draft(**kwargs):
    return factories.publishable_article(signed=False, slug="heat", title="Heat", **kwargs)


def refusal(act, *args, **kwargs):
    with pytest.raises((DeskRefused, PublishingRefused)) as refused:
        act(*args, **kwargs)
    return list(refused.value.problems)


def refused_by_the_database(act):
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        act()
    return str(problem.value).splitlines()[0]


def mark_deleted(article):
    Article.everything.filter(pk=article.pk).update(deleted_at=timezone.now())


def asked(article, by):
    reviewer = factories.ReviewerFactory(email="ada@example.org", user__email="ada@example.org")
    revision = desk.submit(article, by=by)
    review_requests.ask(revision, reviewer, by=by, due_on=timezone.localdate())
    return links.for_review(revision, reviewer)


def test_a_deleted_draft_leaves_lists_counts_and_reminders_and_keeps_its_address():
    editor, writer = factories.editor(), factories.UserFactory(role="Author", email="tom@example.org")
    article = draft()
    assignments.assign(article, writer, due_on=timezone.localdate(), by=editor)
    asked(article, editor)
    Notice.objects.all().delete()
    deletions.delete(article, by=editor)
    assert (article.deleted_by, list(Article.objects.all()), list(Article.everything.all())) == (editor, [], [article])
    assert {number for _key, _name, number in article_states.counts()} == {0}
    assert not ReviewTask.objects.open().exists()
    assert Article.objects.free_slug("Heat") == "heat-2"
    notices.remind()
    assert sorted(Notice.objects.values_list("user__email", "sentence")) == [
        ("ada@example.org", "“Heat” was deleted. Your review is no longer needed."),
        ("tom@example.org", "“Heat”, which was assigned to you, was deleted."),
    ]


def test_what_was_put_back_is_where_it_was():
    editor = factories.editor()
    article = draft()
    assignments.assign(article, editor, due_on=date(2026, 12, 24), by=editor)
    token = asked(article, editor)
    deletions.delete(article, by=editor)
    with pytest.raises(LinkRefused) as refused:
        links.open_review(token)
    sentence = "The newsroom deleted this draft. There’s nothing you need to do."
    assert (refused.value.problems, refused.value.status) == ((sentence,), 410)
    mail = OutgoingMail.objects.get(kind="review_request")
    assert KINDS["review_request"].write(mail, timezone.now()) is None
    deletions.put_back(article, by=editor)
    assert links.open_review(token).revision.article == Article.objects.get()
    assert ReviewTask.objects.open().get().article.due_on == date(2026, 12, 24)
    assert KINDS["review_request"].write(mail, timezone.now()) is not None


def test_authors_delete_their_own_drafts_and_editors_any():
    author, other = factories.UserFactory(role="Author"), factories.UserFactory(role="Author")
    begun = factories.ArticleFactory(created_by=author)
    written = draft()
    written.authors.add(factories.ContributorFactory(user=author))
    for article in (begun, written):
        sentence = f"“{article}” can’t be deleted. You don’t have permission to delete it."
        assert refusal(deletions.delete, article, by=other) == [sentence]
        deletions.delete(article, by=author)
        assert refusal(deletions.put_back, article, by=other) == [f"You don’t have permission to put “{article}” back."]
        deletions.put_back(article, by=factories.editor())
        deletions.delete(article, by=factories.editor())


def test_what_is_on_record_is_not_deleted_whether_or_not_it_is_public():
    editor = factories.editor()
    scheduled, reviewed, overridden = (factories.publishable_article(signed=signed) for signed in (True, True, False))
    press.unschedule(press.publish(scheduled, by=editor, at=timezone.now() + timedelta(days=3)), by=editor)
    Override.objects.create(article=overridden, digest="0" * 64, finding="x", message="x", reason="x", asked_by=editor)
    for article, records in ((scheduled, (0, 1)), (reviewed, (1,)), (overridden, (2,))):
        sentences = [f"“{article}” can’t be deleted. {deletions.ON_RECORD[number]}" for number in records]
        assert refusal(deletions.delete, article, by=editor) == sentences
        sentence = "An article that was published or reviewed cannot be deleted."
        assert refused_by_the_database(lambda article=article: mark_deleted(article)) == sentence


def test_two_people_at_once_are_told_what_the_other_did():
    editor = factories.editor()
    article = draft()
    deletions.delete(Article.objects.get(), by=editor)
    assert refusal(deletions.delete, article, by=editor) == ["“Heat” was deleted already."]
    reviewer = factories.ReviewerFactory()
    for act in (
        lambda: press.publish(article, by=editor),
        lambda: desk.submit(article, by=editor),
        lambda: desk.save(article, by=editor),
        lambda: assignments.assign(article, None, due_on=None, by=editor),
        lambda: desk.sign_off(article.revisions.get(), by=reviewer.user, decision="changes", comments="No."),
    ):
        assert refusal(act) == [DELETED]
    deletions.put_back(Article.everything.get(), by=editor)
    assert refusal(deletions.put_back, article, by=editor) == ["“Heat” isn’t deleted."]
    deletions.delete(article, by=editor)
    deletions.purge(timezone.now() + deletions.KEPT_FOR)
    assert refusal(deletions.put_back, article, by=editor) == ["This draft is gone for good."]


def test_a_deleted_draft_gets_no_version_no_sign_off_and_no_override_by_any_path():
    editor = factories.editor()
    signed = factories.publishable_article()
    review = signed.revisions.get().reviews.get()
    edition = press.publish(signed, by=editor)
    article = draft()
    deletions.delete(article, by=editor)
    copies = {
        "A deleted draft cannot be published.": edition,
        "A deleted draft cannot be signed off.": review,
    }
    edition.article, review.revision = article, article.revisions.get()
    for sentence, copy in copies.items():
        copy.pk = None
        assert refused_by_the_database(lambda copy=copy: copy.save(force_insert=True)) == sentence
    row = Override(article=article, digest="0" * 64, finding="x", message="x", reason="x", asked_by=editor)
    assert refused_by_the_database(row.save) == "A check of a deleted draft cannot be overridden."


def test_after_30_days_the_clock_removes_it_with_all_that_hangs_on_it_but_its_pictures(time_machine):
    editor = factories.editor()
    article = draft(lead_image=factories.CreditFactory().image)
    asked(article, editor)
    mail = OutgoingMail.objects.get()
    comments.comment(article.revisions.get(), "Which trial?", quote="", by=editor)
    revisions.autosave(article, {"title": "Heat and cold"}, by=editor)
    deletions.delete(article, by=editor)
    assert list(places.never_used()) == []
    moment = timezone.now() + deletions.KEPT_FOR
    time_machine.move_to(moment - timedelta(minutes=1))
    deletions.purge()
    assert Article.everything.get() == article
    time_machine.move_to(moment + timedelta(minutes=1))
    call_command("clock", once=True)
    left = [model.objects.count() for model in (Revision, Comment, ReviewTask, Notice)]
    assert (list(Article.everything.all()), left, Image.objects.count()) == ([], [0, 0, 0, 0], 1)
    assert KINDS["review_request"].write(mail, timezone.now()) is None


def test_a_draft_goes_by_no_other_path():
    article = draft()
    assert refused_by_the_database(article.revisions.get().delete) == "A revision cannot be deleted."
    begun = factories.ArticleFactory()
    sentence = "A draft is deleted first and can be put back before it goes for good."
    assert refused_by_the_database(begun.delete) == sentence
