"""The list of picture credits: every picture on a live page, where it is, and what is held back."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import ImageCredit
from articles.publishing import pictures
from articles.views import credits
from tests import factories, markup

pytestmark = pytest.mark.django_db


def shown(client, **asked):
    answer = client.get("/credits/", asked)
    assert answer.status_code == 200
    return [(image.credit.title, [edition.title for edition in where]) for image, where in answer.context["shown"]]


def credit(title, **kwargs):
    return factories.CreditFactory(title=title, **kwargs)


def in_print(image, title, **kwargs):
    return factories.print_edition(lead_image=image, title=title, **kwargs)


def test_every_picture_says_where_it_is(client):
    one, other, spare = credit("One"), credit("Other"), credit("Spare")
    in_print(one.image, "B")
    in_print(one.image, "A", body=factories.BODY + f'<figure data-picture="{other.image.pk}"></figure>')
    in_print(spare.image, "Later", at=datetime(2099, 1, 1, tzinfo=UTC))
    assert sorted(shown(client)) == [("One", ["A", "B"]), ("Other", ["A"])]


def test_a_picture_that_stands_in_is_listed_where_the_other_was(client):
    one, other = credit("One", image__alt="Same."), credit("Other", image__alt="Same.")
    in_print(one.image, "A")
    pictures.replace(one.image, other.image, by=factories.editor())
    assert shown(client) == [("Other", ["A"])]


def test_one_license_or_one_picture_can_be_asked_for(client):
    own, free = credit("Own", license="own-work"), credit("Free", license="cc-by-4.0")
    for number, one in enumerate((own, free)):
        in_print(one.image, f"Article {number}")
    assert [title for title, _where in shown(client, license="own-work")] == ["Own"]
    assert [title for title, _where in shown(client, picture=free.image.pk)] == ["Free"]
    names = [name for _code, name in client.get("/credits/").context["licenses"]]
    assert len(names) == 2
    for odd in ("x", "-1", "9" * 40, "٣", "0"):
        assert shown(client, picture=odd) == []
    assert shown(client, license="x") == []


def test_what_is_held_back_is_listed_as_a_placeholder_and_no_file_is_named(client):
    lacking, withdrawn, fine = credit("Lacking"), credit("Withdrawn"), credit("Fine")
    for number, one in enumerate((lacking, withdrawn, fine)):
        in_print(one.image, f"Article {number}")
    ImageCredit.objects.filter(pk=lacking.pk).update(creator="")
    pictures.withdraw(withdrawn.image, by=factories.editor(), reason="A claim.")
    assert {title for title, _where in shown(client, license="held-back")} == {"Lacking", "Withdrawn"}
    html = client.get("/credits/?license=held-back").content.decode()
    assert "/media/" not in html
    assert "A picture was taken down here." in html
    assert "credit is incomplete" in html
    assert [title for title, _where in shown(client, license="cc-by-4.0")] == ["Fine"]


def test_a_list_of_many_has_pages_that_keep_what_was_asked(client, monkeypatch):
    monkeypatch.setattr(credits, "ON_A_PAGE", 2)
    for number in range(5):
        in_print(credit(f"Picture {number}").image, f"Article {number}")
    html = client.get("/credits/?license=cc-by-4.0&page=2").content.decode()
    assert re.findall(r'href="([^"]*page=[^"]*)"', html) == [
        "?license=cc-by-4.0&amp;page=1",
        "?license=cc-by-4.0&amp;page=3",
    ]
    assert len({title for page in (1, 2, 3) for title, _where in shown(client, page=page)}) == 5


@pytest.mark.parametrize("asked", [{}, {"license": "held-back"}, {"license": "cc-by-4.0"}])
def test_many_pictures_cost_as_many_queries_as_one(client, asked, django_assert_num_queries):
    in_print(credit("One").image, "A")
    client.get("/credits/", asked)
    with CaptureQueriesContext(connection) as counted:
        client.get("/credits/", asked)
    first = len(counted)
    for number in range(4):
        one = credit(f"More {number}")
        for copy in range(2):
            in_print(one.image, f"Article {number} {copy}")
    client.get("/credits/", asked)
    with django_assert_num_queries(first):
        assert client.get("/credits/", asked).status_code == 200


def test_a_card_shows_its_credit_to_those_who_reach_it_by_keyboard(client):
    """A link beside the picture: focus shows it, and it leads to the whole credit."""
    stored = pictures.store(factories.picture_bytes("JPEG", (1400, 500)), name="a.jpg", alt="Lines.")
    factories.CreditFactory(image=stored)
    in_print(stored, "A")
    in_print(stored, "B")
    html = client.get("/treatments/").content.decode()
    [link, _second] = re.findall(r'<a class="source" href="([^"]+)">([^<]+)</a>', html)
    assert link == (
        f"/credits/?picture={stored.pk}",
        "Picture: “Channel” by Jane Doe via Flickr, CC BY 4.0 (cropped from the original)",
    )
    assert [title for title, _where in shown(client, picture=stored.pk)] == ["Channel"]


def test_a_card_whose_picture_is_held_back_says_so(client):
    one = credit("One")
    in_print(one.image, "A")
    ImageCredit.objects.update(license="")
    for address in ("/", "/treatments/"):
        html = client.get(address).content.decode()
        assert "A picture isn’t shown here: its credit is incomplete." in html
        assert "/media/" not in html


def test_a_card_of_a_license_that_forbids_crops_shows_the_whole(client):
    stored = pictures.store(factories.picture_bytes("JPEG", (1400, 500)), name="a.jpg", alt="Lines.")
    factories.CreditFactory(image=stored, license="cc-by-nd-4.0")
    in_print(stored, "A")
    in_print(stored, "B")
    html = client.get("/treatments/").content.decode()
    assert 'class="plate whole"' in html
    assert "card-" not in html
    assert "cropped" not in html


def test_a_lead_picture_comes_early_and_the_others_when_they_are_near(client):
    one, other = credit("One"), credit("Other")
    body = factories.BODY + f'<figure data-picture="{other.image.pk}"></figure>'
    edition = in_print(one.image, "A", body=body)
    lead, second = re.findall(r"<picture>.*?</picture>", markup.page(client.get(edition.get_absolute_url())))
    assert "lazy" not in lead
    assert 'loading="lazy"' in second
    for picture in (lead, second):
        kinds = re.findall(r'type="([^"]+)"', picture)
        assert kinds == ["image/avif", "image/webp"]
        assert re.search(r'width="1280" height="720"', picture)
        assert "320w" in picture


def test_the_first_picture_of_a_list_comes_early_and_the_others_when_they_are_near(client):
    for number, one in enumerate((credit("One"), credit("Other"), credit("Third"))):
        in_print(one.image, f"Article {number}")
    today = timezone.localdate()
    for address in ("/treatments/", reverse("archive-month", args=[today.year, today.month]), reverse("credits")):
        first, *others = re.findall(r"<picture>.*?</picture>", markup.page(client.get(address)))
        assert 'fetchpriority="high"' in first
        assert "lazy" not in first
        assert len(others) == 2
        assert all('loading="lazy"' in other for other in others)
