"""One mail to try how all mail goes: the same transport, sender, return path and headers; and the server's answer."""

import secrets
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from articles.mail import sender, standstill, transports
from articles.mail.addresses import normalize
from articles.mail.bodies import written
from articles.mail.smtp_replies import Answer
from articles.refusal import Refused


def send(to: str, at: datetime | None = None) -> Answer:
    """Hands it over, once and now.

    Raises AddressRefused, Refusal where no mail server can be reached, Refused where no mail may leave.
    """
    if reason := standstill.reason():
        raise Refused(reason)
    at = at or timezone.now()
    message = written("test", f"Test mail from {settings.SITE_NAME}", at=at)
    number = secrets.token_hex(16)
    transport = transports.for_single_mails()
    try:
        transport.open()
        return transport.hand_over(sender.envelope(message, to=normalize(to), number=f"test-{number}", date=at))
    finally:
        transport.close()
