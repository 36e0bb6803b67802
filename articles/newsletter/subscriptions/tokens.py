"""The keys that mails carry: signed ones, of which nothing is kept, and random ones, of which a keyed hash is kept.

A newsletter's links are signed, so that ten thousand of them write no row, and work for 400 days. What must work once,
or for an hour only, is a row (`SubscriptionToken`).
"""

import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from urllib.parse import unquote

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.models import Subscription, SubscriptionToken
from articles.refusal import Refused

LEAVE, PREFERENCES, NOT_ME = b"l", b"p", b"n"
SIGNED_FOR = timedelta(days=400)
# Bytes: a subscription's number; with a tag of its address; with the hash of its inbox, which outlives the row.
SUBJECT = {LEAVE: 6, PREFERENCES: 6 + 3, NOT_ME: 6 + 32}
MAC = 15  # bytes, so that the key to leave is 32 characters long and mail programs leave it on one line
LIFE = {
    SubscriptionToken.CONFIRM: timedelta(days=7),
    SubscriptionToken.MANAGE: timedelta(hours=1),
    SubscriptionToken.MOVE: timedelta(days=2),
}
FIRST_DAY = datetime(2020, 1, 1, tzinfo=UTC)

ROW = re.compile(r"^[A-Za-z0-9_-]{43}$")
SIGNED = re.compile(r"^[A-Za-z0-9_-]{32,80}$")
BETWEEN = re.compile(r"=\r?\n|[\s\u00ad\u200b-\u200d\ufeff]+")  # where mail programs break a long word
AROUND = "<>\"'“”‘’()[]{}.,;:!?/\\= "

CUT = "This link isn’t complete. Please copy the whole address from the email."
UNKNOWN = "This link doesn’t open anything. Please use the one in our newest email."
TOO_OLD = "This link has expired. Please use the one in our newest email."
LATE = {
    SubscriptionToken.CONFIRM: "This link has expired. Enter your address again, and we’ll send a new one.",
    SubscriptionToken.MANAGE: "This link worked for one hour. Open your choices from our newest email for another.",
    SubscriptionToken.MOVE: "This link has expired. Enter the new address again, and we’ll send a new one.",
}
MOVED = "This link was made for an earlier address of yours. Please use the one in our newest email."
USED = "This link has already been used. There’s nothing left to do."


class TokenRefused(Refused):
    """A link that opens nothing: why, and what still works. `status` is the HTTP status that fits."""

    def __init__(self, problem: str, *, status: int) -> None:
        super().__init__(problem)
        self.status = status


def as_written(token: str) -> str:
    """The token as it stood in the mail, before a mail program wrapped it, put marks around it or wrote it twice."""
    token = BETWEEN.sub("", unquote(token)).strip(AROUND).split("/")[0].strip(AROUND)
    half = len(token) // 2
    return token[:half] if half >= 32 and token[:half] == token[half:] else token


# Signed ---------------------------------------------------------------------------------------------------------------


def sign(purpose: bytes, subject: int | bytes, *, at: datetime | None = None) -> str:
    """A key to one action, good for 400 days: base64url of purpose, subject, day and a cut HMAC-SHA-256."""
    days = ((at or timezone.now()) - FIRST_DAY).days
    given = subject.to_bytes(SUBJECT[purpose], "big") if isinstance(subject, int) else subject
    payload = purpose + given + max(days, 0).to_bytes(2, "big")
    return urlsafe_b64encode(payload + next(_macs(payload))).decode().rstrip("=")


def read(token: str, purpose: bytes, *, at: datetime | None = None) -> bytes:
    """The subject that a signed key names. Raises TokenRefused with the reason."""
    token = as_written(token)
    size = 1 + SUBJECT[purpose] + 2
    length = -(-(size + MAC) * 4 // 3)
    if len(token) < length or not SIGNED.match(token):
        raise TokenRefused(CUT, status=404)
    whole = urlsafe_b64decode(token + "=" * (-len(token) % 4)) if len(token) % 4 != 1 else b""
    payload, mac = whole[:size], whole[size:]
    if payload[:1] != purpose or not any(compare_digest(mac, known) for known in _macs(payload)):
        raise TokenRefused(UNKNOWN, status=404)
    signed_at = FIRST_DAY + timedelta(days=int.from_bytes(payload[-2:], "big"))
    if (at or timezone.now()) >= signed_at + SIGNED_FOR + timedelta(days=1):
        raise TokenRefused(TOO_OLD, status=410)
    return payload[1:-2]


def tag(address: str) -> bytes:
    """Three bytes that tell one address of a reader from the next."""
    return next(_macs(address.lower().encode()))[:3]


def tags(address: str) -> list[bytes]:
    """Under the key of today, and under those before it."""
    return [mac[:3] for mac in _macs(address.lower().encode())]


def _macs(payload: bytes) -> Iterator[bytes]:
    """What the key of today says, then the keys before it (SECRET_KEY_FALLBACKS)."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        mac = salted_hmac("articles.newsletter.tokens", payload, secret=secret, algorithm="sha256")
        yield mac.digest()[:MAC]


# Kept as a hash -------------------------------------------------------------------------------------------------------


def mint(subscription: Subscription, purpose: str, *, at: datetime | None = None, **columns: str) -> str:
    """A new token for one purpose; only its hash is kept."""
    at, token = at or timezone.now(), secrets.token_urlsafe(32)
    SubscriptionToken.objects.create(
        subscription=subscription,
        purpose=purpose,
        digest=digest(token),
        created_at=at,
        expires_at=at + LIFE[purpose],
        **columns,
    )
    return token


def digest(token: str) -> str:
    return salted_hmac("articles.newsletter.tokens.row", token, algorithm="sha256").hexdigest()


def use(row: SubscriptionToken, at: datetime) -> None:
    row.used_at = at
    row.save(update_fields=["used_at"])


def check(token: str, *purposes: str, at: datetime | None = None) -> SubscriptionToken:
    """The token's row, if it opens this door now. Raises TokenRefused with the reason."""
    token = as_written(token)
    if not ROW.match(token):
        raise TokenRefused(CUT, status=404)
    row = SubscriptionToken.objects.select_related("subscription").filter(digest=digest(token)).first()
    if row is None or row.purpose not in purposes:
        raise TokenRefused(UNKNOWN, status=404)
    if row.expires_at <= (at or timezone.now()):
        raise TokenRefused(LATE[row.purpose], status=410)
    if row.used_at is not None:
        raise TokenRefused(USED, status=410)
    return row
