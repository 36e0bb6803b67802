"""What pages know without asking anew: which names of the glossary they mark."""

import pytest

from articles import known
from articles.models import Term
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_page_marks_every_form_of_a_term_but_its_everyday_words():
    Term.objects.all().delete()
    Term.objects.create(name="hypoesthesia", slug="hypoesthesia", synonyms=["Numbness"], definition="Feeling less.")
    Term.objects.create(name="TENS", slug="tens", synonyms=["electrical nerve stimulation"], definition="Pulses.")
    assert known.term_keys() == {
        "hypoesthesia": "hypoesthesia",
        "TENS": "tens",
        "electrical nerve stimulation": "tens",
    }


def test_an_article_marks_no_term_that_its_title_names():
    Term.objects.all().delete()
    Term.objects.create(name="nerve block", slug="nerve-block", synonyms=["nerve blocks"], definition="A needle.")
    Term.objects.create(name="TENS", slug="tens", definition="Pulses.")
    assert known.term_keys(but_of="Nerve blocks: intense, and brief") == {"TENS": "tens"}


def test_every_everyday_word_is_a_name_of_the_glossary():
    """One that is misspelt, or gone from the glossary, would hide nothing."""
    assert {name.casefold() for term in Term.objects.all() for name in term.names} >= known.EVERYDAY


def test_the_length_of_a_list_is_kept_until_an_edition_is_printed(client, django_assert_num_queries):
    factories.print_edition()
    client.get("/treatments/")
    assert known.total("/treatments/") == 1
    with django_assert_num_queries(2) as asked:
        client.get("/treatments/")
    assert not any("COUNT(" in one["sql"] for one in asked.captured_queries)
    factories.print_edition()
    assert known.total("/treatments/") is None
    assert client.get("/treatments/").context["page"].paginator.count == 2
