"""Saved states come back whole; what is typed is kept beside the working copy; no save or edition is ever thinned."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Byline, Reference, Revision
from articles.publishing import desk, press, revisions, snapshot
from articles.publishing.desk import DeskRefused
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_state_comes_back_with_everything_in_it():
    lead = factories.CreditFactory().image
    article = factories.publishable_article(lead_image=lead, lead_caption="A pump.", closing_question="Well?")
    first, whole = article.revisions.get(), snapshot.content_of(article)
    Article.objects.filter(pk=article.pk).update(title="New", body="<p>New.</p>", section=None, lead_image=None)
    Byline.objects.all().delete()
    Reference.objects.all().delete()
    by = factories.editor()
    kept = revisions.restore(first, by=by)
    article.refresh_from_db()
    assert snapshot.content_of(article) == whole
    assert (kept.digest, kept.by, kept.number) == (first.digest, by, 3)
    assert article.revisions.get(number=2).content["title"] == "New"


def test_a_restored_text_carries_its_sign_off_again():
    article = factories.publishable_article()
    first = article.revisions.get()
    article.title = "Changed"
    desk.save(article, by=None)
    revisions.restore(first, by=factories.editor())
    article.refresh_from_db()
    assert press.publish(article, by=factories.editor()).review is not None


def test_people_and_pictures_that_are_gone_are_left_out():
    article = factories.publishable_article()
    first = article.revisions.get()
    content = {
        **first.content,
        "byline": [*first.content["byline"], {"id": 4711, "name": "Gone", "credentials": ""}],
        "section": "gone",
        "pictures": [{"id": 4711, "place": "lead", "caption": "", "digest": "", "alt": ""}],
    }
    typed = Revision.objects.create(
        article=article, number=7, content=content, digest="x", signed_digest="x", is_autosave=True
    )
    revisions.restore(typed, by=None)
    article.refresh_from_db()
    assert (article.byline.count(), article.section, article.lead_image) == (1, None, None)


def test_what_is_typed_never_touches_the_working_copy():
    article, by = factories.publishable_article(), factories.editor()
    before = snapshot.content_of(article)
    typed = revisions.autosave(article, {"title": "Typed", "body": "<p>Typed.<script>x</script></p>"}, by=by)
    article.refresh_from_db()
    assert snapshot.content_of(article) == before
    assert (typed.content["title"], typed.content["body"], typed.is_autosave) == ("Typed", "<p>Typed.</p>", True)
    assert revisions.unsaved(article, by=by) == typed
    assert revisions.unsaved(article, by=factories.editor()) is None
    assert desk.keep_revision(article, by=by).number == 1


def test_typing_what_is_there_already_keeps_nothing():
    article, by = factories.publishable_article(), factories.editor()
    revisions.autosave(article, {"title": "Typed"}, by=by)
    assert revisions.autosave(article, {"title": article.title}, by=by) is None
    assert revisions.unsaved(article, by=by) is None


def test_what_is_typed_is_thinned_and_what_is_saved_never():
    article, by = factories.publishable_article(), factories.editor()
    other = factories.editor()
    revisions.autosave(article, {"title": "Typed by another"}, by=other)
    for number in range(12):
        revisions.autosave(article, {"title": f"Typed {number}"}, by=by)
    assert article.revisions.filter(by=by, is_autosave=True).count() == revisions.AUTOSAVES_KEPT
    assert revisions.unsaved(article, by=by).content["title"] == "Typed 11"
    revisions.thin(article, by=by, keep=0)
    assert article.revisions.filter(is_autosave=True).count() == 1
    assert article.revisions.filter(is_autosave=False).count() == 1


def opened(article, *, by, at):
    """Who else has it open, for somebody who opens it."""
    revisions.note_open(article, by=by, at=at)
    return revisions.others_at(article, by=by, at=at)


def test_who_else_has_it_open_is_known_for_a_while():
    article, one, two = factories.publishable_article(), factories.editor(), factories.editor()
    now = timezone.now()
    assert opened(article, by=one, at=now) == []
    assert opened(article, by=two, at=now) == [one.username]
    assert opened(article, by=two, at=now + timedelta(minutes=5)) == []


# A new article --------------------------------------------------------------------------------------------------------


def test_first_words_begin_one_draft_however_often_they_come():
    by = factories.editor()
    begun = [
        revisions.begin({"title": title, "body": ""}, key="k", by=by) for title in ("Hea", "Heat", "Heat and cold")
    ]
    assert Article.objects.count() == 1
    assert {article.pk for article in begun} == {Article.objects.get().pk}
    assert revisions.unsaved(begun[0], by=by).content["title"] == "Heat and cold"
    assert (begun[0].title, begun[0].slug, begun[0].created_by) == ("Hea", "", by)


@pytest.mark.parametrize("typed", [{}, {"title": " "}, {"body": "<p>&nbsp;</p>"}, {"body": "<p>…</p>"}, {"other": "x"}])
def test_nothing_begins_without_a_word(typed):
    assert revisions.begin(typed, key="k", by=factories.editor()) is None
    assert not Article.objects.exists()


def test_nothing_begins_without_a_key_and_nobody_goes_on_with_somebody_elses():
    assert revisions.begin({"title": "Heat"}, key="", by=factories.editor()) is None
    revisions.begin({"title": "Heat"}, key="k", by=factories.editor())
    revisions.begin({"title": "Mine"}, key="k", by=factories.editor())
    assert [article.title for article in Article.objects.order_by("pk")] == ["Heat", "Mine"]


def test_what_began_is_given_back_whole_and_gets_its_address_from_the_whole_title():
    by = factories.editor()
    article = revisions.begin({"title": "He", "body": "<p>Warm"}, key="k", by=by)
    revisions.begin({"title": "Heat and cold", "body": "<p>Warm<script>x</script> hands.</p>"}, key="k", by=by)
    revisions.restore(revisions.unsaved(article, by=by), by=by)
    article.refresh_from_db()
    assert (article.title, article.slug, article.body) == ("Heat and cold", "heat-and-cold", "<p>Warm hands.</p>")


def test_a_title_that_is_too_long_is_kept_whole_in_what_was_typed():
    by = factories.editor()
    article = revisions.begin({"title": "x" * 500}, key="k", by=by)
    assert len(article.title) == 200
    assert len(revisions.unsaved(article, by=by).content["title"]) == 500


def test_what_somebody_typed_comes_back_only_if_it_fits():
    article, by = factories.publishable_article(), factories.editor()
    typed = revisions.autosave(article, {"title": "x" * 201, "closing_question": "y" * 201}, by=by)
    with pytest.raises(DeskRefused) as refused:
        revisions.restore(typed, by=by)
    assert refused.value.problems == (
        "The title has 201 characters, and 200 fit.",
        "The closing question has 201 characters, and 200 fit.",
    )
    assert not Article.objects.filter(title__startswith="x").exists()
