"""How long 100,000 notices of retraction take to come in, to come in again, and to be looked up on a page and a desk.

python -m tests.bench.retractions
"""

import os
import tempfile
import time
from pathlib import Path

import django

ROWS = 100_000


def timed(what, act, times=1):
    best = min(_once(act) for _ in range(times))
    print(f"{what:58} {best * 1000:10.1f} ms")


def _once(act):
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def main():
    from django.core.management import call_command

    from articles.models import Article, Reference
    from articles.publishing import retractions
    from tests.evidence.test_retractions import COLUMNS, row

    call_command("migrate", verbosity=0)
    file = Path(tempfile.mkdtemp()) / "retractions.csv"
    with open(file, "w") as out:
        out.write(COLUMNS + "\n")
        for number in range(ROWS):
            ids = {"OriginalPaperDOI": f"10.1000/{number}", "OriginalPaperPubMedID": str(number + 1)}
            out.write(row(Record_ID=str(number + 1), **ids) + "\n")
    timed(f"{ROWS:,} rows, new", lambda: call_command("import_retractions", str(file), verbosity=0))
    timed(f"{ROWS:,} rows, there already", lambda: call_command("import_retractions", str(file), verbosity=0))
    cited = [{"citation": "Doe J.", "doi": f"10.1000/{number * 7}", "pmid": "", "url": ""} for number in range(30)]
    timed("a page with 30 references", lambda: retractions.states(cited), times=20)
    articles = Article.objects.bulk_create(Article(title=f"A {n}", slug=f"a-{n}") for n in range(10_000))
    Reference.objects.bulk_create(
        Reference(article=one, position=n, citation=f"Doe J. doi:10.2000/{one.pk}-{n}", doi=f"10.2000/{one.pk}-{n}")
        for one in articles
        for n in range(10)
    )
    timed("the dashboard over 10,000 articles, 100,000 references", lambda: list(dashboard_items()), times=3)


def dashboard_items():
    from articles.models import Article
    from articles.publishing import retractions

    return retractions.to_look_at(Article.objects.select_related("section"))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    main()
