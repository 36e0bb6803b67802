"""Mail that comes to the bounce address: a request to unsubscribe, as mail programs send it, or a report."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from email import policy
from email.parser import BytesHeaderParser

from articles.mail import bounces
from articles.newsletter.subscriptions import consent
from articles.newsletter.subscriptions.consent import Consent
from articles.newsletter.subscriptions.tokens import TokenRefused

LEFT, NO_KEY = "left", "a request to unsubscribe without a key of ours"
# The subject that `issues.rendering.mail_to_leave` asks for (RFC 2369); replies put words before it.
WISH = re.compile(r"\bunsubscribe\s+(?P<token>[\w-]+)", re.IGNORECASE | re.ASCII)
WORDING = "Unsubscribe this address (by email)."


def take(raw: bytes, *, at: datetime | None = None) -> str:
    """Takes in one mail. What became of it: `left`, or what `bounces.take` says. Anyone who has the key may leave."""
    subject = str(BytesHeaderParser(policy=policy.compat32).parsebytes(raw).get("Subject", ""))
    wish = WISH.search(" ".join(subject.split()))
    if wish is None:
        return bounces.take(raw, at=at)
    try:
        consent.unsubscribe(wish["token"], consent=Consent(WORDING), at=at)
    except TokenRefused:
        return NO_KEY
    return LEFT


def take_all(mails: Iterable[bytes], *, at: datetime | None = None) -> Counter[str]:
    """Takes in many mails; how many came to which end."""
    return Counter(take(raw, at=at) for raw in mails)
