"""The drill: a backup, further events, a restore. The restored site mails nobody until a person has answered."""

from collections import Counter
from datetime import timedelta
from io import StringIO
from threading import Event

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.backup import answering, making, restoring
from articles.mail import journal, outbox, sender, suppression, transports
from articles.models import Delivery, Issue, OutgoingMail, Subscription, Suppression
from articles.newsletter.delivery.liveness import Sender
from articles.newsletter.delivery.worker import Worker
from articles.newsletter.issues import building, preview_mail
from articles.newsletter.subscriptions import consent, erasure, preferences, tokens
from articles.newsletter.subscriptions.consent import Consent
from tests import factories
from tests.newsletter.mailing import approved_issue, subscribe

pytestmark = pytest.mark.django_db(transaction=True)


class Counting:
    """The site's own way out, which tells its worker to stop after so many messages."""

    def __init__(self, number):
        self.transport, self.left, self.stop = transports.configured(), number, Event()

    def hand_over(self, envelope):
        self.left -= 1
        if not self.left:
            self.stop.set()
        return self.transport.hand_over(envelope)

    def __getattr__(self, name):
        return getattr(self.transport, name)


def hand_over(issue, number):
    """So many messages of an issue, one after the other."""
    way_out = Counting(number)
    Worker(issue, sender=Sender("drill"), stop=way_out.stop, transport=way_out, waits=False).run()


def rounds_of_the_clock(number=3):
    for _round in range(number):
        call_command("clock", "--once", stdout=StringIO())


def left(email):
    """The reader unsubscribes."""
    reader = Subscription.objects.get(email=email)
    consent.unsubscribe(tokens.sign(tokens.LEAVE, reader.pk), consent=Consent(consent.UNSUBSCRIBE_WORDING))


@pytest.fixture
def administrator():
    return factories.UserFactory(role="Site administrator")


def test_a_restored_copy_sends_nothing_until_a_person_says_so(backups, mailoutbox, administrator):
    issue = approved_issue(readers=6, lead_image=factories.CreditFactory().image)
    hand_over(issue, 2)
    preview_mail.send_test(issue, by=issue.approved_by)
    making.backup(backups)

    sender.send_due()
    left("reader2@example.org")
    erasure.erase("reader3@example.org")
    hand_over(issue, 1)
    before = Counter(mail.to[0] for mail in mailoutbox)
    assert sum(before.values()) == 4

    done = restoring.restore(backups, replace=True)
    mailoutbox.clear()
    rounds_of_the_clock()
    assert mailoutbox == []
    assert "Issue 1 went out after the backup: 1 reader." in done.events
    assert "After the backup 1 reader unsubscribed, 1 reader was erased. That is in force again." in done.events
    assert "1 single email was sent after the backup and won’t be sent again." in done.events
    assert Subscription.objects.get(email="reader2@example.org").state == Subscription.ENDED
    assert not Subscription.objects.filter(email="reader3@example.org").exists()
    assert suppression.of("reader3@example.org").reason == Suppression.ERASED
    issue.refresh_from_db()
    assert issue.state == Issue.HELD

    answering.go_on(by=administrator)
    rounds_of_the_clock()
    got = before + Counter(mail.to[0] for mail in mailoutbox)
    assert got == {f"reader{number}@example.org": 1 for number in (0, 1, 4, 5)} | {issue.approved_by.email: 1}
    issue.refresh_from_db()
    assert issue.state == Issue.SENT


def test_an_issue_that_was_built_and_sent_after_the_backup_is_not_sent_again(backups, mailoutbox, administrator):
    subscribe(3)
    factories.print_edition(title="Pumps")
    making.backup(backups)
    issue = building.approve(building.build(), by=factories.newsletter_editor())
    hand_over(issue, 2)
    had_it = {mail.to[0] for mail in mailoutbox}

    done = restoring.restore(backups, replace=True)
    assert done.events == ["Issue 1 went out after the backup: 2 readers."]
    again = Issue.objects.get()
    assert (again.pk, again.number, again.week, again.subject) == (issue.pk, 1, issue.week, "Pumps")
    assert [item.edition.title for item in again.items.all()] == ["Pumps"]
    rounds_of_the_clock()
    assert len(mailoutbox) == 2

    answering.go_on(by=administrator)
    rounds_of_the_clock()
    assert [mail.to[0] for mail in mailoutbox[2:]] == sorted({f"reader{n}@example.org" for n in range(3)} - had_it)
    assert building.build(week=issue.week).pk == issue.pk
    later = building.build(now=timezone.now() + timedelta(weeks=1))
    assert (later.number, later.state) == (2, Issue.SKIPPED), "its article is no news any more"


def test_an_issue_that_was_finished_after_the_backup_stays_finished(backups, mailoutbox, administrator):
    issue = approved_issue(readers=3)
    making.backup(backups)
    rounds_of_the_clock(1)
    assert len(mailoutbox) == 3
    restoring.restore(backups, replace=True)
    issue.refresh_from_db()
    assert issue.state == Issue.SENT
    assert set(issue.deliveries.values_list("state", flat=True)) == {Delivery.HANDED_OVER}
    answering.go_on(by=administrator)
    rounds_of_the_clock()
    assert len(mailoutbox) == 3


def test_an_issue_that_somebody_put_on_hold_after_the_backup_waits_for_them(backups, mailoutbox, administrator):
    issue = approved_issue(readers=2)
    making.backup(backups)
    building.hold(issue, reason="The dose is wrong.", by=issue.approved_by)
    restoring.restore(backups, replace=True)
    assert answering.go_on(by=administrator) == []
    rounds_of_the_clock()
    issue.refresh_from_db()
    assert (issue.state, mailoutbox) == (Issue.HELD, [])
    building.resume(issue, by=issue.approved_by)
    rounds_of_the_clock()
    assert len(mailoutbox) == 2


def test_an_approval_that_was_undone_after_the_backup_is_a_draft_again(backups, mailoutbox, administrator):
    issue = approved_issue(readers=2)
    making.backup(backups)
    building.undo_approval(issue, by=issue.approved_by)
    restoring.restore(backups, replace=True)
    answering.go_on(by=administrator)
    rounds_of_the_clock()
    issue.refresh_from_db()
    assert (issue.state, issue.deliveries.count(), mailoutbox) == (Issue.DRAFT, 0, [])


def test_an_issue_that_was_approved_anew_after_the_backup_says_what_its_readers_got(backups, mailoutbox, administrator):
    issue = approved_issue(readers=2)
    making.backup(backups)
    building.undo_approval(issue, by=issue.approved_by)
    Issue.objects.update(subject="Better words")
    hand_over(building.approve(issue, by=issue.approved_by), 1)
    restoring.restore(backups, replace=True)
    answering.go_on(by=administrator)
    rounds_of_the_clock()
    assert [mail.subject for mail in mailoutbox] == ["Better words"] * 2
    assert sorted(mail.to[0] for mail in mailoutbox) == ["reader0@example.org", "reader1@example.org"]
    assert Issue.objects.get().subject == "Better words"


def test_who_left_and_came_back_after_the_backup_is_still_a_subscriber(backups):
    reader = factories.subscription("reader@example.org")
    making.backup(backups)
    left(reader.email)
    Subscription.objects.filter(pk=reader.pk).update(state="pending", confirmed_at=None, ended_at=None)
    key = tokens.mint(reader, "confirm", at=timezone.now())
    consent.confirm(key, consent=Consent(consent.WORDING))
    restoring.restore(backups, replace=True)
    assert Subscription.objects.get().state == Subscription.ACTIVE


def test_who_asked_again_just_before_the_backup_is_still_asked(backups):
    reader = factories.subscription("reader@example.org", requested_at=timezone.now() - timedelta(days=9))
    left(reader.email)
    consent.take(reader.email, consent=Consent(consent.WORDING), at=timezone.now())
    making.backup(backups)
    restoring.restore(backups, replace=True)
    assert Subscription.objects.get().state == Subscription.PENDING


def test_who_pauses_or_wants_corrections_alone_is_not_sent_the_newsletter_again(backups):
    pausing, fewer, back = (factories.subscription(f"{name}@example.org") for name in ("pausing", "fewer", "back"))
    making.backup(backups)
    day = timezone.localdate() + timedelta(days=30)
    preferences.pause(pausing, until=day)
    preferences.choose(fewer, wants=Subscription.CORRECTIONS, sections=[])
    preferences.pause(back, until=day)
    preferences.resume(back)
    done = restoring.restore(backups, replace=True)
    chosen = {one.email: (one.wants, one.paused_until) for one in Subscription.objects.all()}
    assert chosen == {
        "pausing@example.org": ("weekly", day),
        "fewer@example.org": ("corrections", None),
        "back@example.org": ("weekly", None),
    }
    assert restoring.restore(backups, replace=True).events == done.events


@pytest.mark.parametrize("reason", [Suppression.BOUNCED, Suppression.COMPLAINED])
def test_who_must_not_be_written_to_stays_suppressed(backups, reason):
    reader = factories.subscription("reader@example.org")
    making.backup(backups)
    suppression.silence(reader, reason)
    restoring.restore(backups, replace=True)
    assert Subscription.objects.get().state == Subscription.ENDED
    assert suppression.of(reader.email).reason == reason


def test_who_never_signed_up_is_forgotten_again(backups):
    reader = Subscription.objects.create(email="r.e.ader+x@example.org")
    making.backup(backups)
    consent.not_me(consent.not_me_token(reader))
    restoring.restore(backups, replace=True)
    assert not Subscription.objects.exists()
    assert not suppression.may_ask("r.e.ader+x@example.org")


def test_a_changed_secret_key_still_finds_who_left(backups, settings):
    reader = factories.subscription("reader@example.org")
    making.backup(backups)
    left(reader.email)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, which is as long as any that is good enough for a site"
    restoring.restore(backups, replace=True)
    assert Subscription.objects.get().state == Subscription.ENDED


def test_restoring_the_same_backup_twice_comes_to_the_same(backups, mailoutbox):
    issue = approved_issue(readers=3)
    making.backup(backups)
    hand_over(issue, 1)
    left("reader2@example.org")
    first = restoring.restore(backups, replace=True)
    states = list(issue.deliveries.order_by("pk").values_list("state", flat=True))
    second = restoring.restore(backups, replace=True)
    assert second.events == first.events
    assert list(issue.deliveries.order_by("pk").values_list("state", flat=True)) == states


def test_without_its_journal_a_restore_says_what_may_be_missing(backups):
    making.backup(backups)
    journal.path().unlink()
    [said] = restoring.restore(backups, replace=True).events
    assert "doesn’t know of this backup" in said
    assert "who unsubscribed" in said


def test_links_and_message_ids_of_rows_that_a_restore_lost_are_not_given_to_others(backups, mailoutbox, administrator):
    making.backup(backups)
    lost = factories.subscription("lost@example.org")
    link = tokens.sign(tokens.LEAVE, lost.pk)
    outbox.enqueue("question", "lost@example.org")
    ids = [lost.pk, OutgoingMail.objects.get().pk, approved_issue(readers=1).deliveries.first().pk]
    restoring.restore(backups, replace=True)
    stranger = factories.subscription("stranger@example.org")
    consent.unsubscribe(link, consent=Consent(consent.UNSUBSCRIBE_WORDING))
    stranger.refresh_from_db()
    assert stranger.state == Subscription.ACTIVE
    answering.go_on(by=factories.UserFactory(role="Site administrator"))
    outbox.enqueue("question", "stranger@example.org")
    now = [stranger.pk, OutgoingMail.objects.get().pk, approved_issue(readers=1).deliveries.first().pk]
    assert not set(ids) & set(now)
