"""What a mail to somebody who reported a sentence says. It leaves through `newsletter.sending`, as every mail does."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from articles.models import SentenceReport
from articles.newsletter.messages import Message


def answer(report: SentenceReport) -> Message:
    """The desk's answer. It quotes our own words only: an address can be a stranger's, entered to annoy them."""
    context = {
        "site_name": settings.SITE_NAME,
        "postal_address": settings.POSTAL_ADDRESS,
        "subject": f"Our answer about “{report.edition.title}”",
        "report": report,
        "page": settings.SITE_URL + reverse("article", args=[report.edition.slug]),
        "corrections": settings.SITE_URL + reverse("corrections"),
        "is_correction": report.mended_in is not None and report.mended_in.kind == report.mended_in.CORRECTION,
    }
    return Message(
        subject=str(context["subject"]),
        text=render_to_string("articles/mail/report_answer.txt", context),
        html=render_to_string("articles/mail/report_answer.html", context),
        headers={"Auto-Submitted": "auto-generated"},
    )
