"""Sending an issue to the editor who asks for it, before anybody approves it."""

from datetime import datetime

from django.contrib.auth.models import User

from articles.mail import alarms, outbox
from articles.mail.kinds import Kind, register
from articles.mail.message import HeaderRefused, Message
from articles.models import Issue, OutgoingMail
from articles.newsletter.issues import rendering
from articles.newsletter.issues.refusal import IssueRefused, permission


def send_test(issue: Issue, *, by: User) -> str:
    """Puts it in line for the editor's own address, and no other: a field for one would be a way to mail strangers.

    The address. Raises IssueRefused.
    """
    if problems := permission(by):
        raise IssueRefused(*problems)
    if not by.email:
        raise IssueRefused("Your account has no email address to send it to.")
    try:
        rendering.render(issue, is_test=True).for_nobody()
    except HeaderRefused as refusal:
        raise IssueRefused(str(refusal)) from refusal
    outbox.enqueue(TestSend.name, by.email, key=issue.pk, context={"issue": issue.pk})
    return by.email


@register
class TestSend(Kind):
    name = "test_send"

    def write(self, mail: OutgoingMail, at: datetime) -> Message | None:
        issue = Issue.objects.get(pk=mail.context["issue"])
        return rendering.render(issue, is_test=True).for_nobody()

    def not_sent(self, mail: OutgoingMail, at: datetime) -> None:
        issue = Issue.objects.get(pk=mail.context["issue"])
        sentence = f"A test of issue {issue.number} wasn’t sent: the mail server refuses the editor’s address."
        alarms.ring(f"test:{issue.pk}", sentence, issue=issue, at=at)
