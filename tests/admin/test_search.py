"""One search finds everything on the desk that the person may see, and tells nobody what was looked for."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from articles.models import Contributor, Subscription
from tests import factories, markup

pytestmark = pytest.mark.django_db


def search(client, typed, role=None):
    if role:
        client.force_login(factories.UserFactory(role=role))
    page = client.get(reverse("admin:search"), {"q": typed})
    assert page.status_code == 200
    return {group.name: [found.title for found in group.found] for group in page.context["groups"]}


@pytest.fixture
def zebras(db):
    """Of each kind one that is called so."""
    article = factories.publishable_article(title="The zebra’s back", signed=False)
    picture = factories.ImageFactory(alt="A zebra at rest")
    Contributor.objects.create(name="Zoe Zebra", slug="zoe-zebra")
    get_user_model().objects.create_user("zebra", first_name="Zora")
    return article, picture


def test_medicines_topics_and_words_are_found_by_what_their_lists_look_at(client):
    assert "ziconotide" in search(client, "Prialt", "Editor")["Medicines"]
    assert "dermatome" in search(client, "dermatome", "Editor")["Glossary terms"]


def test_drafts_pictures_and_people_are_found_at_once(client, zebras):
    assert search(client, "ZEBRA", "Editor") == {
        "Articles": ["The zebra’s back"],
        "Pictures": [str(zebras[1])],
        "Contributors": ["Zoe Zebra"],
    }


def test_people_find_what_they_may_see_and_nothing_else(client, zebras):
    assert set(search(client, "zebra", "Site administrator")) == {"Articles", "Pictures", "Contributors", "Users"}
    assert set(search(client, "zebra", "Newsletter editor")) == {"Articles", "Pictures"}
    client.force_login(factories.UserFactory(role=None))
    assert search(client, "zebra") == {}


def test_each_result_leads_to_its_page_and_says_its_state(client, zebras):
    search(client, "zebra", "Editor")
    page = markup.page(client.get(reverse("admin:search"), {"q": "zebra"}))
    assert f'<a href="{reverse("admin:articles_article_change", args=[zebras[0].pk])}">The zebra’s back</a>' in page
    assert "<p>Draft</p>" in page


def test_a_long_list_is_cut_and_leads_to_all_of_it(client):
    for number in range(7):
        factories.publishable_article(title=f"Zebra {number}", signed=False)
    found = search(client, "zebra", "Editor")
    assert len(found["Articles"]) == 5
    [group] = client.get(reverse("admin:search"), {"q": "zebra"}).context["groups"]
    assert group.total == 7
    listed = client.get(group.url).context["cl"]
    assert listed.result_count == 7


def test_a_subscriber_is_found_by_the_whole_address_alone_and_by_those_who_see_addresses(client):
    subscription = Subscription.objects.create(email="reader@example.org")
    assert search(client, "reader", "Site administrator") == {}
    assert search(client, "Reader@example.org") == {"Subscribers": [str(subscription)]}
    assert search(client, "reader@example.org", "Newsletter editor") == {}
    assert search(client, "reader@example.org", "Editor") == {}


def test_what_was_looked_for_is_in_no_log(client, log):
    log.begin("json")
    search(client, "reader@example.org zebra", "Editor")
    written = str(log.entries())
    assert "admin/search/" in written
    assert "zebra" not in written
    assert "example.org" not in written


@pytest.mark.parametrize("typed", ["", "  ", "\x00", "%", "'", '"', "a" * 5000, "(", "\\"])
def test_whatever_is_typed_is_answered(client, typed):
    search(client, typed, "Editor")


def test_nothing_found_is_said_in_a_sentence(client):
    search(client, "quokka", "Editor")
    assert "Nothing was found for “quokka”." in markup.page(client.get(reverse("admin:search"), {"q": "quokka"}))


def test_every_page_of_the_desk_has_the_search(client):
    client.force_login(factories.UserFactory(role="Author"))
    for name in ("admin:index", "admin:articles_article_changelist", "admin:calendar", "admin:notifications"):
        assert 'id="desk-search"' in client.get(reverse(name)).content.decode(), name
