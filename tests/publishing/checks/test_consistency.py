"""One sign has one urgency, and one fact one number, in articles and in the texts beside them."""

import pytest

from articles.models import Article, Edition, Term, Topic
from articles.publishing import checks, press, public_texts, published_numbers
from articles.publishing.checks import consistency
from tests import factories
from tests.publishing.judging import about, asked

pytestmark = pytest.mark.django_db

CALMLY = "If your groin goes numb, call your doctor in the morning: numbness in the groin can wait."
DOSE = "Adults should take at most {} of gabapentin in one day."


def test_a_sign_with_less_urgency_than_the_list_has_is_a_question():
    [finding] = asked(about(CALMLY))
    assert (finding.id, finding.level, finding.where) == ("sign.urgency", "warning", "body")
    assert finding.question.subject == "numbness around the groin or between the legs"
    assert finding.question.sentence == CALMLY
    assert finding.question.why == (
        "Our list of red flags has numbness around the groin or between the legs as “emergency, at once” (NHS, Back "
        "pain); this reads as “within days”."
    )


def test_a_definition_that_plays_a_sign_down_is_pointed_out():
    term = Term(name="saddle numbness", slug="saddle-numbness")
    term.definition = "Saddle numbness is harmless. It passes."
    [finding] = public_texts.findings(term, by=factories.editor())
    assert (finding.id, finding.level) == ("sign.urgency", "warning")
    assert "Saddle numbness is harmless." in finding.message


def page(words, *, slug="page", **columns):
    return factories.print_edition(slug=slug, in_section="news", body=f"{factories.BODY}<p>{words}</p>", **columns)


def said_of(words, **columns):
    article = factories.publishable_article(in_section="news", body=f"{factories.BODY}<p>{words}</p>", **columns)
    return [finding for finding in checks.run(article) if finding.id == "number.differs"]


def test_another_number_on_another_page_is_shown_beside_this_one():
    page(DOSE.format("900 milligrams"), title="Doses")
    [finding] = said_of(DOSE.format("1.2 g"))
    assert (finding.level, finding.where) == ("warning", "body")
    assert finding.message == (
        f"“Doses” gives another number for this. Here: “{DOSE.format('1.2 g')}” "
        f"There: “{DOSE.format('900 milligrams')}”"
    )


@pytest.mark.parametrize(
    "words",
    [
        DOSE.format("0.9 grams"),
        DOSE.format("900 mg").replace("gabapentin", "Neurontin"),
        DOSE.format("1,200 mg").replace("gabapentin", "pregabalin"),
        DOSE.format("two tablets"),
        "Gabapentin was approved as a capsule of 300 mg.",
    ],
)
def test_the_same_number_another_medicine_another_unit_or_another_fact_is_not(words):
    page(DOSE.format("900 milligrams"))
    assert said_of(words) == []


def test_a_brand_is_its_medicine():
    page(DOSE.format("900 milligrams"))
    assert len(said_of(DOSE.format("1,200 mg").replace("gabapentin", "Neurontin"))) == 1


def under(topic, article):
    article.topics.add(topic)
    return article


def test_without_a_medicine_pages_under_the_same_topic_are_compared():
    fact = "An attack of migraine without treatment usually lasts {} hours in adults."
    topic = factories.public(Topic(name="Migraine", slug="migraine"))
    other = factories.publishable_article(
        in_section="news", slug="other", body=f"{factories.BODY}<p>{fact.format('4 to 72')}</p>"
    )
    press.publish(under(topic, other), by=factories.editor())
    article = factories.publishable_article(in_section="news", body=f"{factories.BODY}<p>{fact.format('4 to 48')}</p>")
    assert checks.run(article) == []
    assert [finding.id for finding in checks.run(under(topic, article))] == ["number.differs"]


@pytest.mark.parametrize(
    ("sentence", "unit", "ranges"),
    [
        ("An attack lasts 4 to 72 hours.", "hour", ((4, 72),)),
        ("About one in eight adults has migraine.", published_numbers.ONE_IN, ((8, 8),)),
        ("The number needed to treat is 7.", published_numbers.NNT, ((7, 7),)),
        ("Five to nine people have to take it for one to get relief.", published_numbers.NNT, ((5, 9),)),
        ("Take at most 4 grams.", "mg", ((4000, 4000),)),
        ("It helps 7–10 percent of people.", "%", ((7, 10),)),
        ("On fifteen or more days a month it is too much.", "day", ((15, 15),)),
    ],
)
def test_numbers_are_read_with_their_unit_however_they_are_written(sentence, unit, ranges):
    [figure] = published_numbers.figures(sentence)
    assert (figure.unit, figure.ranges) == (unit, ranges)


def test_only_other_pages_that_are_live_count():
    edition = page(DOSE.format("900 milligrams"))
    press.withdraw(edition.article, by=factories.editor(), note="Wrong.")
    assert said_of(DOSE.format("1,200 mg")) == []
    own = page(DOSE.format("300 mg"), slug="own").article
    Article.objects.filter(pk=own.pk).update(body=f"{factories.BODY}<p>{DOSE.format('600 mg')}</p>")
    assert "number.differs" not in {finding.id for finding in checks.run(Article.objects.get(pk=own.pk))}


def test_published_texts_are_read_once(django_assert_num_queries):
    page(DOSE.format("900 milligrams"))
    first = published_numbers.live_pages(but_of=None)
    with django_assert_num_queries(1):
        assert published_numbers.live_pages(but_of=None) == first
    assert published_numbers.live_pages(but_of=Edition.objects.get(slug="page").article_id) == []


def test_a_text_without_numbers_looks_for_no_other_page(django_assert_num_queries):
    draft = checks.Draft.of(factories.publishable_article())
    with django_assert_num_queries(0):
        assert list(consistency.numbers(draft)) == []
