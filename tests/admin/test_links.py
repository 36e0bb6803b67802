"""The link dialog finds what readers can open, for those who write."""

import pytest

from articles.models import Drug
from tests.admin.accounts import account
from tests.factories import print_edition, publishable_article

pytestmark = pytest.mark.django_db
URL = "/admin/articles/article/link-targets/"


def found(client, typed):
    return [(row["kind"], row["url"]) for row in client.get(URL, {"q": typed}).json()["targets"]]


def test_live_articles_and_other_pages_are_found_by_name_and_drafts_are_not(admin_client):
    article = print_edition(title="Sleeping well with pain").article
    publishable_article(title="Sleeping badly with pain")
    assert found(admin_client, "sleeping") == [("Article", f"/articles/{article.slug}/")]
    card = Drug.objects.public()[0]
    assert ("Medicine", card.get_absolute_url()) in found(admin_client, card.name[:5])


@pytest.mark.parametrize("typed", ["", " ", "\x00", "%", "a" * 5000])
def test_a_search_for_nothing_finds_nothing(admin_client, typed):
    assert found(admin_client, typed) == []


def test_only_the_desk_may_search(client):
    assert client.get(URL, {"q": "pain"}).status_code == 302
    client.force_login(account(role=None))
    assert client.get(URL, {"q": "pain"}).status_code == 403
