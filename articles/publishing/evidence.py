"""What proves a credit is put on record: the page that was seen, or a letter, with the hash of the picture then."""

import hashlib
from datetime import datetime
from pathlib import PurePath

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from articles.models import CreditEvidence, ImageCredit
from articles.refusal import Refused

MOST_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 200  # characters that are kept of a document's own name


class EvidenceRefused(Refused):
    """Evidence that cannot be kept."""


@transaction.atomic
def record(
    credit: ImageCredit,
    *,
    by: User,
    at: datetime | None = None,
    page: str = "",
    note: str = "",
    document: bytes | None = None,
    document_name: str = "",
) -> CreditEvidence:
    """Adds evidence to a credit: `page` was seen `at` a moment (now) by `by`, or `document` was received.

    The document is stored privately under its hash, whatever it was called. Raises EvidenceRefused.
    """
    at = at or timezone.now()
    if not page and document is None:
        raise EvidenceRefused("Evidence must be a page or a document.")
    if at > timezone.now():
        raise EvidenceRefused("The date can’t be in the future.")
    evidence = CreditEvidence(credit=credit, page=page, note=note, seen_at=at, by=by)
    evidence.file_digest = credit.image.digest if credit.image else ""
    if document is not None:
        evidence.document = keep(document)
        evidence.document_digest = hashlib.sha256(document).hexdigest()
        evidence.document_name = PurePath(document_name.replace("\\", "/")).name[-LONGEST_NAME:] or "document"
    evidence.save(force_insert=True)
    return evidence


def keep(document: bytes) -> str:
    """Stores a document and returns its name, the same for the same bytes. Forms call it before anything is saved, so
    that no row stands without its file. Raises EvidenceRefused, and then nothing is stored.
    """
    if not document:
        raise EvidenceRefused("The document is empty.")
    if len(document) > MOST_BYTES:
        raise EvidenceRefused(f"The document is larger than {MOST_BYTES // 1024**2} MB; send the page that matters.")
    digest = hashlib.sha256(document).hexdigest()
    path, storage = f"{digest[:2]}/{digest}", CreditEvidence._meta.get_field("document").storage
    try:
        if not storage.exists(path):
            storage.save(path, ContentFile(document))
    except OSError as problem:
        sentence = f"The document couldn’t be saved ({problem.strerror})."
        raise EvidenceRefused(f"{sentence} Nothing was saved. Try again when there is room.") from problem
    return path
