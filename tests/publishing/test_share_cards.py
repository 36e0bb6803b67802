"""Cards of articles: drawn by the clock, named by what they say, sent only while a live page names them."""

import re
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from articles.images.share_card import Card, draw
from articles.models import Edition, ShareCard
from articles.publishing import press, share_cards
from articles.publishing.press import Erratum
from tests import factories

pytestmark = pytest.mark.django_db
SITES_OWN = "/static/articles/card.png"


def named(client, edition):
    """The address of the card that the article's page names."""
    html = client.get(edition.get_absolute_url()).content.decode()
    [address] = re.findall(r'og:image" content="http://testserver([^"]+)"', html)
    return address


def live(article):
    return Edition.objects.live().get(article=article)


def test_a_page_names_its_card_with_its_size_and_what_it_says(client):
    edition = factories.print_edition(title="Pumps for pain")
    html = client.get(edition.get_absolute_url()).content.decode()
    assert '<meta property="og:image:width" content="1200">' in html
    assert '<meta property="og:image:height" content="630">' in html
    [words] = re.findall(r'og:image:alt" content="([^"]+)"', html)
    assert re.fullmatch(
        r"Pumps for pain\. Treatments\. Medically reviewed by Person \d+, MD\. Inside Pain Medicine", words
    )


def test_until_the_clock_has_drawn_it_the_sites_own_card_is_shown(client):
    edition = factories.print_edition()
    before = client.get(named(client, edition))
    assert (before.status_code, before["Location"]) == (302, SITES_OWN)
    assert share_cards.catch_up() == 1
    after = client.get(named(client, edition))
    assert (after.status_code, after["Content-Type"]) == (200, "image/png")
    assert Image.open(BytesIO(after.content)).size == (1200, 630)
    assert after["Cache-Control"] == "public, no-cache"
    assert share_cards.catch_up() == 0


def test_a_corrected_title_has_a_new_card_and_the_old_address_leads_there(client):
    edition = factories.print_edition(title="Pumps for pain")
    share_cards.catch_up()
    old = named(client, edition)
    article = edition.article
    article.title = "Pumps for some pain"
    article.save()
    factories.sign(article)
    factories.correct(
        article, Erratum("Pumps for pain", "Pumps for some pain", "Not all.", "minor"), by=factories.editor()
    )
    new = named(client, live(article))
    assert new != old
    assert client.get(old)["Location"] == new
    share_cards.catch_up()
    assert client.get(new).status_code == 200
    assert [f"{name}.png" for name in ShareCard.objects.values_list("digest", flat=True)] == default_storage.listdir(
        "cards"
    )[1]


def test_the_card_of_an_unpublished_article_is_not_sent_and_its_file_is_removed(client):
    edition = factories.print_edition()
    share_cards.catch_up()
    address = named(client, edition)
    press.withdraw(edition.article, by=factories.editor(), note="Wrong.")
    assert client.get(address).status_code == 404
    share_cards.catch_up()
    assert default_storage.listdir("cards")[1] == []


def test_a_card_that_was_lost_is_drawn_again(client):
    edition = factories.print_edition()
    share_cards.catch_up()
    default_storage.delete(share_cards.file_of(ShareCard.objects.get().digest))
    assert client.get(named(client, edition))["Location"] == SITES_OWN
    assert share_cards.catch_up() == 1
    assert client.get(named(client, edition)).status_code == 200


def test_a_section_of_another_name_has_its_cards_drawn_anew(client):
    edition = factories.print_edition()
    share_cards.catch_up()
    factories.rewrite([edition.section], name="What helps")
    assert share_cards.catch_up() == 1
    assert client.get(named(client, edition)).status_code == 200


def test_a_card_that_cannot_be_written_breaks_nothing(client, monkeypatch):
    def full(name, data):
        raise OSError("No space left on device")

    monkeypatch.setattr(share_cards, "put", full)
    edition = factories.print_edition()
    share_cards.catch_up()
    assert not ShareCard.objects.exists()
    assert client.get(named(client, edition))["Location"] == SITES_OWN


def test_a_title_in_letters_that_the_fonts_lack_keeps_the_sites_own_card(client):
    edition = factories.print_edition(title="Боль в спине")
    share_cards.catch_up()
    assert client.get(named(client, edition))["Location"] == SITES_OWN


@pytest.mark.parametrize("title", ["Pain", "W" * 200, "Pain and more pain " * 10, "", "é ü ß – “x”"])
def test_any_title_fits_a_card(title):
    card = Card("Inside Pain Medicine", "Treatments · " + title, title, "Medically reviewed by " + title)
    image = Image.open(BytesIO(draw(card)))
    right_of_the_words = image.crop((672, 0, 700, 630)).getcolors()
    assert right_of_the_words == [(28 * 630, (255, 253, 249))]
