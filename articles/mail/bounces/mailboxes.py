"""Where reports lie: one .eml file, a folder of them, a Maildir, an mbox, or an IMAP mailbox. Reading changes no file.

In an IMAP mailbox what was not seen yet is read, and marked as seen after it was taken in.
"""

import imaplib
import mailbox
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from articles.mail.bounces.reports import READ_AT_MOST
from articles.refusal import Refused

TIMEOUT = 60  # seconds


class MailboxRefused(Refused):
    """A place that cannot be read; the message says why in one sentence."""


def mails(place: str) -> Iterator[bytes]:
    """The mails in a place, each asked for only when the one before was taken in. Raises MailboxRefused."""
    try:
        yield from _imap(place) if place.startswith(("imap://", "imaps://")) else _files(Path(place))
    except (OSError, ValueError, imaplib.IMAP4.error) as problem:
        raise MailboxRefused(f"{_without_password(place)} can’t be read ({_reason(problem)}).") from problem


def _reason(problem: Exception) -> str:
    reply = problem.args[0] if problem.args else problem
    return (
        reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(getattr(problem, "strerror", "") or reply)
    )


def _without_password(place: str) -> str:
    scheme, separator, rest = place.rpartition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}" if separator else place


def _files(path: Path) -> Iterator[bytes]:
    if (path / "cur").is_dir():
        yield from _starts_in(mailbox.Maildir(path, create=False))
    elif path.is_dir():
        for file in sorted(path.glob("*.eml")):
            yield _start_of(file)
    elif _start_of(path).startswith(b"From "):
        yield from _starts_in(mailbox.mbox(path, create=False))
    else:
        yield _start_of(path)


def _starts_in(box: mailbox.Mailbox[Any]) -> Iterator[bytes]:
    for key in sorted(box.keys()):
        with closing(box.get_file(key)) as file:
            yield file.read(READ_AT_MOST)


def _start_of(path: Path) -> bytes:
    with open(path, "rb") as file:
        return file.read(READ_AT_MOST)


def _imap(place: str) -> Iterator[bytes]:
    with _opened(place) as server:
        _status, [numbers] = server.search(None, "UNSEEN")
        for number in (numbers or b"").split():
            _status, answer = server.fetch(number.decode(), f"(BODY.PEEK[]<0.{READ_AT_MOST}>)")
            yield next((part[1] for part in answer if isinstance(part, tuple)), b"")
            server.store(number.decode(), "+FLAGS", "\\Seen")


@contextmanager
def _opened(place: str) -> Iterator[imaplib.IMAP4]:
    """A mailbox at imap[s]://USER:PASSWORD@HOST[:PORT][/FOLDER]; without TLS only where the server offers none."""
    parts = urlsplit(place)
    host, trusted = parts.hostname or "", ssl.create_default_context()
    server: imaplib.IMAP4
    if parts.scheme == "imaps":
        server = imaplib.IMAP4_SSL(host, parts.port or 993, ssl_context=trusted, timeout=TIMEOUT)
    else:
        server = imaplib.IMAP4(host, parts.port or 143, timeout=TIMEOUT)
        if "STARTTLS" in server.capabilities:
            server.starttls(trusted)
    with server:
        server.login(unquote(parts.username or ""), unquote(parts.password or ""))
        folder = unquote(parts.path.strip("/")) or "INBOX"
        status, _answer = server.select(f'"{folder}"' if " " in folder else folder)
        if status != "OK":
            raise imaplib.IMAP4.error(f"there’s no folder {folder}")
        yield server
