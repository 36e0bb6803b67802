"""What to read next."""

import pytest

from articles.search.related import related
from tests.factories import print_edition

pytestmark = pytest.mark.django_db


def test_the_nearest_other_articles_come_first_in_one_query(django_assert_num_queries):
    own = print_edition(title="Quokkas and their sleep")
    near = print_edition(title="The sleep of quokkas")
    print_edition(title="Numbats")
    with django_assert_num_queries(1):
        found = related(own, most=1)
    assert [edition.title for edition in found] == [near.title]
    assert found[0].get_absolute_url() == near.get_absolute_url()


def test_an_article_is_never_its_own_neighbour():
    own = print_edition(title="Quokkas")
    assert own.article_id not in {edition.article_id for edition in related(own)}


def test_a_title_without_a_word_has_no_neighbours():
    print_edition(title="Quokkas")
    assert related(print_edition(title="Is it so?")) == []
