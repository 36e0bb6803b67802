"""What is kept of a reader: to show them all of it, to erase it, and to forget by itself what nobody confirmed.

After an erasure the address stands nowhere: not in the database (overwritten, not only freed), nor in the mails that a
small machine keeps as files. The rows of the ledger stay, and say no more whose they were.
"""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from articles.mail import suppression
from articles.models import (
    ConsentEvent,
    Delivery,
    OutgoingMail,
    SentenceReport,
    Subscription,
    SubscriptionToken,
    Suppression,
)
from articles.newsletter.subscriptions import consent, rate_limits

IMPORTED_IS_KEPT_FOR = timedelta(days=60)  # a long list is asked little by little
FOLDED = re.compile(rb"=\r?\n|\r?\n(?=[ \t])")

# Showing --------------------------------------------------------------------------------------------------------------


def export(subscription: Subscription) -> dict[str, Any]:
    """Everything that is kept of a reader, ready for JSON."""
    return {
        "address": subscription.email,
        "state": subscription.state,
        **{name: _iso(getattr(subscription, name)) for name in ("requested_at", "confirmed_at", "ended_at")},
        "wants": subscription.get_wants_display(),
        "sections": [section.name for section in subscription.sections.all()] or "all",
        "paused_until": _iso(subscription.paused_until),
        "source": subscription.source,
        "consent": [
            {"what": one.kind, "wording": one.wording, "page": one.page, "source": one.source, "at": _iso(one.at)}
            for one in subscription.consent_events.all()
        ],
        "newsletters": [
            {"issue": one.issue.number, "subject": one.issue.subject, "state": one.state, "at": _iso(one.settled_at)}
            for one in subscription.deliveries.select_related("issue").order_by("id")
        ],
        "came_back": [
            {"what": one.kind, "status": one.status, "at": _iso(one.at)} for one in subscription.bounce_events.all()
        ],
        "reports": [
            {
                "article": one.edition.title,
                "about": one.quoted,
                "wrong": one.wrong,
                "severity": one.get_reader_severity_display(),
                "at": _iso(one.received_at),
                "answer": one.answer,
                "answered_at": _iso(one.answered_at),
            }
            for one in SentenceReport.objects.filter(email__iexact=subscription.email).select_related("edition")
        ],
    }


def as_json(subscription: Subscription) -> str:
    return json.dumps(export(subscription), ensure_ascii=False, indent=1)


def _iso(value: Any) -> str | None:
    return value.isoformat() if value else None


# Erasing --------------------------------------------------------------------------------------------------------------


def erase(address: str, *, at: datetime | None = None) -> bool:
    """Erases a normalized address from database, queue and files; its keyed hash keeps later imports from it.

    Says whether there was a subscription. The space it stood in is overwritten by the clock (`sweep`).
    """
    at = at or timezone.now()
    with transaction.atomic():
        subscription = Subscription.objects.select_for_update().at_address(address).first()
        suppression.add(suppression.digest(address), Suppression.ERASED, at=at)
        OutgoingMail.objects.filter(to__iexact=address).delete()
        SubscriptionToken.objects.filter(new_email__iexact=address).delete()
        SentenceReport.objects.filter(email__iexact=address).update(email="")
        if subscription:
            _unname(subscription.deliveries.all(), address, at)
            subscription.delete()
    _erase_files(address)
    return subscription is not None


def _unname(deliveries: Any, address: str, at: datetime) -> None:
    """Takes an address out of what mail servers answered, and what is not sent yet out of the queue."""
    deliveries.filter(state=Delivery.QUEUED).update(state=Delivery.WITHHELD, settled_at=at)
    for delivery in deliveries.filter(answer__icontains=address):
        answer = re.sub(re.escape(address), "(erased)", delivery.answer, flags=re.IGNORECASE)
        Delivery.objects.filter(pk=delivery.pk).update(answer=answer)


def _erase_files(address: str) -> None:
    """Deletes the mails to an address, where mails are files of ours."""
    folder, wanted = Path(settings.EMAIL_FILE_PATH or ""), address.lower().encode()
    if not settings.EMAIL_BACKEND.endswith(".EmlFolder"):
        return
    for path in folder.glob("*.eml"):
        try:
            if wanted in FOLDED.sub(b"", path.read_bytes()).lower():
                path.unlink()
        except FileNotFoundError:
            continue


def sweep(*, at: datetime | None = None) -> bool:
    """Overwrites the space in which erased addresses stood, if any did since the last time.

    False where it has to be tried again: somebody is reading the old state of the database at this moment. On
    PostgreSQL the space is given free for other rows; its log and backups age as its owner set them to.
    """
    unswept = Suppression.objects.filter(swept_at=None).filter(at__lte=at or timezone.now())
    pks = list(unswept.values_list("pk", flat=True))
    if not pks or connection.in_atomic_block:
        return not pks
    try:
        if not _overwrite():
            return False
    except DatabaseError:
        return False
    Suppression.objects.filter(pk__in=pks).update(swept_at=at or timezone.now())
    return True


def _overwrite() -> bool:
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            for model in (Subscription, ConsentEvent, SubscriptionToken, SentenceReport, OutgoingMail):
                cursor.execute(f'VACUUM "{model._meta.db_table}"')
            return True
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        row = cursor.fetchone()
        return row is None or row[0] == 0


# Forgetting -----------------------------------------------------------------------------------------------------------


def forget(*, at: datetime | None = None) -> int:
    """Deletes subscriptions that nobody confirmed in time, and all that opens or counts nothing any more.

    Says how many of the first. A reader who had subscribed before, and left, is where they were: their record stays.
    """
    at = at or timezone.now()
    late = at - consent.ANSWERED_WITHIN
    stale = Subscription.objects.filter(state=Subscription.PENDING).filter(
        Q(asked_at__lte=late)
        | Q(asked_at=None, source="", requested_at__lte=late)
        | Q(asked_at=None, requested_at__lte=at - IMPORTED_IS_KEPT_FOR)
    )
    for subscription in stale.filter(consent_events__kind=ConsentEvent.ENDED).distinct():
        ended = subscription.consent_events.filter(kind=ConsentEvent.ENDED).latest("at")
        Subscription.objects.filter(pk=subscription.pk).update(state=Subscription.ENDED, ended_at=ended.at)
    never = Subscription.objects.filter(state=Subscription.ENDED, ended_at__lte=late).exclude(
        consent_events__kind__in=[ConsentEvent.CONFIRMED, ConsentEvent.IMPORTED, ConsentEvent.MOVED]
    )
    gone = stale.count()
    stale.delete()
    never.delete()
    SubscriptionToken.objects.filter(expires_at__lte=at).delete()
    rate_limits.forget(at=at)
    return gone
