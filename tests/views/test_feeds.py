"""The feeds: what is live and nothing else, whole text with credits, `updated` that moves with a correction."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
import time_machine

from articles.models import Article, ImageCredit
from articles.publishing import desk, press
from tests import factories

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client, address="/feed/"):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")


def words(entry, name):
    return entry.find(f"{ATOM}{name}").text


@pytest.fixture
def edition():
    image = factories.CreditFactory().image
    body = factories.BODY + f'<figure data-picture="{image.pk}"><figcaption></figcaption></figure>'
    return factories.print_edition(slug="pumps", title="Pumps & <pain>", body=body)


def test_an_entry_is_the_whole_article(client, edition):
    [entry] = entries(client)
    text = words(entry, "content")
    assert words(entry, "summary") == "What a pump can do."
    assert words(entry, "title") == "Pumps & <pain>"
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/articles/pumps/"
    assert words(entry, "published") == words(entry, "updated")
    for said in ("What a pump can do.", "It may harm.", "Jane Doe", "CC BY 4.0", 'src="http://testserver/media/'):
        assert said in text
    assert 'href="http://testserver/articles/pumps/#ref-1"' in text


def test_a_correction_moves_updated_and_is_told_first(client, edition):
    article = Article.objects.get()
    article.standfirst = "Mended."
    desk.save(article, by=None)
    factories.sign(article)
    before = entries(client)[0]
    with time_machine.travel(edition.live_from + timedelta(days=1)):
        press.correct(article, press.Erratum("an NSAID", "a blocker", "Its label.", "safety"), by=edition.by)
        [entry] = entries(client)
    assert words(entry, "id") == words(before, "id")
    assert words(entry, "published") == words(before, "published")
    assert words(entry, "updated") > words(before, "updated")
    assert words(entry, "content").startswith("<p><strong>Corrected on ")


def test_a_feed_holds_what_is_live_in_its_section(client, edition):
    factories.print_edition(in_section="news", signed=False, title="News item")
    factories.publishable_article(title="A draft")
    assert [words(entry, "title") for entry in entries(client)] == ["News item", "Pumps & <pain>"]
    assert [words(entry, "title") for entry in entries(client, "/treatments/feed/")] == ["Pumps & <pain>"]
    assert entries(client, "/conditions/feed/") == []
    assert client.get("/nothing/feed/").status_code == 404
    press.withdraw(edition.article, by=edition.by, note="x")
    assert [words(entry, "title") for entry in entries(client)] == ["News item"]


def test_a_picture_without_a_complete_credit_is_not_in_a_feed(client, edition):
    ImageCredit.objects.update(licence="")
    assert "<img" not in words(entries(client)[0], "content")


def test_a_control_character_does_not_break_a_feed(client):
    factories.print_edition(in_section="news", signed=False, standfirst="Bad\x0bword")
    assert entries(client)
