"""Subscribe, confirm, unsubscribe, forget: what readers agree to, and the record of it.

Tokens are random, for one purpose, and expire; only their keyed hash is kept, so the database opens no door.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from articles.models import ConsentEvent, Subscription, SubscriptionToken
from articles.newsletter import messages, sending, tokens
from articles.newsletter.tokens import TokenRefused as TokenRefused

WORDING = (
    "One letter a week from {site}: conditions, treatments and news. "
    "We ask you to confirm by mail. Leave with one click, any time."
)
UNSUBSCRIBE_WORDING = "Stop the letter to this address."
PENDING_IS_KEPT_FOR = timedelta(days=7)
MAILS_A_DAY = 3  # to one address, whoever asks: forms are also used to flood a victim's inbox


class AddressRefused(ValueError):
    """What was typed is no e-mail address; the message says so in one sentence."""


@dataclass(frozen=True)
class Consent:
    """What was agreed to: the exact words beside the button, and the page on which it was pressed."""

    wording: str
    page: str = ""


def normalise(address: str) -> str:
    """The address as it is stored: trimmed, NFC, its domain in lower-case ASCII (RFC 5891). Raises AddressRefused."""
    address = unicodedata.normalize("NFC", address.strip())
    local, _at, domain = address.rpartition("@")
    try:
        ascii_domain = domain.lower().encode("idna").decode("ascii")
        validate_email(normal := f"{local}@{ascii_domain}")
    except (ValidationError, UnicodeError) as problem:
        raise AddressRefused("This does not look like an e-mail address. Please check it and try again.") from problem
    if len(normal) > 254 or len(local) > 64:  # RFC 5321, 4.5.3.1.1 and 4.5.3.1.3
        raise AddressRefused("This address is longer than an e-mail address can be.")
    return normal


def subscribe(address: str, *, consent: Consent, at: datetime | None = None) -> None:
    """Takes a wish to subscribe and asks the owner of the address to confirm it by mail.

    What comes back is the same for every state of the address; raises AddressRefused where it is none.
    """
    address, at = normalise(address), at or timezone.now()
    with transaction.atomic():
        subscription = _pending(address, at)
        if subscription.state == Subscription.PENDING:
            ConsentEvent.objects.create(
                subscription=subscription,
                kind=ConsentEvent.ASKED,
                wording=consent.wording,
                page=consent.page[:300],
                at=at,
            )
    ask(subscription, at=at)


def _pending(address: str, at: datetime) -> Subscription:
    """The subscription of an address, made if there was none; one that had ended waits for confirmation again."""
    known = Subscription.objects.select_for_update().filter(email__iexact=address).first()
    if known is None:
        try:
            with transaction.atomic():
                return Subscription.objects.create(email=address, requested_at=at)
        except IntegrityError:  # the same address, twice at the same moment
            return Subscription.objects.select_for_update().get(email__iexact=address)
    if known.state == Subscription.ENDED:
        known.state, known.requested_at = Subscription.PENDING, at
        known.confirmed_at = known.ended_at = known.asked_at = None
        known.save()
    return known


def ask(subscription: Subscription, *, at: datetime | None = None) -> bool:
    """Mails the question; whoever is subscribed already is told so. False if no mail went out.

    Where the mail server cannot be reached `asked_at` stays empty, and the clock asks again.
    """
    at = at or timezone.now()
    confirming = subscription.state == Subscription.PENDING
    recent = subscription.tokens.filter(created_at__gt=at - timedelta(days=1))
    if recent.count() >= MAILS_A_DAY:
        return False
    confirm = tokens.mint(subscription, SubscriptionToken.CONFIRM, at=at) if confirming else ""
    leave = tokens.sign(tokens.LEAVE, subscription.pk, at=at)
    message = messages.confirmation(confirm, leave) if confirming else messages.already_subscribed(leave)
    if not sending.deliver(message, to=subscription.email):
        return False
    Subscription.objects.filter(pk=subscription.pk).update(asked_at=at)
    return True


def leave_link(subscription: Subscription, *, at: datetime | None = None) -> str:
    """The address under which the reader of one letter leaves with one click. Signed: it writes no row."""
    return settings.SITE_URL + reverse("unsubscribe", args=[tokens.sign(tokens.LEAVE, subscription.pk, at=at)])


def preferences_link(subscription: Subscription, *, at: datetime | None = None) -> str:
    """The address of a reader's choices, for a letter. A forwarded letter opens the choices too, and no more."""
    return settings.SITE_URL + reverse("preferences", args=[tokens.sign(tokens.PREFERENCES, subscription.pk, at=at)])


def named_by(token: str, purpose: bytes, *, at: datetime | None = None) -> Subscription | None:
    """The subscription that a letter's link names; None where it was erased since. Raises TokenRefused."""
    return Subscription.objects.filter(pk=int.from_bytes(tokens.read(token, purpose, at=at), "big")).first()


@transaction.atomic
def confirm(token: str, *, consent: Consent, at: datetime | None = None) -> str:
    """Confirms a subscription. Returns a token with which the reader may leave again. Raises TokenRefused."""
    at = at or timezone.now()
    row = tokens.check(token, SubscriptionToken.CONFIRM, at=at)
    row.used_at = at
    row.save(update_fields=["used_at"])
    pending = Subscription.objects.filter(pk=row.subscription_id, state=Subscription.PENDING)
    if pending.update(state=Subscription.ACTIVE, confirmed_at=at):
        _record(row.subscription, ConsentEvent.CONFIRMED, consent, at)
    return tokens.sign(tokens.LEAVE, row.subscription_id, at=at)


@transaction.atomic
def unsubscribe(token: str, *, consent: Consent, at: datetime | None = None) -> None:
    """Ends a subscription, at once and for good; doing it twice is no error. Raises TokenRefused."""
    at = at or timezone.now()
    subscription = named_by(token, tokens.LEAVE, at=at)
    still = Subscription.objects.filter(pk=subscription.pk if subscription else None)
    if subscription and still.exclude(state=Subscription.ENDED).update(state=Subscription.ENDED, ended_at=at):
        subscription.tokens.filter(used_at=None).update(used_at=at)
        _record(subscription, ConsentEvent.ENDED, consent, at)


def _record(subscription: Subscription, kind: str, consent: Consent, at: datetime) -> None:
    ConsentEvent.objects.create(
        subscription=subscription, kind=kind, wording=consent.wording, page=consent.page[:300], at=at
    )


def ask_waiting(*, at: datetime | None = None) -> int:
    """Asks every pending subscription whose question could not be mailed before. The number of mails sent."""
    waiting = Subscription.objects.filter(state=Subscription.PENDING, asked_at=None).order_by("requested_at")[:500]
    return sum(ask(subscription, at=at) for subscription in waiting)


def forget(*, at: datetime | None = None) -> int:
    """Deletes subscriptions that nobody confirmed in time, and tokens that open nothing; says how many of the first."""
    at = at or timezone.now()
    stale = Subscription.objects.filter(state=Subscription.PENDING, requested_at__lte=at - PENDING_IS_KEPT_FOR)
    gone = stale.count()
    stale.delete()
    SubscriptionToken.objects.filter(expires_at__lte=at).delete()
    return gone
