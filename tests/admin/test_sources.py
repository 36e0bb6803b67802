"""Notes on sources: written from an article's page, shown with who wrote them, and listed where reviews are planned."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.admin.dashboard import for_user
from articles.models import Byline, Reference, SourceNote
from articles.publishing import desk, press
from tests import factories, markup
from tests.admin.conftest import change_url
from tests.admin.test_dashboard import signed_in

pytestmark = pytest.mark.django_db

OLD = "Doe J. Pumps. J Pain. 2016;1(1):1-2."
CLASSIC = "It is the trial that the sentence is about."
LATER = {"successor": "Roe R. Pumps, again. J Pain. 2025;2(1):3-4.", "successor_doi": "10.1000/later"}
ADD = "admin:articles_sourcenote_add"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-30T12:00:00+00:00"):
        yield


def citing(citation=OLD, **ids):
    article = factories.publishable_article(signed=False)
    Reference.objects.filter(article=article).update(citation=citation, **ids)
    desk.save(article, by=None)
    return article


def posted(client, **fields):
    given = {"citation": OLD, "doi": "", "pmid": "", "successor": "", "successor_doi": "", "successor_pmid": ""}
    return client.post(reverse(ADD), {**given, "successor_url": "", "classic": "", **fields})


def notes_of(client, article):
    return client.get(change_url(article)).context["status"]["stale"]


def test_an_articles_page_leads_to_the_note_on_each_old_source(client):
    signed_in(client, "Editor")
    article = citing(doi="10.1000/pumps")
    [(source, address)] = notes_of(client, article)
    assert parse_qs(urlsplit(address).query) == {"citation": [OLD], "doi": ["10.1000/pumps"]}
    form = client.get(address).context["adminform"].form
    assert (form.initial["citation"], form.initial["doi"]) == (OLD, "10.1000/pumps")
    assert f"Reference 1. {source.why}" in markup.page(client.get(change_url(article)))


@pytest.mark.parametrize("role", ["Editor", "Medical reviewer"])
def test_a_classic_is_kept_with_who_said_so_and_asks_no_more(client, role):
    user = signed_in(client, role)
    article = citing()
    assert posted(client, classic=f" {CLASSIC}\n").status_code == 302
    note = SourceNote.objects.get()
    assert (note.classic, note.by, note.at.date().isoformat()) == (CLASSIC, user, "2026-11-30")
    assert notes_of(client, article) == []


def test_a_note_with_a_later_version_can_be_changed_from_the_article(client):
    signed_in(client, "Editor")
    posted(client, **LATER)
    [(source, address)] = notes_of(client, citing())
    assert source.is_superseded
    assert address == reverse("admin:articles_sourcenote_change", args=[SourceNote.objects.get().pk])


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Enter the later version, or why this is still the best source."),
        ({"successor": "Roe R. 2025."}, "Add the later version’s DOI, PubMed ID or page, so that reviewers find it."),
        ({"classic": CLASSIC, "doi": "pumps"}, "A DOI begins with “10.” and has a slash, as 10.1001/jama.2016.1464."),
        ({"classic": CLASSIC, "doi": "10.1000/KNOWN"}, "There is a note on a source with this DOI. Change that one."),
    ],
)
def test_what_a_note_lacks_is_said_in_one_sentence_and_nothing_is_lost(client, fields, sentence):
    user = signed_in(client, "Editor")
    SourceNote.objects.create(citation="Another", doi="10.1000/known", classic=CLASSIC, by=user)
    answer = posted(client, **fields)
    form = answer.context["adminform"].form
    assert [message for messages in form.errors.values() for message in messages] == [sentence]
    assert form["citation"].value() == OLD
    assert SourceNote.objects.count() == 1


@pytest.mark.parametrize("role", ["Author", "Newsletter editor", "Site administrator"])
def test_nobody_else_writes_notes(client, role):
    signed_in(client, role)
    assert posted(client, classic=CLASSIC).status_code == 403


# On the dashboard -----------------------------------------------------------------------------------------------------


def upcoming(user):
    return [(item.title, item.about) for item in for_user(user)["upcoming"] if "source" in item.about]


def printed(citation, title, *, on="2021-06-01"):
    """On a day on which a source of 2016 was not old yet, unless another is given."""
    with time_machine.travel(f"{on}T12:00:00+00:00"):
        article = factories.ArticleFactory(title=title, section=factories.section("news"))
        Byline.objects.create(article=article, contributor=factories.ContributorFactory())
        Reference.objects.create(article=article, position=1, citation=citation)
        desk.save(article, by=None)
        factories.sign(article, due_on=date(2030, 1, 1))  # who answers what is asked about an old source
        return press.publish(article, by=factories.editor())


def test_live_articles_with_old_sources_are_listed_with_the_later_version():
    user = factories.editor()
    printed("Doe J. Pumps. J Pain. 2024;1(1):1-2.", "New")
    printed(OLD, "Old")
    assert upcoming(user) == [
        ("Old", "Old or superseded source: reference 1. Published 2016; more than five years old.")
    ]
    SourceNote.objects.create(citation=OLD, by=user, **LATER)
    [(_title, about)] = upcoming(user)
    assert about == (
        "Old or superseded source: reference 1. A later edition exists: Roe R. Pumps, again. J Pain. 2025;2(1):3-4. "
        "(https://doi.org/10.1000/later)"
    )
    SourceNote.objects.update(classic=CLASSIC)
    assert upcoming(user) == []


def test_a_source_that_a_reviewer_answered_for_is_listed_again_once_a_later_version_is_known():
    user = factories.editor()
    printed(OLD, "Old", on="2026-11-01")
    assert upcoming(user) == []
    SourceNote.objects.create(citation=OLD, by=user, **LATER)
    assert [title for title, _about in upcoming(user)] == ["Old"]


def test_what_waits_for_review_says_how_many_old_sources_it_cites(client):
    article = citing()
    Reference.objects.create(article=article, position=2, citation="Roe R. Rest. J Pain. 2012;1(1):1-2.")
    desk.submit(article, by=factories.editor())
    reviewer = factories.ReviewerFactory().user
    [item] = for_user(reviewer)["waiting"]
    assert item.about == "Waiting for medical review since November 30. Cites 2 old or superseded sources"


def test_the_dashboard_asks_as_often_for_many_old_sources_as_for_one(django_assert_num_queries):
    user = factories.editor()
    printed(OLD, "First")
    for_user(user)
    with CaptureQueriesContext(connection) as counted:
        for_user(user)
    for number in range(3):
        printed(OLD, f"More {number}")
    for_user(user)  # what is public has changed
    with django_assert_num_queries(len(counted)):
        for_user(user)
