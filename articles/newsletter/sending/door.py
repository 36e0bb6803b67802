"""The one place where mail leaves the house: single mails at once, letters by whichever way EMAIL_URL chose.

`way_out` gives the way: SMTP (`sending.smtp`), the folder that stands in for a mail server on a small machine, or any
other backend of Django's, as those of django-anymail.
"""

import logging
import os
import socket
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from smtplib import SMTPException
from typing import Any, Protocol
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as Smtp
from django.core.mail.message import EmailMessage
from django.utils import timezone

from articles.newsletter.messages import Message
from articles.newsletter.sending import relays
from articles.newsletter.sending.answers import Answer, Outcome, Stage, judge, readable, silence
from articles.newsletter.sending.smtp import GREETING, Patience, Refusal, SmtpWay
from articles.newsletter.sending.wire import Envelope

logger = logging.getLogger(__name__)

PROMPT = Patience(mail=30, rcpt=30, data=30, block=30, dot=300, reset=30)


def deliver(message: Message, *, to: str) -> bool:
    """Hands one mail to the mail server. False, with a line in the log that names no address, if it was not taken."""
    mail = EmailMultiAlternatives(message.subject, message.text, None, [to], headers=message.headers)
    mail.attach_alternative(message.html, "text/html")
    try:
        return mail.send() == 1
    except (SMTPException, OSError) as problem:
        logger.error("A mail (%s) was not taken by the mail server: %s", message.subject, type(problem).__name__)
        return False


class Way(Protocol):
    """How letters leave. One for each sender; it is kept open from letter to letter."""

    def is_open(self) -> bool: ...

    def open(self) -> None:
        """Makes it ready for a letter. Raises Refusal where it cannot be, with what the server said."""

    def hand_over(self, envelope: Envelope) -> Answer:
        """Hands one letter over and says what became of it. Raises HeaderRefused before anything is sent."""

    def close(self) -> None: ...


def way_out() -> Way:
    """The way that EMAIL_URL chose, not open yet."""
    backend = get_connection()
    if isinstance(backend, Smtp):
        backend.timeout = GREETING
        return SmtpWay(backend)
    return FolderWay(backend) if isinstance(backend, EmlFolder) else BackendWay(backend)


def way_for_single_mails() -> Way:
    """The same for mails between which the clock has other work: it waits minutes for a mail server, not half hours."""
    way = way_out()
    if isinstance(way, SmtpWay):
        way.backend.timeout, way.patience = 30, PROMPT
    return way


class EmlFolder(BaseEmailBackend):
    """Writes every mail as one .eml file into EMAIL_FILE_PATH: what a mail program opens, and what tests read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Each file is named so that a listing is in order of time."""
        for message in email_messages:
            name = f"{timezone.now():%Y%m%dT%H%M%S.%f}-{uuid4().hex[:8]}.eml"
            self.keep(name, message.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]
        return len(email_messages)

    def keep(self, name: str, whole: bytes) -> None:
        """The file appears whole or not at all, also where the machine dies; one of the same name is replaced."""
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / f"{name}.{uuid4().hex[:8]}.part"
        with open(unfinished, "wb") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.folder / name)

    def place(self, message_id: str) -> Path:
        """Where the letter of a Message-ID lies: always the same, so that a second writing of it changes nothing."""
        return self.folder / f"letter-{sha256(message_id.encode()).hexdigest()[:32]}.eml"


class FolderWay:
    """Letters as files. The return path stands on top, as it does in a mail that arrived."""

    def __init__(self, folder: EmlFolder) -> None:
        self.folder = folder

    def is_open(self) -> bool:
        return True

    def open(self) -> None:
        """A folder is always open."""

    def hand_over(self, envelope: Envelope) -> Answer:
        path = self.folder.place(envelope.message_id)
        try:
            self.folder.keep(path.name, b"Return-Path: <%b>\r\n%b" % (envelope.sender.encode(), envelope.content))
        except OSError as problem:
            return Answer(Outcome.LATER, readable(f"The folder could not be written: {problem.strerror}."))
        return Answer(Outcome.TAKEN, f"Written to {path.name}.")

    def close(self) -> None:
        """Nothing is kept open."""


class BackendWay:
    """Any other backend: what it raises, or notes on the message as django-anymail does, is the answer."""

    def __init__(self, backend: BaseEmailBackend) -> None:
        self.backend, self.ready = backend, False

    def is_open(self) -> bool:
        return self.ready

    def open(self) -> None:
        try:
            self.backend.open()
        except Exception as problem:
            raise Refusal(_about(problem, Stage.OPEN)) from problem
        self.ready = True

    def hand_over(self, envelope: Envelope) -> Answer:
        mail = self._mail(envelope)
        try:
            taken = self.backend.send_messages([mail])
        except Exception as problem:
            return _about(problem, Stage.DOT)
        if not taken:
            return Answer(Outcome.LATER, "The provider did not take it.")
        return _as_the_provider_notes(mail)

    def _mail(self, envelope: Envelope) -> EmailMultiAlternatives:
        message = envelope.message
        headers = {"Message-ID": envelope.message_id, "Date": envelope.headers["Date"], **message.headers}
        mail = EmailMultiAlternatives(
            message.subject, message.text, envelope.from_email, [envelope.recipient], headers=headers
        )
        mail.envelope_sender = envelope.sender  # type: ignore[attr-defined]  # as django-anymail calls it
        mail.attach_alternative(message.html, "text/html")
        return mail

    def close(self) -> None:
        self.ready = False
        self.backend.close()


def _as_the_provider_notes(mail: EmailMessage) -> Answer:
    status = getattr(mail, "anymail_status", None)
    states: set[str] = getattr(status, "status", None) or set()
    said = readable(f"{', '.join(sorted(map(str, states)))} {getattr(status, 'message_id', '')}")
    if states and states <= {"rejected", "invalid"}:
        return Answer(Outcome.NOT_THIS_READER, said)
    return Answer(Outcome.LATER if states == {"failed"} else Outcome.TAKEN, said)


def _of_http(status: int) -> Outcome:
    """A provider that fails within may have taken the letter all the same: where it can be asked, it is."""
    if status >= 500:
        return Outcome.UNKNOWN if relays.relay().can_be_asked else Outcome.LATER
    return Outcome.LATER if status == 429 else Outcome.NOT_US


def _about(problem: Exception, stage: Stage) -> Answer:
    """What an exception of a backend says of the letter; where it may have been taken, that."""
    said = readable(f"{type(problem).__name__}: {problem}")
    status = getattr(problem, "status_code", None)  # django-anymail's AnymailAPIError; an HTTP status
    if type(problem).__name__ == "AnymailRecipientsRefused":
        return Answer(Outcome.NOT_THIS_READER, said)
    if isinstance(status, int):
        return Answer(_of_http(status), said)
    if isinstance(problem, SMTPException) and (code := getattr(problem, "smtp_code", 0)):
        return judge(stage, code, said)
    if isinstance(problem, ConnectionRefusedError | socket.gaierror):
        return Answer(Outcome.LATER, said, hang_up=True)
    if isinstance(problem, OSError | SMTPException) or type(problem).__module__.startswith(("requests", "anymail")):
        return silence(stage, said)
    return Answer(Outcome.NOT_US, said)
