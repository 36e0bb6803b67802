"""A mail server that refuses everybody ends no subscription: the issue is held, and a person says who was meant."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from articles.mail.mime import Envelope
from articles.mail.smtp_replies import Answer, Outcome, Stage, judge
from articles.models import Alarm, BounceEvent, ConsentEvent, Issue, Subscription, Suppression
from articles.newsletter.delivery import retrying
from articles.newsletter.issues import building, refused_readers
from articles.newsletter.issues.refusal import IssueRefused
from tests import factories
from tests.newsletter.mailing import TAKEN, approved_issue, send, states

pytestmark = pytest.mark.django_db

SENDER = "5.1.0 <{to}> sender rejected"
UNKNOWN = "5.1.1 <{to}> no such user"


class Server:
    """A way out whose server refuses some readers with some words, and takes mail for all others."""

    is_configured = True

    def __init__(self, refuses):
        self.refuses, self.heard = refuses, []

    def is_open(self):
        return True

    def open(self):
        """Nothing to do."""

    def close(self):
        """Nothing to do."""

    def hand_over(self, envelope: Envelope) -> Answer:
        self.heard.append(envelope.recipient)
        words = self.refuses(envelope.recipient)
        return judge(Stage.RCPT, 550, words.format(to=envelope.recipient)) if words else TAKEN


def number(address):
    return int("".join(filter(str.isdigit, address.partition("@")[0])))


def ended():
    return Subscription.objects.filter(state=Subscription.ENDED).count()


@pytest.fixture(autouse=True)
def own_folder(own_folder):
    """Senders hold their locks in a folder of this test."""


def test_a_server_that_refuses_everybody_ends_no_subscription_and_the_issue_is_held_with_its_words():
    issue = approved_issue(40)
    server = Server(lambda to: SENDER)
    send(issue, server)
    issue.refresh_from_db()
    assert (issue.state, len(server.heard)) == (Issue.HELD, 5)
    assert issue.reason.startswith("The mail server refused 5 subscribers, for one reason: “550 5.1.0 ")
    assert (ended(), Suppression.objects.count()) == (0, 0)
    [alarm] = Alarm.objects.filter(over_at=None)
    assert "sender rejected" in alarm.sentence
    assert "@" not in issue.reason + alarm.sentence + "".join(BounceEvent.objects.values_list("said", flat=True))


def test_one_domain_that_refuses_us_for_this_and_that_is_noticed_among_others_that_take_our_mail():
    issue = approved_issue(40)
    for one in Subscription.objects.exclude(email__contains="0"):
        Subscription.objects.filter(pk=one.pk).update(email=one.email.replace("example.org", "elsewhere.example"))
    send(issue, Server(lambda to: "" if to.endswith("@example.org") else f"5.1.{10 + number(to)} no"))
    issue.refresh_from_db()
    assert issue.state == Issue.HELD
    assert "refused 5 subscribers, all at elsewhere.example: “" in issue.reason
    assert ended() == 0


def test_a_few_dead_addresses_among_many_end_when_the_issue_has_gone_out_and_hold_nothing():
    issue = approved_issue(60)
    dead = {7, 20, 33, 50}
    send(issue, Server(lambda to: UNKNOWN if number(to) in dead else ""))
    issue.refresh_from_db()
    assert (issue.state, ended(), Suppression.objects.count()) == (Issue.SENT, 4, 4)
    assert not BounceEvent.objects.filter(is_pending=True).exists()


def test_dead_addresses_far_apart_hold_an_issue_where_they_are_too_many():
    issue = approved_issue(60)
    send(issue, Server(lambda to: UNKNOWN if number(to) % 8 == 7 else ""))
    issue.refresh_from_db()
    assert issue.state == Issue.HELD
    assert ended() == 0


def test_who_was_meant_is_said_before_it_goes_on_and_those_who_are_kept_get_the_issue():
    issue, by = approved_issue(12), factories.newsletter_editor()
    send(issue, Server(lambda to: SENDER))
    with pytest.raises(IssueRefused, match="Say first whether the addresses that were refused are dead"):
        building.resume(issue, by=by)
    assert refused_readers.are_fine(issue, by=by) == 5
    building.resume(issue, by=by)
    send(issue, Server(lambda to: ""))
    assert set(states(issue)) == {"handed_over"}
    assert ended() == 0
    assert set(BounceEvent.objects.values_list("kind", "is_pending")) == {("ours", False)}


def test_addresses_that_a_person_calls_dead_end_and_the_others_get_the_issue():
    issue, by = approved_issue(12), factories.newsletter_editor()
    send(issue, Server(lambda to: UNKNOWN))
    assert refused_readers.are_dead(issue, by=by) == 5
    building.resume(issue, by=by)
    send(issue, Server(lambda to: ""))
    assert (ended(), states(issue).count("handed_over")) == (5, 7)


def test_what_an_issue_ended_is_taken_back_by_a_button_and_by_a_command_and_nothing_else_is(client):
    issue, by = approved_issue(60), factories.newsletter_editor()
    dead = {7, 20, 33, 50}
    send(issue, Server(lambda to: UNKNOWN if number(to) in dead else ""))
    left = Subscription.objects.active().first()
    Subscription.objects.filter(pk=left.pk).update(state=Subscription.ENDED, ended_at=timezone.now())
    client.force_login(by)
    page = reverse("admin:articles_issue_change", args=[issue.pk])
    assert "4 subscriptions ended because mail servers refused" in " ".join(client.get(page).content.decode().split())
    client.post(reverse("admin:articles_issue_restore_ended", args=[issue.pk]))
    assert (ended(), Suppression.objects.count()) == (1, 0)
    assert ConsentEvent.objects.filter(kind=ConsentEvent.RESTORED).count() == 4
    said = io.StringIO()
    call_command("lift_suppression", "--issue", str(issue.number), "--by", by.username, stdout=said)
    assert said.getvalue() == "0 subscriptions restored.\n"


def part_of(issue, server, *, stops_after):
    """Sends until so many were tried; then the desk holds the issue."""
    by, hand_over = factories.newsletter_editor(), server.hand_over

    def counted(envelope):
        answer = hand_over(envelope)
        if len(server.heard) == stops_after:
            building.hold(issue, reason="A wrong picture.", by=by)
        return answer

    server.hand_over = counted
    send(issue, server)
    issue.refresh_from_db()
    assert (issue.state, issue.reason) == (Issue.HELD, "A wrong picture.")
    return by


@pytest.mark.parametrize("dead", [{2}, {2, 9, 14, 20}])
def test_an_issue_held_for_another_reason_asks_nothing_about_a_few_dead_addresses(dead, client):
    issue, server = approved_issue(60), Server(lambda to: UNKNOWN if number(to) in dead else "")
    by = part_of(issue, server, stops_after=30)
    client.force_login(by)
    page = client.get(reverse("admin:articles_issue_change", args=[issue.pk])).content.decode()
    assert "Are these addresses dead?" not in page
    building.resume(issue, by=by)
    send(issue, Server(lambda to: ""))
    assert (ended(), states(issue).count("handed_over")) == (len(dead), 60 - len(dead))


def test_a_held_issue_that_is_closed_ends_a_few_dead_addresses_and_asks_about_a_run():
    few, by = approved_issue(60), factories.newsletter_editor()
    part_of(few, Server(lambda to: UNKNOWN if number(to) == 3 else ""), stops_after=30)
    building.close(few, reason="Over.", by=by)
    assert (ended(), BounceEvent.objects.filter(is_pending=True).count()) == (1, 0)


def test_a_run_is_asked_about_though_other_workers_had_messages_taken_while_it_was_held(client):
    issue, by = approved_issue(400), factories.newsletter_editor()
    send(issue, Server(lambda to: SENDER))
    issue.refresh_from_db()
    for late in issue.deliveries.filter(state="queued")[:3]:
        issue.deliveries.filter(pk=late.pk).update(state="handed_over", settled_at=timezone.now())
    with pytest.raises(IssueRefused, match="Say first whether"):
        building.resume(issue, by=by)
    client.force_login(by)
    page = client.get(reverse("admin:articles_issue_change", args=[issue.pk])).content.decode()
    assert "Are these addresses dead?" in page
    building.close(issue, reason="Over.", by=by)
    assert (ended(), BounceEvent.objects.filter(is_pending=True).count()) == (0, 5)
    assert refused_readers.are_dead(issue, by=by) == 5


def test_nobody_but_who_may_approve_decides_about_readers():
    issue, author = approved_issue(12), factories.UserFactory(role="Author")
    send(issue, Server(lambda to: SENDER))
    for verb in (refused_readers.are_dead, refused_readers.are_fine, refused_readers.restore):
        with pytest.raises(IssueRefused):
            verb(issue, by=author)
    assert BounceEvent.objects.filter(is_pending=True).count() == 5


def test_one_reader_who_is_refused_again_and_again_for_a_reason_of_ours_holds_no_issue(monkeypatch):
    monkeypatch.setattr(retrying, "FIRST", timedelta(microseconds=1))
    issue = approved_issue(1)
    refused = []

    def refuse(to):
        refused.append(to)
        return "5.7.1 blocked" if len(refused) < 5 else ""

    send(issue, Server(refuse))
    issue.refresh_from_db()
    assert (issue.state, states(issue), len(refused)) == (Issue.SENT, ["handed_over"], 5)


def test_the_words_of_a_server_that_refuses_our_mail_name_no_reader_where_the_desk_reads_them():
    issue = approved_issue(12)
    send(issue, Server(lambda to: "5.7.1 <{to}> blocked"))
    issue.refresh_from_db()
    assert issue.state == Issue.HELD
    assert "<(address)> blocked" in issue.reason
    assert "@" not in issue.reason + Alarm.objects.get().sentence


def test_a_temporary_refusal_is_no_run():
    issue = approved_issue(12)
    server = Server(lambda to: "")
    server.hand_over = lambda envelope: Answer(Outcome.LATER, "451 later")
    send(issue, server, waits=False)
    issue.refresh_from_db()
    assert issue.state == Issue.SENDING
