"""The envelope sender of each delivery: a report that comes to it is about that delivery, and not forged."""

import re
from base64 import b32encode
from email.utils import parseaddr
from hmac import compare_digest

from django.conf import settings
from django.utils.crypto import salted_hmac

VERP = re.compile(r"^(?P<local>[^@]+)\+(?P<id>[1-9][0-9]{0,18})-(?P<mac>[a-z2-7]{16})@(?P<domain>[^@]+)$")


def return_path(delivery_id: int) -> str:
    """The envelope sender of one delivery, always the same: a report to it is about that delivery, and not forged.

    It is `BOUNCE_ADDRESS` with a keyed token after a plus sign, in lower case: mail servers may fold case (VERP).
    """
    local, _at, domain = own_address().rpartition("@")
    return f"{local}+{delivery_id}-{_mac(delivery_id, settings.SECRET_KEY)}@{domain}"


def delivery_of(address: str) -> int | None:
    """The delivery that a return path was made for; None where we did not make it."""
    known = VERP.match(address.strip().strip("<>").lower())
    if known is None or f"{known['local']}@{known['domain']}" != own_address():
        return None
    number = int(known["id"])
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return number if any(compare_digest(known["mac"], _mac(number, key)) for key in keys) else None


def own_address() -> str:
    """Where reports of mail that came back, and requests to unsubscribe, are sent."""
    return parseaddr(settings.BOUNCE_ADDRESS or settings.DEFAULT_FROM_EMAIL)[1].lower()


def _mac(delivery_id: int, secret: str) -> str:
    mac = salted_hmac("articles.mail.bounces", str(delivery_id), secret=secret, algorithm="sha256").digest()
    return b32encode(mac[:10]).decode().lower()
