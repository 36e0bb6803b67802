"""The list of articles: what a row says, how it is sorted and filtered, and what it asks the database for."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from articles.models import Article
from articles.publishing import assignments, desk, press, review_requests
from tests import factories
from tests.admin.pressing import signed_in

pytestmark = pytest.mark.django_db
LIST = reverse("admin:articles_article_changelist")
CELL = re.compile(r'<td class="field-(\w+)[^"]*">(.*?)</td>', re.DOTALL)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2026-11-30T11:00:00Z", tick=False)


def rows(client, **query):
    """The words of each row's cells."""
    html = client.get(LIST, query).content.decode()
    table = re.search(r"<tbody>(.*?)</tbody>", html, re.DOTALL)
    lines = table[1].split("<tr>")[1:] if table else []
    return [{name: " ".join(strip_tags(cell).split()) for name, cell in CELL.findall(line)} for line in lines]


def published(*, due_on=date(2026, 12, 24), **kwargs):
    article = factories.publishable_article(signed=False, **kwargs)
    article.byline.update(contributor=factories.ContributorFactory(name="Ines Calder"))
    factories.sign(article, factories.ReviewerFactory(name="Ada Rey"), due_on=due_on)
    return press.publish(article, by=factories.editor()).article


def test_a_row_says_what_it_is_where_it_stands_who_works_on_it_and_who_reviewed_it(client):
    editor = signed_in(client, "Editor")
    picture = factories.CreditFactory().image
    article = published(title="Heat", standfirst="What warmth can do.", lead_image=picture)
    to = factories.UserFactory(role="Author", first_name="Tom", last_name="Ward")
    assignments.assign(article, to, due_on=date(2026, 12, 5), by=editor)
    assert rows(client) == [
        {
            "picture": "",
            "headline": "HeatWhat warmth can do.Treatments",
            "state": "Published version 1",
            "writing": "Ines CalderAssigned to Tom Ward, due Dec 5, 2026",
            "review": "Ada Rey, MDNext review Dec 24, 2026",
            "changed": "Nov 30, 2026, 11:00",
        }
    ]
    assert f'src="{reverse("admin:articles_image_preview", args=[picture.pk])}"' in client.get(LIST).content.decode()


def test_the_review_of_a_row_is_the_one_that_is_asked_for_else_the_one_that_holds(client, time_machine):
    editor = signed_in(client, "Editor")
    factories.publishable_article(title="Draft", signed=False)
    signed = factories.publishable_article(title="Signed", signed=False)
    factories.sign(signed, factories.ReviewerFactory(name="Ada Rey"))
    asked = factories.publishable_article(title="Asked", signed=False)
    reviewer = factories.ReviewerFactory(name="Sal Wendt", email="sal@example.org")
    review_requests.ask(desk.submit(asked, by=editor), reviewer, by=editor, due_on=date(2026, 12, 5))
    published(title="Live")
    time_machine.move_to("2026-12-26T11:00:00Z", tick=False)
    client.force_login(editor)
    assert {row["headline"].partition("What")[0]: row["review"] for row in rows(client)} == {
        "Draft": "–",
        "Signed": "Ada Rey, MD",
        "Asked": "Sal Wendt, MDAsked, due Dec 5, 2026",
        "Live": "Ada Rey, MDReview overdue since Dec 24, 2026",
    }


def test_a_list_is_sorted_by_the_next_review_and_filtered_by_whose_it_is(client):
    me = signed_in(client, "Editor")
    first = published(title="First")
    published(title="Second", due_on=date(2026, 12, 1))
    assignments.assign(first, me, due_on=None, by=me)
    order = [re.sub("What.*", "", row["headline"]) for row in rows(client, o="5")]
    assert order == ["Second", "First"]
    assert [row["headline"][:5] for row in rows(client, whose="mine")] == ["First"]
    assert [row["headline"][:6] for row in rows(client, whose="nobody")] == ["Second"]
    assert len(rows(client, whose="x")) == 2


def test_the_list_asks_as_often_for_one_article_as_for_four(client, django_assert_num_queries):
    editor = signed_in(client, "Editor")

    def make():
        article = published(lead_image=factories.CreditFactory().image)
        assignments.assign(article, factories.UserFactory(role="Author"), due_on=None, by=editor)
        asked = factories.publishable_article(signed=False)
        review_requests.ask(desk.submit(asked, by=editor), factories.ReviewerFactory(), by=editor)

    make()
    client.get(LIST)
    with CaptureQueriesContext(connection) as counted:
        client.get(LIST)
    for _number in range(3):
        make()
    assert Article.objects.count() == 8
    with django_assert_num_queries(len(counted)):
        client.get(LIST)
