"""What follows from an edition alone is written once, read as it was written, and written anew where it is wrong."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles import cache
from articles.models import Drug, Edition, Label, PageText, Term, shown
from articles.publishing import page_texts, press
from articles.richtext.sanitizer import clean
from tests import factories
from tests.richtext.test_render import PIECES

pytestmark = pytest.mark.django_db


def anew(edition):
    return page_texts.work_out(edition)


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


def test_a_page_marks_every_form_of_a_term_but_its_everyday_words():
    Term.objects.all().delete()
    factories.public(Term(name="hypoesthesia", slug="hypoesthesia", synonyms=["Numbness"], definition="Feeling less."))
    factories.public(Term(name="TENS", slug="tens", synonyms=["electrical nerve stimulation"], definition="Pulses."))
    assert page_texts.words().term_keys() == {
        "hypoesthesia": "hypoesthesia",
        "TENS": "tens",
        "electrical nerve stimulation": "tens",
    }


def test_an_article_marks_no_term_that_its_title_names():
    Term.objects.all().delete()
    factories.public(Term(name="nerve block", slug="nerve-block", synonyms=["nerve blocks"], definition="A needle."))
    factories.public(Term(name="TENS", slug="tens", definition="Pulses."))
    assert page_texts.words().term_keys(but_of="Nerve blocks: intense, and brief") == {"TENS": "tens"}


def test_every_everyday_word_is_a_name_of_the_glossary():
    """One that is misspelt, or gone from the glossary, would hide nothing."""
    assert {name.casefold() for term in Term.objects.all() for name in term.names} >= page_texts.EVERYDAY


def test_the_press_and_pages_write_of_the_same_words_whatever_happens_to_a_card():
    """A medicine checked by hand, before or after its label; one that nobody checked."""
    person, today = factories.ContributorFactory(), timezone.localdate()
    for days, name in ((1, "gabapentin"), (-1, "ziconotide"), (None, "morphine")):
        drug = Drug.objects.get(name=name)
        on = today - timedelta(days=days or 0)
        drug.label = Label.objects.create(drug=drug, set_id=name, version=1, kind="prescription", effective_on=on)
        drug.checked_by, drug.checked_on = (person, today) if days else (None, None)
        factories.public(drug)
    assert [card.name for card in page_texts.words_now().medicines] == ["gabapentin"]
    card = Drug.objects.filter(name="gabapentin")
    for change in (
        lambda: factories.rewrite(card, checked_by=None),
        lambda: factories.rewrite(card, brands=["Newbrand"], is_demonstration=True),
    ):
        change()
        now, pages = page_texts.words_now(), page_texts.words()
        assert (now.names, now.facts, list(now.medicines)) == (pages.names, pages.facts, list(pages.medicines))
    assert page_texts.words_now() is now


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
        client.get("/"), cache.medicines(), cache.glossary(), cache.topics()  # what every page needs is known
        with django_assert_num_queries(5):
            page = client.get(f"/articles/with-{number}/").content.decode()
        assert page.count('<figure class="picture">') == number
        with django_assert_num_queries(5):
            client.get(f"/articles/with-{number}/")


def test_an_article_without_pictures_takes_four_queries(client, django_assert_max_num_queries):
    factories.print_edition(slug="pumps")
    client.get("/")
    cache.medicines(), cache.glossary(), cache.topics()
    with django_assert_max_num_queries(4):
        client.get("/articles/pumps/")


def publish(article):
    from articles.publishing import desk

    desk.save(article, by=None)
    factories.sign(article)
    return press.publish(article, by=factories.editor())
