"""What the desk's pages ask the database for: as much for one row as for three, and nothing that they don't show."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.admin import dashboard, editorial_status
from articles.admin.paginator import LongListPaginator
from articles.models import Article, Byline, Image, Reference, Subscription
from articles.publishing import desk, press
from tests import factories
from tests.admin.conftest import change_url, form_of
from tests.admin.pressing import signed_in

pytestmark = pytest.mark.django_db


def asked_by(client, url):
    """What the second look at a page asks: the first fills what the process keeps."""
    client.get(url)
    return asked_once_by(client, url)


def asked_once_by(client, url):
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
    assert len([sql for sql in asked if 'AS "is_printed"' in sql]) == 1
    assert [sql for sql in asked if 'FROM "articles_contributor" WHERE "articles_contributor"."id" =' in sql] == []


def test_the_dashboard_asks_again_about_what_is_public_only_when_that_changes(client):
    signed_in(client, "Editor")
    factories.print_edition()
    warm = asked_by(client, reverse("admin:index"))
    assert len(warm) <= 23
    Article.objects.update(changed_at=timezone.now())  # no reader sees that
    assert len(asked_once_by(client, reverse("admin:index"))) == len(warm)
    factories.print_edition()
    assert len(asked_once_by(client, reverse("admin:index"))) > len(warm)


def test_the_dashboard_shows_what_was_published_scheduled_or_went_live_by_the_clock_since_the_last_look():
    def seen():
        shown = dashboard.for_user(user)
        states = {name: number for name, number, _url in shown["states"]}
        return states["Published"], [item.title for item in shown["live"]], states["Scheduled"]

    user, now = factories.editor(), timezone.now()
    assert seen() == (0, [], 0)
    factories.print_edition(title="Today")
    edition = factories.print_edition(at=now + timedelta(days=1), title="Tomorrow")
    assert seen() == (1, ["Today"], 1)
    with time_machine.travel(now + timedelta(days=1, seconds=1)):
        assert seen() == (2, ["Tomorrow", "Today"], 0)
        press.withdraw(edition.article, by=user, note="It was wrong.")
        assert seen() == (1, ["Today"], 0)


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


LISTS = [(Article, "article_changed"), (Image, "image_uploaded"), (Subscription, "subscription_list")]


@pytest.mark.parametrize(("model", "index"), LISTS)
def test_a_page_of_a_long_list_is_found_in_an_index_of_its_order(client, model, index):
    """The plan, of which no number of rows makes another: it sorts nothing, and reads no row that is skipped."""
    client.force_login(factories.administrator())
    page = client.get(reverse(f"admin:articles_{model._meta.model_name}_changelist"))
    assert isinstance(page.context["cl"].paginator, LongListPaginator)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # for a few rows it would sort
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = model.objects.values("pk")[90_000:90_050].explain()
    assert index in plan
    assert "TEMP B-TREE" not in plan


def test_what_an_articles_state_asks_of_revisions_and_editions_is_in_indexes():
    """SQLite keeps whole texts in the rows, so it reads none; PostgreSQL keeps them beside the rows."""
    found_in = ["using covering index revision_newest", "using covering index edition_of_article"]
    if connection.vendor == "postgresql":
        found_in = ["using revision_newest"]
        with connection.cursor() as cursor:
            for way in ("seqscan", "bitmapscan", "indexscan"):  # where rows are few, any way is as good
                cursor.execute(f"SET LOCAL enable_{way} = off")
    plan = Article.objects.with_state("is_printed").filter(is_printed=False).values("pk").explain().lower()
    assert [way for way in found_in if way not in plan] == []


def test_an_article_of_two_authors_is_found_once(client):
    signed_in(client, "Editor")
    article = factories.publishable_article(signed=False)
    for name in ("Jane Doe", "John Doe"):
        Byline.objects.create(article=article, contributor=factories.ContributorFactory(name=name))
    found = client.get(reverse("admin:articles_article_changelist"), {"q": "Doe"})
    assert [each.pk for each in found.context["cl"].result_list] == [article.pk]
