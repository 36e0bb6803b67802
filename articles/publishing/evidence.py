"""What proves a credit is put on record: the page that was seen, or a letter, with the hash of the picture then."""

import hashlib
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from articles.models import CreditEvidence, ImageCredit

MOST_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 200  # characters that are kept of a document's own name


class EvidenceRefused(Exception):
    """Evidence that cannot be kept; `problems` are plain sentences."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


@transaction.atomic
def record(
    credit: ImageCredit,
    *,
    by: Any,
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
        raise EvidenceRefused("Evidence is a page that was seen, or a document.")
    if at > timezone.now():
        raise EvidenceRefused("Nobody can have seen it at a time that is still to come.")
    evidence = CreditEvidence(credit=credit, page=page, note=note, seen_at=at, by=by)
    evidence.file_digest = credit.image.digest if credit.image else ""
    if document is not None:
        _attach(evidence, document, document_name)
    evidence.save(force_insert=True)
    return evidence


def _attach(evidence: CreditEvidence, document: bytes, name: str) -> None:
    """The file first, so that no row stands without it. A name that is a hash is the same file."""
    if not document:
        raise EvidenceRefused("The document is empty.")
    if len(document) > MOST_BYTES:
        raise EvidenceRefused(f"The document is larger than {MOST_BYTES // 1024**2} MB; send the page that matters.")
    digest = hashlib.sha256(document).hexdigest()
    path, storage = f"{digest[:2]}/{digest}", CreditEvidence._meta.get_field("document").storage
    if not storage.exists(path):
        storage.save(path, ContentFile(document))
    evidence.document, evidence.document_digest = path, digest
    evidence.document_name = PurePath(name.replace("\\", "/")).name[-LONGEST_NAME:] or "document"
