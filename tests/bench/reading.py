"""Prints what public pages cost over many copies of the demonstration: `python -m tests.bench.reading 1000`. Nothing is
asserted.

Milliseconds of the CPU and queries of each page, the first time it is asked for (cold) and again (warm), beside a view
of one query under the same middleware. `--kept FOLDER` keeps the prepared site for the next run; `--profile PATH`
prints where the time of one address goes; `--bodies FILE` writes a digest of every page, to compare two commits.
"""

import argparse
import cProfile
import gc
import hashlib
import os
import pstats
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
TIMES = 5
MOMENTS = ("live_from", "first_live_from", "changed_at")
FEW = 60  # addresses of articles that are asked for


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=1000)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--profile")
    parser.add_argument("--bodies", type=Path)
    return parser.parse_args()


def main() -> None:
    asked = arguments()
    with tempfile.TemporaryDirectory() as folder:
        var = site(asked.kept or Path(folder), asked.count)
        start(var)
        from django.db import connection

        if asked.profile:
            profile(asked.profile)
        elif asked.bodies:
            asked.bodies.write_text("".join(f"{digest(page)} {page}\n" for page in addresses()))
        else:
            table(asked.count, connection)


def site(folder: Path, count: int) -> Path:
    """The folder of a site with so many articles, made unless an earlier run left it."""
    small, large = folder / "demonstration", folder / f"of-{count}"
    if not small.exists():
        environ = {name: value for name, value in os.environ.items() if name not in ("SECRET_KEY", "DATABASE_URL")}
        environ |= {"VAR_DIR": str(small), "SITE_URL": "http://testserver", "DEMONSTRATION": "1"}
        subprocess.run([sys.executable, "manage.py", "demo", "--no-serve"], cwd=ROOT, env=environ, check=True)
    if not large.exists():
        large.mkdir()
        shutil.copy(small / "site.sqlite3", large)
        command = (
            f"from tests.bench import reading as bench; bench.start(bench.Path({str(large)!r})); bench.copy({count})"
        )
        subprocess.run([sys.executable, "-c", command], cwd=ROOT, check=True)
    return large


def start(var: Path) -> None:
    os.environ |= {"SECRET_KEY": "bench" * 20, "DATABASE_URL": f"sqlite:///{var / 'site.sqlite3'}"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django
    from django.conf import settings

    settings.DATABASES["default"]["CONN_MAX_AGE"] = None
    django.setup()


def copy(count: int) -> None:
    """Copies of the live editions under other addresses, hours apart, with their pictures, authors and topics."""
    from django.core.management import call_command

    from articles.models import Article, Edition, EditionByline, EditionPicture, EditionTopic, Revision, guards

    guards.lift()
    for first in list(Edition.objects.live().select_related("revision")):
        own = EditionByline, EditionPicture, EditionTopic
        beside = [(model, list(model.objects.filter(edition=first))) for model in own]
        for number in range(1, count // 13 + 1):
            article = Article.objects.create(title=first.title, slug=f"{first.slug}-{number}", section=first.section)
            revision = again(Revision, first.revision, article=article)
            moved = {
                name: getattr(first, name) - timedelta(hours=number)
                for name in ("live_from", "first_live_from", "changed_at")
            }
            named = {"slug": article.slug, "title": f"{first.title} {number}"}
            edition = again(Edition, first, article=article, revision=revision, **moved, **named)
            for model, rows in beside:
                model.objects.bulk_create(changed(model, row, edition=edition) for row in rows)
    call_command("rebuild_search", verbosity=0)
    call_command("migrate", verbosity=0)


def again(model: Any, row: Any, **other: Any) -> Any:
    made = changed(model, row, **other)
    made.save(force_insert=True)
    return made


def changed(model: Any, row: Any, **other: Any) -> Any:
    kept = {
        field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields if not field.primary_key
    }
    made = model(**kept)
    for name, value in other.items():
        setattr(made, name, value)
    return made


def addresses() -> Iterable[str]:
    """Every live address of the demonstration's first articles, and the lists."""
    from articles.models import Edition, Section

    slugs = list(Edition.objects.live().order_by("pk").values_list("slug", flat=True))
    yield "/"
    for section in Section.objects.all():
        yield from (f"/{section.slug}/", f"/{section.slug}/?page=2")
    yield from (f"/articles/{slug}/" for slug in slugs[:: len(slugs) // FEW or 1])


def answered(address: str) -> bytes:
    """The page, by the very way on which a server asks for it."""
    from django.test import RequestFactory

    from pain_site.wsgi import application

    states: list[str] = []
    body = application(RequestFactory().get(address).environ, lambda status, headers: states.append(status))
    page = b"".join(body)
    body.close()
    assert states[0].startswith("200"), f"{address}: {states[0]}"
    return page


def digest(address: str) -> str:
    return hashlib.sha256(answered(address)).hexdigest()


def spent(action: Callable[[], object]) -> float:
    """Milliseconds of the CPU."""
    began = time.process_time()
    action()
    return (time.process_time() - began) * 1000


def table(count: int, connection: Any) -> None:
    pages = list(addresses())
    kinds = {
        "an article": [page for page in pages if page.startswith("/articles/")],
        "a list": [page for page in pages if page.count("/") == 2],
        "home": ["/"] * 5,
    }
    answered("/robots.txt")  # what is loaded at the first request
    one_query = minimal(next(iter(kinds["an article"])))
    print(f"{count:,} articles ({connection.vendor}); a view of one query: {one_query:.2f} ms")
    print(f"{'':12} {'cold':>8} {'warm':>8} {'warm/one query':>15} {'queries':>8}")
    gc.collect()
    for kind, asked in kinds.items():
        answered(asked[-1])
        cold = [spent(lambda page=page: answered(page)) for page in asked[:-1]]
        warm = [min(spent(lambda page=page: answered(page)) for _time in range(TIMES)) for page in asked]
        queries = max(map(queries_of, asked))
        low = statistics.median(warm)
        print(f"{kind:12} {statistics.median(cold):8.2f} {low:8.2f} {low / one_query:15.2f} {queries:8}")


def minimal(address: str) -> float:
    """A view that reads the row of an edition by its address and answers with 20 KB, under the site's middleware."""
    from django.http import HttpResponse
    from django.urls import path

    from articles.models import Edition
    from pain_site import urls

    def view(request: Any, slug: str) -> HttpResponse:
        return HttpResponse(Edition.objects.only("title").get(slug=slug).title * 1000)

    urls.urlpatterns.insert(0, path("minimal/<slug:slug>/", view))
    page = address.replace("/articles/", "/minimal/")
    answered(page)
    return statistics.median(spent(lambda: answered(page)) for _time in range(40))


def queries_of(address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answered(address)
    return len(queries)


def profile(address: str) -> None:
    answered(address)
    profiler = cProfile.Profile()
    profiler.enable()
    for _time in range(20):
        answered(address)
    profiler.disable()
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(70)


if __name__ == "__main__":
    main()
