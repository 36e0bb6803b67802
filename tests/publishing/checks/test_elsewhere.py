"""How search engines find an article: their words for it are read as medicine, and another site's address is."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from articles.models import Article, Edition
from articles.models.found import FOR_SEARCH
from articles.publishing import press, typos
from articles.publishing.checks.elsewhere import address_problem
from tests import factories
from tests.publishing.judging import asked

pytestmark = pytest.mark.django_db

THERE = {"first_published_url": "https://journal.example.net/pumps", "first_published_in": "The Journal"}
OURS = "This address is on our own site. “First published” is for articles that another site had first."
NO_ADDRESS = "The address of the first publication has to begin with https:// and the name of its site."


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("https://journal.example.net/pumps", ""),
        ("https://example.org/articles/pumps/", OURS),
        ("https://WWW.Example.org./", OURS),
        ("https://example.org:8443/", OURS),
        ("https://someone@example.org/", OURS),
        ("http://journal.example.net/pumps", NO_ADDRESS),
        ("//journal.example.net/pumps", NO_ADDRESS),
        ("javascript:alert(1)", NO_ADDRESS),
        ("https://[/", NO_ADDRESS),
        ("https:///pumps", NO_ADDRESS),
    ],
)
def test_search_engines_are_sent_to_another_site_or_nowhere(settings, url, problem):
    settings.HOST_NAME = "www.example.org"
    assert address_problem(url) == problem


@pytest.mark.parametrize("name", FOR_SEARCH)
def test_words_for_search_are_read_as_medicine(name):
    article = factories.publishable_article(**{name: "A gabapentin patch is new."})
    assert [finding.question.sentence for finding in asked(article)] == ["A gabapentin patch is new."]


def test_words_for_search_are_signed_and_a_typo_in_them_keeps_the_sign_off():
    edition = factories.print_edition(search_title="What a pmup can do")
    by, seen = factories.editor(), factories.seen(edition.article)
    fixed = press.fix_typo(edition.article, was="pmup", now="pump", by=by, seen=seen)
    assert (fixed.search_title, fixed.review.signed_digest) == ("What a pump can do", fixed.revision.signed_digest)
    other = {**fixed.revision.content, "search_description": "Ten times as much."}
    assert typos.problems(fixed.revision.content, other) != []


def test_a_page_says_where_it_was_first_published_and_search_engines_go_there(client):
    edition = factories.print_edition(
        slug="pumps", search_title="Pumps, in short", search_description="Brief.", **THERE
    )
    html = client.get("/articles/pumps/").content.decode()
    [block] = [part.split("</script>")[0] for part in html.split('<script type="application/ld+json">')[1:]]
    [main] = [node["mainEntity"] for node in json.loads(block)["@graph"] if "mainEntity" in node]
    first = {
        "@type": "Article",
        "url": THERE["first_published_url"],
        "publisher": {"@type": "Organization", "name": "The Journal"},
    }
    assert (main["headline"], main["isBasedOn"]) == (edition.title, first)
    for part in (
        "<title>Pumps, in short – ",
        '<meta name="description" content="Brief.">',
        f'<link rel="canonical" href="{THERE["first_published_url"]}">',
        f'First published in <a href="{THERE["first_published_url"]}">The Journal</a>',
    ):
        assert part in html
    record = client.get(reverse("record", args=["pumps"])).json()
    assert record["first_published_elsewhere"] == {"name": "The Journal", "url": THERE["first_published_url"]}


def test_the_sitemaps_list_what_was_first_published_here(client):
    factories.print_edition(slug="pumps", **THERE)
    factories.print_edition(slug="own")
    for name in ("sitemap", "sitemap-news"):
        listed = client.get(reverse(name)).content.decode()
        assert ("/articles/own/" in listed, "/articles/pumps/" in listed) == (True, False), name


@pytest.mark.parametrize("url", ["http://journal.example.net/", "javascript:alert(1)", ""])
def test_the_database_holds_no_half_of_a_first_publication(url):
    edition = factories.print_edition(in_section="news", signed=False)
    edition.pk, edition.first_published_in, edition.first_published_url = None, "The Journal", url
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.bulk_create([edition])


def test_a_draft_is_kept_with_whatever_was_typed():
    article = factories.publishable_article(first_published_url="not yet")
    assert Article.objects.get(pk=article.pk).first_published_url == "not yet"
