"""JSON-LD: true to the page, true to schema.org, and never a way out of its own element."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles.models import Article, Drug, ImageCredit, Topic
from articles.publishing import desk, press
from tests import factories
from tests.metadata import vocabulary

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
OUR_CARD = "http://testserver/static/articles/card.png"
DEFAULT = "Weekly updates on conditions, treatments, and news about everything happening inside pain medicine."


def card(html):
    return dict(re.findall(r'<meta property="(og:[a-z_:]+)" content="([^"]*)">', html))


@pytest.fixture
def edition():
    with time_machine.travel(MONDAY, tick=False):
        image = factories.CreditFactory(creator_url="https://example.org/jane").image
        inside = factories.CreditFactory(title="Second drawing").image
        body = factories.BODY + f'<figure data-picture="{inside.pk}"><figcaption></figcaption></figure>'
        return factories.print_edition(slug="pumps", title="Pumps & pain", lead_image=image, body=body)


def data_of(client, address="/articles/pumps/", at=MONDAY + DAY):
    with time_machine.travel(at, tick=False):
        html = client.get(address).content.decode()
    data = vocabulary.in_page(html)
    assert vocabulary.problems(data) == []
    return data


def page_and_article(client, **kwargs):
    data = data_of(client, **kwargs)
    [page] = vocabulary.of_type(data, "MedicalWebPage")
    return page, page["mainEntity"]


def mended(edition, **kwargs):
    """The working copy with another standfirst, signed again."""
    article = Article.objects.get()
    for name, value in {"standfirst": "Mended.", **kwargs}.items():
        setattr(article, name, value)
    desk.save(article, by=None)
    factories.sign(article)
    return article


def test_a_page_says_who_reviewed_it_and_its_article_who_wrote_it(client, edition):
    page, article = page_and_article(client)
    reviewer, author = edition.review.reviewer, edition.bylines.get().contributor
    assert page["lastReviewed"] == "2026-11-02"
    assert page["reviewedBy"] == {
        "@type": "Person",
        "@id": f"http://testserver/people/{reviewer.slug}/#person",
        "name": reviewer.name,
        "honorificSuffix": "MD",
        "jobTitle": "health writer",
        "url": f"http://testserver/people/{reviewer.slug}/",
    }
    assert "reviewedBy" not in article
    assert [one["name"] for one in article["author"]] == [author.name]
    assert [one["name"] for one in article["citation"]] == ["Doe J. Pumps. J Pain. In press."]


def test_an_overdue_review_is_not_claimed(client, edition):
    due = edition.review.due_on
    last_day = datetime(due.year, due.month, due.day, 23, 59, tzinfo=UTC)
    assert "reviewedBy" in page_and_article(client, at=last_day)[0]
    page, _article = page_and_article(client, at=last_day + timedelta(minutes=1))
    assert not {"reviewedBy", "lastReviewed"} & page.keys()


def test_a_news_item_without_a_review_claims_none(client):
    with time_machine.travel(MONDAY, tick=False):
        factories.print_edition(slug="pumps", in_section="news", signed=False)
    page, _article = page_and_article(client)
    assert not {"reviewedBy", "lastReviewed"} & page.keys()


def test_dates_move_with_a_change_of_what_is_said_and_with_nothing_less(client, edition):
    def dates(at):
        page, article = page_and_article(client, at=at)
        assert (page["datePublished"], page["dateModified"]) == (article["datePublished"], article["dateModified"])
        return page["datePublished"], page["dateModified"]

    first = MONDAY.isoformat()
    assert dates(MONDAY + DAY) == (first, first)
    with time_machine.travel(MONDAY + 2 * DAY, tick=False):
        factories.fix_typo(Article.objects.get(), was="Some words", now="Some word", by=edition.by)
    assert dates(MONDAY + 2 * DAY) == (first, first)
    with time_machine.travel(MONDAY + 3 * DAY, tick=False):
        factories.correct(mended(edition), press.Erratum("a", "b", "c", "minor"), by=edition.by)
    assert dates(MONDAY + 3 * DAY) == (first, first)
    with time_machine.travel(MONDAY + 4 * DAY, tick=False):
        factories.correct(mended(edition, standfirst="Other."), press.Erratum("a", "b", "c", "factual"), by=edition.by)
    assert dates(MONDAY + 4 * DAY) == (first, (MONDAY + 4 * DAY).isoformat())


def test_a_correction_is_told_with_its_words(client, edition):
    with time_machine.travel(MONDAY + DAY, tick=False):
        factories.correct(
            mended(edition), press.Erratum("an NSAID", "a blocker", "Its label.", "safety"), by=edition.by
        )
    _page, article = page_and_article(client, at=MONDAY + 2 * DAY)
    assert article["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "It said: “an NSAID” It should say: “a blocker” Why: Its label.",
            "datePublished": "2026-11-03",
        }
    ]


def test_a_picture_is_told_of_with_its_rights_and_only_while_its_credit_is_complete(client, edition):
    _page, article = page_and_article(client)
    lead, inside = article["image"]
    assert lead["creditText"] == "“Channel” by Jane Doe via Flickr, CC BY 4.0"
    assert lead["copyrightNotice"] == "© Jane Doe"
    assert lead["creator"] == {"@type": "Person", "name": "Jane Doe", "url": "https://example.org/jane"}
    assert lead["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert lead["acquireLicensePage"] == "https://example.org/work"
    assert inside["name"] == "Second drawing"
    html = client.get("/articles/pumps/").content.decode()
    assert html.count('og:image"') == 1
    ImageCredit.objects.update(license="")
    assert "image" not in page_and_article(client)[1]


def test_a_page_says_for_whom_it_is_and_which_condition_and_medicine_it_is_about(client):
    for name in ("examplol", "otherol"):
        factories.public(Drug(name=name, slug=name, drug_class="blocker", source="label", is_demonstration=True))
    above = Topic.objects.create(name="Head", slug="head", section=factories.section("conditions"))
    migraine = Topic.objects.create(name="Migraine", slug="migraine", mesh_id="D008881", parent=above)
    device = Topic.objects.create(
        name="Pumps", slug="pumps", mesh_id="D015918", section=factories.section("treatments")
    )
    with time_machine.travel(MONDAY, tick=False):
        article = factories.publishable_article(
            slug="pumps",
            title="Examplol and migraine",
            body=f"{factories.BODY}<p>Some take examplol, others otherol.</p>",
            signed=False,
        )
        article.topics.set([above, migraine, device])
        factories.sign(article)
        press.publish(article, by=factories.editor())
    page, _article = page_and_article(client)
    assert page["audience"] == {"@type": "MedicalAudience", "audienceType": "Patient"}
    assert page["specialty"] == {"@type": "MedicalSpecialty", "name": "Pain medicine"}
    assert [(one["@type"], one["name"], one.get("code", {}).get("codeValue")) for one in page["about"]] == [
        ("MedicalEntity", "Head", None),
        ("MedicalCondition", "Migraine", "D008881"),
        ("MedicalEntity", "Pumps", "D015918"),
        ("Drug", "examplol", None),
    ]
    assert [one["@id"] for one in page["mentions"]] == ["http://testserver/medicines/otherol/#drug"]


TITLES = {
    "/": "Inside Pain Medicine",
    "/treatments/": "Treatments",
    "/treatments/a-z/": "Treatments A to Z",
    "/topics/": "Topics",
    "/glossary/": "Glossary",
    "/medicines/": "Medicines A–Z",
    "/archive/": "Archive",
    "/archive/2026/11/": "November 2026",
    "/people/": "Our people",
    "/corrections/": "Corrections",
    "/credits/": "Picture credits",
    "/how-we-review/": "How we review",
    "/search/": "Search",
    "/subscribe/": "Subscribe",
    "/newsletter/": "Newsletter",
    "/articles/pumps/history/": "History",
}


def test_every_page_has_a_card_and_says_in_a_sentence_what_it_is(client, edition):
    """A page without a picture of its own shows our mark where its address is passed on."""
    for address, title in TITLES.items():
        with time_machine.travel(MONDAY + DAY, tick=False):
            html = client.get(address).content.decode()
        [description] = re.findall(r'<meta name="description" content="([^"]+)">', html)
        assert card(html) == {
            "og:type": "website",
            "og:description": description,
            "og:site_name": "Inside Pain Medicine",
            "og:title": title,
            "og:url": f"http://testserver{address}",
            "og:image": OUR_CARD,
            "og:image:width": "1200",
            "og:image:height": "630",
            "og:image:alt": "Inside Pain Medicine",
        }
        assert len(description) > 20, address
        assert (description == DEFAULT) is (address == "/"), address


def test_no_word_of_an_article_ends_the_data_block(client):
    wicked = "</script><script>alert(1)</script> \u2028 <!-- &"
    with time_machine.travel(MONDAY, tick=False):
        factories.print_edition(slug="pumps", title=wicked, standfirst=wicked)
    html = client.get("/articles/pumps/").content.decode()
    assert html.count("<script") == html.count("</script") == 2  # of the search, and the data
    page, article = page_and_article(client)
    assert (page["name"], article["description"]) == (wicked, wicked)


def test_a_preview_carries_no_data_for_machines(client, edition):
    from articles.publishing import links

    html = client.get(f"/preview/{links.for_preview(edition.revision)}/").content.decode()
    assert "Pumps &amp; pain" in html
    assert "ld+json" not in html
    assert "og:title" not in html


def test_a_list_gives_its_articles_places_and_the_way_to_it(client, edition):
    data = data_of(client, "/treatments/")
    [page] = vocabulary.of_type(data, "CollectionPage")
    assert page["mainEntity"]["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Pumps & pain", "url": "http://testserver/articles/pumps/"}
    ]
    [crumbs] = vocabulary.of_type(data_of(client), "BreadcrumbList")
    assert [step["name"] for step in crumbs["itemListElement"]] == [
        "Inside Pain Medicine",
        "Treatments",
        "Pumps & pain",
    ]


@pytest.mark.parametrize(
    ("node", "sentence"),
    [
        ({"@type": "Articel"}, "Articel is no type that is known here."),
        ({"@type": "Article", "writer": "x"}, "writer is no property that is known here."),
        ({"@type": "Article", "lastReviewed": "2026-01-01"}, "Article has no lastReviewed."),
        (
            {"@type": "Article", "datePublished": "yesterday"},
            "Article.datePublished is 'yesterday', and should be one of",
        ),
        (
            {"@type": "WebPage", "reviewedBy": {"@type": "Article"}},
            "WebPage.reviewedBy is a Article, and should be one",
        ),
        ({"@type": "Article", "name": ""}, "Article.name is '', and should be one of"),
        ({"@type": "Article", "url": "/a/"}, "Article.url is '/a/', and should be one of"),
    ],
)
def test_the_checker_finds_what_is_wrong(node, sentence):
    [problem] = vocabulary.problems({"@context": "https://schema.org", "@graph": [node]})
    assert problem.startswith(sentence)
