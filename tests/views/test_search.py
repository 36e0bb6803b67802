"""The search page."""

from pathlib import Path

import pytest

import articles
from articles.models import Term
from tests import markup
from tests.factories import print_edition, public

pytestmark = pytest.mark.django_db
STATIC = Path(articles.__file__).parent / "static" / "articles"


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


def test_a_mistyped_word_is_corrected_at_once_and_can_be_searched_for_as_it_was_typed(client):
    print_edition(title="Fibromyalgia explained")
    _response, text = page(client, q="fibromialgia", section="treatments")
    assert "Showing results for “fibromyalgia”" in text
    assert "<mark>Fibromyalgia</mark> explained" in text
    assert '<a href="?q=fibromialgia&amp;section=treatments&amp;exact=1">Search for “fibromialgia” instead</a>' in text
    _response, text = page(client, q="fibromialgia", section="treatments", exact="1")
    assert "Nothing found for “fibromialgia”" in text
    assert '<a class="alone" href="?q=fibromialgia&amp;section=treatments">Search with corrected spelling</a>' in text


def test_what_is_called_so_comes_before_the_articles_and_only_where_everything_is_searched(client):
    public(Term(name="bilby", slug="bilby", synonyms=["dalgyte"], definition="An animal with long ears."))
    print_edition(title="Of the bilby")
    _response, text = page(client, q="dalgytes")
    assert '<h2 id="best"><a href="/glossary/#bilby">Bilby</a></h2>' in text
    assert text.index("An animal with long ears.") < text.index("Of the <mark>bilby</mark>")
    assert "1 direct answer, 1 article" in text
    _response, text = page(client, q="dalgytes", section="treatments")
    assert "An animal with long ears." not in text
    assert "Of the <mark>bilby</mark>" in text


def suggested(client, typed):
    response = client.get("/search/suggest/", {"q": typed})
    assert response["Content-Type"] == "application/json"
    return response.json()


def test_names_that_go_on_as_what_is_typed_are_suggested_with_what_they_are_and_where_they_lead(client):
    public(Term(name="bilby", slug="bilby", synonyms=["rabbit bandicoot"], definition="An animal."))
    assert suggested(client, "Bil") == ["Bil", ["Bilby"], ["Word"], ["/glossary/#bilby"]]
    assert suggested(client, "bandi") == ["bandi", ["Bilby"], ["Word"], ["/glossary/#bilby"]]
    assert suggested(client, "rabbit ban")[1] == ["Bilby"]
    assert suggested(client, "quok") == ["quok", [], [], []]


@pytest.mark.parametrize("typed", ["", " ", "\x00", "“”", "a" * 10_000, "<script>", "🙂", "%_*"])
def test_whatever_is_typed_gets_at_most_eight_suggestions(client, typed):
    echoed, *lists = suggested(client, typed)
    assert len(echoed) <= 60
    assert all(len(values) <= 8 for values in lists)


def test_suggestions_are_for_everybody_and_leave_nothing_with_the_reader(client):
    response = client.get("/search/suggest/", {"q": "pa"}, headers={"cookie": "desk=abc"})
    assert not response.cookies
    assert response["Cache-Control"].startswith("public")
    assert client.post("/search/suggest/", {"q": "pa"}).status_code == 405


def test_the_module_that_suggests_is_small_and_the_only_one():
    [module] = STATIC.glob("search*.js")
    assert module.stat().st_size <= 4096
    assert "cookie" not in module.read_text()
    assert "Storage" not in module.read_text()


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
