"""The one place where mail leaves the house, and the folder that stands in for a mail server on a small machine."""

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from smtplib import SMTPException
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.utils import timezone

from articles.newsletter.messages import Message

logger = logging.getLogger(__name__)


def deliver(message: Message, *, to: str) -> bool:
    """Hands one mail to the mail server. False, with a line in the log that names no address, if it was not taken."""
    mail = EmailMultiAlternatives(message.subject, message.text, None, [to], headers=message.headers)
    mail.attach_alternative(message.html, "text/html")
    try:
        return mail.send() == 1
    except (SMTPException, OSError) as problem:
        logger.error("A mail (%s) was not taken by the mail server: %s", message.subject, type(problem).__name__)
        return False


class EmlFolder(BaseEmailBackend):
    """Writes every mail as one .eml file into EMAIL_FILE_PATH: what a mail program opens, and what tests read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Each file appears whole or not at all, named so that a listing is in order of time."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            path = self.folder / f"{timezone.now():%Y%m%dT%H%M%S.%f}-{uuid4().hex[:8]}.eml"
            unfinished = path.with_suffix(".part")
            whole = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
            with open(unfinished, "wb") as file:
                file.write(whole)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(path)
        return len(email_messages)
