"""The sitemap: every public page once, when it truly changed, with news and pictures; an index when it is too long."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import cache, sitemaps
from articles.models import Article, Drug, Image, ImageCredit, Issue, Topic
from articles.newsletter.issues import building
from articles.publishing import desk, pictures, press
from tests import factories

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
}


@pytest.fixture
def edition():
    with time_machine.travel(MONDAY, tick=False):
        lead, inside = factories.CreditFactory().image, factories.CreditFactory().image
        body = factories.BODY + f'<figure data-picture="{inside.pk}"><figcaption></figcaption></figure>'
        article = factories.publishable_article(slug="pumps", title="Pumps & pain", lead_image=lead, body=body)
        above = Topic.objects.create(name="Devices", slug="devices")
        article.topics.add(Topic.objects.create(name="Pumps", slug="pumps", parent=above))
        return press.publish(article, by=factories.editor())


def asked(client, address="/sitemap.xml", at=MONDAY + DAY, status=200):
    with time_machine.travel(at, tick=False):
        answer = client.get(address)
    assert answer.status_code == status
    return ElementTree.fromstring(answer.content) if status == 200 else None


def entries(client, **kwargs):
    """Each address with its entry."""
    found = asked(client, **kwargs).findall("s:url", NAMES)
    addresses = [one.findtext("s:loc", None, NAMES).removeprefix("http://testserver") for one in found]
    assert len(addresses) == len(set(addresses))
    return dict(zip(addresses, found, strict=True))


def changed(client, **kwargs):
    return {address: one.findtext("s:lastmod", None, NAMES) for address, one in entries(client, **kwargs).items()}


def test_every_public_page_is_in_it_and_answers(client, edition):
    factories.rewrite(Drug.objects.filter(name="tramadol"), is_demonstration=True)
    with time_machine.travel(MONDAY + DAY, tick=False):
        found = entries(client)
        for address in found:
            assert client.get(address).status_code == 200, address
    people = [edition.bylines.get().contributor, edition.review.reviewer]
    assert found.keys() >= {
        "/",
        "/treatments/",
        "/treatments/a-z/",
        "/articles/pumps/",
        "/medicines/",
        "/medicines/tramadol/",
        "/topics/devices/",
        "/topics/pumps/",
        "/archive/2026/11/",
        *(person.get_absolute_url() for person in people),
    }


def test_what_is_not_public_is_not_in_it(client, edition):
    factories.publishable_article(slug="draft")
    factories.print_edition(slug="later", at=datetime(2099, 1, 1, tzinfo=UTC))
    Topic.objects.create(name="Unused", slug="unused")
    found = " ".join(entries(client))
    assert "draft" not in found
    assert "later" not in found
    assert "unused" not in found
    assert "2099" not in found


def test_dates_are_those_of_the_last_true_change(client, edition):
    first = MONDAY.isoformat()
    before = changed(client)
    for address in ("/", "/treatments/", "/articles/pumps/", "/topics/devices/", "/archive/2026/11/"):
        assert before[address] == first
    assert before["/conditions/"] is None
    with time_machine.travel(MONDAY + DAY, tick=False):
        factories.print_edition(in_section="conditions", slug="other")
    after = changed(client, at=MONDAY + 2 * DAY)
    assert after["/"] == after["/conditions/"] == after["/archive/2026/11/"] == (MONDAY + DAY).isoformat()
    for address in ("/treatments/", "/articles/pumps/", "/topics/devices/"):
        assert after[address] == first
    with time_machine.travel(MONDAY + 3 * DAY, tick=False):
        press.withdraw(edition.article, by=edition.by, note="x")
    gone = changed(client, at=MONDAY + 4 * DAY)
    assert gone["/"] == gone["/treatments/"] == (MONDAY + 3 * DAY).isoformat()
    assert "/articles/pumps/" not in gone
    assert "/topics/devices/" not in gone


def test_a_slip_of_the_pen_moves_no_date_of_its_article(client, edition):
    with time_machine.travel(MONDAY + DAY, tick=False):
        factories.fix_typo(edition.article, was="Some words", now="Some word", by=edition.by)
    assert changed(client, at=MONDAY + 2 * DAY)["/articles/pumps/"] == MONDAY.isoformat()


def test_an_article_that_leaves_a_section_changes_the_page_it_left(client, edition):
    article = Article.objects.get()
    article.section = factories.section("conditions")
    desk.save(article, by=None)
    with time_machine.travel(MONDAY + DAY, tick=False):
        press.publish(article, by=edition.by)
    found = changed(client, at=MONDAY + 2 * DAY)
    assert found["/treatments/"] == found["/conditions/"] == (MONDAY + DAY).isoformat()


def test_what_is_planned_changes_no_date_before_its_time(client, edition):
    article = Article.objects.get()
    article.title = "New"
    desk.save(article, by=None)
    factories.sign(article)
    with time_machine.travel(MONDAY + DAY, tick=False):
        press.publish(article, by=edition.by, at=MONDAY + 5 * DAY)
    assert changed(client, at=MONDAY + 4 * DAY)["/treatments/"] == MONDAY.isoformat()
    assert changed(client, at=MONDAY + 6 * DAY)["/treatments/"] == (MONDAY + 5 * DAY).isoformat()


def test_news_of_two_days_are_told_as_news(client, edition):
    file = "/sitemap-news.xml"
    found = entries(client, address=file, at=MONDAY + 2 * DAY - timedelta(seconds=1))
    assert list(found) == ["/articles/pumps/"]
    news = found["/articles/pumps/"].find("news:news", NAMES)
    assert news.findtext("news:title", None, NAMES) == "Pumps & pain"
    assert news.findtext("news:publication_date", None, NAMES) == MONDAY.isoformat()
    assert news.findtext("news:publication/news:name", None, NAMES) == "Inside Pain Medicine"
    assert entries(client, address=file, at=MONDAY + 2 * DAY) == {}


def test_newsletters_are_in_it_since_the_day_on_which_they_were_approved(client, edition):
    with time_machine.travel(MONDAY, tick=False):
        issue = building.approve(building.build(), by=factories.newsletter_editor())
    Issue.objects.filter(pk=issue.pk).update(state=Issue.SENDING, started_at=issue.approved_at)
    found = changed(client)
    assert found["/newsletter/"] == found[f"/newsletter/{issue.number}/"] == MONDAY.isoformat()


def test_pictures_are_told_of_while_their_credit_is_complete(client, edition):
    found = entries(client)["/articles/pumps/"].findall("image:image/image:loc", NAMES)
    assert len(found) == 2
    assert all(one.text.startswith("http://testserver/media/renditions/") for one in found)
    ImageCredit.objects.filter(image=edition.lead_image).update(license="")
    assert len(entries(client)["/articles/pumps/"].findall("image:image", NAMES)) == 1


def test_what_does_not_fit_into_one_file_is_an_index_of_files(client, edition, monkeypatch):
    for number in range(5):
        with time_machine.travel(MONDAY, tick=False):
            factories.print_edition(in_section="news", signed=False, slug=f"n{number}")
    whole = list(entries(client))
    monkeypatch.setattr(sitemaps, "LIMIT", 4)
    cache.clear()
    index = asked(client)
    files = [one.text.removeprefix("http://testserver") for one in index.findall("s:sitemap/s:loc", NAMES)]
    assert files == [f"/sitemap-{number}.xml" for number in range(1, len(files) + 1)]
    parts = [list(entries(client, address=file)) for file in files]
    assert all(0 < len(part) <= 4 for part in parts)
    assert [address for part in parts for address in part] == whole
    for wrong in (0, len(files) + 1, 10**30):
        asked(client, f"/sitemap-{wrong}.xml", status=404)


def test_what_is_published_changes_no_file_of_articles_but_the_last(client, edition, monkeypatch):
    monkeypatch.setattr(sitemaps, "LIMIT", 2)

    def files():
        """Those of articles."""
        index = asked(client, at=MONDAY + 9 * DAY)
        addresses = [one.text.removeprefix("http://testserver") for one in index.iter(f"{{{NAMES['s']}}}loc")]
        with time_machine.travel(MONDAY + 9 * DAY, tick=False):
            contents = [client.get(address).content for address in addresses]
        return [content for content in contents if b"/articles/" in content]

    for number in range(3):
        with time_machine.travel(MONDAY + number * DAY, tick=False):
            factories.print_edition(in_section="news", signed=False, slug=f"n{number}")
    before = files()
    with time_machine.travel(MONDAY + 5 * DAY, tick=False):
        factories.print_edition(in_section="news", signed=False, slug="newest")
    assert len(before) == 2
    assert files()[:2] == before
    assert len(files()) == 3


def test_what_there_is_is_counted_once_until_something_is_published(
    client, edition, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(sitemaps, "LIMIT", 7)
    before = [one.text for one in asked(client).iter(f"{{{NAMES['s']}}}loc")]
    with django_assert_max_num_queries(0):
        assert [one.text for one in asked(client).iter(f"{{{NAMES['s']}}}loc")] == before
    for number in range(7):
        with time_machine.travel(MONDAY, tick=False):
            factories.print_edition(in_section="news", signed=False, slug=f"n{number}")
    assert len(list(asked(client))) > len(before)


def test_no_text_is_read(client, edition):
    with CaptureQueriesContext(connection) as queries:
        asked(client)
    assert not [query for query in queries if '"body"' in query["sql"] or '"search_text"' in query["sql"]]


def test_a_picture_that_was_replaced_is_told_of_by_the_one_that_is_shown(client, edition):
    other = pictures.store(factories.picture_bytes("JPEG", (700, 400)), name="a.jpg", alt=edition.lead_image.alt)
    factories.CreditFactory(image=other)
    pictures.replace(edition.lead_image, other, by=factories.editor())
    shown = Image.objects.with_credit().get(pk=other.pk)
    found = [one.text for one in entries(client)["/articles/pumps/"].findall("image:image/image:loc", NAMES)]
    assert len(found) == 2
    assert found[0] == f"http://testserver{shown.full.url(shown.full.width)}"


def test_a_sitemap_takes_as_many_queries_for_one_as_for_four(client, edition):
    def count():
        client.get("/sitemap.xml")
        with CaptureQueriesContext(connection) as counted:
            client.get("/sitemap.xml")
        return len(counted)

    first = count()
    for _number in range(3):
        factories.print_edition(lead_image=factories.CreditFactory().image)
    assert count() == first
