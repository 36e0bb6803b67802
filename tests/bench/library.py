"""Prints how the library page does with 10,000 pictures: `python -m tests.bench.library`. Nothing is asserted."""

import os
import re
import statistics
import tempfile
import time

FOLDER = tempfile.TemporaryDirectory()
os.environ |= {"SECRET_KEY": "bench" * 20, "VAR_DIR": FOLDER.name, "DJANGO_SETTINGS_MODULE": "tests.settings"}

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from tests.bench.desk import timed  # noqa: E402

LIST = reverse("admin:articles_image_changelist")
PICTURES, DRAFTS, PRINTED = 10_000, 400, 40
FILTERS = ("credit", "license", "use")
TYPED = {
    "page 200": {"p": "200"},
    "search, many": {"q": "Channel 7"},
    "search, none": {"q": "zebra"},
    "search, two words": {"q": "Channel Jane"},
    "sort by name": {"o": "1"},
    "sort by name, down, page 300": {"o": "-1", "p": "300"},
    "lacking, searched, sorted": {"credit": "lacking", "q": "Channel 7", "o": "1"},
    "complete, never used": {"credit": "complete", "use": "never"},
}
BODY = "<p>Gabapentin may ease burning pain in some people.</p>" * 60


def main() -> None:
    call_command("migrate", verbosity=0)
    fill()
    visitors = {role: signed_in(role) for role in ("Administrator", *roles())}
    print(f"{PICTURES} pictures, {DRAFTS} drafts, {PRINTED} printed editions; at most 8 queries and 100 ms")
    for number, (who, client) in enumerate(visitors.items()):
        asked = {"as it opens": {}, **TYPED, **offered(client)} if number < 2 else {"as it opens": {}}
        for name, query in asked.items():
            with CaptureQueriesContext(connection) as queries:
                ask(client, query)
                count = len(queries)  # the next request forgets them
            figures = f"{cpu(client, query):>4.0f} ms of CPU  {timed(lambda c=client, q=query: ask(c, q)):>24}"
            print(f"{who:18} {name:28} {count:>3} queries  {figures}", flush=True)


def offered(client: Client) -> dict[str, dict[str, str]]:
    """Every filter that the page itself offers."""
    links = re.findall(r'href="\?([a-z]+)=([a-z0-9-]+)"', client.get(LIST).content.decode())
    return {f"{name} {value}": {name: value} for name, value in links if name in FILTERS}


def cpu(client: Client, query: dict[str, str]) -> float:
    """Milliseconds of this process alone, which other work on the machine does not lengthen: the median of nine."""
    took = []
    for _time in range(9):
        started = time.process_time()
        ask(client, query)
        took.append((time.process_time() - started) * 1000)
    return statistics.median(took)


def fill() -> None:
    from articles.models import Article, Image, ImageCredit
    from tests import factories

    images = Image.objects.bulk_create(factories.ImageFactory.build_batch(PICTURES), batch_size=500)
    credits = [
        factories.CreditFactory.build(image=image, title=f"Channel {number}", license=license_of(number))
        for number, image in enumerate(images)
        if number % 20
    ]
    ImageCredit.objects.bulk_create(credits, batch_size=500)
    drafts = [
        factories.ArticleFactory.build(
            section=factories.section(), lead_image=image, body=f'{BODY}<figure data-picture="{image.pk - 1}"></figure>'
        )
        for image in images[1 : DRAFTS + 1]
    ]
    Article.objects.bulk_create(drafts, batch_size=100)
    for image in images[-PRINTED:]:
        if hasattr(image, "credit") and image.credit.is_complete():
            Image.objects.filter(pk=image.pk).update(rendered=image.stamp())
            factories.print_edition(lead_image=image)


def license_of(number: int) -> str:
    return ["cc-by-4.0", "cc-by-sa-3.0-de", "", "own-work"][number % 4]


def roles() -> list[str]:
    from django.contrib.auth.models import Group

    return [*Group.objects.filter(permissions__codename="view_image").order_by("name").values_list("name", flat=True)]


def signed_in(role: str) -> Client:
    """Somebody past the second step."""
    from tests import factories
    from tests.admin.accounts import verified

    is_superuser = role == "Administrator"
    user = factories.UserFactory(role=None if is_superuser else role, is_superuser=is_superuser)
    return verified(Client(headers={"host": "testserver"}), user)


def ask(client: Client, query: dict[str, str]) -> None:
    answer = client.get(LIST, query)
    assert answer.status_code == 200, answer.status_code


if __name__ == "__main__":
    main()
