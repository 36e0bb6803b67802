"""How much mail a stranger can cause: to one inbox, from one network, and from the whole site.

Nothing here is told to the browser that could say something about an address: a full inbox gets the same answer.
"""

from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_network

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.mail import addresses, suppression
from articles.models import InboxCount, NetworkCount

DAY, MONTH = timedelta(days=1), timedelta(days=30)
INBOX = {  # kind of mail -> how many in which time
    InboxCount.QUESTION: [(1, DAY), (3, MONTH)],
    InboxCount.KEY: [(3, DAY), (10, MONTH)],
}
NETWORK_A_DAY = 60  # a hospital or a school is one network too
SITE_AN_HOUR = 1000  # questions; the rest waits its turn
WAITING = 10_000  # requests; more than that is no readership but a flood


def has_room(address: str, kind: str, *, at: datetime) -> bool:
    """Whether one more mail of a kind may go to the inbox of an address."""
    sent = InboxCount.objects.filter(digest__in=suppression.digests(addresses.inbox(address)), kind=kind)
    return all(sent.filter(at__gt=at - time).count() < most for most, time in INBOX[kind])


def count(address: str, kind: str, *, at: datetime) -> InboxCount:
    return InboxCount.objects.create(digest=suppression.digest(addresses.inbox(address)), kind=kind, at=at)


def site_has_room(*, at: datetime) -> bool:
    asked = InboxCount.objects.filter(kind=InboxCount.QUESTION, at__gt=at - timedelta(hours=1))
    return asked.count() < SITE_AN_HOUR


def network_has_room(client: IPv4Address | IPv6Address | None, *, at: datetime) -> bool:
    """Counts one request from a client's network, and says whether that is still within its day's measure."""
    on = timezone.localdate(at)
    digest = salted_hmac(f"articles.newsletter.rate_limits {on}", network(client), algorithm="sha256").hexdigest()
    NetworkCount.objects.bulk_create([NetworkCount(digest=digest, on=on)], ignore_conflicts=True)
    own = NetworkCount.objects.filter(digest=digest)
    own.update(requests=F("requests") + 1)
    return own.get().requests <= NETWORK_A_DAY


def network(client: IPv4Address | IPv6Address | None) -> str:
    """IPv4 by /24, IPv6 by the /48 that one site has; those without a readable address share one."""
    if client is None:
        return ""
    return str(ip_network((client.packed, 24 if client.version == 4 else 48), strict=False))


def forget(*, at: datetime) -> None:
    """Drops the counts that no measure looks at any more."""
    InboxCount.objects.filter(at__lte=at - MONTH).delete()
    NetworkCount.objects.filter(on__lt=timezone.localdate(at)).delete()
