"""Guards and the triggers of the public state are changed while a site goes on: nobody else's work ends for it."""

import threading
import time

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import F

from articles.models import Contributor, Topic, giving_way, guards, public_state
from tests import factories
from tests.management.serving import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)


def lift():
    guards.lift()
    public_state.lift()


def install():
    guards.install()
    public_state.install()


def read(model):
    list(model.objects.values_list("pk"))


def write(model):
    model.objects.update(slug=F("slug"))


def waiting():
    """How many wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0]


@pytest.mark.parametrize(("change", "use"), [(lift, read), (lift, write), (install, write)])
def test_who_has_one_table_and_needs_another_gets_it(needs_postgresql, change, use):
    """They have the last in the order of the change, and need one of the first; PostgreSQL ends who waits in a ring."""
    factories.ContributorFactory()
    Topic.objects.create(name="One", slug="one")
    done = []

    def run():
        try:
            change()
            done.append(change)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    try:
        with transaction.atomic():
            use(Topic)
            thread.start()
            ends_at = time.monotonic() + PATIENCE
            while not waiting():
                assert time.monotonic() < ends_at
            use(Contributor)
            time.sleep(1.5)  # longer than PostgreSQL waits before it looks for rings
            assert done == []
    finally:
        thread.join()
    assert done == [change]
    install()


def test_readers_need_not_even_wait_while_guards_are_put_back(needs_postgresql):
    thread = threading.Thread(target=lambda: (install(), connection.close()))
    with transaction.atomic():
        for model in (Contributor, Topic):
            read(model)
        thread.start()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_nobody_waits_for_ever(needs_postgresql, monkeypatch):
    monkeypatch.setattr(giving_way, "PATIENCE", 0.5)
    problems = []

    def run():
        try:
            lift()
        except OperationalError as problem:
            problems.append(str(problem.__cause__.sqlstate))
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        read(Topic)
        thread.start()
        thread.join()
    assert problems == ["55P03"]
    install()
