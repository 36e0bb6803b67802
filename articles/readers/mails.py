"""What a mail to somebody who reported a sentence says; a reader who must not be written to gets none."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from articles.mail import outbox, suppression
from articles.mail.bodies import written
from articles.mail.kinds import Kind, register
from articles.mail.message import Message
from articles.models import OutgoingMail, SentenceReport


def enqueue_answer(report: SentenceReport) -> None:
    """Puts the answer in line for a reader who left an address."""
    if report.email:
        outbox.enqueue(
            ReportAnswer.name, report.email, key=report.pk, context={"report": report.pk}, at=report.answered_at
        )


@register
class ReportAnswer(Kind):
    """Our answer. It quotes our own words only: an address can be a stranger's, entered to annoy them."""

    name = "report_answer"

    def write(self, mail: OutgoingMail, at: datetime) -> Message | None:
        report = SentenceReport.objects.for_desk().get(pk=mail.context["report"])
        if suppression.of(mail.to):
            self.not_sent(mail, at)
            return None
        return written(
            "report_answer",
            f"Our answer about “{report.edition.title}”",
            report=report,
            page=settings.SITE_URL + report.edition.get_absolute_url(),
            corrections=settings.SITE_URL + reverse("corrections"),
            is_correction=report.fixed_in is not None and report.fixed_in.kind == report.fixed_in.CORRECTION,
        )

    def taken(self, mail: OutgoingMail, at: datetime) -> None:
        SentenceReport.objects.filter(pk=mail.context["report"]).update(mailed_at=at)

    def not_sent(self, mail: OutgoingMail, at: datetime) -> None:
        """An address that takes no mail is forgotten."""
        SentenceReport.objects.filter(pk=mail.context["report"]).update(email="")
