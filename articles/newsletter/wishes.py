"""What pages leave for the clock to answer by mail, so that no answer of a page, nor its time, tells anything.

A page writes one row, the same for every address and every state of it; all looking up is done later, here.
"""

from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address

from django.db import transaction
from django.utils import timezone

from articles.models import InboxCount, Subscription, SubscriptionToken, Wish
from articles.newsletter import addresses, caps, consent, messages, sending, suppression, tokens
from articles.newsletter.consent import Consent

Client = IPv4Address | IPv6Address | None

NETWORK_FULL = "Too many addresses were entered from your network today. Please try again tomorrow."
SITE_FULL = "More people are signing up than we can write to. Please try again in an hour."


class WishRefused(Exception):
    """What cannot be taken down now, whatever the address; `sentence` says why, `retry_after` when (seconds)."""

    def __init__(self, sentence: str, *, retry_after: int) -> None:
        super().__init__(sentence)
        self.sentence, self.retry_after = sentence, retry_after


def subscribe(typed: str, *, consent: Consent, client: Client = None, at: datetime | None = None) -> None:
    """Takes down a wish to subscribe. Raises AddressRefused or WishRefused, neither for what is known of an address."""
    at, address = at or timezone.now(), addresses.normalise(typed)
    with transaction.atomic():
        room = caps.network_has_room(client, at=at)
        is_flooded = Wish.objects.all()[caps.WAITING : caps.WAITING + 1].exists()
        if room and not is_flooded:
            _leave(Wish.SUBSCRIBE, address, None, at, consent.wording, consent.page)
    if not room:
        raise WishRefused(NETWORK_FULL, retry_after=24 * 3600)
    if is_flooded:
        raise WishRefused(SITE_FULL, retry_after=3600)


def key(subscription: Subscription, *, at: datetime | None = None) -> None:
    """Takes down that a reader wants the link to their own data; it goes to the address itself."""
    _leave(Wish.KEY, subscription.email, subscription, at or timezone.now())


def move(subscription: Subscription, typed: str, *, at: datetime | None = None) -> None:
    """Takes down that a reader wants the letter elsewhere; the new address is asked. Raises AddressRefused."""
    _leave(Wish.MOVE, addresses.normalise(typed), subscription, at or timezone.now())


def moved(subscription: Subscription, old: str, *, at: datetime) -> None:
    """Takes down that the old address is to be told."""
    _leave(Wish.MOVED, old, subscription, at)


def _leave(
    kind: str, address: str, subscription: Subscription | None, at: datetime, wording: str = "", page: str = ""
) -> None:
    whose = subscription.pk if subscription else ""
    wish = Wish(
        kind=kind,
        email=address,
        subscription=subscription,
        digest=suppression.digest(f"{kind} {whose} {address}"),
        wording=wording,
        page=page[:300],
        at=at,
    )
    Wish.objects.bulk_create(
        [wish], update_conflicts=True, unique_fields=["digest"], update_fields=["wording", "page", "at"]
    )


# Answering ------------------------------------------------------------------------------------------------------------


def answer(*, at: datetime | None = None, most: int = 500) -> int:
    """Answers what waits, the oldest first, as far as the measure of the site reaches. How many were answered."""
    at, answered = at or timezone.now(), 0
    for wish in Wish.objects.select_related("subscription").order_by("id")[:most]:
        if not caps.site_has_room(at=at):
            break
        with transaction.atomic():
            if not Wish.objects.filter(pk=wish.pk).delete()[0]:
                continue  # another clock has it
            # Recorded with the deletion: a clock that dies here leaves a subscription that is still to be asked.
            asked = wish.kind == Wish.SUBSCRIBE and consent.take(
                wish.email, consent=Consent(wish.wording, wish.page), at=at
            )
        if asked:
            consent.ask(asked, at=at)
        elif wish.kind != Wish.SUBSCRIBE:
            ANSWERS[wish.kind](wish, at)
        answered += 1
    return answered


def _key(wish: Wish, at: datetime) -> None:
    subscription = wish.subscription
    if subscription is None or not caps.has_room(subscription.email, InboxCount.KEY, at=at):
        return
    caps.count(subscription.email, InboxCount.KEY, at=at)
    token = tokens.mint(subscription, SubscriptionToken.MANAGE, at=at)
    sending.deliver(messages.key(token, tokens.sign(tokens.LEAVE, subscription.pk, at=at)), to=subscription.email)


def _move(wish: Wish, at: datetime) -> None:
    subscription, new = wish.subscription, wish.email
    asked_enough = not caps.has_room(new, InboxCount.QUESTION, at=at)
    if subscription is None or asked_enough or not suppression.may_ask(new):
        return
    caps.count(new, InboxCount.QUESTION, at=at)
    token = tokens.mint(subscription, SubscriptionToken.MOVE, at=at, new_email=new)
    sending.deliver(messages.move(token), to=new)


def _moved(wish: Wish, at: datetime) -> None:
    sending.deliver(messages.moved(), to=wish.email)


ANSWERS = {Wish.KEY: _key, Wish.MOVE: _move, Wish.MOVED: _moved}


def forget(*, at: datetime) -> None:
    """Drops what could not be answered in a week."""
    Wish.objects.filter(at__lte=at - timedelta(days=7)).delete()
