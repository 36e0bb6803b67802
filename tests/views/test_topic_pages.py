"""Topic pages and pages about the site, as readers and machines get them."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.core.checks import run_checks
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import cache, site_pages
from articles.models import Article, Drug, Topic
from articles.publishing import desk, links, press
from articles.views import fragments
from tests import factories

pytestmark = pytest.mark.django_db
HUB_BODY = "".join(
    f"<h2>{heading}</h2><p>About it.[1]</p>"
    for heading in ("When to get help now", "Symptoms: four phases", "Causes", "Treatments", "Living with it")
)


@pytest.fixture
def migraine():
    return factories.public(
        Topic(
            name="Migraine",
            slug="migraine",
            definition="Attacks of headache.",
            mesh_id="D008881",
            section=factories.section("conditions"),
        )
    )


@pytest.fixture
def hub(migraine):
    return factories.print_edition(
        in_section="conditions", title="All about migraine", slug="all-about-migraine", page_type="hub",
        hub_of=migraine, body=HUB_BODY,
    )  # fmt: skip


def under(topic, section="news", **kwargs):
    article = factories.publishable_article(in_section=section, signed=False, **kwargs)
    article.topics.add(topic)
    desk.save(article, by=None)
    if section != "news":
        factories.sign(article)
    return press.publish(article, by=factories.editor())


def house_page(slug="about", **columns):
    given = {"page_type": "page", "title": "About us", "section": None, "disclosure": "", "body": "<p>Who we are.</p>"}
    article = factories.ArticleFactory(slug=slug, **{**given, **columns})
    desk.save(article, by=None)
    return article


def published(article):
    return press.publish(article, by=factories.editor())


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def data_of(html):
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    return json.loads(block)["@graph"][0]


def test_a_topic_page_has_its_text_with_ways_into_it_its_medicines_and_the_articles_by_kind(client, hub, migraine):
    news, treatment = under(migraine, title="Some news"), under(migraine, "treatments", title="A treatment")
    Drug.objects.filter(name__in=["ziconotide", "sumatriptan"]).update(is_demonstration=False, checked_by=None)
    migraine.medicines.set(Drug.objects.filter(name__in=["ziconotide", "sumatriptan"]))
    card = Drug.objects.get(name="sumatriptan")
    card.is_demonstration = True
    factories.public(card)
    html = page(client, "/topics/migraine/")
    jump = html[html.index('class="jump"') : html.index("</nav>", html.index('class="jump"'))]
    assert re.findall(r"<a [^>]*>([^<]+)</a>", jump) == [
        "When to get help now", "Symptoms", "Causes", "Treatments", "Living with it", "Medicines", "Articles",
    ]  # fmt: skip
    for address in re.findall(r'href="#([^"]+)"', jump):
        assert f'id="{address}"' in html
    assert html.index(f"<h2>{treatment.section}</h2>") < html.index(f"<h2>{news.section}</h2>")
    assert card.get_absolute_url() in html
    assert "/medicines/ziconotide/" not in html  # nobody checked its card
    assert hub.review.full_name in html


def test_a_topic_without_a_text_of_its_own_has_its_definition_medicines_and_articles(client, migraine):
    article = under(migraine, title="Some news")
    html = page(client, "/topics/migraine/")
    assert "Attacks of headache." in html
    assert article.title in html
    assert data_of(html)["@type"] == "CollectionPage"


def test_a_topic_page_is_at_its_topic_and_its_history_record_and_report_beside_articles(client, hub):
    moved = client.get("/articles/all-about-migraine/")
    assert (moved.status_code, moved["Location"]) == (301, "/topics/migraine/")
    assert client.get("/articles/all-about-migraine/record.json").json()["url"].endswith("/topics/migraine/")
    for part in ("history/", "report/"):
        assert "/topics/migraine/" in page(client, f"/articles/all-about-migraine/{part}")
    html = page(client, "/topics/migraine/")
    assert '<link rel="canonical" href="http://testserver/topics/migraine/">' in html
    assert "http://testserver/topics/migraine/" in client.get("/sitemap.xml").content.decode()
    assert "all-about-migraine" not in client.get("/sitemap.xml").content.decode()


def test_a_topic_page_that_was_unpublished_leaves_its_topic(client, hub, migraine):
    under(migraine, title="Some news")
    press.withdraw(hub.article, by=factories.editor(), note="It was wrong.")
    assert client.get("/articles/all-about-migraine/").status_code == 410
    html = page(client, "/topics/migraine/")
    assert "Living with it" not in html
    assert "Some news" in html


def test_machines_read_of_which_condition_a_topic_page_is(client, hub):
    data = data_of(page(client, "/topics/migraine/"))
    assert (data["@type"], data["about"]["@type"], data["about"]["code"]["codeValue"]) == (
        "MedicalWebPage", "MedicalCondition", "D008881",
    )  # fmt: skip
    assert data["reviewedBy"]["name"] == hub.review.name


def test_a_topic_page_shows_what_changed_around_it_and_takes_as_many_queries_for_one_as_for_three(
    client, hub, migraine
):
    def asked():
        cache.clear()
        with CaptureQueriesContext(connection) as counted:
            html = page(client, "/topics/migraine/")
        return len(counted), html

    under(migraine, title="The first")
    first, _html = asked()
    under(migraine, title="The second")
    under(migraine, title="The third")
    migraine.medicines.add(Drug.objects.get(name="sumatriptan"))
    many, html = asked()
    assert "The third" in html
    assert many <= first <= 13
    factories.rewrite([migraine], synonyms=["Sick headache"])
    assert "Sick headache" in asked()[1]


AROUND = {
    "another name of the topic": lambda topic: factories.rewrite([topic], synonyms=["Sick headache"]),
    "the name of the topic above": lambda topic: factories.rewrite([topic.parent], name="Head and face"),
    "a narrower topic": lambda topic: under(factories.public(Topic(name="Aura", slug="aura", parent=topic))),
    "a medicine": lambda topic: topic.medicines.add(Drug.objects.get(name="naproxen")),
    "a medicine’s class": lambda topic: factories.rewrite(topic.medicines.all(), drug_class="a class of its own"),
    "an article": lambda topic: under(topic, title="The newest"),
    "a page about the site": lambda topic: published(house_page()),
}


@pytest.mark.parametrize("change", AROUND)
def test_a_topic_page_that_was_made_before_shows_what_changes_around_it(client, hub, migraine, change):
    migraine.parent = factories.public(Topic(name="Head", slug="head"))
    factories.public(migraine)
    for name in ("sumatriptan", "naproxen"):
        card = Drug.objects.get(name=name)
        card.is_demonstration = True
        factories.public(card)
    migraine.medicines.set(Drug.objects.filter(name="sumatriptan"))
    before = page(client, "/topics/migraine/")
    AROUND[change](migraine)
    cache.clear()
    kept = page(client, "/topics/migraine/")
    assert kept != before
    caches[fragments.PAGES].clear()
    caches[fragments.CARDS].clear()
    assert page(client, "/topics/migraine/") == kept


def test_a_page_about_the_site_is_at_the_top_and_in_every_footer_while_it_is_public(client):
    now = timezone.now()
    press.publish(house_page(), by=factories.editor(), at=now + timedelta(hours=1))
    assert client.get("/about/").status_code == 404
    assert "About us" not in page(client, "/")
    with time_machine.travel(now + timedelta(hours=2)):
        html = page(client, "/about/")
        assert "Who we are." in html
        assert data_of(html)["@type"] == "AboutPage"
        for address in ("/", "/news/", "/about/", "/how-we-review/"):
            assert '<a href="/about/">About us</a>' in page(client, address)
        assert client.get("/articles/about/")["Location"] == "/about/"
        assert "/about/</loc>" in client.get("/sitemap.xml").content.decode()
        for part in ("history/", "record.json", "report/"):
            assert client.get(f"/articles/about/{part}").status_code == 200
        press.withdraw(Article.objects.get(slug="about"), by=factories.editor(), note="We moved.")
        assert client.get("/about/").status_code == 410
        assert "About us" not in page(client, "/")


def test_an_old_address_of_a_page_leads_to_its_present_one_and_other_pages_can_be_made(client):
    article = house_page("our-money", title="Who pays")
    published(article)
    assert "Who we are." in page(client, "/our-money/")
    article.slug = "who-pays"
    desk.save(article, by=None)
    published(article)
    moved = client.get("/our-money/")
    assert (moved.status_code, moved["Location"]) == (301, "/who-pays/")
    assert [shown.title for shown in cache.house_pages()] == ["Who pays"]


def test_required_pages_come_in_their_order_and_the_missing_ones_are_known():
    for slug in ("zoo", "privacy", "about"):
        published(house_page(slug, title=slug))
    assert [(shown.slug, shown.address) for shown in cache.house_pages()] == [
        ("about", "/about/"), ("privacy", "/privacy/"), ("zoo", "/zoo/"),
    ]  # fmt: skip
    missing = [lacking.slug for lacking in cache.missing_pages()]
    assert missing == [required.slug for required in site_pages.REQUIRED if required.slug not in ("about", "privacy")]


def test_check_deploy_names_the_pages_that_a_real_site_lacks(settings):
    """`check --deploy --database default` runs these; without a database none of them asks for one."""
    published(house_page())

    def warned(**asked):
        found = run_checks(include_deployment_checks=True, **asked)
        return [message.msg for message in found if message.id == "articles.W001"]

    assert len(warned(databases=["default"])) == len(site_pages.REQUIRED) - 1
    assert "no page “Privacy” at /privacy/" in " ".join(warned(databases=["default"]))
    assert "About us" not in " ".join(warned(databases=["default"]))
    assert warned() == []
    settings.DEMONSTRATION = True
    assert warned(databases=["default"]) == []


def test_a_preview_of_a_page_about_the_site_looks_like_it_and_says_that_it_is_not_published(client):
    revision = house_page().revisions.get()
    html = page(client, f"/preview/{links.for_preview(revision)}/")
    assert "Not published" in html
    assert "Who we are." in html
    assert "application/ld+json" not in html


@pytest.fixture(autouse=True)
def day():
    with time_machine.travel(datetime(2026, 11, 3, 9, tzinfo=UTC)):
        yield
