"""What stands on a live page is what was signed, whatever is changed in the library afterwards."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import cache
from articles.models import Edition, Image
from articles.newsletter.issues.rendering import Item
from articles.publishing import links, pictures
from tests import factories
from tests.models.test_binding import BOUND, following, refused

pytestmark = pytest.mark.django_db

DOSE = "Take 500 mg twice a day."


def picture(size, alt):
    stored = pictures.store(factories.picture_bytes("JPEG", size), name="a.jpg", alt=alt)
    factories.CreditFactory(image=stored)
    return Image.objects.get(pk=stored.pk)


@pytest.fixture
def edition():
    lead, second = picture((1300, 700), "Lines that meet."), picture((390, 230), "A second drawing.")
    body = f'{factories.BODY}<figure data-picture="{second.pk}"></figure>'
    return factories.print_edition(title="Pumps", slug="pumps", lead_image=lead, body=body)


def on_page(edition):
    return Client().get(edition.get_absolute_url()).content.decode()


PLACES = ["/articles/pumps/", "/", "/treatments/", "/feed/", "/feed.json", "/articles/pumps/record.json", "/credits/"]


def test_an_alt_text_rewritten_in_the_library_changes_no_live_page(edition):
    before = {address: Client().get(address) for address in PLACES}
    assert {answer.status_code for answer in before.values()} == {200}
    Image.objects.update(alt=DOSE)
    for address in PLACES:
        cache.clear()  # as another process that knows nothing yet
        after = Client().get(address)
        assert after.content == before[address].content, address
        assert DOSE.encode() not in after.content, address


def test_the_page_says_the_signed_alt_texts_to_eyes_and_machines(edition):
    Image.objects.update(alt="", is_decorative=True)
    html = on_page(edition)
    assert html.count('alt="Lines that meet."') == 1
    assert html.count('alt="A second drawing."') == 1
    assert '"caption":"Lines that meet."' in html


def test_a_picture_signed_as_decorative_stays_so():
    stored = picture((1300, 700), "")
    Image.objects.filter(pk=stored.pk).update(is_decorative=True)
    edition = factories.print_edition(lead_image=Image.objects.get(pk=stored.pk))
    Image.objects.update(is_decorative=False, alt=DOSE)
    assert DOSE not in on_page(edition)


def test_a_picture_that_stands_in_for_another_is_shown_with_the_alt_text_that_was_signed(edition):
    other = picture((480, 270), "Lines that meet.")
    pictures.replace(edition.lead_image, other, by=factories.editor())
    Image.objects.update(alt=DOSE)
    html = on_page(edition)
    assert 'alt="Lines that meet."' in html
    assert DOSE not in html


def test_a_placeholder_describes_the_picture_as_it_was_signed(edition):
    pictures.withdraw(edition.lead_image, by=factories.editor(), reason="A claim.")
    Image.objects.update(alt=DOSE)
    assert "It shows: Lines that meet." in on_page(edition)


def test_a_letter_has_the_signed_alt_text(edition):
    Image.objects.update(alt=DOSE)
    read = Edition.objects.select_related("lead_image__credit").get(pk=edition.pk)
    assert read.lead_picture.alt == "Lines that meet."
    assert Item(read).picture


def test_a_reviewer_sees_the_alt_text_of_the_revision_they_sign(edition):
    address = reverse("preview", args=[links.for_preview(edition.revision)])
    Image.objects.update(alt=DOSE)
    html = Client().get(address).content.decode()
    assert 'alt="Lines that meet."' in html
    assert DOSE not in html


def test_the_database_refuses_alt_texts_that_were_not_signed(edition):
    edition.end(timezone.now())
    told = [{**picture, "alt": DOSE} for picture in edition.signed_pictures]
    assert refused(following(edition, signed_pictures=told).save) == BOUND
