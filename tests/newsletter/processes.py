"""What the processes of a `Site` do: `python -m tests.newsletter.processes prepare 10000` and the like.

Each prints one JSON document.
"""

import json
import resource
import sys
import threading
import time
from collections import Counter
from email.parser import BytesHeaderParser
from pathlib import Path


def prepare(readers):
    """Printed articles, readers, an approved issue."""

    from articles.models import Subscription
    from articles.newsletter.issues import building
    from tests import factories
    from tests.newsletter.mailing import articles_of_a_week, subscribe

    if Subscription.objects.exists():
        empty()
    subscribe(int(readers))
    articles_of_a_week()
    issue = building.approve(building.build(), by=factories.newsletter_editor())
    return {"number": issue.number}


def empty():
    """A database that another test has filled is as `migrate` leaves it."""
    from django.core.management import call_command
    from django.db import connection

    from articles.models import guards
    from tests import factories

    guards.lift()
    call_command("flush", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_search")  # it belongs to no model, so a flush leaves it
    factories.restore_what_migrations_made()


def handed_over():
    """A letter that a mail server took: where it says what becomes of it."""
    from django.utils import timezone

    from articles.mail.bounces import return_paths
    from tests import factories
    from tests.newsletter.conftest import delivery_to

    row = delivery_to(factories.subscription(), state="handed_over", settled_at=timezone.now())
    return {"return_path": return_paths.return_path(row.pk)}


def counts():
    """What the ledger says."""
    from articles.models import Issue
    from articles.newsletter.delivery import settling

    issue = Issue.objects.latest("number")
    found = settling.counts(issue)
    return {
        "counts": found,
        "total": sum(found.values()),
        "issue": issue.state,
        "was_uncertain": list(settling.doubtful(issue).values("message_id", "state", "attempts")),
    }


def wire():
    """Sends everything into the folder, and looks at every letter there."""
    from django.conf import settings

    from articles.newsletter.delivery import workers
    from tests.newsletter import wire as rules

    workers.send_due(threading.Event())
    letters, wrong = [], Counter()
    for path in Path(settings.EMAIL_FILE_PATH).glob("mail-*.eml"):
        top, _crlf, raw = path.read_bytes().partition(b"\r\n")
        mail = BytesHeaderParser().parsebytes(raw)
        sender = top.decode().removeprefix("Return-Path: <").removesuffix(">")
        wrong.update(
            rules.problems(
                raw, mail_from=sender, to=mail["To"], site=settings.SITE_URL, postal_address=settings.POSTAL_ADDRESS
            )
        )
        about = {"message_id": mail["Message-ID"], "leave": mail["List-Unsubscribe"], "from": sender, "to": mail["To"]}
        letters.append(about)
    return {"newsletters": len(letters), "problems": wrong, "shared": rules.seen_twice(letters)}


def plain(start, number):
    """Django's own way: every message made, then sent over one connection."""
    from django.core.mail import EmailMultiAlternatives, get_connection

    from articles.models import Issue
    from articles.newsletter.issues import rendering
    from articles.newsletter.subscriptions import consent

    issue = Issue.objects.latest("number")
    letter = rendering.render(issue)

    def made():
        chosen = issue.deliveries.select_related("subscription").order_by("pk")[int(start) : int(start) + int(number)]
        for row in chosen.iterator():
            reader = row.subscription
            links = {"leave": consent.leave_link(reader), "preferences": consent.preferences_link(reader)}
            said = letter.for_reader(sections=row.sections, **links)
            headers = {**said.headers, "Message-ID": row.message_id}
            mail = EmailMultiAlternatives(said.subject, said.text, None, [reader.email], headers=headers)
            mail.attach_alternative(said.html, "text/html")
            yield mail

    started = time.monotonic()
    with get_connection() as connection:
        connection.send_messages(made())
    return {"seconds": time.monotonic() - started, "megabytes": _megabytes()}


def ledger(number):
    """Ours, with one sender, that many letters on."""
    from articles.mail import transports
    from articles.models import Issue
    from articles.newsletter.delivery import liveness
    from articles.newsletter.delivery.worker import Worker

    issue, stop, way = Issue.objects.latest("number"), threading.Event(), transports.configured()
    hand_over, left = way.hand_over, [int(number)]

    def counted(envelope):
        left[0] -= 1
        if not left[0]:
            stop.set()
        return hand_over(envelope)

    way.hand_over = counted
    started = time.monotonic()
    with liveness.signed_on() as sender:
        Worker(issue, sender=sender, stop=stop, transport=way).run()
    return {"seconds": time.monotonic() - started, "megabytes": _megabytes(), "bytes": _size(issue)}


def _size(issue):
    from articles.newsletter.issues import rendering

    whole = rendering.render(issue).for_nobody()
    return len(whole.html.encode()) + len(whole.text.encode())


def _megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
