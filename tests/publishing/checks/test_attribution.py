"""What is said to be found or proven has a reference, and is about the article's own subject."""

import pytest

from articles.evidence import subjects
from articles.evidence.subjects import Transfer
from articles.publishing import checks
from articles.publishing.checks import attribution
from tests import factories
from tests.publishing.judging import about, asked

pytestmark = pytest.mark.django_db

STUDY = "A study of 300 people found that pumps help."


def findings(body, *, section="treatments", **columns):
    article = factories.publishable_article(in_section=section, body=factories.BODY + body, **columns)
    told = [finding for finding in checks.run(article) if not finding.question]
    return [finding for finding in (*told, *asked(article)) if finding.id.startswith("evidence.")]


@pytest.mark.parametrize(("section", "level"), [("conditions", "error"), ("treatments", "error"), ("news", "warning")])
def test_a_study_without_a_reference_is_refused_where_references_are_required(section, level):
    [finding] = findings(f"<p>{STUDY}</p>", section=section)
    assert (finding.id, finding.level, finding.where) == ("evidence.unreferenced", level, "body")
    assert finding.message == (
        f"“A study of 300 people found” needs a reference, such as [1], in the sentence or after it: “{STUDY}”"
    )


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{STUDY}[1]</p>",
        f"<p>{STUDY} Most had back pain. They were followed for a year.[1]</p>",
        f"<h2>What to ask your doctor</h2><p>{STUDY}</p>",
        f"<h2>Key points</h2><ul><li>{STUDY}</li></ul><h2>Evidence</h2><p>{STUDY}[1]</p>",
        "<p>Researchers asked 300 people.[1]</p><p>The study found that pumps help.</p>",
        "<p>Two studies found different things:</p><ul><li>pumps help,[1]</li><li>pumps do not help.</li></ul>",
    ],
)
def test_a_reference_in_the_sentence_after_it_or_where_it_is_told_in_full_is_enough(body):
    assert findings(body) == []


@pytest.mark.parametrize(
    "body",
    [
        f"<p>Pumps are old.[1] {STUDY}</p>",
        f"<p>{STUDY}</p><p>Pumps are old.[1]</p>",
        f"<h2>Key points</h2><ul><li>{STUDY}</li></ul>",
    ],
)
def test_a_reference_of_something_else_is_not(body):
    assert [finding.id for finding in findings(body)] == ["evidence.unreferenced"]


def test_what_is_recent_says_when():
    recent = "<p>A recent study{} found that pumps help.[1]</p>"
    assert findings(recent.format(" from 2025")) == []
    [finding] = findings(recent.format(""))
    assert (finding.id, finding.level) == ("evidence.undated", "warning")
    assert finding.message.startswith("Say when: “recent study” will be read for years.")


def test_a_hazard_of_another_device_is_a_question_about_its_sentence():
    sentence = "Worn insulin pumps were hacked from a distance."
    [finding] = findings(f"<p>{sentence}</p>", title="Intrathecal pumps")
    assert (finding.id, finding.level) == ("evidence.other_subject", "warning")
    assert (finding.question.subject, finding.question.sentence) == ("Worn insulin pumps", sentence)
    assert finding.question.why == (
        "This is told of another device (Worn insulin pumps). Does it hold for the intrathecal pump?"
    )


@pytest.mark.parametrize(
    ("transfer", "asks"),
    [
        (
            Transfer(subjects.TAMPERING, "intrathecal pump", "intrathecal pump", ""),
            "worn insulin pumps. Does the source",
        ),
        (
            Transfer(subjects.SPECIES, "in mice", "people", ""),
            "This was seen in mice. Does the source say it of people",
        ),
        (Transfer(subjects.MEDICINE, "gabapentin", "pregabalin", ""), "about gabapentin, and the conclusion about pre"),
        (Transfer(subjects.ROUTE, "tablets", "gel", ""), "about tablets, and the conclusion about gel."),
    ],
)
def test_a_question_says_in_one_line_why_it_is_asked(transfer, asks):
    assert asks in attribution.why_asked(transfer)
    assert "\n" not in attribution.why_asked(transfer)


def test_a_text_about_no_device_is_asked_about_none():
    assert checks.run(about("Insulin pumps were hacked from a distance.")) == []
