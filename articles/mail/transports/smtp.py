"""Messages over SMTP (RFC 5321): one connection from message to message, and as much patience as the RFC asks for.

Waiting less than ten minutes after the last line makes doubles (RFC 1047). Each wait is for a whole answer, so a server
that sends one byte a minute gains nothing by it.
"""

import contextlib
import re
import select
import smtplib
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from django.core.mail.backends.smtp import EmailBackend
from django.utils import timezone

from articles.mail.mime import Envelope, checked_address
from articles.mail.smtp_replies import Answer, Outcome, Stage, is_yes, judge, readable, silence
from articles.mail.transports.transport import Refusal

GREETING = 300  # seconds, as all here: RFC 5321, 4.5.3.2.1
BLOCK = 65_536
IDLE = 20  # a connection that was silent for so long is asked whether it still stands
LONGEST_REPLY = 65_536
FIRST_DOT = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True)
class Patience:
    """How long to wait for each answer (RFC 5321, 4.5.3.2.2 to 4.5.3.2.6); `block` is for sending one block."""

    mail: float = 300
    rcpt: float = 300
    data: float = 120
    block: float = 180
    dot: float = 600
    reset: float = 300
    quit: float = 5  # nothing hangs on this one


class _Answered(Exception):
    """Ends a conversation early, with its answer."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer


class SmtpTransport:
    """A conversation with the mail server that Django's settings name. `make` gives a backend that opens it, TLS and
    sign-in included: a new one for each connection, since Django's keeps what is left of a broken one.
    """

    def __init__(self, make: Callable[[], EmailBackend], patience: Patience | None = None) -> None:
        self.make, self.patience, self.timeout = make, patience or Patience(), float(GREETING)
        self.smtp: smtplib.SMTP | None = None
        self.unread, self.last_used = b"", 0.0

    # Opened and closed ------------------------------------------------------------------------------------------------

    def is_open(self) -> bool:
        """Whether the server is still there, without asking where it was just used."""
        if self.smtp is None or self.smtp.sock is None:
            return False
        if self.unread or not _is_quiet(self.smtp.sock):
            self._drop()
            return False
        if time.monotonic() - self.last_used > IDLE:
            return self._still_there()
        return True

    def _still_there(self) -> bool:
        try:
            code, _said = self._command("NOOP", self.patience.reset)
        except OSError:
            code = -1
        if code != 250:
            self._drop()
        return code == 250

    def open(self) -> None:
        if self.is_open():
            return
        backend = self.make()
        backend.timeout = self.timeout
        try:
            backend.open()
            smtp = cast(smtplib.SMTP, backend.connection)
            smtp.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as problem:
            raise Refusal(_why_not_open(problem)) from problem
        self.smtp, self.unread, self.last_used = smtp, b"", time.monotonic()
        self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self) -> None:
        if self.smtp is not None and self.smtp.sock is not None:
            with contextlib.suppress(OSError):
                self._command("QUIT", self.patience.quit)
        self._drop()

    def _drop(self) -> None:
        if self.smtp is not None:
            self.smtp.close()
        self.smtp, self.unread = None, b""

    # One message ------------------------------------------------------------------------------------------------------

    def hand_over(self, envelope: Envelope) -> Answer:
        """MAIL, RCPT, DATA, the message, and the answer to it; the connection is ready for the next message then."""
        sender, recipient = checked_address(envelope.sender), checked_address(envelope.recipient)
        content = FIRST_DOT.sub(b"..", envelope.content)  # RFC 5321, 4.5.2
        try:
            size = f" SIZE={len(content)}" if self.smtp is not None and self.smtp.has_extn("size") else ""
            self._ask(Stage.MAIL, f"MAIL FROM:<{sender}>{size}", self.patience.mail)
            self._ask(Stage.RCPT, f"RCPT TO:<{recipient}>", self.patience.rcpt)
            self._ask(Stage.DATA, "DATA", self.patience.data)
            self._send_message(content, envelope)
            return self._ask(Stage.DOT, None, self.patience.dot)
        except _Answered as ended:
            self._tidy(ended.answer)
            return ended.answer
        finally:
            self.last_used = time.monotonic()

    def _ask(self, stage: Stage, command: str | None, within: float) -> Answer:
        """The server's yes to a command. Raises _Answered with anything else."""
        try:
            code, reply = self._command(command, within)
        except OSError as problem:
            raise _Answered(silence(stage, _named(problem))) from problem
        if not is_yes(stage, code):
            raise _Answered(judge(stage, code, reply))
        return Answer(Outcome.TAKEN, readable(f"{code} {reply}"))

    def _send_message(self, content: bytes, envelope: Envelope) -> None:
        """All of it; the line that ends it only where there is time left, and no answer came too early."""
        blocks = [content[start : start + BLOCK] for start in range(0, len(content), BLOCK)] or [b""]
        blocks[-1] += b".\r\n"
        try:
            for block in blocks:
                if block is blocks[-1] and _too_late(envelope, self.patience.dot):
                    raise _Answered(Answer(Outcome.LATER, "It took too long to get this far.", hang_up=True))
                if block is blocks[-1] and (self.unread or not _is_quiet(self._sock)):
                    raise _Answered(
                        Answer(Outcome.LATER, "The mail server answered before it had the message.", hang_up=True)
                    )
                self._sock.settimeout(self.patience.block)
                self._sock.sendall(block)
        except OSError as problem:  # the last line did not get out, so the message was not taken
            raise _Answered(silence(Stage.DATA, _named(problem))) from problem

    def _tidy(self, answer: Answer) -> None:
        if not answer.hang_up:
            with contextlib.suppress(OSError):
                if self._command("RSET", self.patience.reset)[0] == 250:
                    return
        self._drop()

    @property
    def _sock(self) -> socket.socket:
        """Typed as the part of a TLS socket that is used here."""
        if self.smtp is None or self.smtp.sock is None:
            raise ConnectionResetError("there is no connection")
        return self.smtp.sock

    # Lines ------------------------------------------------------------------------------------------------------------

    def _command(self, command: str | None, within: float) -> tuple[int, str]:
        """Sends a command, if there is one, and reads the whole answer to it: code (-1: none) and words."""
        deadline = time.monotonic() + within
        if command is not None:
            self._sock.settimeout(within)
            self._sock.sendall(command.encode("ascii") + b"\r\n")
        words = []
        while True:
            line = self._line(self._sock, deadline)
            words.append(line[4:].decode("ascii", "replace").strip())
            if not line[:3].isdigit() or line[3:4] not in (b" ", b"-", b""):
                return -1, line.decode("ascii", "replace")
            if line[3:4] != b"-":
                return int(line[:3]), " ".join(words)

    def _line(self, sock: socket.socket, deadline: float) -> bytes:
        while b"\n" not in self.unread:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            sock.settimeout(left)
            received = sock.recv(8192)
            if not received:
                raise ConnectionResetError("the server hung up")
            self.unread += received
            if len(self.unread) > LONGEST_REPLY:
                raise ConnectionResetError("the server does not stop talking")
        line, _newline, self.unread = self.unread.partition(b"\n")
        return line.rstrip(b"\r")


def has_more(sock: socket.socket, within: float = 0) -> bool:
    """Whether something can be read, or is read and deciphered already."""
    return bool(isinstance(sock, ssl.SSLSocket) and sock.pending()) or bool(select.select([sock], [], [], within)[0])


def _is_quiet(sock: socket.socket) -> bool:
    """Whether nothing came unasked: no end of the connection, and no 421 that says that it will end."""
    if not has_more(sock):
        return True
    sock.settimeout(0)
    try:
        sock.recv(1)
    except (BlockingIOError, ssl.SSLWantReadError):  # TLS talking to itself
        return True
    except OSError:
        return False
    return False


def _too_late(envelope: Envelope, dot: float) -> bool:
    """Whether the answer could come after somebody else may take the message for lost."""
    return envelope.finish_by is not None and timezone.now() + timedelta(seconds=dot) >= envelope.finish_by


def _named(problem: OSError) -> str:
    return "No answer in time." if isinstance(problem, TimeoutError) else f"The connection broke: {problem}."


def _why_not_open(problem: Exception) -> Answer:
    if isinstance(problem, smtplib.SMTPResponseException):
        reply = problem.smtp_error.decode("utf-8", "replace") if isinstance(problem.smtp_error, bytes) else ""
        return judge(Stage.OPEN, problem.smtp_code, reply or str(problem.smtp_error))
    if isinstance(problem, smtplib.SMTPNotSupportedError):
        return Answer(Outcome.NOT_US, readable(str(problem)), hang_up=True)
    return Answer(Outcome.LATER, readable(f"{type(problem).__name__}: {problem}"), hang_up=True)
