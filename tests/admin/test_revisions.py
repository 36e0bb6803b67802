"""Two editors at once, a closed tab, a wrong turn: the desk refuses to overwrite and loses no word."""

import pytest
from django.urls import reverse

from articles.models import Article, Revision
from articles.publishing import desk, revisions
from tests import factories, markup
from tests.admin.conftest import change_url, errors_of, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return factories.publishable_article(title="As it was")


def signed_in(client, role="Editor"):
    user = factories.UserFactory(role=role)
    client.force_login(user)
    return user


def opened(client, article):
    """The form as it was opened, with the digest of what it is based on."""
    url = change_url(article)
    return form_of(client, url, based_on=client.get(url).context["status"]["digest"])


def test_contents_are_compared_and_not_clocks(client, article):
    signed_in(client)
    data = opened(client, article)
    desk.save(article, by=None)
    assert client.post(change_url(article), {**data, "title": "Mine"}).status_code == 302


def test_a_form_that_is_sent_twice_saves_once(client, article):
    """A double click or a back button sends the same form again; what it holds is there already."""
    signed_in(client)
    data = {**opened(client, article), "title": "Mine"}
    assert client.post(change_url(article), data).status_code == 302
    client.post(change_url(article), data)
    assert article.revisions.count() == 2


def test_what_was_typed_is_offered_on_the_next_visit(client, article):
    user = signed_in(client)
    kept = client.post(
        reverse("admin:articles_article_autosave", args=[article.pk]), {"title": "Typed", "body": "<p>Typed.</p>"}
    ).json()
    assert kept["kept_at"]
    page = client.get(change_url(article)).content.decode()
    assert "You have unsaved changes" in page
    typed = revisions.unsaved(article, by=user)
    client.post(reverse("admin:articles_article_restore", args=[article.pk]), {"revision": typed.number})
    article.refresh_from_db()
    assert article.title == "Typed"
    assert "You typed something" not in client.get(change_url(article)).content.decode()


def test_what_was_typed_can_be_thrown_away(client, article):
    signed_in(client)
    client.post(reverse("admin:articles_article_autosave", args=[article.pk]), {"title": "Typed", "body": ""})
    client.post(reverse("admin:articles_article_discard", args=[article.pk]))
    assert not Revision.objects.filter(is_autosave=True).exists()
    assert "You typed something" not in client.get(change_url(article)).content.decode()


def test_the_page_says_who_else_has_it_open(client, article):
    other = signed_in(client)
    url = reverse("admin:articles_article_autosave", args=[article.pk])
    client.post(url)
    signed_in(client)
    assert client.post(url).json() == {"kept_at": None, "kept": None, "others": [other.username], "saved_since": ""}


def test_of_many_who_have_it_open_some_are_named(client, article):
    for number in range(8):
        revisions.note_open(article, by=factories.UserFactory(first_name=f"Person {number}"))
    user = signed_in(client)
    named = [f"Person {number}" for number in range(5)]
    assert revisions.others_at(article, by=user) == [*named, "3 more"]


def test_who_types_is_told_of_a_save_meanwhile_and_to_bring_back_what_was_typed_undoes_nothing_of_it(client, article):
    user = signed_in(client)
    based_on = client.get(change_url(article)).context["status"]["digest"]
    article.standfirst = "Theirs."
    desk.save(article, by=factories.UserFactory(first_name="Tom", last_name="Beck"))
    url = reverse("admin:articles_article_autosave", args=[article.pk])
    typed = {"title": "Typed", "standfirst": "Two lines.", "body": article.body, "based_on": based_on}
    opened = article.revisions.get(digest=based_on).content
    answer = client.post(url, {**typed, "standfirst": opened["standfirst"]}).json()
    assert answer["saved_since"].startswith("Tom Beck saved at ")
    assert answer["saved_since"].endswith("When you save, both are merged.")
    kept = revisions.unsaved(article, by=user)
    assert (kept.number, kept.content["title"], kept.content["standfirst"]) == (answer["kept"], "Typed", "Theirs.")


def test_history_lists_saved_states_with_what_became_of_them(client, article):
    signed_in(client)
    client.post(reverse("admin:articles_article_publish", args=[article.pk]), {"seen": factories.seen(article)})
    article.title = "Later"
    desk.save(article, by=None)
    page = client.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()
    assert "Version 1, first" in page
    assert "Approved: " in page
    compare = reverse("admin:articles_article_compare", args=[article.pk])
    page = client.get(compare, {"old": 1, "new": 2}).content.decode()
    assert "<ins>Later</ins>" in page
    assert "<del>" in page
    article.body = article.body.replace("<h2>Risks</h2>", "<h3>Risks</h3>")
    desk.save(article, by=None)
    assert "<li>“Risks”: heading level 2 → 3.</li>" in markup.page(client.get(compare, {"old": 2, "new": 3}))
    assert client.get(compare, {"old": 2, "new": 2}).content.decode().count("The two versions are identical.") == 1
    assert client.get(compare, {"old": 2}).status_code == 200


@pytest.mark.parametrize("old", ["", "0", "99", "x", "-1", "9" * 30, "٣"])
def test_a_state_that_is_not_there_is_not_found(client, article, old):
    signed_in(client)
    assert client.get(reverse("admin:articles_article_compare", args=[article.pk]), {"old": old}).status_code == 404


def test_what_others_type_is_theirs_until_they_save_it(client, article):
    other = factories.editor()
    typed = revisions.autosave(article, {"title": "xylocanary"}, by=other)
    signed_in(client)
    history = client.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()
    assert f'<th scope="row">{typed.number}</th>' not in history
    compare = reverse("admin:articles_article_compare", args=[article.pk])
    assert client.get(compare, {"old": 1, "new": typed.number}).status_code == 404
    restore = reverse("admin:articles_article_restore", args=[article.pk])
    assert client.post(restore, {"revision": typed.number}).status_code == 404


@pytest.mark.parametrize("name", ["autosave", "restore", "discard"])
@pytest.mark.parametrize("role", ["Medical reviewer", "Newsletter editor", "Site administrator"])
def test_only_those_who_write_change_anything(client, article, name, role):
    signed_in(client, role)
    url = reverse(f"admin:articles_article_{name}", args=[article.pk])
    assert client.post(url, {"title": "x", "body": "", "revision": 1}).status_code == 403
    assert article.revisions.count() == 1


@pytest.mark.parametrize("name", ["compare", "history"])
def test_the_past_is_for_those_who_may_see_the_article(client, article, name):
    client.force_login(factories.UserFactory())
    assert client.get(reverse(f"admin:articles_article_{name}", args=[article.pk]), {"old": 1}).status_code == 403


@pytest.mark.parametrize("pk", ["²", "x", "0", "9" * 30])
def test_an_odd_number_in_an_address_is_not_found(client, pk):
    signed_in(client)
    assert client.get(f"/admin/articles/article/{pk}/history/").status_code == 404


def test_whoever_wrote_something_is_closed_and_not_deleted(admin_client, article):
    """What they saved stays theirs; the page says so, and nothing is lost."""
    by = factories.UserFactory()
    article.title = "Theirs"
    desk.save(article, by=by)
    url = reverse("admin:auth_user_delete", args=[by.pk])
    page = admin_client.get(url).content.decode()
    assert "protected" in page
    admin_client.post(url, {"post": "yes"})
    assert article.revisions.order_by("-number").first().by == by


# A new article --------------------------------------------------------------------------------------------------------

ADD, BEGIN = reverse("admin:articles_article_add"), reverse("admin:articles_article_begin")


def new_form(client):
    """The form of a new article as the page gives it, with its key."""
    key = client.get(ADD).context["draft_key"]
    return {**form_of(client, ADD), "draft_key": key}


def test_the_first_words_are_on_the_desk_before_anybody_saves(client):
    user = signed_in(client, "Author")
    data = new_form(client)
    begun = client.post(BEGIN, {"draft_key": data["draft_key"], "title": "Heat", "body": "<p>Warm.</p>"}).json()
    article = Article.objects.get()
    assert begun["change"] == change_url(article)
    assert begun["based_on"] == client.get(change_url(article)).context["status"]["digest"]
    page = client.get(change_url(article)).content.decode()
    assert "You have unsaved changes" in page
    assert "Heat" in client.get(reverse("admin:index")).content.decode()
    assert article.created_by == user


def test_the_open_form_saves_into_the_draft_that_it_began(client):
    signed_in(client, "Author")
    data = new_form(client)
    begun = client.post(BEGIN, {"draft_key": data["draft_key"], "title": "He", "body": ""}).json()
    saved = {**data, "title": "Heat and cold", "slug": "heat-and-cold", "based_on": begun["based_on"]}
    saved["autosaved"] = str(begun["kept"])
    answer = client.post(begun["change"], saved)
    assert answer.status_code == 302, errors_of(answer)
    article = Article.objects.get()
    assert (article.title, article.slug) == ("Heat and cold", "heat-and-cold")
    assert not article.revisions.filter(is_autosave=True).exists()


@pytest.mark.parametrize("first", ["begin", "save"])
def test_a_form_whose_answer_was_lost_makes_no_second_draft(client, first):
    signed_in(client, "Author")
    data = new_form(client)
    words = {"draft_key": data["draft_key"], "title": "Heat", "body": ""}
    actions = {"begin": lambda: client.post(BEGIN, words), "save": lambda: client.post(ADD, {**data, "title": "Heat"})}
    actions[first]()
    actions["save" if first == "begin" else "begin"]()
    actions["save"]()
    article = Article.objects.get()
    assert (article.title, article.draft_key) == ("Heat", data["draft_key"])
    assert not article.revisions.filter(is_autosave=True).exists()


def test_two_forms_begin_two_drafts(client):
    signed_in(client, "Author")
    for _form in range(2):
        client.post(ADD, {**new_form(client), "title": "Heat"})
    assert [article.slug for article in Article.objects.order_by("pk")] == ["heat", "heat-2"]


def test_a_refused_save_of_a_begun_form_keeps_its_words_and_its_draft(client):
    signed_in(client, "Author")
    data = new_form(client)
    client.post(BEGIN, {"draft_key": data["draft_key"], "title": "Heat", "body": ""})
    answer = client.post(ADD, {**data, "title": "Heat and cold", "slug": "not an address"})
    assert answer.status_code == 200
    assert "Heat and cold" in answer.content.decode()
    assert Article.objects.count() == 1


@pytest.mark.parametrize("role", ["Medical reviewer", "Newsletter editor", "Site administrator"])
def test_who_may_not_write_begins_nothing(client, role):
    signed_in(client, role)
    assert client.post(BEGIN, {"draft_key": "k", "title": "Heat"}).status_code == 403
    assert not Article.objects.exists()


def test_somebody_elses_key_opens_nothing(client):
    other = factories.UserFactory(role="Author")
    theirs = revisions.begin({"title": "Theirs"}, key="k", by=other)
    signed_in(client, "Author")
    answer = client.post(ADD, {**form_of(client, ADD), "draft_key": "k", "title": "Mine"})
    assert answer.status_code == 302
    begun = client.post(BEGIN, {"draft_key": "k", "title": "Mine"}).json()["change"]
    assert begun == change_url(Article.objects.get(title="Mine"))
    theirs.refresh_from_db()
    assert theirs.title == "Theirs"
    assert Article.objects.filter(title="Mine").exists()


@pytest.mark.parametrize("sent", ["\x00", "x" * 100_000, "0" * 64])
def test_what_is_typed_is_kept_whatever_it_says_it_began_from(client, article, sent):
    signed_in(client)
    url = reverse("admin:articles_article_autosave", args=[article.pk])
    assert client.post(url, {"title": "Typed", "body": "", "based_on": sent}).json()["kept"]


@pytest.mark.parametrize("sent", ["", "\x00", "k" * 100_000, "\x00k"])
def test_an_odd_key_ends_in_no_error(client, sent):
    signed_in(client, "Author")
    assert client.post(BEGIN, {"draft_key": sent, "title": "Heat\x00"}).status_code == 200
    assert client.post(ADD, {**form_of(client, ADD), "draft_key": sent, "title": "Heat"}).status_code in (200, 302)
