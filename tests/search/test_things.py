"""What is called as a reader typed comes before any article: and nothing that readers may not see."""

import pytest
from django.utils import timezone

from articles.models import Contributor, Drug, Term, Topic
from articles.publishing import desk, press
from articles.search.things import answers, suggested
from tests.factories import ReviewerFactory, editor, print_edition, public, publishable_article, rewrite, sign

pytestmark = pytest.mark.django_db


def filed_under(topic):
    article = publishable_article(title="Filed")
    article.topics.add(topic)
    desk.save(article, by=None)
    sign(article)
    return press.publish(article, by=editor())


def best(typed):
    thing = answers(typed).best
    return thing and (thing.kind, thing.name)


def test_each_kind_is_found_by_its_name_and_by_other_names():
    edition = filed_under(Topic.objects.create(name="Aching back", slug="back", synonyms=["dorsodynia"]))
    public(Term(name="bilby", slug="bilby", synonyms=["rabbit bandicoot"], definition="An animal."))
    author = edition.bylines.get().contributor
    for typed, thing in (
        ("aching back", ("Topic", "Aching back")),
        ("Dorsodynia", ("Topic", "Aching back")),
        ("bilbies", ("Word", "Bilby")),
        ("rabbit-bandicoots", ("Word", "Bilby")),
        (author.name, ("Author", author.full_name)),
        ("how we review", ("Page", "How we review")),
        ("weekly email", ("Page", "Newsletter")),
    ):
        assert best(typed) == thing, typed


def test_a_topic_or_a_person_of_nothing_public_is_no_answer():
    Topic.objects.create(name="Aching back", slug="back")
    Contributor.objects.create(name="Quinn Quokka", slug="quinn-quokka", role="nurse")
    assert not answers("aching back").best
    assert not answers("quokka")
    assert not suggested("quokka", most=8)


def test_a_medicine_is_an_answer_by_its_brands_once_somebody_checked_its_card():
    card = Drug.objects.get(name="tramadol")
    assert not answers("ConZip")
    assert not answers("tramadol").best
    rewrite([card], checked_by=ReviewerFactory(), checked_on=timezone.localdate())
    assert best("ConZip") == best("tramadol") == ("Medicine", "Tramadol")
    assert answers("conzip").best.url == "/medicines/tramadol/"
    assert [thing.name for thing in answers("tramadol and alcohol").others][:1] == ["Tramadol"]
    assert suggested("tram", most=8) == [answers("tramadol").best]


def test_what_stands_behind_the_five_hundredth_letter_is_not_looked_up():
    """Names are looked for in all that is read, which takes the longer the more there is."""
    public(Term(name="bilby", slug="bilby", definition="An animal."))
    assert answers("x " * 200 + "bilby")
    assert not answers("x " * 300 + "bilby")


def test_a_name_that_only_shares_its_stem_with_what_was_typed_is_not_what_was_meant():
    card = Drug.objects.get(name="dihydroergotamine")
    rewrite([card], checked_by=ReviewerFactory(), checked_on=timezone.localdate())
    assert best("Migranal") == ("Medicine", "Dihydroergotamine")
    assert best("migrane") is None


def test_a_lay_word_leads_to_the_thing_and_what_it_leads_to_stands_beside():
    public(Term(name="dorsodynia", slug="dorsodynia", definition="An ache."))
    filed_under(Topic.objects.create(name="Nerve pain", slug="nerves"))
    found = answers("neuropathy")
    assert "Nerve pain" in [thing.name for thing in found.others]
    assert best("physio") == ("Word", "Physical therapy")
    assert len(answers("pain").others) <= 4


def test_what_is_said_not_to_be_so_is_not_found_by_it():
    public(Term(name="bilby", slug="bilby", definition="A non-quokka animal."))
    public(Term(name="numbat", slug="numbat", definition="Near the quokka."))
    assert [thing.name for thing in answers("quokka").others] == ["Numbat"]


def test_a_name_is_an_answer_as_soon_as_it_is_public_and_no_longer():
    term = public(Term(name="bilby", slug="bilby", definition="An animal."))
    for synonyms, thing in ((["dalgyte"], ("Word", "Bilby")), ([], None)):
        rewrite([term], synonyms=synonyms)
        assert best("dalgyte") == thing


def test_what_was_published_is_no_thing_of_its_own():
    print_edition(title="The quokka")
    assert not answers("quokka")


def test_two_things_with_one_name_are_one_answer():
    public(Term(name="aching back", slug="aching-back", definition="An ache."))
    filed_under(Topic.objects.create(name="Aching back", slug="back"))
    found = answers("aching back")
    assert (found.best.kind, found.others) == ("Topic", ())
