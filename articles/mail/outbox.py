"""Mails to one person wait here from the transaction that wants them until `sender` has sent them.

Only a reference is kept, not the words: a mail is worded when it is sent (`kinds`).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.models import OutgoingMail, Subscription


def enqueue(
    kind: str,
    to: str,
    *,
    key: object = "",
    context: Mapping[str, Any] | None = None,
    subscription: Subscription | None = None,
    at: datetime | None = None,
) -> None:
    """Puts a mail in line, in the caller's transaction: one statement, the same for every address.

    A mail of the same kind, address and key that still waits stays the only one, with the newer context (JSON). It is
    erased with its subscription, and with its address.
    """
    at = at or timezone.now()
    digest = salted_hmac("articles.mail.outbox", f"{kind} {key} {to}", algorithm="sha256").hexdigest()
    mail = OutgoingMail(
        kind=kind,
        to=to,
        subscription=subscription,
        digest=digest,
        context=dict(context or {}),
        queued_at=at,
        next_at=at,
    )
    OutgoingMail.objects.bulk_create(
        [mail], update_conflicts=True, unique_fields=["digest"], update_fields=["context", "queued_at"]
    )
