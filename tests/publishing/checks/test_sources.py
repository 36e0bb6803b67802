"""References that are there, and medicines as their cards have them."""

import pytest

from articles.models import Reference
from articles.publishing import checks
from tests import factories
from tests.publishing.judging import about, found

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("slug", "expected"), [("conditions", 1), ("treatments", 1), ("news", 0)])
def test_conditions_and_treatments_rest_on_references(slug, expected):
    article = factories.publishable_article(in_section=slug, body=factories.BODY.replace("[1]", ""))
    Reference.objects.all().delete()
    factories.sign(article)
    assert ("reference.none" in [id for id, _where in found(article)]) is bool(expected)


@pytest.mark.parametrize(
    ("cited", "dangling"), [("[3]", ["[3]"]), ("[1,3]", ["[3]"]), ("[1–3]", ["[2]", "[3]"]), ("[0]", ["[0]"])]
)
def test_a_citation_without_its_reference_dangles(cited, dangling):
    article = factories.publishable_article(body=factories.BODY.replace("[1]", cited))
    messages = [f"The text cites {number}, but there is one reference." for number in dangling]
    assert [(f.id, f.message) for f in checks.run(article)] == [("reference.dangling", message) for message in messages]


def test_a_drug_beside_a_class_that_is_not_its_own_is_refused_with_its_card():
    article = about("Ziconotide, a non-steroidal anti-inflammatory drug, can cause confusion.")
    [finding] = checks.run(article)
    assert (finding.id, finding.level, finding.where) == ("drug.class", "error", "body")
    assert "N-type calcium channel blocker" in finding.message
    assert "dailymed.nlm.nih.gov" in finding.message


@pytest.mark.parametrize(
    "words",
    [
        "Ziconotide is not an NSAID. It can cause confusion.",
        "Unlike NSAIDs, ziconotide is given into the spine, and can cause hallucinations.",
        "The pump holds ziconotide or saline, and NSAIDs for flare-ups; confusion is a risk.",
        "Is ziconotide an NSAID? It can cause psychosis.",
    ],
)
def test_negations_contrasts_lists_and_questions_are_let_through(words):
    assert found(about(words)) == []


def test_a_boxed_warning_that_is_never_mentioned_is_refused():
    [finding] = checks.run(about("Ziconotide is given into the spinal fluid."))
    assert (finding.id, finding.level) == ("drug.boxed_warning", "error")
    assert "Severe effects on mind and nerves" in finding.message


@pytest.mark.parametrize("words", ["Baclofen tablets ease spasms.", "Clonidine patches are old.", "Bupivacaine numbs."])
def test_a_box_about_one_use_is_asked_for_where_the_text_tells_of_that_use(words):
    assert found(about(words)) == []
    assert found(about(words + " It goes into the intrathecal or epidural space, or is given in labor.")) != []


def test_a_title_and_a_standfirst_are_held_against_the_cards_too():
    article = factories.publishable_article(
        in_section="news", signed=False, title="Prialt, an NSAID", standfirst="It can cause confusion."
    )
    assert ("drug.class", "body") in found(article)


def test_drug_like_words_without_a_card_are_pointed_out():
    [finding] = checks.run(about("Zerfentanil is new."))
    assert (finding.id, finding.level) == ("drug.unknown", "warning")
    assert "zerfentanil" in finding.message
