"""Topic pages and pages about the site on the desk: begun from the dashboard, written and published like articles."""

import pytest
from django.urls import reverse

from articles import site_pages
from articles.admin.dashboard import for_user
from articles.models import Article, Drug, Edition, Topic
from tests import factories
from tests.admin.conftest import change_url, errors_of, form_of
from tests.admin.pressing import act, said, signed_in

pytestmark = pytest.mark.django_db

ADD = "admin:articles_article_add"


def needed(user):
    return {item.title: item.url for item in for_user(user)["needed"]}


def test_the_dashboard_names_the_pages_that_a_site_needs_to_those_who_may_publish(client):
    editor = signed_in(client, "Editor")
    assert list(needed(editor)) == [page.title for page in site_pages.REQUIRED]
    assert "Pages your site still needs" in client.get(reverse("admin:index")).content.decode()
    assert needed(factories.UserFactory(role="Author")) == {}


def test_a_page_is_begun_with_its_skeleton_and_leaves_the_list_when_it_is_published(client):
    editor = signed_in(client, "Editor")
    begin = needed(editor)["About us"]
    form = form_of(client, begin)
    assert (form["page_type"], form["slug"], "[Write: every source of money" in form["body"]) == ("page", "about", True)
    answer = client.post(reverse(ADD), form, follow=True)
    assert answer.redirect_chain, errors_of(answer)
    article = Article.objects.get()
    assert needed(editor)["About us"] == change_url(article)
    refused = said(act(client, "publish", article))
    assert any("This is still to be written: [Write: every source of money" in sentence for sentence in refused)
    written = form_of(client, change_url(article), body="<p>We are few.</p>", standfirst="Who we are.")
    client.post(change_url(article), written)
    act(client, "publish", article)
    assert Edition.objects.live().get().get_absolute_url() == "/about/"
    assert "About us" not in needed(editor)


def test_an_address_that_is_no_required_page_begins_an_empty_form(client):
    signed_in(client, "Editor")
    form = form_of(client, f"{reverse(ADD)}?page=no-such-page")
    assert (form["page_type"], "body" in form) == ("article", False)


def test_the_type_is_chosen_in_a_new_form_and_settled_once_published(client):
    signed_in(client, "Editor")
    topic = factories.public(Topic(name="Migraine", slug="migraine"))
    person = factories.ContributorFactory()
    typed = {
        "page_type": "hub", "title": "Migraine", "slug": "migraine", "standfirst": "What it is.",
        "body": factories.BODY,
        "section": factories.section("news").pk, "disclosure": "Nobody paid for this text.",
        "byline-0-contributor": person.pk, "byline-0-position": 1,
        "references-TOTAL_FORMS": 1, "references-0-citation": "Doe J. Pumps. J Pain. In press.",
        "references-0-position": 1,
    }  # fmt: skip
    add = reverse(ADD)
    answer = client.post(add, form_of(client, add, **typed))
    assert errors_of(answer) == ["A topic page needs the topic it introduces; nothing else has one."]
    client.post(add, form_of(client, add, **typed, hub_of=topic.pk))
    hub = Article.objects.get()
    assert (hub.page_type, hub.hub_of) == ("hub", topic)
    act(client, "publish", hub)
    assert Edition.objects.live().get().get_absolute_url() == "/topics/migraine/"
    changed = form_of(client, change_url(hub), page_type="article", hub_of="", title="Migraine, again")
    client.post(change_url(hub), changed)
    hub.refresh_from_db()
    assert (hub.title, hub.page_type, hub.hub_of) == ("Migraine, again", "hub", topic)


def test_a_second_page_of_a_topic_is_refused_in_the_form(client):
    signed_in(client, "Editor")
    topic = factories.public(Topic(name="Migraine", slug="migraine"))
    factories.ArticleFactory(page_type="hub", hub_of=topic)
    add = reverse(ADD)
    answer = client.post(add, form_of(client, add, title="Another", page_type="hub", hub_of=topic.pk))
    assert errors_of(answer) == ["This topic has a topic page already."]


def test_an_editor_chooses_the_medicines_of_a_topic_and_an_author_reads_them(client):
    signed_in(client, "Editor")
    topic = factories.public(Topic(name="Migraine", slug="migraine"))
    address = reverse("admin:articles_topic_change", args=[topic.pk])
    card = Drug.objects.get(name="sumatriptan")
    answer = client.post(address, form_of(client, address, medicines=[card.pk]))
    assert answer.status_code == 302, errors_of(answer)
    assert list(topic.medicines.all()) == [card]
    signed_in(client, "Author")
    assert "medicines" not in form_of(client, address)
