"""The search page."""

import pytest

from tests import markup
from tests.factories import print_edition

pytestmark = pytest.mark.django_db


def page(client, **query):
    response = client.get("/search/", query)
    return response, markup.page(response)


def test_before_anything_is_asked_the_page_says_how_to_ask(client):
    response, text = page(client)
    assert response.status_code == 200
    assert "side by side" in text
    assert "noindex" not in text
    assert "noindex" in page(client, q="pain")[1]


def test_what_is_found_is_marked_and_leads_to_its_article(client):
    edition = print_edition(title="The quokka sleeps")
    _response, text = page(client, q="quokka")
    assert f'<a href="{edition.get_absolute_url()}">The <mark>quokka</mark> sleeps</a>' in text
    assert "1 article" in text


def test_what_was_typed_comes_back_escaped(client):
    _response, text = page(client, q='"><script>alert(1)</script>')
    assert "<script>alert" not in text


def test_nothing_found_says_so_and_offers_ways_on(client):
    _response, text = page(client, q="quokka", section="news")
    assert "Nothing found" in text
    assert "Search everywhere" in text
    assert "All about conditions" in text


def test_a_mistyped_word_is_offered_as_a_link_that_keeps_what_it_was_narrowed_to(client):
    print_edition(title="Fibromyalgia explained")
    _response, text = page(client, q="fibromialgia", section="treatments")
    assert 'href="?q=fibromyalgia&amp;section=treatments"' in text


@pytest.mark.parametrize("given", ["0", "-1", "99999999", "abc", "²", ""])
def test_a_page_that_is_none_is_the_nearest_that_is(client, given):
    print_edition(title="The quokka")
    response, text = page(client, q="quokka", page=given)
    assert response.status_code == 200
    assert "quokka" in text


@pytest.mark.parametrize("name", ["section", "topic", "age"])
@pytest.mark.parametrize("given", ["none", "\x00", "1", "x" * 10_000])
def test_a_choice_that_is_none_narrows_nothing(client, name, given):
    print_edition(title="The quokka")
    response, text = page(client, q="quokka", **{name: given})
    assert (response.status_code, response.context["narrowed"]) == (200, False)
    assert "1 article" in text


def test_a_search_sets_no_cookie_and_takes_no_post(client):
    response, _text = page(client, q="pain")
    assert not response.cookies
    assert client.post("/search/", {"q": "pain"}).status_code == 405
