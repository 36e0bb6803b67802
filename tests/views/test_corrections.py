"""A correction, and the history of an article, as readers find them."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from articles.publishing import desk, press
from tests import factories

pytestmark = pytest.mark.django_db

CANARY = "xylocanary"


@pytest.fixture
def edition():
    return factories.print_edition(slug="pumps", title="Pumps & pain")


def page(client, address, status=200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


@pytest.fixture
def corrected(edition):
    article = Article.objects.get()
    article.standfirst = "Mended."
    desk.save(article, by=None)
    factories.sign(article)
    erratum = press.Erratum(
        was="an <NSAID>", now="a calcium-channel blocker", why="Its label says so.", severity="safety"
    )
    return factories.correct(article, erratum, by=edition.by)


def test_a_correction_stands_on_the_article_in_its_history_and_in_the_list(client, edition, corrected):
    for address in ("/articles/pumps/", "/articles/pumps/history/", "/corrections/"):
        html = page(client, address)
        for said in ("an &lt;NSAID&gt;", "a calcium-channel blocker", "Its label says so."):
            assert said in html, (address, said)
    assert "Corrected for safety on" in page(client, "/articles/pumps/")


def test_moments_are_written_as_html_allows(client, corrected):
    """HTML, 2.3.5.2: a fraction of a second has at most three digits, and a database keeps six."""
    told = "".join(page(client, f"/{part}/") for part in ("articles/pumps", "articles/pumps/history", "corrections"))
    moments = re.findall(r'(?:datetime="|_time" content=")([^"]+)', told)
    assert len(moments) > 5
    assert [moment for moment in moments if re.search(r"\.\d{4}", moment)] == []


def test_a_corrected_article_takes_no_more_queries(client, edition, corrected, django_assert_max_num_queries):
    page(client, "/articles/pumps/")
    with django_assert_max_num_queries(5):
        page(client, "/articles/pumps/")


def test_a_history_follows_its_article_to_a_new_address_and_after_its_end(client, edition, corrected):
    article = Article.objects.get()
    article.slug = "pain-pumps"
    desk.save(article, by=None)
    press.publish(article, by=edition.by)
    assert client.get("/articles/pumps/history/")["Location"] == "/articles/pain-pumps/history/"
    press.withdraw(article, by=edition.by, note="Under review.")
    assert "Under review." in page(client, "/articles/pain-pumps/history/")
    page(client, "/articles/nothing/history/", 404)


def test_nothing_that_is_only_planned_is_in_a_history(client, edition):
    article = Article.objects.get()
    factories.sign(article, due_on=date(2099, 1, 1))
    press.publish(article, by=edition.by, at=datetime(2099, 1, 1, tzinfo=UTC), note=CANARY)
    assert CANARY not in page(client, "/articles/pumps/history/")


def test_the_list_of_corrections_asks_as_often_for_one_as_for_three(
    client, edition, corrected, django_assert_num_queries
):
    page(client, "/corrections/")
    with CaptureQueriesContext(connection) as counted:
        page(client, "/corrections/")
    first = len(counted)
    for number in range(2):
        article = Article.objects.get()
        article.standfirst = f"Mended again {number}."
        desk.save(article, by=None)
        factories.sign(article)
        factories.correct(article, press.Erratum("x", "y", "z", "minor"), by=edition.by)
    page(client, "/corrections/")
    with django_assert_num_queries(first):
        page(client, "/corrections/")
