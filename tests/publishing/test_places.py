"""In how many places pictures are: counted for a page of them in one query, and which were never used at all."""

import pytest

from articles.models import Image
from articles.publishing import pictures, press
from tests import factories

pytestmark = pytest.mark.django_db


def figure(image):
    return f'<figure data-picture="{image.pk}"><figcaption></figcaption></figure>'


def picture(**kwargs):
    return factories.CreditFactory(**kwargs).image


def sizes(image):
    places = pictures.counted([image])[image.pk]
    return len(places.live), len(places.past), len(places.drafts)


def test_a_picture_counts_the_pages_where_it_is_live_and_the_drafts_that_name_it():
    image = picture()
    factories.print_edition(lead_image=image, body=factories.BODY + figure(image))
    factories.ArticleFactory(lead_image=image)
    factories.ArticleFactory(body=figure(image))
    factories.ArticleFactory(body=figure(image).replace(f'"{image.pk}"', f'"{image.pk}0"'))
    assert sizes(image) == (1, 0, 2)


def test_where_it_was_printed_is_not_forgotten():
    image = picture()
    edition = factories.print_edition(lead_image=image)
    press.withdraw(edition.article, by=factories.editor(), note="Out of date.")
    assert sizes(image) == (0, 1, 0)


def test_one_that_replaced_another_is_where_that_one_was_put():
    old, new = picture(), picture(image__alt="")
    factories.print_edition(lead_image=old)
    factories.ArticleFactory(body=figure(old))
    pictures.replace(old, new, by=factories.editor())
    assert sizes(new) == (1, 0, 1)


@pytest.mark.parametrize("number", [1, 4])
def test_it_takes_one_query_for_any_number(django_assert_num_queries, number):
    images = [picture() for _each in range(number)]
    for image in images:
        factories.ArticleFactory(lead_image=image, body=figure(image))
    with django_assert_num_queries(1):
        found = pictures.counted(images)
    assert [len(found[image.pk].desk) for image in images] == [1] * number


def test_never_used_are_those_that_stand_nowhere():
    printed, lead, in_text, replaced, replacing, unused = (picture() for _each in range(6))
    factories.print_edition(lead_image=printed)
    factories.ArticleFactory(lead_image=lead)
    factories.ArticleFactory(body=figure(in_text))
    Image.objects.filter(pk=replaced.pk).update(replaced_by=replacing, replaced_at=replaced.uploaded_at)
    factories.ArticleFactory(body=figure(replaced))
    assert list(pictures.never_used()) == [unused]
