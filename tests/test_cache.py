"""What pages know without asking anew, and for how long."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import cache, public_state
from articles.models import Edition, Section
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_length_of_a_list_is_kept_until_an_edition_is_printed(client, django_assert_num_queries):
    factories.print_edition()
    client.get("/treatments/")
    assert cache.totals() == {"/treatments/": 1}
    with django_assert_num_queries(2) as asked:
        client.get("/treatments/")
    assert not any("COUNT(" in one["sql"] for one in asked.captured_queries)
    factories.print_edition()
    assert cache.totals() == {}
    assert client.get("/treatments/").context["page"].paginator.count == 2


def names():
    return [section.name for section in cache.sections()]


def test_what_a_page_asks_for_is_asked_once_and_shared(django_assert_num_queries):
    first = cache.sections(), cache.medicines(), cache.terms(["tens"])
    with django_assert_num_queries(0):
        again = cache.sections(), cache.medicines(), cache.terms(["tens"])
    assert again == first
    assert again[0] is first[0]


def test_a_change_is_seen_at_once_also_one_past_the_models():
    before = names()
    Section.objects.filter(slug="news").update(position=0)
    assert names() == ["News", *before[:-1]]
    factories.rewrite([Section.objects.first()], name="Another")
    assert "Another" in names()


def test_what_changes_while_it_is_read_is_read_again(django_assert_num_queries):
    def read_slowly():
        found = names_in_the_database()
        Section.objects.filter(slug="news").update(position=0)
        return found

    assert cache.by_state("slowly", read_slowly)[-1] == "News"
    assert cache.by_state("slowly", names_in_the_database)[0] == "News"
    with django_assert_num_queries(0):
        cache.by_state("slowly", names_in_the_database)


def names_in_the_database():
    return [section.name for section in Section.objects.all()]


def test_an_empty_value_is_kept_too():
    assert cache.by_state("empty", list) == []
    assert cache.by_state("empty", lambda: ["something"]) == []


def test_no_more_is_kept_than_fits(monkeypatch):
    monkeypatch.setattr(cache, "MOST", 3)
    for number in range(3):
        cache.totals()[f"list {number}"] = number
    assert cache.totals() == {}
    for name in ("second", "third", "fourth"):
        cache.by_state(name, lambda: 1)
    assert [cache.by_state(name, lambda: 2) for name in ("fourth", "second")] == [1, 2]


def test_nothing_is_kept_while_the_state_of_the_site_is_not_known(monkeypatch):
    monkeypatch.setattr(public_state, "current", lambda: None)
    assert cache.by_state("name", lambda: 1) == 1
    assert cache.by_state("name", lambda: 2) == 2
    cache.totals()["list"] = 1
    assert cache.totals() == {}


def test_the_next_change_is_asked_for_once_until_it_comes_or_another_is_scheduled(django_assert_num_queries):
    edition = factories.print_edition()
    now, end = timezone.now(), timezone.now() + timedelta(hours=1)
    assert cache.next_change(now) is None
    with django_assert_num_queries(0):
        assert cache.next_change(now + timedelta(minutes=1)) is None
    Edition.objects.filter(pk=edition.pk).update(live_until=end)
    assert cache.next_change(now) == end
    with django_assert_num_queries(0):
        assert cache.next_change(end - timedelta(seconds=1)) == end
    assert cache.next_change(end) is None
    assert cache.next_change(now) == end, "asked for an earlier moment"
