"""Who must not be written to: kept as keyed hashes, which no import and no sign-up gets past.

Two reasons end when the owner of the address confirms a new subscription from it: `erased` and `bounced`. Two never end
by themselves: those who marked a message as unwanted, or said that it was not they who asked, is not even asked again.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.mail import addresses, journal
from articles.models import ConsentEvent, Subscription, Suppression

LASTING = frozenset({Suppression.COMPLAINED, Suppression.NOT_ME})
BECAUSE = {
    Suppression.BOUNCED: "Mail to this address bounced.",
    Suppression.COMPLAINED: "Mail to this address was marked as unwanted.",
    Suppression.NOT_ME: "I didn’t sign up.",
}


def digest(address: str, secret: str | None = None) -> str:
    """The keyed hash under which a normalized address is kept here; its case does not matter."""
    secret = settings.SECRET_KEY if secret is None else secret
    return salted_hmac("articles.mail.suppression", address.lower(), secret=secret, algorithm="sha256").hexdigest()


def digests(address: str) -> list[str]:
    """Under the key of today, and under those before it (SECRET_KEY_FALLBACKS)."""
    return [digest(address, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def of(address: str) -> Suppression | None:
    """Why a normalized address must not be written to; None where it may. What lasts comes before what can end."""
    return max(_found(address), key=lambda suppression: suppression.reason in LASTING, default=None)


def _found(address: str) -> QuerySet[Suppression]:
    inbox = Q(reason=Suppression.NOT_ME, digest__in=digests(addresses.inbox(address)))
    return Suppression.objects.filter(Q(digest__in=digests(address)) | inbox)


def may_ask(address: str) -> bool:
    """Whether the owner of an address may be asked to confirm."""
    known = of(address)
    return known is None or known.reason not in LASTING


def add(hashed: str, reason: str, *, at: datetime | None = None) -> None:
    """Puts a hash on the list; a lasting reason is not replaced by one that can end."""
    at = at or timezone.now()
    journal.write(reason, who=hashed)
    row, is_new = Suppression.objects.get_or_create(digest=hashed, defaults={"reason": reason, "at": at})
    if not is_new and (row.reason not in LASTING or reason in LASTING):
        row.reason, row.at = reason, at
    row.swept_at = None if reason == Suppression.ERASED else row.swept_at or at
    row.save()


def lift(address: str) -> None:
    """Takes an address off the list, whose owner has just confirmed; what lasts stays."""
    journal.write(journal.RETURNED, who=digest(address))
    Suppression.objects.filter(digest__in=digests(address)).exclude(reason__in=LASTING).delete()


def remove(address: str) -> bool:
    """Takes an address off the list whatever the reason, because its owner asked us to. False if it was not on."""
    suppressions = _found(address)
    for hashed in suppressions.values_list("digest", flat=True):
        journal.write(journal.LIFTED, who=hashed)
    return suppressions.delete()[0] > 0


@transaction.atomic
def silence(subscription: Subscription, reason: str, *, source: str = "", at: datetime | None = None) -> None:
    """Ends a subscription for a reason, and keeps its address from being written to."""
    at = at or timezone.now()
    add(digest(subscription.email), reason, at=at)
    still = Subscription.objects.filter(pk=subscription.pk).exclude(state=Subscription.ENDED)
    if still.update(state=Subscription.ENDED, ended_at=at):
        ConsentEvent.objects.create(
            subscription=subscription, kind=ConsentEvent.ENDED, wording=BECAUSE[reason], source=source, at=at
        )
    subscription.tokens.all().delete()
