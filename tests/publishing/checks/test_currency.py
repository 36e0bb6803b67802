"""Old and superseded sources ask the reviewer, once, with what rests on them; classics ask nothing."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Reference, RetractionNotice, SourceNote
from articles.publishing import checks, desk
from tests import factories
from tests.evidence.test_retractions import COLUMNS, row

pytestmark = pytest.mark.django_db

OLD = "Doe J. Pumps. J Pain. 2016;1(1):1-2."
NEW = "Doe J. Pumps. J Pain. 2024;1(1):1-2."
LATER = {"successor": "Roe R. Pumps, again. J Pain. 2025;2(1):3-4.", "successor_doi": "10.1000/later"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-30T12:00:00+00:00"):
        yield


def citing(citation, article=None, **ids):
    article = article or factories.publishable_article(signed=False)
    Reference.objects.filter(article=article).update(citation=citation, **ids)
    desk.save(article, by=None)
    return article


def asked(article, at=None):
    return [(found.id, found.question.why) for found in checks.run(article, at) if found.id in OURS]


OURS = ("reference.old", "reference.superseded")


def note(**facts):
    return SourceNote.objects.create(**{"citation": OLD, "by": factories.editor(), **facts})


def test_an_old_source_asks_with_the_sentences_that_rest_on_it():
    [found] = [found for found in checks.run(citing(OLD)) if found.id == "reference.old"]
    assert (found.level, found.where) == ("error", "references")
    assert found.question.subject == OLD
    assert found.question.sentence == "Some words about it. It may harm."
    assert found.question.why == "Published 2016; more than five years old."


def test_a_source_that_nothing_cites_asks_with_its_own_words():
    article = factories.publishable_article(in_section="news", signed=False, body="<p>Some words.</p>")
    [found] = [found for found in checks.run(citing(OLD, article)) if found.id == "reference.old"]
    assert found.question.sentence == OLD


@pytest.mark.parametrize(("year", "is_old"), [(2026, False), (2021, False), (2020, True), (1999, True)])
def test_old_is_what_was_published_more_than_five_years_ago(year, is_old):
    assert bool(asked(citing(f"Doe J. Pumps. J Pain. {year};1(1):1-2."))) is is_old


def test_the_day_counts_on_which_the_text_goes_live():
    article = citing("Doe J. Pumps. J Pain. 2021;1(1):1-2.")
    assert asked(article) == []
    assert asked(article, datetime(2027, 1, 2, tzinfo=UTC)) == [
        ("reference.old", "Published 2021; more than five years old.")
    ]


def test_a_source_without_a_year_asks_nothing():
    assert asked(citing("Prialt, prescribing information. Drugs@FDA, application 021060.")) == []


@pytest.mark.parametrize(
    ("noted", "cited"),
    [
        ({"doi": "10.1000/pumps"}, {"doi": "10.1000/PUMPS"}),
        ({"pmid": "123"}, {"pmid": "123"}),
        ({"doi": "10.1000/pumps"}, {"url": "https://doi.org/10.1000/pumps"}),
        ({"citation": NEW}, {}),
    ],
)
def test_a_later_version_on_record_asks_however_the_source_is_cited(noted, cited):
    note(**{"citation": "The same, cited in another way.", **noted}, **LATER)
    why = "A later edition exists: Roe R. Pumps, again. J Pain. 2025;2(1):3-4. (https://doi.org/10.1000/later)"
    assert asked(citing(NEW, **cited)) == [("reference.superseded", why)]


@pytest.mark.parametrize("later", [{}, LATER])
def test_a_classic_with_its_reason_asks_nothing(later):
    note(classic="It is the trial that the sentence is about.", **later)
    assert asked(citing(OLD)) == []


def test_a_note_is_about_no_other_source():
    note(doi="10.1000/other", classic="It is the definition in force.")
    assert asked(citing(OLD + " Suppl.", doi="10.1000/pumps")) != []


def test_a_note_says_something_and_leads_to_the_later_version():
    for facts in ({}, {"successor": "Roe R. 2025."}, {**LATER, "successor_doi": "none"}, {"classic": "  "}):
        with pytest.raises(ValidationError):
            SourceNote(citation=OLD, by=factories.editor(), **facts).full_clean()
    SourceNote(citation=OLD, by=factories.editor(), **LATER).full_clean()


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("+Retract and Replace;", "Retracted and replaced. The notice: https://doi.org/10.1000/notice"),
        ("+Withdrawn (out of date);", "Withdrawn as out of date. The notice: https://doi.org/10.1000/notice"),
        ("+Unreliable Results;", None),
    ],
)
def test_a_notice_of_a_later_version_comes_with_the_file_of_retractions(tmp_path, reason, why):
    file = tmp_path / "notices.csv"
    notice = row(OriginalPaperDOI="10.1000/pumps", RetractionDOI="10.1000/notice", Reason=reason)
    file.write_text(f"{COLUMNS}\n{notice}")
    call_command("import_retractions", str(file))
    assert RetractionNotice.objects.count() == 1
    assert asked(citing(NEW, doi="10.1000/pumps")) == ([("reference.superseded", why)] if why else [])


def test_many_references_are_looked_up_in_as_few_queries_as_one():
    article = citing(OLD, doi="10.1000/pumps")
    counts = []
    for number in range(2, 5):
        with CaptureQueriesContext(connection) as counted:
            checks.run(article)
        counts.append(len(counted))
        Reference.objects.create(article=article, position=number, citation=OLD, doi=f"10.1000/pumps.{number}")
    assert len(set(counts)) == 1


# Sentences without a source -------------------------------------------------------------------------------------------


def uncited(body, section="treatments"):
    article = factories.publishable_article(in_section=section, signed=False, body=body)
    return [found.message for found in checks.run(article) if found.id == "reference.uncited"]


RISKS = "<p>It is old.[1]</p><h2>Benefits</h2><p>It may help.</p><h2>Risks</h2>"


def test_figures_and_risks_without_a_source_are_counted_and_the_first_three_shown():
    items = "".join(f"<li>Infection of kind {number}</li>" for number in "abcd")
    [message] = uncited(f"<p>One in four is helped.</p>{RISKS}<ul>{items}</ul>")
    assert message == (
        "5 sentences with numbers or risks cite nothing, such as “One in four is helped.”; “Infection of kind a”; "
        "“Infection of kind b”"
    )


@pytest.mark.parametrize(
    "body",
    [
        f"{RISKS}<p>It may harm.[1]</p>",
        f"{RISKS}<p>It may harm. It may burn. It may sting.[1]</p>",
        f"{RISKS}<p>The label names these:[1]</p><ul><li>Infection</li><li>Bleeding</li></ul>",
        f"{RISKS}<p>Get help at once for:</p><ul><li>fever</li></ul><p>Get help at once for new weakness.</p>",
        f"{RISKS}<p>What could go wrong?</p><p>Ask your doctor.</p>",
        f"<p>Take it twice a day since 2015.</p>{RISKS}<p>It may harm.[1]</p>",
        f"{RISKS}<p>It may harm.[1]</p><h2>Next</h2><p>Ask your doctor.</p>",
    ],
)
def test_what_has_a_source_or_needs_none_is_not_counted(body):
    assert uncited(body) == []


@pytest.mark.parametrize(
    ("body", "bare"),
    [
        (f"{RISKS}<p>It may harm.[1] It may burn.</p>", "It may burn."),
        (f"{RISKS}<h3>Rare</h3><p>It may burn.</p>", "It may burn."),
        (f"{RISKS}<p>It may harm.[1]</p><h2>Next</h2><p>Half of the people stop.</p>", "Half of the people stop."),
        (f"{RISKS}<p>It may harm.[1]</p><ul><li>Infection</li></ul>", "Infection"),
        (f"{RISKS.replace('It may help.', 'It may help:[1]')}<ul><li>Infection</li></ul>", "Infection"),
        (f"{RISKS}<p>The label says:[1]</p><ul><li>Pain</li></ul><p>Burns occur.</p>", "Burns occur."),
    ],
)
def test_a_citation_is_about_its_sentence_its_paragraph_or_its_list_and_nothing_beyond(body, bare):
    assert uncited(body) == [f"1 sentence with numbers or risks cites nothing, such as “{bare}”"]


def test_sections_that_need_no_references_are_not_counted():
    assert uncited("<p>One in four is helped.[1] Half of the people stop.</p>", section="news") == []
