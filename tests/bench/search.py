"""Prints what a search costs among 10,000 articles: `python -m tests.bench.search [ARTICLES]`. Nothing is asserted.

On SQLite in a folder of its own, or in the database that DATABASE_URL names, which should be an empty one.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
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

TIMES = 15
WORDS = [f"{first}{last}" for first in ["pain", "nerve", "spine", "joint", "sleep"] for last in map(str, range(400))]


def main(articles: int) -> None:
    call_command("migrate", verbosity=0)
    from articles.search import index
    from articles.search.engines import Narrowing, engine
    from articles.search.finding import find
    from articles.search.questions import ask

    started = time.perf_counter()
    slug = print_many(articles)
    _wanted, filling = index.rebuild()
    for _learned in filling:
        pass
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as it does by itself after a while
    print(f"{articles:,} articles written and learned in {time.perf_counter() - started:.0f} s ({connection.vendor})\n")
    now = timezone.now()
    for name, typed, promise in (("a word in 250 of them", "rareword", 5), ("a word in nearly all", "commonword", 25)):
        question = ask(typed)
        in_database = timed(lambda asked=question: engine().best(asked, Narrowing(), at=now, limit=201))
        print(f"{name:24} {len(engine().best(question, Narrowing(), at=now, limit=10_000)):>8,} found", end="  ")
        whole = timed(lambda asked=typed: find(asked))
        print(f"in the database {in_database} (at most {promise} ms), with its passages {whole}")
    print()
    for name, path in (
        ("article", f"/articles/{slug}/"),
        ("list", "/treatments/"),
        ("search", "/search/?q=commonword"),
    ):
        client = Client(headers={"host": "testserver"})
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        print(f"{name + ' page':24} {len(queries):>3} queries  {timed(lambda asked=path, by=client: by.get(asked))}")


def print_many(articles: int) -> str:
    """Editions as the press makes them, written at once. The address of one of them."""
    import random

    from articles.models import Article, Edition, Revision, guards
    from tests import factories

    chance = random.Random(7)
    pattern = factories.print_edition(title="Pattern commonword")
    guards.lift()  # their revisions say nothing
    now = timezone.now() - timedelta(days=1)
    editions = []
    made = Article.objects.bulk_create(
        [Article(title=f"Number {one}", slug=f"number-{one}", section=pattern.section) for one in range(articles)]
    )
    revisions = Revision.objects.bulk_create(
        [Revision(article=one, number=1, content={}, digest="", signed_digest="") for one in made], batch_size=2000
    )
    for one, (article, revision) in enumerate(zip(made, revisions, strict=True)):
        said = " ".join(chance.choices(WORDS, k=400))
        said += " rareword" if one % max(1, articles // 250) == 0 else ""
        said += " commonword" if one % 100 else ""
        at = now - timedelta(minutes=one)
        editions.append(
            Edition(
                article=article, revision=revision, number=1, kind=Edition.FIRST, live_from=at, first_live_from=at,
                changed_at=at, published_at=at, slug=article.slug, title=article.title, section=pattern.section,
                by=pattern.by, standfirst="A standfirst.", body=f"<p>{said}</p>", search_text=said,
            )
        )  # fmt: skip
    Edition.objects.bulk_create(editions, batch_size=500)
    return pattern.slug


def timed(action: Callable[[], object]) -> str:
    """Median and worst of some runs, in milliseconds."""
    took = []
    for _time in range(TIMES):
        started = time.perf_counter()
        action()
        took.append((time.perf_counter() - started) * 1000)
    return f"{statistics.median(took):.1f} ms (worst {max(took):.1f})"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
