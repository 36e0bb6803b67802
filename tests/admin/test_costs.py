"""What the desk's pages ask the database for: as much for one row as for three, and nothing that they don't show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.admin import editorial_status
from articles.models import Byline, Reference
from articles.publishing import desk
from tests import factories
from tests.admin.conftest import change_url, form_of
from tests.admin.pressing import signed_in

pytestmark = pytest.mark.django_db


def asked_by(client, url):
    """What the second look at a page asks: the first fills what the process keeps."""
    client.get(url)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in counted]


@pytest.mark.parametrize("role", ["Editor", "Author", "Medical reviewer"])
def test_an_article_of_three_authors_references_and_revisions_asks_as_often_as_one_of_one(client, role):
    signed_in(client, role)
    article = factories.publishable_article()
    few = asked_by(client, change_url(article))
    for number in (2, 3):
        Byline.objects.create(article=article, contributor=factories.ContributorFactory(), position=number)
        Reference.objects.create(article=article, position=number, citation=f"Doe J. Pumps {number}. Pain. In press.")
        desk.save(article, by=None)
        factories.sign(article)
    assert len(asked_by(client, change_url(article))) == len(few)


def test_the_form_reads_the_article_once_and_asks_for_no_author_that_it_has(client):
    signed_in(client, "Editor")
    article = factories.publishable_article(lead_image=factories.CreditFactory().image)
    asked = asked_by(client, change_url(article))
    assert len([sql for sql in asked if 'AS "newest_revision"' in sql]) == 1
    assert [sql for sql in asked if 'FROM "articles_contributor" WHERE "articles_contributor"."id"' in sql] == []


def test_a_save_looks_up_nothing_of_the_status_column(client, monkeypatch):
    signed_in(client, "Editor")
    article = factories.publishable_article()
    form, looked_up, context = form_of(client, change_url(article), title="Pumps"), [], editorial_status.context
    monkeypatch.setattr(
        editorial_status,
        "context",
        lambda article, *others: looked_up.append(article.title) or context(article, *others),
    )
    assert client.post(change_url(article), form).status_code == 302
    assert looked_up == []
    article.refresh_from_db()
    assert article.title == "Pumps"


def test_beside_a_refused_form_stands_what_is_saved(client):
    signed_in(client, "Editor")
    article = factories.publishable_article()
    before = client.get(change_url(article)).context["status"]
    refused = client.post(change_url(article), form_of(client, change_url(article), body="", section=999))
    assert "section" in refused.context["adminform"].form.errors
    after = refused.context["status"]
    assert [after[name] for name in ("digest", "findings", "is_kept")] == [
        before[name] for name in ("digest", "findings", "is_kept")
    ]
