"""The buttons of an article's form save it first, then show what would happen, and ask once."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from articles.admin import confirming
from articles.models import Article, Edition, Review
from articles.publishing import snapshot
from tests import factories
from tests.admin.conftest import change_url, form_of
from tests.admin.pressing import act, said, signed_in

pytestmark = pytest.mark.django_db


def sent(client, article, name, **changes):
    """The page to which a button of the article's form leads."""
    data = form_of(client, change_url(article), **changes)
    del data["_continue"]
    return client.post(change_url(article), {**data, "_then": name}, follow=True)


@pytest.mark.parametrize("name", ["publish", "correct", "submit", "preview"])
def test_every_button_saves_what_is_on_the_screen_and_then_shows_it(client, name):
    signed_in(client, "Editor")
    article = factories.publishable_article(in_section="news", signed=False)
    answer = sent(client, article, name, title="What the editor sees")
    assert answer.redirect_chain[-1][0] == confirming.address(article, name)
    assert "What the editor sees" in answer.content.decode()
    assert Article.objects.get().title == "What the editor sees"
    assert not Edition.objects.exists()


def test_what_the_page_showed_is_published_by_its_digest(client):
    signed_in(client, "Editor")
    article = factories.publishable_article(in_section="news", signed=False)
    page = sent(client, article, "publish", title="What the editor sees").content.decode()
    digest = snapshot.digest(snapshot.content_of(Article.objects.get()))
    assert f'<input type="hidden" name="seen" value="{digest}">' in page
    assert said(act(client, "publish", article, _publish="now", seen=digest)) == ["Published version 1."]


def test_a_text_that_cannot_be_published_is_saved_and_the_page_says_why(client):
    signed_in(client, "Editor")
    article = factories.publishable_article(in_section="news", signed=False)
    page = sent(client, article, "publish", disclosure="").content.decode()
    assert "Say who paid for this" in page
    assert "Publish now" not in page
    assert Article.objects.get().disclosure == ""


def test_a_refused_form_comes_back_with_all_its_words_and_leads_nowhere(client):
    signed_in(client, "Editor")
    article = factories.publishable_article(in_section="news", signed=False)
    answer = sent(client, article, "publish", credit_source_url="no address", standfirst="Typed and not lost.")
    assert answer.redirect_chain == []
    page = answer.content.decode()
    assert "Typed and not lost." in page
    assert "Nothing you typed is lost." in page
    assert 'id="tab-picture" checked' in page


def test_a_new_article_is_saved_and_asks_as_well(client):
    signed_in(client, "Editor")
    add = reverse("admin:articles_article_add")
    data = form_of(client, add, title="Pumps", _then="submit")
    del data["_continue"]
    answer = client.post(add, data, follow=True)
    assert answer.redirect_chain[-1][0] == confirming.address(Article.objects.get(), "submit")


def test_what_readers_have_already_is_not_published_again(client):
    edition = factories.print_edition(in_section="news", signed=False)
    client.force_login(edition.by)
    page = client.get(confirming.address(edition.article, "publish")).content.decode()
    assert "Nothing has changed since version 1." in page
    seen = factories.seen(edition.article)
    answer = act(client, "publish", edition.article, _publish="now", note="Kept.", seen=seen)
    assert said(answer) == ["Nothing has changed since version 1."]
    assert 'value="Kept."' in answer.content.decode()
    assert Edition.objects.count() == 1


def test_the_same_words_are_published_again_once_they_were_reviewed_anew(client):
    edition = factories.print_edition()
    client.force_login(edition.by)
    factories.sign(edition.article)
    answer = act(client, "publish", edition.article, _publish="now", seen=factories.seen(edition.article))
    assert said(answer) == ["Published version 2."]


def test_a_refused_correction_keeps_every_word_of_it(client):
    edition = factories.print_edition(in_section="news", signed=False)
    client.force_login(edition.by)
    words = {"was": "It may help.", "now": "It helps.", "why": "", "severity": "factual"}
    page = act(client, "correct", edition.article, **words, seen=factories.seen(edition.article)).content.decode()
    for word in ("It may help.</textarea>", "It helps.</textarea>", 'value="factual" selected'):
        assert word in page


@pytest.mark.parametrize(
    ("role", "name", "status"),
    [("Author", "publish", 403), ("Author", "submit", 200), ("Editor", "publish", 200), ("Editor", "unpublish", 404)],
)
def test_only_those_who_may_act_are_asked(client, role, name, status):
    signed_in(client, role)
    article = factories.publishable_article()
    address = reverse("admin:articles_article_confirm", args=[article.pk, name])
    assert client.get(address).status_code == status


def editing_reviewer(client):
    """A medical reviewer whose account may write, too."""
    reviewer = factories.ReviewerFactory()
    reviewer.user.groups.add(Group.objects.get(name="Author"))
    client.force_login(reviewer.user)
    return reviewer


def test_a_sign_off_by_somebody_who_may_write_saves_what_is_on_the_screen_and_asks_about_that_text(client):
    reviewer = editing_reviewer(client)
    article = factories.publishable_article(in_section="news", signed=False)
    assert "Sign off or request changes…" in client.get(change_url(article)).content.decode()
    answer = sent(client, article, "sign_off")
    assert answer.redirect_chain[-1][0] == confirming.address(article, "sign_off")
    shown = answer.context["status"]["revision"]
    assert f'name="revision" value="{shown.pk}"' in answer.content.decode()
    assert said(act(client, "sign_off", article, revision=shown.pk, decision="approved")) == [
        "You signed off on this version."
    ]
    assert Review.objects.get().reviewer == reviewer
    assert Review.objects.get().signed_digest == snapshot.signed_digest(snapshot.content_of(Article.objects.get()))


def test_who_changes_the_text_and_signs_it_is_told_that_no_one_signs_their_own_work_and_loses_nothing(client):
    editing_reviewer(client)
    article = factories.publishable_article(in_section="news", signed=False)
    shown = sent(client, article, "sign_off", standfirst="Changed by the reviewer.").context["status"]["revision"]
    answer = act(client, "sign_off", article, revision=shown.pk, decision="approved", comments="Fine now.")
    [reason] = said(answer)
    assert "edited this article, and no one can sign off on their own work." in reason
    assert "Fine now." in answer.content.decode()
    assert Article.objects.get().standfirst == "Changed by the reviewer."
    assert not Review.objects.exists()
