"""Ways in: topics in their tree, A to Z, the archive, the glossary; and addresses that are nearly right."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import cache
from articles.models import Drug, Term, Topic
from articles.publishing import press
from articles.views.browse import Entry, by_letter
from tests import factories
from tests.views.test_pages import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def topics():
    """Nerve pain > Facial nerve pain > Trigeminal neuralgia; and Movement beside them."""
    nerve = Topic(name="Nerve pain", slug="nerve-pain", definition="Of nerves.", mesh_id="D009437")
    factories.public(nerve)
    facial = Topic.objects.create(name="Facial nerve pain", slug="facial", parent=nerve)
    trigeminal = Topic.objects.create(name="Trigeminal neuralgia", slug="trigeminal", parent=facial)
    movement = Topic.objects.create(name="Movement", slug="movement", synonyms=["exercise"])
    return {one.slug: one for one in (nerve, facial, trigeminal, movement)}


def printed_under(*topics, **kwargs):
    """A news item; the press prints it with its topics."""
    at = kwargs.pop("at", None)
    article = factories.publishable_article(in_section="news", signed=False, **kwargs)
    article.topics.set(topics)
    return press.publish(article, by=factories.editor(), at=at, is_backdated=True)


def titles(client, address):
    return [edition.title for edition in client.get(address).context["page"]]


def test_a_topic_lists_what_is_live_under_it_and_under_what_is_beneath_it(client, topics):
    printed_under(topics["trigeminal"], topics["nerve-pain"], title="Of the face")
    printed_under(topics["movement"], title="Of moving")
    for slug in ("nerve-pain", "facial", "trigeminal"):
        assert titles(client, f"/topics/{slug}/") == ["Of the face"]
    said = words(page(client, "/topics/nerve-pain/"))
    for expected in ("Of nerves.", "D009437", "Facial nerve pain"):
        assert expected in said
    assert "https://id.nlm.nih.gov/mesh/D009437" in page(client, "/topics/nerve-pain/")
    assert "Also: exercise." in words(page(client, "/topics/movement/"))


def test_topics_of_the_working_copy_are_not_those_of_the_edition(client, topics):
    edition = printed_under(topics["nerve-pain"], title="Of nerves")
    edition.article.topics.set([topics["movement"]])
    printed_under(topics["movement"], title="Planned", at=datetime(2099, 1, 1, tzinfo=UTC))
    assert titles(client, "/topics/nerve-pain/") == ["Of nerves"]
    assert titles(client, "/topics/movement/") == []
    assert "Nothing is published under this topic" in page(client, "/topics/movement/")


def test_the_tree_shows_branches_that_bear_something(client, topics):
    assert "Nothing is filed under a topic yet" in page(client, "/topics/")
    printed_under(topics["trigeminal"])
    said = words(page(client, "/topics/"))
    assert "Nerve pain Of nerves. Facial nerve pain Trigeminal neuralgia" in said
    assert "Movement" not in said


def lines(client, slug):
    """An A to Z as a reader sees it: each letter with its subjects."""
    shown = client.get(f"/{slug}/a-z/").context["shown"]
    return {letter: [f"{one.name}: see {one.see}" if one.see else one.name for one in found] for letter, found in shown}


def test_an_a_to_z_has_subjects_by_each_of_their_names_and_no_headlines(client, topics):
    factories.public(Topic(name="Exercise", slug="exercise"))  # a name of its own
    printed_under(topics["movement"], title="The slow walk")
    printed_under(Topic.objects.get(slug="exercise"), title="“Épée” and back pain")
    topics["movement"].synonyms = ["exercise", "walking"]
    factories.public(topics["movement"])
    assert lines(client, "news") == {"E": ["Exercise"], "M": ["Movement"], "W": ["Walking: see Movement"]}
    assert 'Walking: see <a href="/topics/movement/">Movement</a>' in words_kept(page(client, "/news/a-z/"))
    assert "Nothing is published in this section yet" in page(client, "/conditions/a-z/")
    page(client, "/nothing/a-z/", 404)


def words_kept(html):
    return " ".join(html.split())


def test_a_topic_is_a_subject_of_the_section_that_it_or_the_one_above_it_names(client, topics):
    """And of no other, whatever that has published about it; if none is named, wherever there are articles."""
    conditions = factories.section("conditions")
    Topic.objects.filter(slug="nerve-pain").update(section=conditions)
    printed_under(topics["trigeminal"], topics["movement"])
    assert lines(client, "conditions") == {
        "F": ["Facial nerve pain"],
        "N": ["Nerve pain"],
        "T": ["Trigeminal neuralgia"],
    }
    assert lines(client, "news") == {"E": ["Exercise: see Movement"], "M": ["Movement"]}
    Topic.objects.filter(slug="facial").update(section=factories.section("news"))
    assert list(lines(client, "conditions")) == ["N"]
    assert list(lines(client, "news")) == ["E", "F", "M", "T"]


def test_an_a_to_z_has_the_subjects_of_what_is_live_at_its_moment(client, topics):
    now = datetime(2026, 11, 3, 9, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        gone = printed_under(topics["facial"])
        printed_under(topics["movement"], at=now + timedelta(days=2))
        assert lines(client, "news") == {"F": ["Facial nerve pain"], "N": ["Nerve pain"]}
    with time_machine.travel(now + timedelta(days=1), tick=False):
        press.withdraw(gone.article, by=gone.by, note="It was wrong.")
        assert lines(client, "news") == {}
    with time_machine.travel(now + timedelta(days=2), tick=False):
        assert lines(client, "news") == {"E": ["Exercise: see Movement"], "M": ["Movement"]}


def test_medicines_are_in_the_a_to_z_of_treatments(client):
    Drug.objects.filter(name="tramadol").delete()
    factories.public(
        Drug(name="tramadol", slug="tramadol", drug_class="opioid", source="A label.", is_demonstration=True)
    )
    assert lines(client, "treatments") == {"T": ["Tramadol"]}
    assert 'href="/medicines/tramadol/"' in page(client, "/treatments/a-z/")
    assert lines(client, "conditions") == {}


def test_what_begins_with_no_letter_comes_last():
    names = ["5 ways", "An ache", "zoster", "Δ waves", "ache"]
    assert [
        (letter, [entry.name for entry in entries]) for letter, entries in by_letter(Entry(n, "/") for n in names)
    ] == [
        ("A", ["An ache", "ache"]),
        ("Z", ["zoster"]),
        ("#", ["5 ways", "Δ waves"]),
    ]


def test_the_archive_goes_by_the_newsrooms_months(client, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    printed_under(title="Late in October", at=datetime(2026, 10, 31, 22, 59, tzinfo=UTC))
    printed_under(title="Early in November", at=datetime(2026, 10, 31, 23, tzinfo=UTC))
    with time_machine.travel(datetime(2026, 11, 3, tzinfo=UTC)):
        assert titles(client, "/archive/2026/10/") == ["Late in October"]
        assert titles(client, "/archive/2026/11/") == ["Early in November"]
        said = words(page(client, "/archive/"))
        assert "2026 November 2026 1 article October 2026 1 article" in said
        assert "Nothing of this month is public" in page(client, "/archive/2026/12/")


@pytest.mark.parametrize("address", ["2026/13", "2026/00", "2026/1", "0000/01", "9999/12", "20261/1", "x/y"])
def test_what_is_no_month_is_not_found(client, address):
    page(client, f"/archive/{address}/", 404)


def test_a_year_leads_to_its_part_of_the_archive(client):
    assert client.get("/archive/2026/")["Location"] == "/archive/#y2026"


def test_the_last_month_of_the_last_year_is_no_error(client):
    page(client, "/archive/2099/12/")


def test_the_glossary_has_every_term_at_its_anchor(client):
    html = page(client, "/glossary/")
    for term in Term.objects.all():
        assert f'<div id="{term.slug}">' in html
        assert term.get_absolute_url() == f"/glossary/#{term.slug}"
    assert "https://www.iasp-pain.org/resources/terminology/" in html
    Term.objects.all().delete()
    assert "The glossary has no entries yet" in page(client, "/glossary/")


def test_a_list_takes_as_many_queries_for_one_as_for_four(client, topics):
    most = {
        "/topics/": 4,
        "/topics/nerve-pain/": 8,
        "/news/": 8,
        "/news/a-z/": 6,
        "/treatments/a-z/": 7,
        "/medicines/": 5,
        "/archive/": 4,
        "/archive/2026/11/": 5,
        "/glossary/": 4,
    }

    def asked(address):
        """Nothing is known yet, as after a start."""
        cache.clear()
        with CaptureQueriesContext(connection) as counted:
            page(client, address)
        return len(counted)

    with time_machine.travel(datetime(2026, 11, 3, tzinfo=UTC)):
        printed_under(topics["trigeminal"])
        first = {address: asked(address) for address in most}
        for slug in ("movement", "facial", "nerve-pain"):
            printed_under(topics[slug], topics["trigeminal"], lead_image=factories.CreditFactory().image)
        assert {address: asked(address) for address in most} == first
    assert {address: number for address, number in first.items() if number > most[address]} == {}


def test_odd_numbers_of_pages_lead_to_one_that_is_there(client, topics):
    asked = {"0": 2, "-1": 2, "99999999": 2, "abc": 1, "": 1, "2": 2}
    with time_machine.travel(datetime(2026, 11, 3, tzinfo=UTC)):
        for _count in range(13):
            printed_under(topics["movement"])
    with time_machine.travel(datetime(2026, 11, 4, tzinfo=UTC)):
        for address in ("/topics/movement/", "/archive/2026/11/"):
            answers = {number: client.get(address, {"page": number}) for number in asked}
            assert {number: answer.context["page"].number for number, answer in answers.items()} == asked
            assert {answer.status_code for answer in answers.values()} == {200}


# Addresses that are nearly right --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/Topics/", "/topics/"),
        ("/NEWS/", "/news/"),
        ("/Articles/Pumps/", "/articles/pumps/"),
        ("/Articles/Pumps", "/articles/pumps/"),
        ("/articles/PUMPS/?utm=1&x=%2F", "/articles/pumps/?utm=1&x=%2F"),
        ("/Feed.JSON", "/feed.json"),
        ("/News/A-Z/", "/news/a-z/"),
    ],
)
def test_an_address_in_capitals_leads_to_the_page_that_was_meant(client, typed, meant):
    answer = client.get(typed)
    assert (answer.status_code, answer["Location"]) == (301, meant)


@pytest.mark.parametrize(
    ("typed", "meant"), [("/articles/pumps", "/articles/pumps/"), ("/topics", "/topics/"), ("/news", "/news/")]
)
def test_a_missing_slash_is_added(client, typed, meant):
    answer = client.get(typed)
    assert (answer.status_code, answer["Location"]) == (301, meant)


@pytest.mark.parametrize("typed", ["/Nothing/At/All/", "/Articles/", "/%0AX/", "/É/", "/nothing/"])
def test_other_addresses_are_not_found_and_lead_nowhere_else(client, typed):
    answer = client.get(typed)
    while answer.status_code == 301:
        assert answer["Location"].startswith("/")
        assert not answer["Location"].startswith("//")
        answer = client.get(answer["Location"])
    assert answer.status_code == 404


def test_a_post_to_an_address_in_capitals_is_not_sent_elsewhere(client):
    assert client.post("/NEWS/").status_code in (404, 405)


# People ---------------------------------------------------------------------------------------------------------------


def test_a_person_is_shown_with_what_stood_under_each_review_on_its_day(client):
    reviewer = factories.ReviewerFactory(
        name="Ana Ruiz", slug="ana", credentials="MD", interests="None.", role="doctor"
    )
    article = factories.publishable_article(title="Pumps", signed=False)
    factories.sign(article, reviewer)
    press.publish(article, by=factories.editor())
    factories.change(reviewer, credentials="MD, PhD")
    factories.rewrite([reviewer], interests="Shares in a maker of pumps.")
    said = words(page(client, "/people/ana/"))
    assert "Ana Ruiz, MD, PhD Doctor, and one of our medical reviewers" in said
    assert "Interests to disclose Shares in a maker of pumps." in said
    assert "as Ana Ruiz, MD Interests on that day: None." in said


def test_a_person_with_much_to_their_name_has_pages(client, monkeypatch):
    from articles.views import people

    monkeypatch.setattr(people, "ON_A_PAGE", 2)
    author = factories.ContributorFactory(slug="ana")
    for number in range(3):
        article = factories.publishable_article(in_section="news", signed=False, title=f"News {number}")
        article.byline.update(contributor=author)
        press.publish(article, by=factories.editor())
    assert [one.title for one in client.get("/people/ana/").context["written"]] == ["News 2", "News 1"]
    answer = client.get("/people/ana/?written=2")
    assert [one.title for one in answer.context["written"]] == ["News 0"]
    assert 'href="?written=1"' in answer.content.decode()
