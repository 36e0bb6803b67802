"""What a mail to somebody who reported a sentence says. It leaves through `newsletter.sending`, as every mail does."""

from django.conf import settings
from django.urls import reverse

from articles.models import SentenceReport
from articles.newsletter.messages import Message, written


def answer(report: SentenceReport) -> Message:
    """The desk's answer. It quotes our own words only: an address can be a stranger's, entered to annoy them."""
    return written(
        "report_answer",
        f"Our answer about “{report.edition.title}”",
        report=report,
        page=settings.SITE_URL + reverse("article", args=[report.edition.slug]),
        corrections=settings.SITE_URL + reverse("corrections"),
        is_correction=report.mended_in is not None and report.mended_in.kind == report.mended_in.CORRECTION,
    )
