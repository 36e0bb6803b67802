"""Prints how long the desk takes with a text of 5,000 words: `python -m tests.bench.desk`. Nothing is asserted.

Its pages are asked for by an editor, with the demonstration's weight of text; their figures are milliseconds of CPU.
"""

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
from django.test.utils import CaptureQueriesContext, setup_test_environment, teardown_test_environment  # noqa: E402

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
    for name, value, promise in [*rows, *pages()]:
        print(f"{name:24} {value:>24}  {promise}")


def pages() -> list[tuple[str, str, str]]:
    """An article's form, what it sends, and the lists, each with its queries."""
    from articles.models import Reference
    from tests import factories
    from tests.admin.conftest import change_url, form_of

    body = factories.BODY + f"<p>{SENTENCE * 4}</p>" * 15
    article = factories.publishable_article(body=body, lead_image=factories.CreditFactory().image)
    for number in range(2, 8):
        Reference.objects.create(article=article, position=number, citation=f"Doe J. Pumps {number}. Pain. In press.")
    client = Client(headers={"host": "testserver"})
    client.force_login(factories.editor())
    form, own = change_url(article), f"/admin/articles/article/{article.pk}"
    setup_test_environment()  # so that an answer keeps its form
    typed = form_of(client, form)
    teardown_test_environment()
    asked: dict[str, tuple[Callable[[], object], str]] = {
        "form": (lambda: client.get(form), "first byte within 80 ms"),
        "new article": (lambda: client.get("/admin/articles/article/add/"), ""),
        "save": (lambda: client.post(form, typed), ""),
        "autosave": (lambda: client.post(f"{own}/autosave/", {"body": body + "<p>More.</p>"}), ""),
        "history": (lambda: client.get(f"{own}/history/"), ""),
        "compare page": (lambda: client.get(f"{own}/compare/?old=1"), ""),
        "preview page": (lambda: client.get(f"{own}/preview/"), ""),
        "dashboard": (lambda: client.get("/admin/"), "at most 40 ms"),
        "list of articles": (lambda: client.get("/admin/articles/article/"), ""),
        "list of pictures": (lambda: client.get("/admin/articles/image/"), ""),
    }
    return [(name, cpu(action), promise) for name, (action, promise) in asked.items()]


def cpu(action: Callable[[], object]) -> str:
    """Milliseconds of this process alone, which other work on the machine does not lengthen, and the queries."""
    action()
    with CaptureQueriesContext(connection) as queries:
        action()
        count = len(queries)  # the next request forgets them
    took = []
    for _time in range(TIMES):
        started = time.process_time()
        action()
        took.append((time.process_time() - started) * 1000)
    return f"{statistics.median(took):.0f} ms of CPU, {count} queries"


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
