"""References on the desk: added by what they are called, put in order, and numbered anew with the text in one save."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Reference
from articles.publishing import revisions
from tests.admin.accounts import account
from tests.admin.conftest import change_url, form_of
from tests.bibliography.test_reading import CSL, RIS
from tests.factories import publishable_article

pytestmark = pytest.mark.django_db
FIND = "/admin/articles/article/references/"


def article_citing(*citations: str, body: str) -> object:
    article = publishable_article()
    article.references.all().delete()
    for place, citation in enumerate(citations, 1):
        Reference.objects.create(article=article, position=place, citation=citation)
    type(article).objects.filter(pk=article.pk).update(body=body)
    return article


def saved(client, article, **changes):
    answer = client.post(change_url(article), form_of(client, change_url(article), **changes))
    assert answer.status_code == 302, answer.content.decode()
    article.refresh_from_db()
    return article.body, list(article.references.values_list("position", "citation"))


@pytest.mark.parametrize(
    ("changes", "body", "order"),
    [
        ({"references-2-position": 1}, "<p>A.[2] B.[3] C.[1]</p>", ["C", "A", "B"]),
        ({"references-0-position": 3}, "<p>A.[3] B.[1] C.[2]</p>", ["B", "C", "A"]),
        ({"references-1-DELETE": "on"}, "<p>A.[1] B. C.[2]</p>", ["A", "C"]),
        ({}, "<p>A.[1] B.[2] C.[3]</p>", ["A", "B", "C"]),
    ],
)
def test_numbers_in_the_text_follow_a_reference_that_moves_or_goes(admin_client, changes, body, order):
    article = article_citing("A", "B", "C", body="<p>A.[1] B.[2] C.[3]</p>")
    assert saved(admin_client, article, **changes) == (body, list(enumerate(order, 1)))


def test_a_new_reference_is_cited_at_once_by_the_number_behind_the_others(admin_client):
    article = article_citing("A", "B", body="<p>A.[1] B.[2]</p>")
    new = {
        "references-TOTAL_FORMS": 3,
        "references-2-citation": "C",
        "references-2-position": 1,
        "references-2-record": CSL,
    }
    body, order = saved(admin_client, article, body="<p>A.[1] B.[2] C.[3]</p>", **new)
    assert body == "<p>A.[2] B.[3] C.[1]</p>"
    assert order == [(1, "C"), (2, "A"), (3, "B")]


def test_a_new_reference_without_a_place_is_the_last(admin_client):
    article = article_citing("A", body="<p>A.[1]</p>")
    new = {"references-TOTAL_FORMS": 2, "references-1-citation": "B", "references-1-position": ""}
    assert saved(admin_client, article, **new)[1] == [(1, "A"), (2, "B")]


def test_a_file_becomes_references_with_their_records(admin_client):
    answer = admin_client.post(FIND, {"file": SimpleUploadedFile("export.ris", RIS.encode())}).json()
    first = answer["references"][0]
    assert (first["doi"], first["pmid"], first["url"]) == ("10.1001/jama.2016.1464", "", "")
    assert first["citation"].startswith("Dowell D, Haegerich TM, Chou R.")
    assert first["record"]["container-title"] == "JAMA"
    assert answer["problems"] == []


def test_what_was_cited_before_fills_in_a_doi_or_pubmed_id(admin_client):
    record = {"type": "book", "title": "A"}
    Reference.objects.create(
        article=publishable_article(), citation="Doe J. A.", doi="10.1000/a", pmid="123", record=record
    )
    expected = {"citation": "Doe J. A.", "doi": "10.1000/a", "pmid": "123", "url": "", "record": record}
    for words in ("https://doi.org/10.1000/A", "PMID: 123", "123"):
        assert admin_client.post(FIND, {"words": words}).json() == {"references": [expected], "problems": []}


def test_a_pasted_citation_gives_its_identifiers_to_their_fields(admin_client):
    pasted = "3. Doe J. A title. Pain. 2020;1(2):3-4. doi:10.1000/ABC PMID: 99"
    assert admin_client.post(FIND, {"words": pasted}).json()["references"] == [
        {
            "citation": "Doe J. A title. Pain. 2020;1(2):3-4.",
            "doi": "10.1000/abc",
            "pmid": "99",
            "url": "",
            "record": {},
        }
    ]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"words": " "}, "Enter a DOI, a PubMed ID or a citation."),
        ({"words": "10.1000/unknown"}, "10.1000/unknown hasn’t been cited here before."),
        ({"words": "a" * 3000}, "is longer than a citation."),
        ({"file": b"%PDF-1.7"}, "This file isn’t in RIS, BibTeX, nbib or CSL-JSON format."),
        ({"file": b"x" * 2_000_001}, "This file is larger than 2 MB."),
    ],
)
def test_what_is_no_reference_gets_one_sentence(admin_client, sent, sentence):
    if "file" in sent:
        sent = {"file": SimpleUploadedFile("file", sent["file"])}
    problems = admin_client.post(FIND, sent).json()["problems"]
    assert len(problems) == 1
    assert sentence in problems[0]


def test_a_record_that_is_none_is_dropped_and_the_reference_kept(admin_client):
    article = article_citing("A", body="<p>A.[1]</p>")
    for record in ("[" * 50_000, json.dumps({"title": "T\u0000", "x": 1}), "nonsense"):
        saved(admin_client, article, **{"references-0-record": record})
        assert article.references.get().record in ({}, {"title": "T", "type": "document"})


def test_a_restored_version_keeps_the_records_of_its_references(admin_client):
    article = article_citing("A", body="<p>A.[1]</p>")
    saved(admin_client, article, **{"references-0-record": '{"title": "T"}'})
    revisions.restore(article.revisions.first(), by=account("Editor"))
    assert article.references.get().record == {"title": "T", "type": "document"}


def test_only_those_who_write_articles_may_ask(client):
    assert client.post(FIND, {"words": "10.1000/a"}).status_code == 302
    client.force_login(account("Medical reviewer"))
    assert client.post(FIND, {"words": "10.1000/a"}).status_code == 403
