"""What pages leave for the clock to answer by mail, so that no answer of a page, nor its time, tells anything.

A page writes one row, the same for every address and every state of it; all looking up is done later, here. The row
stays until its mail was taken: a clock that dies loses none, and sends at most one once more (`sending.single`).
"""

import logging
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from articles.models import InboxCount, Subscription, SubscriptionToken, Wish
from articles.newsletter import addresses, caps, consent, messages, suppression, tokens
from articles.newsletter.consent import Consent
from articles.newsletter.messages import HeaderRefused, Message
from articles.newsletter.sending import single
from articles.newsletter.sending.answers import Outcome
from articles.newsletter.sending.door import Way, way_for_single_mails
from articles.newsletter.sending.single import Fate
from articles.newsletter.sending.smtp import Refusal

logger = logging.getLogger(__name__)

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
    at, address = at or timezone.now(), addresses.normalize(typed)
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
    _leave(Wish.MOVE, addresses.normalize(typed), subscription, at or timezone.now())


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
        next_at=at,
    )
    Wish.objects.bulk_create(
        [wish], update_conflicts=True, unique_fields=["digest"], update_fields=["wording", "page", "at"]
    )


# Answering ------------------------------------------------------------------------------------------------------------

ASKED_EVERY = timedelta(minutes=2)  # a mail server that cannot say yet what it took
SOONEST, LATEST = timedelta(seconds=15), timedelta(hours=4)  # until a mail that was not taken is tried again

Reply = tuple[str, Message]  # to whom, and what


def answer(*, at: datetime | None = None, most: int = 500) -> int:
    """Answers what waits, the oldest first, as far as the measure of the site reaches. How many are done with.

    Where the mail server cannot be reached, all stay as they are for a quarter of a minute.
    """
    at, answered, way = at or timezone.now(), 0, way_for_single_mails()
    due = Wish.objects.filter(next_at__lte=at)
    try:
        for wish in due.select_related("subscription").order_by("id")[:most]:
            if not caps.site_has_room(at=at):
                break
            answered += _see_to(wish, way, at)
    except Refusal as refusal:
        logger.warning("Answers by mail wait: %s", refusal)
        due.update(next_at=at + SOONEST)
    finally:
        way.close()
    return answered


def _see_to(wish: Wish, way: Way, at: datetime) -> bool:
    """True where the wish is done with: its mail was taken, or none may go out."""
    way.open()
    own = Wish.objects.filter(pk=wish.pk, next_at=wish.next_at)
    known = single.fate(_message_id(wish), since=wish.began_at or at, at=at) if wish.doubts else Fate.NOT_TAKEN
    if known is Fate.NOT_KNOWN_YET:
        own.update(next_at=at + ASKED_EVERY)
        return False
    if known is Fate.TAKEN:
        return _is_done(own, wish, at)
    if known is Fate.NEVER_KNOWN and wish.doubts >= single.DOUBTS:
        logger.error("An answer by mail (%s) was tried twice, and nobody knows whether it was taken", wish.kind)
        return _is_done(own, wish, at)
    try:
        return _mail(own, wish, way, at, doubts=0 if known is Fate.NOT_TAKEN else wish.doubts)
    except HeaderRefused:
        logger.exception("An answer by mail could not be written")
        Wish.objects.filter(pk=wish.pk).update(next_at=at + LATEST)
        return False


def _mail(own: QuerySet[Wish], wish: Wish, way: Way, at: datetime, *, doubts: int) -> bool:
    """Writes down that the mail is begun, with its count; then hands it over, and writes down what became of it."""
    until, began_at = at + single.in_hand(), wish.began_at or at
    with transaction.atomic():
        if not own.update(next_at=until, began_at=began_at, doubts=doubts + 1):
            return False  # another clock has it
        reply = REPLIES[wish.kind](wish, at)
        if reply is None:
            Wish.objects.filter(pk=wish.pk).delete()
            return True
    to, message = reply
    held = Wish.objects.filter(pk=wish.pk, next_at=until)
    outcome = single.hand_over(way, message, to=to, message_id=_message_id(wish), date=began_at, at=at).outcome
    if outcome is Outcome.TAKEN:
        return _is_done(held, wish, at)
    if outcome is Outcome.NOT_THIS_READER:
        return held.delete()[0] > 0
    if outcome is not Outcome.UNKNOWN:
        pause = min(max((at - began_at) / 2, SOONEST), LATEST)
        held.update(next_at=at + pause, doubts=F("doubts") - 1)
    return False


@transaction.atomic
def _is_done(own: QuerySet[Wish], wish: Wish, at: datetime) -> bool:
    """Its mail was taken, as far as anybody will ever know."""
    if wish.kind == Wish.SUBSCRIBE:
        asked = Subscription.objects.at_address(wish.email).filter(state=Subscription.PENDING)
        asked.update(asked_at=at)
    return own.delete()[0] > 0


def _message_id(wish: Wish) -> str:
    return single.message_id("articles.newsletter.wishes", wish.pk)


# What is answered -----------------------------------------------------------------------------------------------------


def _may_go(wish: Wish, address: str, kind: str, at: datetime) -> bool:
    """Whether an inbox has room for the mail, which is counted before it leaves: once, however often it is tried."""
    if wish.began_at is not None:
        return True
    has_room = caps.has_room(address, kind, at=at)
    if has_room:
        caps.count(address, kind, at=at)
    return has_room


def _subscribe(wish: Wish, at: datetime) -> Reply | None:
    if wish.began_at is None:
        subscription = consent.take(wish.email, consent=Consent(wish.wording, wish.page), at=at)
    else:
        subscription = consent.still_to_answer(wish.email, since=wish.began_at)
    if subscription is None or not _may_go(wish, subscription.email, InboxCount.QUESTION, at):
        return None
    return subscription.email, consent.question(subscription, at)


def _key(wish: Wish, at: datetime) -> Reply | None:
    subscription = wish.subscription
    if subscription is None or not _may_go(wish, subscription.email, InboxCount.KEY, at):
        return None
    token = tokens.mint(subscription, SubscriptionToken.MANAGE, at=at)
    return subscription.email, messages.key(token, tokens.sign(tokens.LEAVE, subscription.pk, at=at))


def _move(wish: Wish, at: datetime) -> Reply | None:
    subscription, new = wish.subscription, wish.email
    if subscription is None or not suppression.may_ask(new) or not _may_go(wish, new, InboxCount.QUESTION, at):
        return None
    return new, messages.move(tokens.mint(subscription, SubscriptionToken.MOVE, at=at, new_email=new))


def _moved(wish: Wish, at: datetime) -> Reply | None:
    return wish.email, messages.moved()


REPLIES = {Wish.SUBSCRIBE: _subscribe, Wish.KEY: _key, Wish.MOVE: _move, Wish.MOVED: _moved}


def forget(*, at: datetime) -> None:
    """Drops what could not be answered in a week."""
    Wish.objects.filter(at__lte=at - timedelta(days=7)).delete()
