"""However much is published, no public page reads a whole table that grows with it: SQLite says how it answers.

(PostgreSQL chooses by how many rows there are, and of a test's few it reads all.)
"""

import pytest
from django.db import connection

from articles.models import Topic
from articles.publishing import press
from tests import factories

pytestmark = pytest.mark.django_db

# Tables with as many rows as an editor keeps in mind, and what an engine makes of its own results.
SMALL = {"section", "topic", "term", "drug", "contributor"}
PAGES = [
    "/",
    "/news/",
    "/news/?page=2",
    "/news/a-z/",
    "/topics/pumps/",
    "/articles/pumps/",
    "/articles/nothing/",
    "/feed/",
    "/feed.json",
    "/news/feed/",
    "/search/?q=pump",
    "/search/?q=pump&section=news&topic=pumps&age=30",
]


@pytest.fixture
def published():
    article = factories.publishable_article(
        in_section="news", signed=False, slug="pumps", title="Pumps", lead_image=factories.CreditFactory().image
    )
    article.topics.add(Topic.objects.create(name="Pumps", slug="pumps"))
    press.publish(article, by=factories.editor())
    factories.print_edition(in_section="news", signed=False, title="A pump again")


def scanned(client, address):
    """Tables that are read whole when a page is shown again. What a search finds comes in order and ends at a limit."""
    client.get(address)
    statements = []

    def noted(execute, sql, params, many, context):
        statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(noted):
        client.get(address)
    found = set()
    for sql, params in statements:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            steps = [row[-1].split() for row in cursor.fetchall()]
        found |= {step[1].removeprefix("articles_") for step in steps if step[0] == "SCAN" and "VIRTUAL" not in step}
    return found


@pytest.mark.parametrize("address", PAGES)
def test_a_page_reads_no_table_whole_that_grows(client, published, address):
    if connection.vendor != "sqlite":
        pytest.skip("this run is on PostgreSQL")
    assert scanned(client, address) <= SMALL | {"newest", "ranked"}


def test_a_table_that_is_read_whole_is_noticed(client, published, monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("this run is on PostgreSQL")
    from articles.models.edition import EditionQuerySet

    monkeypatch.setattr(EditionQuerySet, "newest", lambda self, most: type(self)(self.model).order_by("note")[:most])
    assert "edition" in scanned(client, "/feed/") - SMALL
