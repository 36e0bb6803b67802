"""Prints how long the desk takes with a text of 5,000 words: `python -m tests.bench.desk`. Nothing is asserted."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable

FOLDER = tempfile.TemporaryDirectory()
os.environ |= {"SECRET_KEY": "bench" * 20, "VAR_DIR": FOLDER.name, "DJANGO_SETTINGS_MODULE": "tests.settings"}

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

TIMES = 15
SENTENCE = "Gabapentin may ease burning pain in some people, and it can make them drowsy in the first weeks.[1] "


def main() -> None:
    call_command("migrate", verbosity=0)
    from articles.publishing import checks, comparison, links, press, snapshot
    from tests import factories

    paragraphs = [f"<p>{SENTENCE * 4}</p>" for _number in range(72)]
    body = factories.BODY + "".join(paragraphs)
    article = factories.publishable_article(body=body)
    old = snapshot.content_of(article)
    new = {**old, "body": body.replace("drowsy", "sleepy", 40).replace("<p>Gabapentin may", "<p>Gabapentin can", 20)}
    preview = f"/preview/{links.for_preview(article.revisions.get())}/"
    client = Client()
    rows = [
        ("words", str(len(body.split())), ""),
        ("compare two revisions", timed(lambda: comparison.compare(old, new)), "at most 150 ms"),
        ("gate", timed(lambda: checks.run(article)), "at most 150 ms"),
        ("preview", timed(lambda: client.get(preview, headers={"host": "testserver"})), "at most 150 ms"),
    ]
    by = factories.editor()
    with CaptureQueriesContext(connection) as queries:
        press.publish(article, by=by)
    rows.append(("queries of publishing", str(len(queries)), "at most 30"))
    for name, value, promise in rows:
        print(f"{name:24} {value:>24}  {promise}")


def timed(action: Callable[[], object]) -> str:
    """Median and worst of some runs, in milliseconds."""
    took = []
    for _time in range(TIMES):
        started = time.perf_counter()
        action()
        took.append((time.perf_counter() - started) * 1000)
    return f"{statistics.median(took):.0f} ms (worst {max(took):.0f})"


if __name__ == "__main__":
    main()
