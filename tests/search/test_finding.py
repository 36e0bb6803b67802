"""What is found: live editions only, by any of their names, narrowed and paged; the same on both databases."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Drug, Edition, SearchEntry, Term, Topic
from articles.publishing import desk, press
from articles.search import index
from articles.search.finding import ON_A_PAGE, find
from tests.factories import editor, print_edition, public, publishable_article, rewrite, section, sign
from tests.properties import examples

pytestmark = pytest.mark.django_db
END = "<h2>Benefits</h2><p>It may help.</p><h2>Risks</h2><p>It may harm.</p>"


def titles(typed, **kwargs):
    return [hit.edition.title for hit in find(typed, **kwargs).hits]


def test_a_word_of_the_title_the_standfirst_the_text_and_of_an_authors_name_finds_an_article():
    edition = print_edition(
        title="Quokkas",
        standfirst="About numbats.",
        body="<p>And bilbies.[1]</p>" + END,
    )
    author = edition.bylines.get().name
    for typed in ("quokka", "numbat", "bilby's bilbies", author):
        assert titles(typed) == ["Quokkas"], typed


def test_the_title_counts_more_than_the_text():
    print_edition(title="Something else", body="<p>Quokka, quokka, quokka.[1]</p>" + END)
    print_edition(title="The quokka")
    assert titles("quokka") == ["The quokka", "Something else"]


def test_drafts_withdrawn_and_scheduled_articles_are_not_found():
    publishable_article(title="Quokka draft")
    withdrawn = print_edition(title="Quokka withdrawn")
    press.withdraw(withdrawn.article, by=withdrawn.by, note="It was wrong.")
    print_edition(title="Quokka to come", at=timezone.now() + timedelta(days=2))
    assert titles("quokka") == []


def test_a_scheduled_article_is_found_from_its_time_on_with_no_job_running():
    print_edition(title="Quokka to come", at=timezone.now() + timedelta(days=2))
    assert titles("quokka", at=timezone.now() + timedelta(days=3)) == ["Quokka to come"]


def test_what_replaces_an_edition_later_is_found_later_and_the_present_one_until_then():
    article = print_edition(title="Old quokka").article
    article.title = "New numbat"
    desk.save(article, by=None)
    sign(article)
    later = press.publish(article, by=editor(), at=timezone.now() + timedelta(days=2))
    assert (titles("quokka"), titles("numbat")) == (["Old quokka"], [])
    after = timezone.now() + timedelta(days=3)
    assert (titles("quokka", at=after), titles("numbat", at=after)) == ([], ["New numbat"])
    press.unschedule(later, by=later.by)
    assert (titles("quokka", at=after), titles("numbat", at=after)) == (["Old quokka"], [])


def test_what_has_ended_is_found_no_more_and_leaves_the_index_when_it_is_tidied():
    edition = print_edition()
    for title in ("Second", "Third"):
        edition.article.title = title
        desk.save(edition.article, by=None)
        sign(edition.article)
        newest = press.publish(edition.article, by=editor())
    assert titles("second") == []
    assert index.tidy() == 2
    assert list(SearchEntry.objects.values_list("pk", flat=True)) == [newest.pk]


def test_a_brand_finds_what_is_said_of_its_medicine():
    Drug.objects.get_or_create(name="ziconotide", defaults={"drug_class": "x", "source": "y"})
    print_edition(title="About ziconotide and confusion, hallucination and psychiatric symptoms")
    assert len(titles("Prialt")) == 1


def test_another_name_of_a_topic_finds_what_is_filed_under_it():
    topic = Topic.objects.create(name="Aching back", slug="back", synonyms=["lumbago", "sore of the spine"])
    article = publishable_article(title="A quokka")
    article.topics.add(topic)
    desk.save(article, by=None)
    sign(article)
    press.publish(article, by=editor())
    print_edition(title="A numbat")
    for typed in ("lumbago", "Lumbago quokka", "sore of the spine", "“sore of the spine”"):
        assert titles(typed) == ["A quokka"], typed


def test_a_topic_finds_by_any_of_its_names_what_is_filed_beneath_it_and_not_the_other_way():
    above = Topic.objects.create(name="Aching back", slug="back", synonyms=["lumbago"])
    middle = Topic.objects.create(name="Slipped disc", slug="disc", parent=above)
    beneath = Topic.objects.create(name="Foot drop", slug="drop", synonyms=["peroneal palsy"], parent=middle)
    for title, topic in (("A quokka", beneath), ("A numbat", above)):
        article = publishable_article(title=title)
        article.topics.add(topic)
        desk.save(article, by=None)
        sign(article)
        press.publish(article, by=editor())
    print_edition(title="A bilby", body="<p>Foot drop is named here in passing.[1]</p>" + END)
    for typed in ("lumbago", "aching back"):
        assert sorted(titles(typed)) == ["A numbat", "A quokka"], typed
    assert titles("slipped disc") == ["A quokka"]
    assert titles("peroneal palsy") == ["A quokka", "A bilby"]


def test_another_name_of_a_term_finds_what_uses_it_in_any_of_its_forms():
    public(Term(name="bilby", slug="bilby", synonyms=["rabbit bandicoot", "dalgyte"], definition="An animal."))
    print_edition(title="Of the bilbies")
    print_edition(title="Of the rabbit bandicoot")
    print_edition(title="Of a bandicoot and a rabbit")
    for typed in ("bilby", "dalgyte", "“rabbit bandicoot”"):
        assert sorted(titles(typed)) == ["Of the bilbies", "Of the rabbit bandicoot"], typed


def test_a_name_is_known_as_soon_as_it_is_given_and_no_longer_than_it_is_kept():
    term = public(Term(name="bilby", slug="bilby", definition="An animal."))
    print_edition(title="Of the bilbies")
    for synonyms, found in ((["dalgyte"], ["Of the bilbies"]), ([], [])):
        rewrite([term], synonyms=synonyms)
        assert titles("dalgyte") == found


def test_a_mistyped_name_of_a_topic_or_a_term_is_mended():
    Topic.objects.create(name="Aching back", slug="back", synonyms=["dorsodynia"])
    print_edition(title="Of an aching back")
    assert find("dorsodinia").corrected == "dorsodynia"
    assert find("paresthezia").corrected == "paresthesia"


def test_the_beginning_of_the_last_word_is_enough():
    print_edition(title="The quokka")
    assert titles("the quok") == ["The quokka"]


def test_words_side_by_side_are_found_side_by_side_only():
    print_edition(title="Quokka and numbat")
    print_edition(title="Numbat, quokka")
    assert titles('"quokka and numbat"') == ["Quokka and numbat"]


def test_what_has_some_of_the_words_is_shown_where_nothing_has_all():
    print_edition(title="The quokka")
    found = find("quokka numbat")
    assert found.is_loose
    assert [hit.edition.title for hit in found.hits] == ["The quokka"]


def test_a_mistyped_word_is_mended_by_what_was_meant():
    print_edition(title="Fibromyalgia explained: not by gabapentin alone")
    for typed, meant in (("fibromialgia", "fibromyalgia"), ("gabbapentine", "gabapentin")):
        found = find(typed)
        assert (found.corrected, len(found.hits)) == (meant, 1)
        assert (find(typed, exact=True).corrected, find(typed, exact=True).hits) == ("", [])
    for typed in ("fibromyalgia", "qqqqqqqqq"):
        assert find(typed).corrected == ""


def test_a_search_is_narrowed_to_a_section_a_topic_and_a_time():
    article = publishable_article(title="Quokka nerves", in_section="conditions")
    article.topics.add(Topic.objects.create(name="Nerves", slug="nerves"))
    desk.save(article, by=None)
    sign(article)
    press.publish(article, by=editor())
    print_edition(title="Quokka treated", in_section="treatments", at=timezone.now() - timedelta(days=90))
    assert titles("quokka", section=section("conditions")) == ["Quokka nerves"]
    assert titles("quokka", topic="nerves") == ["Quokka nerves"]
    assert titles("quokka", days=30) == ["Quokka nerves"]
    assert len(titles("quokka", days=366)) == 2


def test_pages_hold_twelve_and_a_page_that_is_not_there_is_the_nearest():
    for number in range(ON_A_PAGE + 2):
        print_edition(title=f"Quokka {number}")
    first, last = find("quokka"), find("quokka", page=99)
    assert (len(first.hits), first.total, first.pages) == (ON_A_PAGE, ON_A_PAGE + 2, 2)
    assert (len(last.hits), last.page) == (2, 2)
    assert not {hit.edition.pk for hit in first.hits} & {hit.edition.pk for hit in last.hits}


def test_a_passage_shows_what_was_asked_for_and_marks_it():
    body = "<p>" + "Words before it. " * 60 + "Here the quokka sleeps.[1] " + "And after. " * 60 + "</p>" + END
    print_edition(title="Animals", body=body)
    [hit] = find("quokkas").hits
    assert [piece.text for piece in hit.passage if piece.marked] == ["quokka"]
    assert len("".join(piece.text for piece in hit.passage)) < 300


def test_the_index_made_anew_finds_the_same():
    print_edition(title="The quokka")
    before = titles("quokka")
    wanted, filling = index.rebuild()
    assert titles("quokka") == []
    assert sum(filling) == wanted == Edition.objects.live().count()
    assert titles("quokka") == before


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("quokka " * 2000, id="two thousand words"),
        "the and of",
        "NEAR(quokka) AND OR NOT *",
        "quokka* ^quokka title:quokka",
        "quokka & | ! <-> :* 'x'",
        '"quokka',
        "quo\x00kka",
        "\u202equokka\u202c",
        "🙂 quokka 🙂",
        "כאב ألم 痛み боль",
        "'; DROP TABLE articles_search; --",
        "%_\\",
        pytest.param("a" * 10_000, id="ten thousand letters"),
    ],
)
def test_whatever_is_typed_is_answered(typed):
    print_edition(title="The quokka")
    find(typed)
    assert titles("quokka") == ["The quokka"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=examples(20))
@given(typed=st.text(max_size=200))
def test_nothing_that_can_be_typed_breaks_it(typed):
    find(typed)


def test_queries_do_not_grow_with_what_is_found(django_assert_num_queries):
    for number in range(3):
        print_edition(title=f"Quokka {number}")
    find("quokka")  # names and things are kept while the site is the same
    with django_assert_num_queries(3):
        assert len(find("quokka").hits) == 3
    for number in range(3, 7):
        print_edition(title=f"Quokka {number}")
    find("quokka")
    with django_assert_num_queries(3):
        assert len(find("quokka").hits) == 7
