"""Queries written by hand bring what Django's querysets bring."""

from datetime import UTC, date, datetime, timedelta

import pytest

from articles.models import Edition, Image, RetractionNotice, shown
from articles.models.cards import cards, newest_in_each, of_articles
from articles.publishing import press
from tests import factories

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def values(row, *without):
    """What a row's columns hold, with those of the rows that it names."""
    if row is None:
        return None
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in row.get_deferred_fields() | {*without}
    }


@pytest.fixture
def edition():
    old, new = (factories.CreditFactory(title=title, rights_end_on=date(2040, 1, 1)).image for title in ("Old", "New"))
    edition = factories.print_edition(slug="pumps", lead_image=old, at=NOON)
    Image.objects.filter(pk=old.pk).update(replaced_by=new, replaced_at=NOON + MOMENT)
    return edition


def test_an_article_is_read_with_everything_as_the_queryset_reads_it(edition, django_assert_num_queries):
    known = Edition.objects.for_page().get(pk=edition.pk)
    with django_assert_num_queries(3):
        live = shown.article_at("pumps")
        read = live.edition()
        [line] = live.bylines(read)
        image = shown.Pictures.of(live.lead_image_ids).among(live.lead_image_ids)[known.lead_image_id]
        assert values(read) == values(known, "body", "search_text")
        assert values(read.section) == values(known.section)
        assert values(read.review) == values(known.review, "comments", "reminded_at_days")
        assert values(read.review.reviewer).items() <= values(known.review.reviewer).items()
        assert values(line) == values(known.bylines.all()[0])
        assert values(line.contributor).items() <= values(known.bylines.all()[0].contributor).items()
        for got, wanted in ((image, known.lead_image), (image.replaced_by, known.lead_image.replaced_by)):
            assert values(got).items() <= values(wanted).items()
            assert values(got.credit) == values(wanted.credit)
    assert read.body == known.body


def test_a_card_is_read_as_the_queryset_reads_it(edition, django_assert_num_queries):
    known = Edition.objects.live().for_list().get(pk=edition.pk)
    with django_assert_num_queries(1):
        [card] = cards([edition.pk])
        read = card.edition
        assert values(read).items() <= values(known).items()
        assert values(read.lead_image.replaced_by.credit) == values(known.lead_image.replaced_by.credit)
        assert values(read.review).items() <= values(known.review).items()
    assert (card.title, card.slug, card.get_absolute_url()) == (known.title, known.slug, known.get_absolute_url())


def test_a_picture_without_a_credit_is_one_whose_credit_is_missing():
    image = factories.ImageFactory()
    read = shown.Pictures.of([image.pk]).among([image.pk])[image.pk]
    assert read.hidden_reason == "credit"


@pytest.mark.parametrize("at", [NOON, NOON + MOMENT, NOON.replace(microsecond=500_000), NOON + timedelta(seconds=1)])
@pytest.mark.parametrize("distance", [-MOMENT, timedelta(), MOMENT, timedelta(hours=1)])
def test_live_is_the_same_in_every_query(at, distance):
    """Moments are text on SQLite, with and without parts of a second."""
    article = factories.publishable_article(slug="pumps")
    by = factories.editor()
    first = press.publish(article, by=by, at=NOON, is_backdated=True)
    ended = at + distance
    if ended > NOON:
        Edition.objects.filter(pk=first.pk).update(live_until=ended)
    for moment in (at - MOMENT, at, at + MOMENT, at.replace(microsecond=0)):
        live = list(Edition.objects.live(moment))
        found = shown.article_at("pumps", moment)
        assert [found.row[0]] * bool(found) == [edition.pk for edition in live] if found else not live
        assert [near.slug for near in of_articles([article.pk], moment)] == [edition.slug for edition in live]
        listed = newest_in_each([first.section], 3, moment)[first.section_id]
        assert [card.pk for card in listed] == [edition.pk for edition in live]


def test_what_is_unpublished_is_in_none_of_them():
    edition = factories.print_edition(slug="pumps")
    press.withdraw(edition.article, by=factories.editor(), note="It was wrong.")
    assert shown.article_at("pumps") is None
    assert of_articles([edition.article_id]) == []
    assert newest_in_each([edition.section], 3) == {edition.section_id: []}


def test_the_newest_of_each_section_come_in_two_queries(django_assert_num_queries):
    editions = [
        factories.print_edition(in_section=section, at=NOON + number * MOMENT)
        for number, section in enumerate(["news", "news", "news", "treatments"])
    ]
    sections = [edition.section for edition in editions[2:]]
    with django_assert_num_queries(2):
        newest = newest_in_each(sections, 2)
    assert {pk: [card.pk for card in found] for pk, found in newest.items()} == {
        sections[0].pk: [editions[2].pk, editions[1].pk],
        sections[1].pk: [editions[3].pk],
    }
    assert newest_in_each([], 2) == {}


@pytest.mark.parametrize(("dois", "pmids"), [([], []), (["10.1/a"], []), ([], ["7"]), (["10.1/b"], ["7", "8"])])
def test_notices_are_those_of_the_queryset_in_its_order(dois, pmids):
    rows = [
        {"doi": "10.1/a", "noticed_on": None},
        {"doi": "10.1/b", "pmid": "7"},
        {"doi": "10.1/c", "notice_pmid": "8"},
    ]
    for number, row in enumerate(rows):
        RetractionNotice.objects.create(record_id=9 - number, nature="retracted", **{"noticed_on": NOON.date(), **row})
    read = shown.notice_models(shown.notices(dois, pmids))
    assert list(map(values, read)) == list(map(values, RetractionNotice.objects.about(dois, pmids)))
