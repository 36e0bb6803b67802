"""Readers who left, were erased or suppressed after a backup, as the journal names them: by keyed hashes."""

from collections import Counter, defaultdict
from datetime import datetime
from itertools import chain

from articles.mail import addresses, journal, suppression
from articles.mail.journal import Entry
from articles.models import OutgoingMail, SentenceReport, Subscription, SubscriptionToken, Suppression
from articles.newsletter.subscriptions import consent, erasure
from articles.newsletter.subscriptions.consent import Consent

WORDING = "Unsubscribed; known from the journal after a restore."
SOURCE = "journal"
REASONS = frozenset(reason for reason, _label in Suppression.REASONS)
CHOICES = frozenset({journal.ENDED, journal.CHOSE})
WAYS_BACK = frozenset({journal.RETURNED, journal.LIFTED})
CANCELED_BY_RETURN = frozenset({journal.ENDED, Suppression.BOUNCED})
SAID = {
    journal.ENDED: ("{} reader unsubscribed", "{} readers unsubscribed"),
    journal.CHOSE: ("{} choice changed how often the newsletter comes", "{} choices changed how often it comes"),
    Suppression.ERASED: ("{} reader was erased", "{} readers were erased"),
    Suppression.BOUNCED: ("mail to {} address bounced", "mail to {} addresses bounced"),
    Suppression.COMPLAINED: ("{} reader marked it as spam", "{} readers marked it as spam"),
    Suppression.NOT_ME: ("{} person never signed up", "{} people never signed up"),
}


def apply(entries: list[Entry]) -> list[str]:
    """Ends, erases and suppresses again. What was done, in one sentence, if anything was."""
    about = defaultdict(list)
    for entry in entries:
        if entry.what in REASONS or entry.what in WAYS_BACK or entry.what in CHOICES:
            about[str(entry.facts.get("who"))].append(entry)
    if not about:
        return []
    exact, inboxes = _known()
    done = Counter[str]()
    for who, its in about.items():
        for entry in _in_force(its):
            known = inboxes if entry.what == Suppression.NOT_ME else exact
            done[entry.what] += _apply(entry, who, known.get(who, set()))
    sentences = [SAID[what][done[what] != 1].format(done[what]) for what in SAID if done[what]]
    return [f"After the backup {', '.join(sentences)}. That is in force again."] if sentences else []


def _in_force(entries: list[Entry]) -> list[Entry]:
    """Without what a reader took back later by confirming, or what was found to be our fault."""
    last = max((entry.at for entry in entries if entry.what == journal.RETURNED), default=None)
    return [entry for entry in entries if last is None or entry.what not in CANCELED_BY_RETURN or entry.at > last]


def _known() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Every address in the database under its hashes, and under those of its inbox."""
    exact, inboxes = defaultdict(set), defaultdict(set)
    columns = (
        (Subscription, "email"),
        (OutgoingMail, "to"),
        (SentenceReport, "email"),
        (SubscriptionToken, "new_email"),
    )
    named = chain.from_iterable(
        model._default_manager.order_by().values_list(column, flat=True).distinct() for model, column in columns
    )
    for address in filter(None, named):
        for hashed in suppression.digests(address):
            exact[hashed].add(address)
        for hashed in suppression.digests(addresses.inbox(address)):
            inboxes[hashed].add(address)
    return exact, inboxes


def _apply(entry: Entry, who: str, named: set[str]) -> bool:
    """Does again what one entry says. False where the database said so already."""
    if entry.what in WAYS_BACK:
        listed = Suppression.objects.filter(digest=who)
        if entry.what == journal.RETURNED:
            listed = listed.exclude(reason__in=suppression.LASTING)
        return listed.delete()[0] > 0
    is_new = False
    if entry.what in REASONS:
        is_new = not Suppression.objects.filter(digest=who).exists()
        suppression.add(who, entry.what, at=entry.at)
    for address in named:
        subscription = Subscription.objects.at_address(address).first()
        if subscription is not None and _asked_since(subscription, entry.at):
            continue
        if entry.what == journal.CHOSE:
            is_new |= _choose(subscription, entry)
        else:
            is_new |= _leave(entry.what, address, subscription, entry.at)
    return is_new


def _asked_since(subscription: Subscription, at: datetime) -> bool:
    """Whether the backup itself knows that the reader came back after they had left."""
    return max(subscription.requested_at, subscription.confirmed_at or subscription.requested_at) > at


def _choose(subscription: Subscription | None, entry: Entry) -> bool:
    """A pause, its end, or corrections alone. The journal has no sections: they would say who is ill."""
    if subscription is None:
        return False
    chosen = {name: entry.facts[name] for name in ("wants", "paused_until") if name in entry.facts}
    return Subscription.objects.filter(pk=subscription.pk).exclude(**chosen).update(**chosen) > 0


def _leave(what: str, address: str, subscription: Subscription | None, at: datetime) -> bool:
    if what == Suppression.ERASED:
        return erasure.erase(address, at=at)
    if subscription is None:
        return False
    was_there = subscription.state != Subscription.ENDED
    if what == Suppression.NOT_ME:
        consent.disown(subscription, at=at)
    elif what in REASONS:
        suppression.silence(subscription, what, source=SOURCE, at=at)
    else:
        consent.end(subscription, consent=Consent(WORDING), at=at)
    return was_there
