"""Figures of subscribing, printed and asserted nowhere: time by state, a flood at one inbox, a list of 100,000.

    python -m tests.bench.subscriptions [--posts 100000] [--http 100000 --seconds 900]

A database of its own in a folder of its own; mails are files there. With --http that many posts go to `serve` instead,
for so many seconds at most, and nothing else is measured.
"""

import argparse
import os
import resource
import statistics
import tempfile
import time
from pathlib import Path

from articles.mail import sender

STATES = ("unknown", "pending", "active", "ended", "erased", "not_me")
ROUNDS = 150


def prepare(folder: str) -> None:
    os.environ |= {"VAR_DIR": folder, "SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "testserver"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "pain_site.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def times_by_state() -> None:
    """How long one post takes, for addresses in each state, in turn, so that all share the machine's moods."""
    from django.test import Client
    from django.utils import timezone

    from articles.mail import suppression
    from articles.models import NetworkCount, Subscription

    now = timezone.now()
    for number in range(ROUNDS):
        Subscription.objects.create(email=f"pending{number}@example.org")
        Subscription.objects.create(email=f"active{number}@example.org", state="active", confirmed_at=now)
        Subscription.objects.create(email=f"ended{number}@example.org", state="ended", ended_at=now)
        for reason in ("erased", "not_me"):
            suppression.add(suppression.digest(f"{reason}{number}@example.org"), reason)
    client, taken = Client(), {state: [] for state in STATES}
    for number in range(ROUNDS):
        for state in STATES if number % 2 else reversed(STATES):
            started = time.perf_counter()
            answer = client.post("/subscribe/", {"email": f"{state}{number}@example.org", "page": "/"})
            taken[state].append(1000 * (time.perf_counter() - started))
            assert answer.status_code == 200
        NetworkCount.objects.all().delete()
    print(f"\nPOST /subscribe/, {ROUNDS} of each, milliseconds\n\n  state      median   p90")
    for state, values in taken.items():
        print(f"  {state:10} {statistics.median(values):6.2f} {statistics.quantiles(values, n=10)[8]:6.2f}")


def flood(posts: int, folder: Path) -> None:
    """Requests for one inbox under many spellings from many networks, the clock going round all the while."""
    from ipaddress import ip_address

    from articles.newsletter.subscriptions import requests
    from articles.newsletter.subscriptions.consent import Consent
    from articles.newsletter.subscriptions.requests import RequestRefused

    while sender.send_due():  # those of the states before
        pass
    before, refused, started = len(list((folder / "mail").glob("*.eml"))), 0, time.perf_counter()
    for number in range(posts):
        address = "victim@example.net" if number % 2 else f"victim+{number % 5000}@example.net"
        try:
            client = ip_address(0x0A000000 + (number % 4000) * 256)
            requests.subscribe(address, consent=Consent("Yes.", "/"), client=client)
        except RequestRefused:
            refused += 1
        if number % 2000 == 0:
            sender.send_due()
    while sender.send_due():
        pass
    requests.ask_imported()
    sender.send_due()
    mails = len(list((folder / "mail").glob("*.eml"))) - before
    seconds = time.perf_counter() - started
    print(f"\n{posts} requests for one inbox: {mails} mail, {refused} refused, {seconds:.0f} s")


def flood_over_http(posts: int, seconds: float, folder: Path) -> None:
    from tests.newsletter.flood import Served

    with Served(folder).running() as site:
        started = time.perf_counter()
        answers = site.flood(posts, seconds=seconds)
        took = time.perf_counter() - started
        mails = site.settled()
    told = ", ".join(f"{number} × {status}" for status, number in sorted(answers.items()))
    print(f"\n{sum(answers.values())} posts to /subscribe/ over HTTP for one inbox in {took:.0f} s ({told}): ", end="")
    print(f"{len(mails)} mail")


def move_in(rows: int, folder: Path) -> None:
    from django.contrib.auth.models import Group, User

    from articles.newsletter.subscriptions import list_import

    by = User.objects.create_user("admin")
    by.groups.add(Group.objects.get(name="Site administrator"))
    path = folder / "list.csv"
    with open(path, "w") as file:
        file.write("email,confirmed_at,source\n")
        for number in range(rows):
            file.write(f"reader{number - number % 50 // 49}@example.com,2024-05-31,{'=1+1' if number % 9 else 'old'}\n")
    started, outcome = time.perf_counter(), None
    for outcome in list_import.import_list(path, by=by):  # noqa: B007
        pass
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{rows} rows moved in: {outcome.counts['imported']} taken, {len(outcome.left_out)} left out, ", end="")
    print(f"{seconds:.0f} s, {peak:.0f} MB at most in this process")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--posts", type=int, default=100_000)
    arguments.add_argument("--http", type=int, default=0)
    arguments.add_argument("--seconds", type=float, default=900)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.http:
            flood_over_http(given.http, given.seconds, Path(folder))
            raise SystemExit
        prepare(folder)
        times_by_state()
        move_in(100_000, Path(folder))
        flood(given.posts, Path(folder))
