"""ND: what a reader is sent of such a picture is the whole of it, by every way; one that we changed is sent by none."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image as Pixels

from articles.images import renditions
from articles.models import ImageCredit
from articles.newsletter.issues import building, rendering
from articles.publishing import pictures
from tests import factories

pytestmark = pytest.mark.django_db

SIZE = (1500, 600)  # of a shape that every card would cut
FILE = re.compile(r"/media/(renditions/[0-9a-f]{24}/[0-9a-f]{12}/[\w-]+\.\w+)")


@pytest.fixture
def edition():
    """Live, with an ND picture above its text and another in it."""
    lead, other = (stored(color) for color in ("teal", "maroon"))
    body = f'{factories.BODY}<figure data-picture="{other.pk}"></figure>'
    return factories.print_edition(title="Pumps", lead_image=lead, body=body)


def stored(color):
    out = BytesIO()
    Pixels.new("RGB", SIZE, color).save(out, "JPEG")
    image = pictures.store(out.getvalue(), name=f"{color}.jpg", alt="Lines.")
    return factories.CreditFactory(image=image, license="cc-by-nd-4.0", title=color).image


def page(name, *args):
    return lambda client, edition: client.get(reverse(name, args=args)).content.decode()


def sent_letter(client, edition):
    building.build()
    issue = building.build()
    message = rendering.render(issue).for_reader(
        sections="", leave="https://testserver/l/", preferences="https://testserver/p/"
    )
    return message.html + message.text


WAYS = {
    "the article, its social card and its structured data": lambda client, edition: page("article", edition.slug)(
        client, edition
    ),
    "the home page": page("home"),
    "a section": page("section", "treatments"),
    "a search": lambda client, edition: client.get(reverse("search"), {"q": "Pumps"}).content.decode(),
    "the credits": page("credits"),
    "the Atom feed": page("feed"),
    "the JSON feed": page("json-feed"),
    "the sitemap": lambda client, edition: client.get(reverse("sitemap-part", args=[1])).content.decode(),
    "the record of trust": lambda client, edition: page("record", edition.slug)(client, edition),
    "the archive": lambda client, edition: page("archive-month", edition.live_from.year, f"{edition.live_from:%m}")(
        client, edition
    ),
    "the letter": sent_letter,
}


def change():
    """An editor states that the pictures were changed, past every form; the files say so, too."""
    ImageCredit.objects.update(modifications="colors changed")
    for credit in ImageCredit.objects.all():
        pictures.render(credit.image)


def test_every_file_that_is_named_shows_the_whole_picture(client, edition):
    files = {way: set(FILE.findall(show(client, edition))) for way, show in WAYS.items()}
    assert all(files.values())
    for name in set().union(*files.values()):
        answer = client.get(f"/media/{name}")
        assert answer.status_code == 200, name
        with Pixels.open(BytesIO(answer.content)) as picture:
            assert picture.width / picture.height == pytest.approx(SIZE[0] / SIZE[1], rel=0.01), name


def test_a_picture_that_we_changed_is_named_nowhere(client, edition):
    change()
    assert {way: FILE.findall(show(client, edition)) for way, show in WAYS.items()} == {way: [] for way in WAYS}


def test_the_files_of_a_picture_that_we_changed_are_sent_to_nobody(client, edition):
    image = edition.lead_image
    before = [image.rendition_url(width, format) for width in (320, 1280) for format in ("avif", "webp", "jpeg")]
    assert [client.get(address).status_code for address in before] == [200] * 6
    change()
    image.refresh_from_db()
    after = [address.replace(address.split("/")[4], image.rendered) for address in before]
    assert {client.get(address).status_code for address in [*before, *after]} == {404}


def test_a_crop_that_somebody_asks_for_by_its_address_leads_to_the_whole_picture(client, edition):
    image = edition.lead_image
    folder = f"/media/{renditions.folder_for(image.digest, image.rendered)}"
    for name in ("card-50-50-640.webp", "card-50-50-320.jpg"):
        answer = client.get(f"{folder}/{name}")
        assert answer.status_code == 302, name
        assert "card" not in answer["Location"]
    assert not any(spec.shape != "full" for spec in renditions.plan(image.look))
