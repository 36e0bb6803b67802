"""Mail over any other backend of Django's, as those of django-anymail.

What a backend raises, or notes on the message as django-anymail does, is the answer.
"""

import socket
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from articles.mail import acceptance
from articles.mail.mime import Envelope
from articles.mail.smtp_replies import Answer, Outcome, Stage, judge, readable, silence
from articles.mail.transports.transport import Refusal


class BackendTransport:
    """A connection of one of those backends."""

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
            return Answer(Outcome.LATER, "The provider didn’t accept it.")
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
    words = readable(f"{', '.join(sorted(map(str, states)))} {getattr(status, 'message_id', '')}")
    if states and states <= {"rejected", "invalid"}:
        return Answer(Outcome.NOT_THIS_READER, words)
    return Answer(Outcome.LATER if states == {"failed"} else Outcome.TAKEN, words)


def _of_http(status: int) -> Outcome:
    """A provider that fails within may have taken the message all the same: where it can be asked, it is."""
    if status >= 500:
        return Outcome.UNKNOWN if acceptance.configured().can_be_asked else Outcome.LATER
    return Outcome.LATER if status == 429 else Outcome.NOT_US


def _about(problem: Exception, stage: Stage) -> Answer:
    """What an exception of a backend says of the message; where it may have been taken, that."""
    words = readable(f"{type(problem).__name__}: {problem}")
    status = getattr(problem, "status_code", None)  # django-anymail's AnymailAPIError; an HTTP status
    if type(problem).__name__ == "AnymailRecipientsRefused":
        return Answer(Outcome.NOT_THIS_READER, words)
    if isinstance(status, int):
        return Answer(_of_http(status), words)
    if isinstance(problem, SMTPException) and (code := getattr(problem, "smtp_code", 0)):
        return judge(stage, code, words)
    if isinstance(problem, ConnectionRefusedError | socket.gaierror):
        return Answer(Outcome.LATER, words, hang_up=True)
    if isinstance(problem, OSError | SMTPException) or type(problem).__module__.startswith(("requests", "anymail")):
        return silence(stage, words)
    return Answer(Outcome.NOT_US, words)
