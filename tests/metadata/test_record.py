"""The record of trust: valid by its own schema, complete, and as careful as the page."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta

import jsonschema
import pytest
import time_machine

from articles.metadata import record
from articles.models import Article, ImageCredit, LinkHealth, Reference
from articles.publishing import desk, press
from tests import factories

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
VALIDATOR = jsonschema.Draft202012Validator(
    record.schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)


@pytest.fixture
def edition():
    with time_machine.travel(MONDAY, tick=False):
        article = factories.publishable_article(slug="pumps", lead_image=factories.CreditFactory().image, signed=False)
        Reference.objects.create(article=article, position=2, citation="Roe R. 2021.", doi="10.1000/x1", pmid="123")
        factories.sign(article)
        return press.publish(article, by=factories.editor())


def ask(client, slug="pumps", status=200, at=MONDAY + DAY):
    with time_machine.travel(at, tick=False):
        answer = client.get(f"/articles/{slug}/record.json")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/json")
    VALIDATOR.validate(answer.json())
    return answer.json()


def test_the_schema_is_one_and_is_served(client):
    jsonschema.Draft202012Validator.check_schema(record.schema())
    answer = client.get("/schemas/article-record-1.json")
    assert answer["Content-Type"] == "application/schema+json"
    assert answer.json() == record.schema()


def test_a_record_says_who_signed_which_text_and_on_what_it_rests(client, edition):
    said = ask(client)
    assert (said["$schema"], said["state"]) == ("http://testserver/schemas/article-record-1.json", "live")
    assert said["digest"] == edition.revision.digest == said["history"][0]["digest"]
    assert said["signed_digest"] == edition.review.signed_digest
    assert said["review"] == {
        "reviewer": edition.review.name,
        "credentials": "MD",
        "interests": "None.",
        "signed_at": MONDAY.isoformat(),
        "due_on": edition.review.due_on.isoformat(),
        "holds": True,
        "withdrawn_at": None,
        "after_slip": False,
    }
    assert said["authors"] == [{"name": edition.bylines.get().name, "credentials": ""}]
    assert [(one["number"], one["doi"], one["pmid"]) for one in said["references"]] == [
        (1, "", ""),
        (2, "10.1000/x1", "123"),
    ]
    [picture] = said["pictures"]
    assert (picture["creator"], picture["license"]) == ("Jane Doe", "CC BY 4.0")
    assert picture["credit"] == "“Channel” by Jane Doe via Flickr, CC BY 4.0"


def test_anybody_can_work_out_the_digests_of_a_record_again(client, edition):
    served = ask(client)
    assert "hashlib.sha256(json.dumps(record['signed_text']" in served["how_to_check"]
    worked_out = json.dumps(served["signed_text"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(worked_out.encode()).hexdigest() == served["signed_digest"] == edition.review.signed_digest
    assert '"/articles/pumps/record.json"' in client.get("/articles/pumps/").content.decode()


def test_a_record_says_which_sentences_rest_on_a_reviewers_word(client):
    sentence = "Ziconotide acts on opioid receptors, and can cause confusion."
    with time_machine.travel(MONDAY, tick=False):
        edition = factories.print_edition(slug="pumps", body=f"{factories.BODY}<p>{sentence}</p>")
    [answer] = ask(client)["answers"]
    assert answer == {
        "finding": "drug.question",
        "subject": "ziconotide",
        "sentence": sentence,
        "why": "Ziconotide’s entry says an N-type calcium channel blocker; the sentence says “opioid receptors”.",
        "reviewer": edition.review.full_name,
        "on": "2026-11-02",
    }


def test_what_is_known_now_is_said_now(client, edition):
    LinkHealth.objects.create(
        url="https://doi.org/10.1000/x1",
        checked_on=date(2026, 11, 3),
        failing_since=date(2026, 11, 1),
        failed_on=date(2026, 11, 3),
    )
    ImageCredit.objects.update(license="")
    said = ask(client, at=MONDAY + 1000 * DAY)
    assert [one["not_answering_since"] for one in said["references"]] == [None, "2026-11-01"]
    assert said["pictures"] == []
    assert said["review"]["holds"] is False


def test_corrections_and_history_are_in_it_and_nothing_that_is_only_planned(client, edition):
    article = Article.objects.get()
    article.standfirst = "Mended."
    desk.save(article, by=None)
    factories.sign(article)
    with time_machine.travel(MONDAY + DAY, tick=False):
        factories.correct(article, press.Erratum("an NSAID", "a blocker", "Its label.", "safety"), by=edition.by)
        article.refresh_from_db()
        article.title = "Planned"
        desk.save(article, by=None)
        factories.sign(article)
        press.publish(article, by=edition.by, at=MONDAY + 5 * DAY)
    said = ask(client, at=MONDAY + 2 * DAY)
    assert [one["was"] for one in said["corrections"]] == ["an NSAID"]
    assert [(one["kind"], one["live_until"]) for one in said["history"]] == [
        ("correction", None),
        ("first", (MONDAY + DAY).isoformat()),
    ]
    assert "Planned" not in str(said)
    assert len(ask(client, at=MONDAY + 6 * DAY)["history"]) == 3


def test_a_withdrawn_article_leaves_a_record_and_an_older_address_leads_to_it(client, edition):
    article = Article.objects.get()
    article.slug = "pain-pumps"
    desk.save(article, by=None)
    with time_machine.travel(MONDAY + DAY, tick=False):
        press.publish(article, by=edition.by)
        moved = client.get("/articles/pumps/record.json")
    assert (moved.status_code, moved["Location"]) == (301, "/articles/pain-pumps/record.json")
    with time_machine.travel(MONDAY + 2 * DAY, tick=False):
        press.withdraw(article, by=edition.by, note="A dose was wrong.")
    said = ask(client, "pain-pumps", 410, at=MONDAY + 3 * DAY)
    assert (said["state"], said["withdrawn_reason"]) == ("withdrawn", "A dose was wrong.")
    assert "references" not in said
    assert client.get("/articles/none/record.json").status_code == 404


def test_a_page_about_the_site_has_a_record_and_needs_no_author(client):
    with time_machine.travel(MONDAY, tick=False):
        page = factories.ArticleFactory(slug="about", page_type="page", section=None, body="<p>Who we are.</p>")
        desk.save(page, by=None)
        press.publish(page, by=factories.editor())
    record_of_page = ask(client, slug="about")
    assert (record_of_page["url"], record_of_page["page_type"], record_of_page["authors"]) == (
        "http://testserver/about/", "page", [],
    )  # fmt: skip


def test_a_record_takes_as_many_queries_for_one_edition_as_for_three(client, edition, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get("/articles/pumps/record.json")
    with CaptureQueriesContext(connection) as counted:
        client.get("/articles/pumps/record.json")
    first = len(counted)
    for number in range(2):
        article = Article.objects.get()
        article.standfirst = f"Again {number}."
        desk.save(article, by=None)
        factories.sign(article)
        press.publish(article, by=edition.by)
    client.get("/articles/pumps/record.json")
    with django_assert_num_queries(first):
        client.get("/articles/pumps/record.json")


def test_the_schema_refuses_what_is_no_record(client, edition):
    said = ask(client)
    for wrong in (
        {**said, "digest": "abc"},
        {**said, "extra": 1},
        {**said, "state": "draft"},
        {**said, "authors": []},
        {name: value for name, value in said.items() if name != "review"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            VALIDATOR.validate(wrong)
