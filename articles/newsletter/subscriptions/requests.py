"""What readers ask for on a page and the clock answers by mail, so that no answer of a page, nor its time, tells
anything: each request is one row of the outbox, the same for every address. All looking up is done later, here.
"""

from datetime import datetime
from ipaddress import IPv4Address, IPv6Address

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles.mail import addresses, outbox, suppression
from articles.mail.kinds import Kind, register
from articles.mail.message import Message
from articles.models import InboxCount, OutgoingMail, Subscription, SubscriptionToken
from articles.newsletter.subscriptions import consent, mails, rate_limits, tokens
from articles.newsletter.subscriptions.consent import Consent
from articles.refusal import Refused

Client = IPv4Address | IPv6Address | None

NETWORK_FULL = "Too many addresses were entered from your network today. Please try again tomorrow."
SITE_FULL = "Too many people are signing up right now. Please try again in an hour."


class RequestRefused(Refused):
    """What cannot be taken now, whatever the address; `retry_after` says when (seconds)."""

    def __init__(self, problem: str, *, retry_after: int) -> None:
        super().__init__(problem)
        self.retry_after = retry_after


def subscribe(typed: str, *, consent: Consent, client: Client = None, at: datetime | None = None) -> None:
    """A request to subscribe. Raises AddressRefused or RequestRefused, never for what is known of an address."""
    at, address = at or timezone.now(), addresses.normalize(typed)
    with transaction.atomic():
        room = rate_limits.network_has_room(client, at=at)
        waiting = OutgoingMail.objects.filter(kind=Subscribe.name)
        is_flooded = waiting[rate_limits.WAITING : rate_limits.WAITING + 1].exists()
        if room and not is_flooded:
            agreed = {"wording": consent.wording, "page": consent.page[:300]}
            outbox.enqueue(Subscribe.name, address, context=agreed, at=at)
    if not room:
        raise RequestRefused(NETWORK_FULL, retry_after=24 * 3600)
    if is_flooded:
        raise RequestRefused(SITE_FULL, retry_after=3600)


def key(subscription: Subscription, *, at: datetime | None = None) -> None:
    """A reader asks for the link to their own data; it goes to the address itself."""
    _enqueue(Key.name, subscription.email, subscription, at)


def move(subscription: Subscription, typed: str, *, at: datetime | None = None) -> None:
    """A reader wants the newsletter elsewhere; the new address is asked. Raises AddressRefused."""
    _enqueue(Move.name, addresses.normalize(typed), subscription, at)


def moved(subscription: Subscription, old: str, *, at: datetime) -> None:
    """The old address is to be told."""
    _enqueue(Moved.name, old, subscription, at)


def ask_imported(*, at: datetime | None = None, most: int = 500) -> int:
    """Asks readers who came with a list without a day of consent, and whom nobody asked yet. How many are in line."""
    at = at or timezone.now()
    in_line = OutgoingMail.objects.filter(kind=Question.name, subscription=OuterRef("pk"))
    unasked = Subscription.objects.filter(state=Subscription.PENDING, asked_at=None).exclude(source="")
    waiting = unasked.exclude(Exists(in_line)).order_by("requested_at", "id")[:most]
    may_be_asked = [
        mail
        for mail in waiting
        if suppression.may_ask(mail.email) and rate_limits.has_room(mail.email, InboxCount.QUESTION, at=at)
    ]
    for subscription in may_be_asked:
        _enqueue(Question.name, subscription.email, subscription, at)
    return len(may_be_asked)


def _enqueue(kind: str, address: str, subscription: Subscription, at: datetime | None) -> None:
    outbox.enqueue(kind, address, key=subscription.pk, subscription=subscription, at=at)


# What is answered -----------------------------------------------------------------------------------------------------


class _Limited(Kind):
    """A mail that anybody could have caused: as many as the whole site and its inbox have room for."""

    counted = InboxCount.QUESTION

    def has_room(self, at: datetime) -> bool:
        return rate_limits.site_has_room(at=at)

    def may_go(self, mail: OutgoingMail, address: str, at: datetime) -> bool:
        """Whether an inbox has room. Counted before the mail leaves: once, however often it is tried."""
        if mail.began_at is not None:
            return True
        has_room = rate_limits.has_room(address, self.counted, at=at)
        if has_room:
            rate_limits.count(address, self.counted, at=at)
        return has_room


class _Asking(_Limited):
    """A mail that asks to confirm."""

    def question(self, mail: OutgoingMail, subscription: Subscription | None, at: datetime) -> Message | None:
        if subscription is None or not self.may_go(mail, subscription.email, at):
            return None
        mail.to = subscription.email  # as its owner once wrote it
        return consent.question(subscription, at)

    def taken(self, mail: OutgoingMail, at: datetime) -> None:
        Subscription.objects.at_address(mail.to).filter(state=Subscription.PENDING).update(asked_at=at)


@register
class Subscribe(_Asking):
    name = "subscribe"

    def write(self, mail: OutgoingMail, at: datetime) -> Message | None:
        if mail.began_at is not None:
            return self.question(mail, consent.still_to_answer(mail.to, since=mail.began_at), at)
        agreed = Consent(mail.context["wording"], mail.context["page"])
        return self.question(mail, consent.take(mail.to, consent=agreed, at=at), at)


@register
class Question(_Asking):
    """To a reader of a list that moved in."""

    name = "question"

    def write(self, mail: OutgoingMail, at: datetime) -> Message | None:
        subscription = mail.subscription
        if subscription is None or subscription.state != Subscription.PENDING or not suppression.may_ask(mail.to):
            return None
        return self.question(mail, subscription, at)


@register
class Key(_Limited):
    name, counted = "key", InboxCount.KEY

    def write(self, mail: OutgoingMail, at: datetime) -> Message | None:
        subscription = mail.subscription
        if subscription is None or not self.may_go(mail, subscription.email, at):
            return None
        mail.to = subscription.email
        token = tokens.mint(subscription, SubscriptionToken.MANAGE, at=at)
        return mails.key(token, tokens.sign(tokens.LEAVE, subscription.pk, at=at))


@register
class Move(_Limited):
    name = "move"

    def write(self, mail: OutgoingMail, at: datetime) -> Message | None:
        subscription, new = mail.subscription, mail.to
        if subscription is None or not suppression.may_ask(new) or not self.may_go(mail, new, at):
            return None
        return mails.move(tokens.mint(subscription, SubscriptionToken.MOVE, at=at, new_email=new))


@register
class Moved(_Limited):
    name = "moved"

    def write(self, mail: OutgoingMail, at: datetime) -> Message | None:
        return mails.moved()
