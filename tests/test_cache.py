"""What pages know without asking anew, for how long, and which names of the glossary they mark."""

import pytest

from articles import cache
from articles.models import Section, Term
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_page_marks_every_form_of_a_term_but_its_everyday_words():
    Term.objects.all().delete()
    factories.public(Term(name="hypoesthesia", slug="hypoesthesia", synonyms=["Numbness"], definition="Feeling less."))
    factories.public(Term(name="TENS", slug="tens", synonyms=["electrical nerve stimulation"], definition="Pulses."))
    assert cache.term_keys() == {
        "hypoesthesia": "hypoesthesia",
        "TENS": "tens",
        "electrical nerve stimulation": "tens",
    }


def test_an_article_marks_no_term_that_its_title_names():
    Term.objects.all().delete()
    factories.public(Term(name="nerve block", slug="nerve-block", synonyms=["nerve blocks"], definition="A needle."))
    factories.public(Term(name="TENS", slug="tens", definition="Pulses."))
    assert cache.term_keys(but_of="Nerve blocks: intense, and brief") == {"TENS": "tens"}


def test_every_everyday_word_is_a_name_of_the_glossary():
    """One that is misspelt, or gone from the glossary, would hide nothing."""
    assert {name.casefold() for term in Term.objects.all() for name in term.names} >= cache.EVERYDAY


def test_the_length_of_a_list_is_kept_until_an_edition_is_printed(client, django_assert_num_queries):
    factories.print_edition()
    client.get("/treatments/")
    assert cache.total("/treatments/") == 1
    with django_assert_num_queries(2) as asked:
        client.get("/treatments/")
    assert not any("COUNT(" in one["sql"] for one in asked.captured_queries)
    factories.print_edition()
    assert cache.total("/treatments/") is None
    assert client.get("/treatments/").context["page"].paginator.count == 2


def names():
    return [section.name for section in cache.sections()]


def test_what_a_page_asks_for_is_asked_once_and_shared(django_assert_num_queries):
    first = cache.sections(), cache.medicines(), cache.terms(["tens"])
    with django_assert_num_queries(0):
        again = cache.sections(), cache.medicines(), cache.terms(["tens"])
    assert again == first
    assert again[0] is first[0]


def test_a_change_in_this_process_is_seen_at_once():
    before = names()
    Section.objects.get(slug="news").delete()
    assert names() == [name for name in before if name != "News"]
    section = Section.objects.first()
    factories.rewrite([section], name="Another")
    assert "Another" in names()


def test_a_change_elsewhere_is_seen_after_half_a_minute(monkeypatch):
    clock = 1000.0
    monkeypatch.setattr(cache.time, "monotonic", lambda: clock)
    before = names()
    Section.objects.filter(slug="news").update(position=0)
    clock += cache.KEPT_FOR - 1
    assert names() == before
    clock += 1
    assert names() == ["News", *before[:-1]]


def test_what_changes_while_it_is_read_is_read_again(monkeypatch, django_assert_num_queries):
    every = Section.objects.all

    def read_slowly():
        found = [*every()]
        Section.objects.get(slug="news").save()
        return found

    monkeypatch.setattr(Section.objects, "all", read_slowly)
    cache.sections()
    monkeypatch.undo()
    with django_assert_num_queries(1):
        cache.sections()
    with django_assert_num_queries(0):
        cache.sections()
