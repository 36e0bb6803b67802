"""Subscribe, confirm, leave: what readers agree to, and the record of it, in the exact words.

`suppression` says who may not be asked, `rate_limits` how often one may be, `preferences` what readers change later.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles.mail import addresses, journal, suppression
from articles.mail.message import Message
from articles.models import ConsentEvent, InboxCount, Subscription, SubscriptionToken, Suppression
from articles.newsletter.subscriptions import mails, rate_limits, tokens
from articles.newsletter.subscriptions.tokens import TokenRefused as TokenRefused

WORDING = (
    "One newsletter a week from {site}: conditions, treatments and news. "
    "We’ll ask you to confirm by email. Unsubscribe with one click, any time."
)
UNSUBSCRIBE_WORDING = "Unsubscribe this address."
ANSWERED_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Consent:
    """What was agreed to: the exact words beside the button, and the page on which it was pressed."""

    wording: str
    page: str = ""


def record(subscription: Subscription, kind: str, consent: Consent, at: datetime) -> None:
    ConsentEvent.objects.create(
        subscription=subscription, kind=kind, wording=consent.wording, page=consent.page[:300], at=at
    )


# Asking ---------------------------------------------------------------------------------------------------------------


@transaction.atomic
def take(address: str, *, consent: Consent, at: datetime) -> Subscription | None:
    """The subscription of a normalized address whose owner is to be asked, the wish recorded; None where none may.

    An inbox that was asked enough leaves no row: a thousand spellings of a victim's address would stand in others' way.
    """
    is_full = not rate_limits.has_room(address, InboxCount.QUESTION, at=at)
    if not suppression.may_ask(address) or (is_full and not Subscription.objects.at_address(address).exists()):
        return None
    subscription = _pending(address, at)
    if subscription.state == Subscription.PENDING:
        record(subscription, ConsentEvent.ASKED, consent, at)
    return subscription


def _pending(address: str, at: datetime) -> Subscription:
    """The subscription of an address, made if there was none; one that had ended waits for confirmation again."""
    known = Subscription.objects.select_for_update().at_address(address).first()
    if known is None:
        # Two at the same moment are one, and no database writes the address into its log as a duplicate.
        Subscription.objects.bulk_create([Subscription(email=address, requested_at=at)], ignore_conflicts=True)
        return Subscription.objects.select_for_update().at_address(address).get()
    if known.state == Subscription.ENDED:
        known.state, known.requested_at = Subscription.PENDING, at
        known.confirmed_at = known.ended_at = known.asked_at = None
        known.save()
    return known


def still_to_answer(address: str, *, since: datetime) -> Subscription | None:
    """Whom a question of `since` would still tell something, if it is mailed again: not who answered it meanwhile."""
    subscription = Subscription.objects.at_address(address).exclude(state=Subscription.ENDED).first()
    if subscription is None or not suppression.may_ask(address):
        return None
    is_answered = subscription.confirmed_at is not None and subscription.confirmed_at > since
    return None if is_answered else subscription


def question(subscription: Subscription, at: datetime) -> Message:
    """The mail that asks to confirm; a subscriber is told that they are one."""
    leave = tokens.sign(tokens.LEAVE, subscription.pk, at=at)
    if subscription.state != Subscription.PENDING:
        return mails.already_subscribed(leave, preferences_link(subscription, at=at))
    confirm = tokens.mint(subscription, SubscriptionToken.CONFIRM, at=at)
    return mails.confirmation(confirm, leave, not_me_token(subscription, at=at))


# Answering ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def confirm(token: str, *, consent: Consent, at: datetime | None = None) -> str:
    """Confirms a subscription. Returns a token with which the reader may leave again. Raises TokenRefused."""
    at = at or timezone.now()
    row = tokens.check(token, SubscriptionToken.CONFIRM, at=at)
    tokens.use(row, at)
    pending = Subscription.objects.filter(pk=row.subscription_id, state=Subscription.PENDING)
    if pending.update(state=Subscription.ACTIVE, confirmed_at=at):
        record(row.subscription, ConsentEvent.CONFIRMED, consent, at)
        suppression.lift(row.subscription.email)
    return tokens.sign(tokens.LEAVE, row.subscription_id, at=at)


@transaction.atomic
def unsubscribe(token: str, *, consent: Consent, at: datetime | None = None) -> None:
    """Ends a subscription at once; doing it twice, or after it was erased, is no error. Raises TokenRefused."""
    at = at or timezone.now()
    subscription = named_by(token, tokens.LEAVE, at=at)
    if subscription:
        end(subscription, consent=consent, at=at)


def end(subscription: Subscription, *, consent: Consent, at: datetime) -> None:
    """Ends a subscription whose reader said so; the questions that wait are void."""
    still = Subscription.objects.filter(pk=subscription.pk).exclude(state=Subscription.ENDED)
    if still.update(state=Subscription.ENDED, ended_at=at, paused_until=None):
        journal.write(journal.ENDED, who=suppression.digest(subscription.email))
        record(subscription, ConsentEvent.ENDED, consent, at)
    subscription.tokens.filter(used_at=None).update(used_at=at)


@transaction.atomic
def not_me(token: str, *, at: datetime | None = None) -> None:
    """Ends it for good for a person who never asked: the address is forgotten, its hash keeps it from being asked.

    The link works when the subscription was forgotten already. Raises TokenRefused.
    """
    at, subject = at or timezone.now(), tokens.read(token, tokens.NOT_ME, at=at)
    hashed = subject[6:].hex()
    suppression.add(hashed, Suppression.NOT_ME, at=at)
    subscription = Subscription.objects.filter(pk=int.from_bytes(subject[:6], "big")).first()
    if subscription is not None and hashed in suppression.digests(addresses.inbox(subscription.email)):
        disown(subscription, at=at)


def disown(subscription: Subscription, *, at: datetime) -> None:
    """Forgets a subscription that its owner never asked for; one that was confirmed leaves its record."""
    if subscription.consent_events.filter(kind=ConsentEvent.CONFIRMED).exists():
        suppression.silence(subscription, Suppression.NOT_ME, at=at)
    else:
        subscription.delete()


def not_me_token(subscription: Subscription, *, at: datetime | None = None) -> str:
    hashed = bytes.fromhex(suppression.digest(addresses.inbox(subscription.email)))
    return tokens.sign(tokens.NOT_ME, subscription.pk.to_bytes(6, "big") + hashed, at=at)


# Links ----------------------------------------------------------------------------------------------------------------


def leave_link(subscription: Subscription, *, at: datetime | None = None) -> str:
    """The address under which the reader of one newsletter leaves with one click. Signed: it writes no row."""
    return settings.SITE_URL + reverse("unsubscribe", args=[tokens.sign(tokens.LEAVE, subscription.pk, at=at)])


def preferences_link(subscription: Subscription, *, at: datetime | None = None) -> str:
    """The address of a reader's choices, for a newsletter. A forwarded newsletter opens the choices too, and no more.

    It opens nothing any more once the reader has moved to another address.
    """
    subject = subscription.pk.to_bytes(6, "big") + tokens.tag(subscription.email)
    return settings.SITE_URL + reverse("preferences", args=[tokens.sign(tokens.PREFERENCES, subject, at=at)])


def named_by(token: str, purpose: bytes, *, at: datetime | None = None) -> Subscription | None:
    """The subscription that a newsletter's link names; None where it was erased since. Raises TokenRefused."""
    subject = tokens.read(token, purpose, at=at)
    subscription = Subscription.objects.filter(pk=int.from_bytes(subject[:6], "big")).first()
    if subscription and subject[6:] not in (b"", *tokens.tags(subscription.email)):
        raise TokenRefused(tokens.MOVED, status=410)
    return subscription
