"""Several clocks and editors at the same moment make one issue, approve it once, and tell of an alarm once."""

import threading

import pytest
from django.db import connection

from articles.mail import alarms, sender
from articles.models import Alarm, Issue
from articles.newsletter.issues import building
from articles.newsletter.issues.building import IssueRefused
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(action, times=4):
    """What the same action came to in several threads that begin together."""
    gate, done = threading.Barrier(times, timeout=120), []

    def do_it():
        gate.wait()
        try:
            done.append(action())
        except IssueRefused as refusal:
            done.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=do_it) for _n in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def test_several_clocks_build_one_issue(needs_postgresql):
    factories.print_edition()
    built = at_once(lambda: building.build().pk)
    assert built == [Issue.objects.get().pk] * 4
    assert Issue.objects.get().items.count() == 1


def test_several_editors_approve_once(needs_postgresql):
    factories.print_edition()
    for _n in range(20):
        factories.subscription()
    issue, by = building.build(), factories.newsletter_editor()
    said = at_once(lambda: building.approve(issue, by=by).state)
    assert sorted(said) == sorted(["approved", *["It’s already approved. Only a draft can be approved."] * 3])
    assert issue.deliveries.count() == 20


def test_several_clocks_tell_of_an_alarm_once(needs_postgresql, mailoutbox):
    factories.newsletter_editor()
    Alarm.objects.create(key="x", sentence="Something is amiss.")

    def tell():
        alarms.tell()
        return sender.send_due()

    assert sum(at_once(tell)) == len(mailoutbox) == 1
