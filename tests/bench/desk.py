"""Prints how long the desk takes: `python -m tests.bench.desk`. Nothing is asserted.

With a text of 5,000 words: the gate, a comparison, a preview. With the demonstration's articles, but without their
pictures: each check, saving, autosave and publishing, in milliseconds of the CPU, which other processes inflate less.
Pages as an editor asks for them, in milliseconds of the CPU too.
"""

import os
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

FOLDER = tempfile.TemporaryDirectory()
os.environ |= {"SECRET_KEY": "bench" * 20, "VAR_DIR": FOLDER.name, "DJANGO_SETTINGS_MODULE": "tests.settings"}
os.environ.setdefault("LOG_LEVEL", "ERROR")  # no line for each request among the figures

import django  # noqa: E402

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment, teardown_test_environment  # noqa: E402

from articles.demonstration import loader  # noqa: E402
from articles.models import Article, Reference  # noqa: E402
from articles.publishing import checks, comparison, desk, links, press, revisions, snapshot  # noqa: E402
from tests import factories  # noqa: E402

TIMES = 15
SMALL = "save and publish a small one"
PROMISES = {"the gate": 60, "publish": 40, "autosave": 25, SMALL: 20}
SENTENCE = "Gabapentin may ease burning pain in some people, and it can make them drowsy in the first weeks.[1] "


def main() -> None:
    call_command("migrate", verbosity=0)
    long_text()
    demonstration()
    pages()


def long_text() -> None:
    paragraphs = [f"<p>{SENTENCE * 4}</p>" for _number in range(72)]
    body = factories.BODY + "".join(paragraphs)
    article = factories.publishable_article(body=body)
    old = snapshot.content_of(article)
    new = {**old, "body": body.replace("drowsy", "sleepy", 40).replace("<p>Gabapentin may", "<p>Gabapentin can", 20)}
    preview = f"/preview/{links.for_preview(article.revisions.get())}/"
    client = Client()
    show("words", str(len(body.split())))
    show("compare two revisions", timed(lambda: comparison.compare(old, new)), "at most 150 ms")
    show("gate", timed(lambda: checks.run(article)), "at most 150 ms")
    show("preview", timed(lambda: client.get(preview, headers={"host": "testserver"})), "at most 150 ms")
    show("queries of publishing", str(queries(lambda: press.publish(article, by=factories.editor()))), "at most 30")


def demonstration() -> None:
    """Medians over its articles, each measured some times and forgotten again."""
    took: dict[str, list[float]] = defaultdict(list)
    articles = [signed(story) for story in loader.stories() if {"published", "section"} <= story.keys()]
    for article in articles:
        measure(article, took)
    for article in [factories.publishable_article() for _number in range(TIMES)]:
        took[SMALL].append(cpu(partial(save_and_publish, article, factories.editor())))
    words = [len(checks.Draft.of(article).words.split()) for article in articles]
    print(f"\nCPU, {len(words)} articles of {min(words)} to {max(words)} words")
    for name, times in sorted(took.items(), key=lambda row: -statistics.median(row[1])):
        show(name, f"{statistics.median(times):.2f} ms", f"at most {PROMISES[name]} ms" if name in PROMISES else "")


def measure(article: Article, took: dict[str, list[float]]) -> None:
    by = factories.editor()
    typed = {"title": article.title, "standfirst": article.standfirst, "body": f"{article.body}<p>More.</p>"}
    for _time in range(5):
        draft = checks.Draft.of(article)
        for function in dict.fromkeys(checks.REGISTRY.values()):
            name = f"{function.__module__.rpartition('.')[2]}.{function.__name__}"
            took[name].append(cpu(partial(run, function, draft)))
        took["the gate"].append(cpu(lambda: checks.run(article)))
        took["publish"].append(cpu(lambda: forgotten(lambda: press.publish(article, by=by))))
        took["save"].append(cpu(lambda: forgotten(lambda: desk.save(article, by=by))))
        took["autosave"].append(cpu(lambda: forgotten(lambda: revisions.autosave(article, typed, by=by))))


def run(check: Callable[[checks.Draft], Iterable[checks.Finding]], draft: checks.Draft) -> None:
    list(check(draft))


def save_and_publish(article: Article, by: User) -> None:
    desk.save(article, by=by)
    press.publish(article, by=by)


def signed(story: dict[str, Any]) -> Article:
    """An article of the demonstration, ready to be published."""
    named = {name: story.get(name, "") for name in ("title", "slug", "standfirst", "disclosure", "closing_question")}
    body = loader.PLACE.sub("", story["body"])
    article = factories.publishable_article(in_section=story["section"], signed=False, body=body, **named)
    article.references.all().delete()
    for position, reference in enumerate(story.get("references", []), 1):
        Reference.objects.create(article=article, position=position, **reference)
    desk.save(article, by=None)
    factories.sign(article)
    return article


def forgotten(action: Callable[[], object]) -> None:
    with transaction.atomic():
        action()
        transaction.set_rollback(True)


def queries(action: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as counted:
        action()
    return len(counted)


def cpu(action: Callable[[], object]) -> float:
    """Milliseconds."""
    started = time.process_time()
    action()
    return (time.process_time() - started) * 1000


def pages() -> None:
    """An article's form, what it sends, and the lists, each with its queries."""
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
    for name, (action, promise) in asked.items():
        show(name, page_cost(action), promise)


def page_cost(action: Callable[[], object]) -> str:
    """Milliseconds of this process alone, which other work on the machine does not lengthen, and the queries."""
    action()
    asked = queries(action)
    return f"{statistics.median(cpu(action) for _time in range(TIMES)):.0f} ms, {asked} queries"


def timed(action: Callable[[], object]) -> str:
    """Median and worst of some runs, in milliseconds."""
    took = []
    for _time in range(TIMES):
        started = time.perf_counter()
        action()
        took.append((time.perf_counter() - started) * 1000)
    return f"{statistics.median(took):.0f} ms (worst {max(took):.0f})"


def show(name: str, value: str, promise: str = "") -> None:
    print(f"{name:30} {value:>24}  {promise}")


if __name__ == "__main__":
    main()
