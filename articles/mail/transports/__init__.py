"""Where mail leaves: by SMTP (`smtp`), into a folder (`folder`), or over another backend (`providers`)."""

from typing import cast

from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend as Smtp

from articles.mail.eml_folder import EmlFolder
from articles.mail.transports.folder import FolderTransport
from articles.mail.transports.providers import BackendTransport
from articles.mail.transports.smtp import Patience, SmtpTransport
from articles.mail.transports.transport import Refusal as Refusal
from articles.mail.transports.transport import Transport as Transport

PROMPT = Patience(mail=30, rcpt=30, data=30, block=30, dot=300, reset=30)


def configured() -> Transport:
    """The one that EMAIL_URL names, not open yet."""
    backend = get_connection()
    if isinstance(backend, Smtp):
        return SmtpTransport(lambda: cast(Smtp, get_connection()))
    return FolderTransport(backend) if isinstance(backend, EmlFolder) else BackendTransport(backend)


def for_single_mails() -> Transport:
    """The same for mails between which the clock has other work: it waits minutes for a mail server, not half hours."""
    transport = configured()
    if isinstance(transport, SmtpTransport):
        transport.timeout, transport.patience = 30, PROMPT
    return transport
