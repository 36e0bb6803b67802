"""Mail that comes to the bounce address: a request to unsubscribe, as mail programs send it, or a report."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from articles.mail import alarms
from articles.mail.bounces import reading, rule
from articles.mail.bounces.reading import Mail, Unreadable
from articles.newsletter.subscriptions import consent
from articles.newsletter.subscriptions.consent import Consent
from articles.newsletter.subscriptions.tokens import TokenRefused

LEFT, NO_KEY, PUT_ASIDE = "left", "a request to unsubscribe without a key of ours", "put aside"
# The subject that `issues.rendering.mail_to_leave` asks for (RFC 2369); replies put words before it.
WISH = re.compile(r"\bunsubscribe\s+(?P<token>[\w-]+)", re.IGNORECASE | re.ASCII)
WORDING = "Unsubscribe this address (by email)."
NAMED_FOR = timedelta(days=30)


def take(raw: bytes, *, read: Callable[[bytes], Mail] = reading.read, at: datetime | None = None) -> str:
    """Takes in one mail. What became of it: `left`, or what `rule.take` says. Anyone who has the key may leave.

    One that cannot be read stays where it lies, is named on the dashboard for a month, and never read again.
    """
    digest = hashlib.sha256(raw).hexdigest()
    aside = f"mail:{digest[:40]}"
    if alarms.was_rung(aside):
        return PUT_ASIDE
    try:
        mail = read(raw)
    except Unreadable as problem:
        alarms.ring(aside, _sentence(raw, digest, problem), at=at)
        return PUT_ASIDE
    wish = WISH.search(mail.subject)
    if wish is None:
        return rule.take(mail.report, digest=digest, at=at)
    try:
        consent.unsubscribe(wish["token"], consent=Consent(WORDING), at=at)
    except TokenRefused:
        return NO_KEY
    return LEFT


def take_all(mails: Iterable[bytes], *, at: datetime | None = None) -> Counter[str]:
    """Takes in many mails; how many came to which end."""
    alarms.end_old("mail:", before=(at or timezone.now()) - NAMED_FOR)
    with reading.Reader() as reader:
        return Counter(take(raw, read=reader.read, at=at) for raw in mails)


def _sentence(raw: bytes, digest: str, problem: Unreadable) -> str:
    return (
        f"A message of {len(raw):,} bytes that came to the bounce address was put aside: {problem}. "
        f"It’s still in the mailbox and isn’t read again (SHA-256 {digest[:16]}…)."
    )
