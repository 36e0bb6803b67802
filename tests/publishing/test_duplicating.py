"""An article as a start for a new one: what the copy has, and what stays with the first."""

import pytest

from articles.models import Article, Topic
from articles.models.page_type import ARTICLE, HUB, PAGE
from articles.publishing import comments, deletions, duplicating, press, snapshot
from articles.publishing.desk import DELETED, DeskRefused
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_copy_says_the_same_under_its_own_title_and_address_and_is_a_draft_of_who_made_it():
    author = factories.UserFactory(role="Author")
    article = factories.publishable_article(
        title="Heat", slug="heat", lead_image=factories.CreditFactory().image, lead_caption="A pad."
    )
    article.topics.add(Topic.objects.create(name="Warmth", slug="warmth"))
    press.publish(article, by=factories.editor())
    comments.comment(article.revisions.first(), "Which trial?", quote="", by=author)
    made = duplicating.duplicate(article, by=author)
    before, content = snapshot.content_of(article), snapshot.content_of(made)
    own = {"title": "Heat (copy)", "slug": "heat-copy", "byline": []}
    assert content == {**before, **own}
    row = Article.objects.with_state().get(pk=made.pk)
    assert (row.created_by, row.assigned_to, row.submitted_at, row.live_number, row.is_signed) == (
        *(author, None, None, None),
        False,
    )
    assert (made.revisions.get().content, made.comments.count(), article.references.count()) == (content, 0, 1)


@pytest.mark.parametrize(("kind", "copied"), [(HUB, ARTICLE), (PAGE, PAGE)])
def test_a_copy_of_a_topic_page_is_an_article_since_a_topic_has_one_page(kind, copied):
    topic = Topic.objects.create(name="Heat", slug="heat") if kind == HUB else None
    page = factories.ArticleFactory(page_type=kind, hub_of=topic, title="x" * 200)
    made = duplicating.duplicate(page, by=factories.editor())
    assert (made.page_type, made.hub_of, made.title) == (copied, None, "x" * 193 + " (copy)")


def test_nobody_copies_who_may_not_write_or_what_was_deleted():
    article, editor = factories.ArticleFactory(title=""), factories.editor()
    with pytest.raises(DeskRefused, match="You don’t have permission to add articles"):
        duplicating.duplicate(article, by=factories.UserFactory(role="Medical reviewer"))
    assert duplicating.duplicate(article, by=editor).title == "Untitled (copy)"
    deletions.delete(article, by=editor)
    with pytest.raises(DeskRefused, match=DELETED):
        duplicating.duplicate(article, by=editor)
