"""The feeds: what is live and nothing else, whole text with credits, `updated` that moves with a correction."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
import time_machine

from articles.models import Article, Image, ImageCredit
from articles.publishing import desk, pictures, press
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
    text = words(entry, "summary")
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
    assert words(entry, "summary").startswith("<p><strong>Corrected on ")


def test_a_feed_holds_what_is_live_in_its_section(client, edition):
    factories.print_edition(in_section="news", signed=False, title="News item")
    factories.publishable_article(title="A draft")
    assert [words(entry, "title") for entry in entries(client)] == ["News item", "Pumps & <pain>"]
    assert [words(entry, "title") for entry in entries(client, "/treatments/feed/")] == ["Pumps & <pain>"]
    assert entries(client, "/conditions/feed/") == []
    assert client.get("/nothing/feed/").status_code == 404
    press.withdraw(edition.article, by=edition.by, note="x")
    assert [words(entry, "title") for entry in entries(client)] == ["News item"]


MEDIA = "{http://search.yahoo.com/mrss/}"


def test_every_picture_comes_with_its_credit(client):
    stored = pictures.store(factories.picture_bytes("JPEG", (700, 400)), name="a.jpg", alt="Lines & curves.")
    credit = factories.CreditFactory(image=stored, title="Channel <1>")
    factories.print_edition(lead_image=stored)
    [entry] = entries(client)
    [content] = entry.findall(f"{MEDIA}content")
    image = Image.objects.with_credit().get()
    assert content.attrib == {
        "url": f"http://testserver{image.full.url(640)}",
        "medium": "image",
        "type": "image/jpeg",
        "width": "640",
        "height": "366",
    }
    said = {one.tag.removeprefix(MEDIA): (one.text, one.attrib) for one in content}
    assert said == {
        "title": ("Channel <1>", {}),
        "description": ("Lines & curves.", {}),
        "credit": ("Jane Doe", {"role": "author", "scheme": "urn:ebu"}),
        "copyright": (str(credit), {"url": "https://creativecommons.org/licenses/by/4.0/"}),
    }
    assert client.get(image.full.url(640)).status_code == 200
    assert "Lines &amp;amp; curves." in client.get("/feed/").content.decode()  # the lead picture is in the text too


def test_a_picture_without_a_complete_credit_is_not_in_a_feed(client, edition):
    ImageCredit.objects.update(licence="")
    assert "<img" not in words(entries(client)[0], "summary")


def test_a_control_character_does_not_break_a_feed(client):
    factories.print_edition(in_section="news", signed=False, standfirst="Bad\x0bword")
    assert entries(client)
