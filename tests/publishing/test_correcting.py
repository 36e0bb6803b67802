"""A correction prints what is right, says what was wrong and why, and passes the same gate."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles.models import Article, Edition
from articles.publishing import desk, press, sweep
from tests import factories
from tests.publishing.judging import refusals

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


ERRATUM = press.Erratum(was="It may help.", now="It helps few.", why="A trial was misread.", severity="factual")


def changed(article, **change):
    """The article's working copy with a change, signed again."""
    Article.objects.filter(pk=article.pk).update(**change)
    article.refresh_from_db()
    desk.save(article, by=None)
    factories.sign(article)
    return article


def test_a_correction_prints_an_edition_that_says_what_was_wrong():
    first = factories.print_edition()
    article = changed(first.article, body=factories.BODY.replace("It may help.", "It helps few."))
    with time_machine.travel(first.live_from + DAY, tick=False):
        correction = factories.correct(article, ERRATUM, by=first.by)
    edition = correction.edition
    assert (edition.kind, edition.number, correction.corrected) == ("correction", 2, first)
    on = (first.live_from + DAY).date().isoformat()
    assert edition.corrections == [
        {"on": on, "was": "It may help.", "now": "It helps few.", "why": "A trial was misread.", "severity": "factual"}
    ]


def test_a_later_edition_still_shows_the_corrections_before_it():
    first = factories.print_edition()
    factories.correct(changed(first.article, standfirst="One."), ERRATUM, by=first.by)
    later = press.publish(changed(first.article, standfirst="Two."), by=first.by)
    assert [one["was"] for one in later.corrections] == ["It may help."]
    assert press.withdraw(first.article, by=first.by, note="x").corrections == later.corrections


@pytest.mark.parametrize(
    ("lacking", "found"),
    [
        ({"now": " "}, "correction.now"),
        ({"why": ""}, "correction.why"),
        ({"severity": "bad"}, "correction.severity"),
    ],
)
def test_a_correction_says_what_why_and_how_severe(lacking, found):
    from dataclasses import replace

    first = factories.print_edition()
    assert refusals(lambda: factories.correct(first.article, replace(ERRATUM, **lacking), by=first.by)) == [found]
    assert Edition.objects.count() == 1


def test_a_correction_passes_the_same_gate():
    first = factories.print_edition()
    Article.objects.filter(pk=first.article_id).update(body=factories.BODY.replace("help", "cure"))
    assert refusals(lambda: factories.correct(first.article, ERRATUM, by=first.by)) == ["review.missing"]
    author = factories.UserFactory(role="Author")
    assert "permission.publish" in refusals(lambda: factories.correct(first.article, ERRATUM, by=author))
    draft = factories.publishable_article()
    assert refusals(lambda: factories.correct(draft, ERRATUM, by=first.by)) == ["correction.nothing"]


def test_closing_a_correction_names_where_else_the_words_stand():
    first = factories.print_edition()
    other = factories.print_edition(title="Another")
    factories.publishable_article(title="A draft", body="<p>Nothing of the kind.</p>", signed=False)
    factories.CreditFactory(image__alt="It may help. A picture.", title="Poster")
    correction = factories.correct(changed(first.article, standfirst="x"), ERRATUM, by=first.by)
    assert sweep.also_said(correction) == [
        "this article, published version 2",
        f"“{other.title}”, published",
        f"“{other.title}”, draft",
        "picture “Poster”",
    ]


def test_a_correction_that_corrects_nothing_is_refused():
    first = factories.print_edition()
    assert refusals(lambda: factories.correct(first.article, ERRATUM, by=first.by)) == ["correction.same"]
    assert Edition.objects.count() == 1
