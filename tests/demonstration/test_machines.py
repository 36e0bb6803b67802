"""Every page of the demonstration as machines read it: valid structured data, valid records, the JAMA benchmarks."""

import re

import jsonschema
import pytest

from articles.metadata import record
from articles.models import Edition
from tests.metadata import vocabulary

pytestmark = pytest.mark.django_db
# What a page's structured data has to hold, by the beginning of its address; the first that fits counts.
HOLDS = {
    r"/$": {"WebSite", "Organization"},
    r"/articles/[^/]+/$": {"MedicalWebPage", "Article", "Person", "ScholarlyArticle|CreativeWork", "BreadcrumbList"},
    r"/articles/[^/]+/history/$": {"WebPage", "BreadcrumbList"},
    r"/people/.": {"ProfilePage", "Person", "BreadcrumbList"},
    r"/topics/.": {"CollectionPage", "MedicalEntity", "ItemList", "BreadcrumbList"},
    r"/glossary/$": {"DefinedTermSet", "DefinedTerm"},
    r"/credits/$": {"CollectionPage", "ImageObject"},
    r"/how-we-review/$": {"AboutPage"},
    r"": {"CollectionPage"},
}


def addresses(client):
    """Every page that the sitemap names, and every article's history."""
    found = re.findall(r"<loc>http://testserver(.*?)</loc>", client.get("/sitemap.xml").content.decode())
    pages = [address for address in found if not address.startswith("/media/")]
    return [*pages, *(f"{address}history/" for address in pages if address.startswith("/articles/"))]


def test_every_page_is_valid_by_schema_org_and_holds_what_its_kind_should(client, loaded):
    found = addresses(client)
    assert len(found) > 60
    problems = {}
    for address in found:
        data = vocabulary.in_page(client.get(address).content.decode())
        kinds = {node["@type"] for node in vocabulary.nodes(data)}
        wanted = next(kinds for pattern, kinds in HOLDS.items() if re.match(pattern, address))
        missing = [f"no {kind}" for kind in wanted if not kinds & set(kind.split("|"))]
        if wrong := [*vocabulary.problems(data), *missing]:
            problems[address] = wrong
    assert problems == {}


def test_every_live_edition_meets_the_four_jama_benchmarks(loaded):
    assert Edition.objects.live().count() >= 12
    assert list(Edition.objects.live().lacking_jama()) == []


def test_every_article_has_a_valid_record_that_says_what_its_page_says(client, loaded):
    for edition in Edition.objects.live().for_page():
        said = client.get(f"/articles/{edition.slug}/record.json").json()
        jsonschema.Draft202012Validator(record.schema()).validate(said)
        assert len(said["references"]) == len(edition.references)
        assert bool(said["review"]) == (edition.review is not None)
        assert said["pictures"], edition.slug
