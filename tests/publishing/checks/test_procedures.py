"""Articles about procedures and devices: what they must tell, and the sentences that a reviewer is asked about."""

import tomllib
from pathlib import Path

import pytest

from articles.models import Procedure, Topic
from articles.publishing import checks
from tests import factories

pytestmark = pytest.mark.django_db

FILE = Path(__file__).with_name("explainers.toml")
EXPLAINERS = {row["title"]: row for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["explainers"]}
FAULTS = [(title, fault) for title, row in EXPLAINERS.items() for fault in row["faults"]]
OWN = ("procedure.risk", "procedure.signs", "procedure.place", "procedure.absolute", "text.contradiction")


def found(body, *, title="A remedy", standfirst="What it is."):
    article = factories.publishable_article(
        in_section="news", signed=False, title=title, standfirst=standfirst, body=body
    )
    return [finding for finding in checks.run(article) if finding.id in OWN]


def ids(body, **words):
    return [finding.id for finding in found(body, **words)]


@pytest.mark.parametrize("title", EXPLAINERS)
def test_an_explainer_that_is_right_is_asked_nothing(title):
    row = EXPLAINERS[title]
    assert found(row["body"], title=title, standfirst=row["standfirst"]) == []


@pytest.mark.parametrize(("title", "fault"), FAULTS, ids=[fault["name"] for _title, fault in FAULTS])
def test_each_planted_fault_is_found_alone(title, fault):
    row = EXPLAINERS[title]
    assert row["body"].count(fault["was"]) == 1
    body = row["body"].replace(fault["was"], fault["now"])
    assert ids(body, title=title, standfirst=row["standfirst"]) == [fault["finds"]]


MANIPULATION = "<p>Spinal manipulation moves a joint of the spine quickly.</p>"
RISKS = "<p>Spinal manipulation can make you sore. Rarely a disc gets worse.</p>"


def test_an_untold_risk_is_refused_with_the_source_of_the_card():
    [finding] = found(MANIPULATION, title="Spinal manipulation")
    assert (finding.id, finding.level, finding.where) == ("procedure.risk", "error", "body")
    assert "Soreness for some days." in finding.message
    assert Procedure.objects.get(name="spinal manipulation").source in finding.message
    assert "neck" not in finding.message  # which the text does not speak of


def test_a_risk_of_one_use_is_asked_for_where_the_text_speaks_of_that_use():
    [finding] = found(f"{MANIPULATION}{RISKS}<p>It is done to the neck too.</p>", title="Spinal manipulation")
    assert "stroke" in finding.message


def test_a_section_about_a_procedure_has_to_tell_its_risks():
    body = f"<p>Much can help.</p><h2>Spinal manipulation</h2>{MANIPULATION}<p>Some like it.</p>"
    assert ids(body) == ["procedure.risk"]
    assert ids(f"{body}<h3>Risks</h3><p>It can make you sore. Rarely a disc gets worse.</p>") == []
    assert ids(f"{body}<h2>Acupuncture</h2><p>It can make you sore. A disc gets worse.</p>")[0] == "procedure.risk"


@pytest.mark.parametrize(
    "body",
    [
        "<p>Guidelines name heat, spinal manipulation and acupuncture. The effects are small.</p>",
        "<p>Tens of thousands of people have it. It cures pain.</p><h2>Tens of reasons</h2><p>One. Two. Three.</p>",
    ],
)
def test_what_is_mentioned_in_passing_is_asked_nothing(body):
    assert ids(body, standfirst="Heat, spinal manipulation or surgery?") == []


def test_a_topic_makes_an_article_about_a_procedure_only_if_the_text_goes_on_about_it():
    topic = factories.public(Topic(name="Spinal manipulation", slug="spinal-manipulation"))
    for body, expected in ((MANIPULATION, set()), (MANIPULATION * 3, {"procedure.risk"})):
        article = factories.publishable_article(in_section="news", signed=False, title="A remedy", body=body)
        article.topics.add(topic)
        assert {finding.id for finding in checks.run(article)} & {*OWN} == expected


def test_a_question_says_what_it_is_about_and_why_it_is_asked():
    [finding] = found(f"{MANIPULATION}{RISKS}<p>It is risk-free.</p>", title="Spinal manipulation")
    assert finding.question is not None
    assert (finding.question.subject, finding.question.sentence) == ("spinal manipulation", "It is risk-free.")
    assert "“risk-free”" in finding.question.why


@pytest.mark.parametrize(
    "words", ["It is risk-free.[1]", "It is not risk-free.", "Some say it is risk-free.", "Is it risk-free?"]
)
def test_a_promise_that_is_cited_denied_reported_or_asked_is_let_through(words):
    assert ids(f"{MANIPULATION}{RISKS}<p>{words}</p>", title="Spinal manipulation") == []


def test_what_a_card_calls_accurate_is_not_asked_about():
    said = f"{MANIPULATION}{RISKS}<p>Spinal manipulation is a lasting solution.</p>"
    assert ids(said, title="Spinal manipulation") == ["procedure.absolute"]
    Procedure.objects.filter(name="spinal manipulation").update(accurate=["Solution"])
    assert ids(said, title="Spinal manipulation") == []
