"""The demonstration as machines read it: valid structured data, records and feeds, and the JAMA benchmarks."""

import re
from html import unescape

import feedparser
import jsonschema
import pytest

from articles.metadata import record
from articles.models import Edition
from articles.publishing import checks
from tests.journeys.pages import LISTED
from tests.metadata import syndication, vocabulary

pytestmark = pytest.mark.django_db
META = re.compile(r'<meta (?:name|property)="([a-z:_]+)" content="([^"]*)">')
# What a page's structured data has to hold, by the beginning of its address; the first that fits counts.
HOLDS = {
    r"/$": {"WebSite", "Organization"},
    r"/articles/[^/]+/$": {
        "MedicalWebPage",
        "MedicalAudience",
        "MedicalSpecialty",
        "Article",
        "Person",
        "ScholarlyArticle|CreativeWork",
        "BreadcrumbList",
    },
    r"/articles/[^/]+/history/$": {"WebPage", "BreadcrumbList"},
    r"/people/.": {"ProfilePage", "Person", "BreadcrumbList"},
    r"/topics/(migraine|nerve-pain)/$": {"MedicalWebPage", "MedicalCondition", "Person", "BreadcrumbList"},
    r"/topics/.": {"CollectionPage", "MedicalEntity|MedicalCondition", "ItemList", "BreadcrumbList"},
    r"/medicines/.": {"MedicalWebPage", "MedicalAudience", "MedicalSpecialty", "Drug", "DrugClass", "BreadcrumbList"},
    r"/glossary/$": {"DefinedTermSet", "DefinedTerm"},
    r"/credits/$": {"CollectionPage", "ImageObject"},
    r"/newsletter/.": {"WebPage", "BreadcrumbList"},
    r"/(how-we-review|about)/$": {"AboutPage"},
    r"/contact/$": {"ContactPage"},
    r"/(privacy|terms|accessibility|.*-policy)/$": {"WebPage"},
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


CARD = {"title", "description", "type", "site_name", "url", "image", "image:width", "image:height", "image:alt"}


def test_every_listed_page_says_what_it_is_under_one_address(client, loaded):
    every = dict.fromkeys([*LISTED.values(), *addresses(client)])
    problems = {}
    for address in every:
        answer = client.get(address, follow=True)
        html = answer.content.decode()
        if "noindex" in html:
            continue
        own = f"http://testserver{answer.request['PATH_INFO']}"
        said = {name: unescape(words) for name, words in META.findall(html)}
        card = {name.removeprefix("og:"): words for name, words in said.items() if name.startswith("og:")}
        wrong = {
            "canonical": re.findall(r'<link rel="canonical" href="([^"]*)">', html) != [own],
            "description": not 20 < len(said["description"]) <= 160 or card.get("description") != said["description"],
            "card": not card.keys() >= CARD or card["url"] != own or said.get("twitter:card") != "summary_large_image",
            "picture": not card["image"].startswith("http://testserver/"),
        }
        if named := [name for name, is_wrong in wrong.items() if is_wrong]:
            problems[address] = named, said["description"]
    assert problems == {}


def test_every_live_edition_meets_the_four_jama_benchmarks(loaded):
    assert Edition.objects.live().count() >= 12
    asked = {"byline.missing", "reference.none", "disclosure.missing", "jama.attribution", "jama.interests"}
    for edition in Edition.objects.live().select_related("article__section", "revision"):
        draft = checks.Draft.of(edition.article, edition.revision.content)
        assert not asked & {finding.id for finding in checks.examine(draft)}, edition.slug
    assert not Edition.objects.live().by_unknown_authors().exists()


def test_every_article_has_a_valid_record_that_says_what_its_page_says(client, loaded):
    for edition in Edition.objects.live().articles().for_page():
        said = client.get(f"/articles/{edition.slug}/record.json").json()
        jsonschema.Draft202012Validator(record.schema()).validate(said)
        assert len(said["references"]) == len(edition.references)
        assert bool(said["review"]) == (edition.review is not None)
        assert said["pictures"], edition.slug


SECTIONS = ["", "/conditions", "/treatments", "/news"]
TOPICS = ["/topics/migraine", "/topics/head-and-face"]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_atom_feed_keeps_to_its_rules_and_another_reader_finds_the_same_in_it(client, loaded, section):
    document = client.get(f"{section}/feed/").content
    assert syndication.atom_problems(document) == []
    read = feedparser.parse(document, sanitize_html=False)
    assert (read.version, read.bozo) == ("atom10", False)
    slug = section.strip("/")
    articles = Edition.objects.live().articles()
    live = articles.filter(**({"section__slug": slug} if slug else {})).order_by("-first_live_from", "-id")
    assert [(one.title, one.summary, one.link) for one in read.entries] == [
        (one.title, one.standfirst, f"http://testserver{one.get_absolute_url()}") for one in live
    ]
    for one, edition in zip(read.entries, live, strict=True):
        assert edition.standfirst[:20] in one.content[0].value
        assert all(picture["url"].startswith("http://testserver/media/") for picture in one.get("media_content", []))


@pytest.mark.parametrize("section", [*SECTIONS, *TOPICS])
def test_every_json_feed_keeps_to_its_rules(client, loaded, section):
    feed = client.get(f"{section}/feed.json").json()
    assert len(feed["items"]) >= 1
    assert syndication.json_problems(feed) == []
