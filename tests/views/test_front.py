"""The front pages: what hurts comes first, nothing stands there twice, and few articles leave no holes."""

import re
from pathlib import Path

import pytest

from articles.models import Drug, Topic
from articles.models.taxonomy import ICONS
from articles.publishing import press
from articles.templatetags import moments
from tests import factories
from tests.views.test_browse import printed_under
from tests.views.test_pages import DAY, MONDAY, page, words

pytestmark = pytest.mark.django_db

ICON_FILES = Path(moments.__file__).parents[1] / "templates/articles/icons"


def topic(name, **kwargs):
    row = Topic(name=name, slug=name.lower().replace(" ", "-"), **kwargs)
    factories.public(row)
    return row


def front(client, address="/"):
    """Addresses of articles in the order of the page, each as often as a headline leads to it."""
    return re.findall(r'<h[23]><a href="/articles/([^/]+)/">', page(client, address))


def test_the_door_leads_to_topics_under_which_something_is_public(client):
    nerve = topic("Nerve pain", place="where", icon="nerve", synonyms=["neuralgia"])
    topic("Head and face", place="where", icon="head")
    movement = topic("Movement", place="help", icon="walk")
    html = page(client, "/")
    assert "Where does it hurt?" not in html
    assert "/topics/" not in html.split('class="foot"')[0]
    printed_under(nerve, movement)
    html = page(client, "/")
    said = words(html)
    assert "Where does it hurt?" in said
    assert "Nerve pain Neuralgia" in said.replace("painNeuralgia", "pain Neuralgia")
    assert "What may help" in said
    assert 'href="/topics/movement/"' in html
    assert "Head and face" not in html
    assert "Call your local emergency number" in said


def test_a_tile_names_what_is_beneath_its_topic_and_that_has_its_drawing(client):
    back = topic("Back and neck", place="where", icon="spine")
    low = topic("Low back pain", parent=back)
    printed_under(low)
    home, section = page(client, "/"), page(client, "/news/")
    spine = (ICON_FILES / "spine.svg").read_text().splitlines()[1].strip()
    assert "<small>Low back pain</small>" in home
    assert home.count(spine) == 1
    assert section.count(spine) == 2


def test_every_drawing_that_a_topic_may_have_is_there_and_keeps_its_size_without_a_style_sheet():
    assert {name for name, _words in ICONS} <= {path.stem for path in ICON_FILES.iterdir()}
    for path in ICON_FILES.iterdir():
        assert 'width="24" height="24"' in path.read_text(), path.name
        assert 'aria-hidden="true"' in path.read_text(), path.name


def test_a_topic_that_the_desk_moves_or_draws_anew_is_so_on_the_next_page(client):
    nerve = topic("Nerve pain", place="where", icon="nerve")
    printed_under(nerve)
    pages = [page(client, "/")]
    for column, value in (("icon", "body"), ("place", "help"), ("place", "")):
        Topic.objects.filter(pk=nerve.pk).update(**{column: value})
        pages.append(page(client, "/"))
    assert len(set(pages)) == 4


def test_the_newest_reviewed_article_leads_and_the_newest_without_a_review_says_so_beside_it(client):
    factories.print_edition(slug="reviewed", at=MONDAY)
    factories.print_edition(slug="reported", in_section="news", signed=False, at=MONDAY + DAY)
    html = page(client, "/")
    assert front(client) == ["reviewed", "reported"]
    lead, beside = html.split('<ul class="rows second">')
    assert "Medically reviewed by" in lead
    assert "Not medically reviewed" in words(beside)


def test_no_article_is_on_the_home_page_twice_and_a_section_without_more_has_no_lane(client):
    for number in range(5):
        factories.print_edition(slug=f"no-{number}", at=MONDAY + number * DAY)
    assert front(client) == [f"no-{number}" for number in (4, 3, 2, 1, 0)]
    html = page(client, "/")
    assert "All treatments" in html
    assert "All conditions" not in html


def test_one_article_makes_a_front_page_and_a_section_without_empty_places(client):
    factories.print_edition(slug="only")
    for address in ("/", "/treatments/"):
        html = page(client, address)
        assert front(client, address) == ["only"]
        assert 'class="lanes"' not in html
        assert 'class="rows' not in html
        assert "Earlier" not in html


def test_a_section_leads_with_its_newest_and_lists_the_rest_as_earlier(client):
    for number in range(14):
        factories.print_edition(slug=f"no-{number}", at=MONDAY + number * DAY)
    first, second = page(client, "/treatments/"), page(client, "/treatments/?page=2")
    assert front(client, "/treatments/") == [f"no-{number}" for number in range(13, 1, -1)]
    assert first.count('class="lead"') == 1
    assert "Earlier" in first
    assert 'class="lead"' not in second
    assert front(client, "/treatments/?page=2") == ["no-1", "no-0"]


def test_medicines_are_found_by_their_letters_and_letters_without_one_lead_nowhere(client):
    Drug.objects.filter(is_class=False).delete()
    assert 'class="band"' not in page(client, "/")
    card = Drug(name="ziconotide", slug="ziconotide", drug_class="blocker", source="A label.", is_demonstration=True)
    factories.public(card)
    html = page(client, "/")
    assert 'href="/medicines/#Z">Z</a>' in html
    assert "<span>A</span>" in html
    assert "1 pain medicine:" in words(html)


@pytest.mark.parametrize("address", ["/", "/treatments/", "/newsletter/", "/articles/pumps/"])
def test_a_consent_names_the_page_on_which_it_was_given(client, address):
    factories.print_edition(slug="pumps")
    assert re.findall(r'name="page" value="([^"]*)"', page(client, address)) == [address]


def test_people_are_listed_by_what_they_do_here_with_their_initials_and_how_much_is_public(client):
    writer, reviewer = factories.ContributorFactory(name="Noor Adeyemi-Falk"), factories.ReviewerFactory(name="Ana")
    for number in range(2):
        article = factories.publishable_article(title=f"Pumps {number}", signed=False)
        article.byline.update(contributor=writer)
        factories.sign(article, reviewer)
        press.publish(article, by=factories.editor())
    said = words(page(client, "/people/"))
    review, write = said.split("They review")[1].split("They write")
    assert re.search(r"\bA Ana\b.* 2 reviewed", review)
    assert re.search(r"\bNA Noor Adeyemi-Falk\b.* 2 written", write)


@pytest.mark.parametrize("address", ["/nothing/", "/articles/nothing/"])
def test_a_page_that_is_not_there_offers_one_field_to_search_in(client, address):
    html = client.get(address).content.decode()
    assert html.count('role="search"') == 1
    assert 'href="/medicines/"' in html
