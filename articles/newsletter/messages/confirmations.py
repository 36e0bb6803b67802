"""Mails to one person: the question to confirm, that an address is known, that the clock stood still."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from articles.newsletter.messages.message import Message


def confirmation(confirm_token: str, unsubscribe_token: str) -> Message:
    """Asks the owner of an address whether they wanted the letter. It names nobody: a form is open to strangers."""
    confirm = settings.SITE_URL + reverse("confirm", args=[confirm_token])
    return _message(
        "confirm", f"Please confirm: the letter from {settings.SITE_NAME}", unsubscribe_token, confirm=confirm
    )


def already_subscribed(unsubscribe_token: str) -> Message:
    """Tells the owner of an address, and nobody else, that it is on the list already."""
    return _message("already", f"You already get the letter from {settings.SITE_NAME}", unsubscribe_token)


def clock_stood_still(since: datetime, until: datetime) -> Message:
    """Tells an administrator what waited, and that it goes on by itself."""
    context = {
        "site_name": settings.SITE_NAME,
        "subject": f"The clock of {settings.SITE_NAME} stood still",
        "since": since,
        "until": until,
        "desk": settings.SITE_URL + reverse("admin:index"),
    }
    return Message(
        subject=str(context["subject"]),
        text=render_to_string("articles/mail/clock.txt", context),
        html=render_to_string("articles/mail/clock.html", context),
        headers={"Auto-Submitted": "auto-generated"},
    )


def _message(template: str, subject: str, unsubscribe_token: str, **context: str) -> Message:
    leave = settings.SITE_URL + reverse("unsubscribe", args=[unsubscribe_token])
    context |= {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "postal_address": settings.POSTAL_ADDRESS,
        "subject": subject,
        "unsubscribe": leave,
    }
    return Message(
        subject=subject,
        text=render_to_string(f"articles/mail/{template}.txt", context),
        html=render_to_string(f"articles/mail/{template}.html", context),
        headers={
            "Auto-Submitted": "auto-generated",  # RFC 3834
            "List-Unsubscribe": f"<{leave}>",  # RFC 2369
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
        },
    )
