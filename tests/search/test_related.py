"""What to read next."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import ReadNext
from articles.publishing import press
from articles.search.related import catch_up, related
from tests.factories import editor, print_edition

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


def nearest(edition):
    return ReadNext.objects.get(edition=edition).articles


def test_the_clock_keeps_what_is_nearest_and_looks_again_when_something_was_published():
    own = print_edition(title="Quokkas and their sleep")
    assert catch_up() == 1
    assert nearest(own) == []
    near = print_edition(title="The sleep of quokkas")
    assert catch_up() == 2
    assert nearest(own)[0] == near.article_id
    assert nearest(near)[0] == own.article_id
    assert catch_up() == 0


def test_a_round_looks_at_so_many_those_first_that_nobody_has_looked_at():
    first = print_edition(title="Quokkas")
    catch_up()
    second, third = print_edition(title="Quokkas asleep"), print_edition(title="Quokkas awake")
    for known in ({first, third}, {first, third, second}):
        assert catch_up(most=1) == 1
        assert set(ReadNext.objects.values_list("edition", flat=True)) == {edition.pk for edition in known}
    assert catch_up() == 1
    assert set(nearest(first)) == {second.article_id, third.article_id}


def test_a_page_links_what_was_nearest_and_is_still_live(client):
    own, near = print_edition(title="Quokkas", slug="own"), print_edition(title="Quokkas asleep", slug="near")
    catch_up()
    assert 'href="/articles/near/"' in client.get("/articles/own/").content.decode()
    press.withdraw(near.article, by=editor(), note="It was wrong.")
    assert 'href="/articles/near/"' not in client.get("/articles/own/").content.decode()
    catch_up()
    assert list(ReadNext.objects.values_list("edition", flat=True)) == [own.pk]


def test_what_is_as_near_as_before_is_written_no_second_time():
    print_edition(title="Quokkas")
    catch_up()
    before = ReadNext.objects.get().looked_at
    ReadNext.objects.update(looked_at=before - timedelta(days=1))
    with CaptureQueriesContext(connection) as queries:
        assert catch_up() == 1
    written = [query["sql"] for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]
    assert len(written) == 1
    assert '"articles" =' not in written[0]
    assert ReadNext.objects.get().looked_at > before
