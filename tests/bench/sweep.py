"""Prints what looking for the same error takes among 10,000 articles: `python -m tests.bench.sweep [ARTICLES]`.

Each article stands there twice, published and as a draft, with 400 words. Nothing is asserted.
"""

import sys
import time

from django.core.management import call_command
from django.db import connection
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext

from tests.bench.search import print_many, timed

WARNING = "Ziconotide can make you see things that are not there."
ERRORS = {
    "rare words": ("Take rareword twice a day.", "Never take rareword."),
    "words of nearly all texts": ("A commonword may help here.", "A commonword may harm here."),
    "words of nearly all texts, in each": ("It says commonword often.", "It never does."),
    "a number alone": ("500 mg", "5 mg"),
    "something was missing": ("", WARNING),
}


def main(articles: int) -> None:
    call_command("migrate", verbosity=0)
    from articles.models import Article, Correction, Edition
    from articles.publishing import checks, sweep
    from tests import factories
    from tests.newsletter.happenings import corrected

    print_many(articles)
    whole = Edition.objects.filter(article=OuterRef("pk")).values("search_text")[:1]
    Article.objects.filter(body="").update(body=Concat(Value("<p>"), Subquery(whole), Value("</p>")))
    print(f"{Edition.objects.count():,} published versions, {Article.objects.filter(body__gt='').count():,} drafts\n")
    for name, (was, now) in ERRORS.items():
        edition = factories.print_edition(title=f"Pumps, {name}")
        correction = corrected(edition, was="It may help.", now="It rarely helps.")
        correction.was, correction.now = was, now
        started = time.process_time()
        with CaptureQueriesContext(connection) as queries:
            found = sweep.also_said(correction)
        took = time.process_time() - started
        print(f"{name:36} {len(found):>7,} places in {took:6.2f} s of CPU, {len(queries)} queries")
    article = factories.publishable_article(title="To be judged", body=factories.BODY + "<p>Some words.</p>" * 500)
    print(f"\ngate, {Correction.objects.count()} corrections {timed(lambda: checks.run(article))}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
