"""A route that a card does not approve reaches the reviewer as a question, and never stops an article by itself."""

import pytest

from tests import factories
from tests.publishing.judging import about, asked

pytestmark = pytest.mark.django_db


def of_routes(article):
    return [finding for finding in asked(article) if finding.id == "drug.route"]


def test_a_route_is_a_question_with_its_medicine_sentence_and_reason():
    [finding] = of_routes(about("Rest comes first. Gabapentin cream eases burning feet. So does sleep."))
    assert (finding.level, finding.where) == ("warning", "body")
    assert finding.question.subject == "gabapentin"
    assert finding.question.sentence == "Gabapentin cream eases burning feet."
    assert finding.question.why == "The entry for gabapentin has these routes only: by mouth."
    assert finding.message == (
        "Is gabapentin given like this (“cream”)? The entry for gabapentin has these routes only: by mouth. "
        "The text says: “Gabapentin cream eases burning feet.”"
    )


def test_a_class_is_asked_about_with_the_words_of_its_source():
    [finding] = of_routes(
        about("An NSAID in a pump spares the stomach, but can cause a heart attack and bleeding ulcers.")
    )
    assert finding.message.startswith("Are NSAIDs given like this (“pump”)? The entry for NSAIDs calls this route not")
    assert "the label of ketorolac contraindicates it" in finding.question.why


def test_a_title_a_closing_question_and_an_alt_text_are_read_too():
    article = factories.publishable_article(
        title="Gabapentin patches are here", closing_question="Would you have your tramadol patch?"
    )
    article.lead_image = factories.CreditFactory(image__alt="A pump that is filled with fentanyl.").image
    article.save()
    assert [finding.question.subject for finding in of_routes(article)] == ["gabapentin", "fentanyl"]
