"""What follows from an edition alone is written once, read as it was written, and written anew where it is wrong."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles import cache
from articles.models import Edition, PageText, Term, shown
from articles.publishing import page_texts, press
from articles.richtext.sanitizer import clean
from tests import factories
from tests.richtext.test_render import PIECES

pytestmark = pytest.mark.django_db


def anew(edition):
    return page_texts.work_out(edition, report=page_texts.report_address(edition))


def kept(edition):
    row = PageText.objects.get(edition=edition)
    return page_texts.read(row.content, row.names)


def test_it_is_written_when_an_edition_is_published():
    image = factories.CreditFactory().image
    body = f'<h2 lang="fr">Un</h2>{factories.BODY}<figure data-picture="{image.pk}"></figure>'
    edition = factories.print_edition(body=body)
    assert kept(edition) == anew(edition)
    assert kept(edition).pictures == [image.pk]
    assert PageText.objects.get().digest == page_texts.words().names


@given(html=st.lists(PIECES, max_size=12).map("".join))
def test_whatever_is_written_is_read_as_it_was(html):
    edition = Edition(title="Pumps", body=clean(html), search_text=html, references=[], number=1)
    page_texts.words()
    from dataclasses import asdict
    from json import dumps, loads

    made = asdict(anew(edition))
    names = {name: made.pop(name) for name in ("pictures", "dois", "pmids")}
    assert page_texts.read(dumps(made), loads(dumps(names))) == anew(edition)


def test_what_was_made_of_other_names_is_not_used_and_the_clock_writes_it_anew():
    edition = factories.print_edition()
    assert page_texts.kept_of(shown.article_at(edition.slug)) == anew(edition)
    factories.public(Term(name="some words", slug="some-words", definition="A few."))
    assert page_texts.kept_of(shown.article_at(edition.slug)) is None
    assert page_texts.anew(shown.article_at(edition.slug)).page.terms == ["some-words"]
    assert page_texts.catch_up() == 1
    assert page_texts.kept_of(shown.article_at(edition.slug)).page.terms == ["some-words"]
    assert page_texts.catch_up() == 0


def test_a_round_of_the_clock_writes_so_many_and_drops_what_ended():
    editions = [factories.print_edition() for _number in range(3)]
    PageText.objects.update(digest="old")
    press.withdraw(editions[0].article, by=factories.editor(), note="It was wrong.")
    assert page_texts.catch_up(most=1) == 1
    assert set(PageText.objects.values_list("edition", "digest")) == {
        (editions[2].pk, page_texts.words().names),
        (editions[1].pk, "old"),
    }
    assert [page_texts.catch_up(most=1), page_texts.catch_up(most=1)] == [1, 0]


def test_a_scheduled_edition_has_its_text_before_it_is_live():
    edition = factories.print_edition(at=timezone.now() + timedelta(days=1))
    assert kept(edition) == anew(edition)


def test_no_more_queries_for_more_pictures_references_and_authors(client, django_assert_num_queries):
    for number in (1, 3):
        images = [factories.CreditFactory().image for _image in range(number)]
        figures = "".join(f'<figure data-picture="{image.pk}"></figure>' for image in images)
        article = factories.publishable_article(body=factories.BODY + figures, slug=f"with-{number}", signed=False)
        for position in range(2, number + 2):
            article.references.create(position=position, citation=f"Roe {position}.", doi=f"10.1000/{position}")
        for position in range(1, number):
            article.byline.create(contributor=factories.ContributorFactory(), position=position)
        publish(article)
        client.get("/")  # what every page needs is known
        with django_assert_num_queries(5):
            page = client.get(f"/articles/with-{number}/").content.decode()
        assert page.count('<figure class="picture">') == number
        with django_assert_num_queries(5):
            client.get(f"/articles/with-{number}/")


def test_an_article_without_pictures_takes_four_queries(client, django_assert_max_num_queries):
    factories.print_edition(slug="pumps")
    client.get("/")
    cache.medicines(), cache.glossary()
    with django_assert_max_num_queries(4):
        client.get("/articles/pumps/")


def publish(article):
    from articles.publishing import desk

    desk.save(article, by=None)
    factories.sign(article)
    return press.publish(article, by=factories.editor())
