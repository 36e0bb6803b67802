"""Prints what lists and machines' pages cost over many articles: `python -m tests.bench.browse 10000`. Nothing is
asserted. The rows are printed past the press, with the guards lifted, on SQLite in a folder of their own, or in the
database that DATABASE_URL names, which should be an empty one.
"""

import os
import statistics
import sys
import tempfile
import time
from datetime import timedelta

FOLDER = tempfile.TemporaryDirectory()
os.environ |= {"SECRET_KEY": "bench" * 20, "VAR_DIR": FOLDER.name, "DJANGO_SETTINGS_MODULE": "tests.settings"}

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

TIMES = 7
PAGES = [
    "/",
    "/news/",
    "/news/?page=400",
    "/news/a-z/",
    "/topics/",
    "/topics/much/",
    "/archive/",
    "/archive/{month}/",
    "/feed/",
    "/feed.json",
    "/articles/n7/",
    "/articles/n7/record.json",
    "/sitemap.xml",
]


def main(count: int) -> None:
    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    fill(count)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as it does by itself after a while
    from articles.models import Edition

    print(f"{count:,} articles, made in {time.perf_counter() - started:.0f} s ({connection.vendor})")
    print(f"{'next_change()':28} {timed(Edition.objects.next_change)}")
    client, month = Client(), f"{timezone.localtime():%Y/%m}"
    for page in PAGES:
        address = page.format(month=month)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 200, address
        asked = len(queries)  # before the next request clears the log
        print(f"{address:28} {timed(lambda address=address: client.get(address)):>22} {asked:>3} queries")


def fill(count: int) -> None:
    """One edition as the press prints it, and copies of it under other addresses, hours apart."""
    from articles.models import Article, Edition, EditionByline, EditionTopic, Revision, Topic, guards
    from articles.publishing import press
    from articles.search import index
    from tests import factories

    article = factories.publishable_article(in_section="news", signed=False, slug="n0")
    article.topics.add(Topic.objects.create(name="Much", slug="much"))
    first = press.publish(article, by=factories.editor())
    revision, byline, filed = first.revision, first.bylines.get(), first.filed_under.get()
    guards.lift()
    numbers = range(1, count)
    articles = Article.objects.bulk_create(Article(title=f"News {n}", slug=f"n{n}") for n in numbers)
    base = {field.attname: getattr(first, field.attname) for field in Edition._meta.concrete_fields}
    kept = {field.attname: getattr(revision, field.attname) for field in Revision._meta.concrete_fields}
    revisions = Revision.objects.bulk_create(Revision(**{**kept, "id": None, "article_id": one.pk}) for one in articles)
    editions = []
    for n, one, state in zip(numbers, articles, revisions, strict=True):
        at = first.live_from - timedelta(hours=n)
        own = {"id": None, "article_id": one.pk, "revision_id": state.pk, "slug": one.slug, "title": one.title}
        editions.append(Edition(**{**base, **own, "live_from": at, "first_live_from": at, "changed_at": at}))
    editions = Edition.objects.bulk_create(editions, batch_size=2000)
    EditionByline.objects.bulk_create(
        EditionByline(edition=one, contributor_id=byline.contributor_id, position=0, name=byline.name)
        for one in editions
    )
    EditionTopic.objects.bulk_create(EditionTopic(edition=one, topic_id=filed.topic_id) for one in editions)
    _wanted, filling = index.rebuild()
    for _learned in filling:
        pass


def timed(action) -> str:
    """Median and worst of some runs, in milliseconds."""
    took = []
    for _time in range(TIMES):
        started = time.perf_counter()
        action()
        took.append((time.perf_counter() - started) * 1000)
    return f"{statistics.median(took):.1f} ms (worst {max(took):.1f})"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
