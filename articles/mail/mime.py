"""A message as the bytes that go over the wire (RFC 5322, RFC 2045): one assembly, checked before it leaves.

Made here because Python 3.11 lets a line break through into a header (CVE-2024-6923, CVE-2026-1299), and because a
newsletter of 29 kB takes 0.4 ms this way, 2.3 with Django's message and 3.5 with Python's `EmailMessage`.
"""

import re
from binascii import b2a_qp
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr, parseaddr
from functools import cached_property, lru_cache
from hashlib import sha256

from articles.mail.message import HeaderRefused, Message
from articles.richtext.text import CONTROL

LONGEST_LINE = 998  # RFC 5322, 2.1.1, without CRLF
FOLDED_AT = 76
NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
LONG_LINE = re.compile(rf"[^\n]{{{FOLDED_AT + 1},}}")
HEADER_LINE = re.compile(rb"(?:[!-9;-~]+: [ -~]*|[ \t][ -~\t]*)\Z")
ADDRESS = re.compile(r"""(?:[\w!#$%&'*+/=?^`{|}~.-]+|"(?:[ !#-\[\]-~]|\\[ -~])*")@[A-Za-z0-9.:\[\]-]+""", re.ASCII)


@dataclass(frozen=True)
class Envelope:
    """One message to one reader, and until when it must be out of our hands."""

    message: Message
    sender: str  # return path
    recipient: str
    message_id: str
    from_email: str
    date: datetime
    finish_by: datetime | None = None

    @property
    def headers(self) -> dict[str, str]:
        """All but those of MIME. The same at every attempt."""
        fixed = {"From": self.from_email, "To": self.recipient, "Subject": self.message.subject}
        return {**fixed, "Date": format_datetime(self.date), "Message-ID": self.message_id, **self.message.headers}

    @cached_property
    def content(self) -> bytes:
        """Headers and both bodies, ASCII, lines ended by CRLF. Raises HeaderRefused."""
        boundary = "=_" + sha256(self.message_id.encode()).hexdigest()[:32]  # "=_" stands in no quoted-printable body
        head = [_line(name, value) for name, value in self.headers.items()]
        head += ["MIME-Version: 1.0", f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"', "", ""]
        parts = b"".join(
            b"--%b\r\n%b\r\n" % (boundary.encode(), _part(kind, body))
            for kind, body in (("plain", self.message.text), ("html", self.message.html))
        )
        whole = "\r\n".join(head).encode("ascii") + parts + b"--%b--\r\n" % boundary.encode()
        check(whole)
        return whole


def checked_address(address: str) -> str:
    """An address for MAIL FROM or RCPT TO. Raises HeaderRefused where it would say more than an address."""
    if not ADDRESS.fullmatch(address):
        raise HeaderRefused("An address contains a character that no mail server accepts.")
    return address


def check(content: bytes) -> None:
    """Refuses bytes that are no mail: a bare CR or LF, an overlong line, a header that is none (HeaderRefused)."""
    if not content.isascii() or not content.count(b"\r\n") == content.count(b"\r") == content.count(b"\n"):
        raise HeaderRefused("The message contains a line break or a character that mail servers don’t accept.")
    if max(map(len, content.split(b"\r\n"))) > LONGEST_LINE:
        raise HeaderRefused("The message has a line of more than 998 characters.")
    head = content[: content.index(b"\r\n\r\n")]
    if not all(map(HEADER_LINE.match, head.split(b"\r\n"))):
        raise HeaderRefused("A line in the message’s headers isn’t a header.")


def _part(kind: str, body: str) -> bytes:
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    plain = body.isascii() and not LONG_LINE.search(body) and not NO_TEXT.search(body)
    encoded = (body if body.endswith("\n") else f"{body}\n").encode().replace(b"\n", b"\r\n")
    return b"Content-Type: text/%b; charset=utf-8\r\nContent-Transfer-Encoding: %b\r\n\r\n%b" % (
        kind.encode(),
        b"7bit" if plain else b"quoted-printable",
        encoded if plain else b2a_qp(encoded, istext=True),  # it breaks lines as the first of them ends
    )


@lru_cache(maxsize=512)
def _line(name: str, value: str) -> str:
    if CONTROL.search(name + value):
        raise HeaderRefused(f"“{name}” contains a line break or another control character.")
    if name == "From":
        return _sender(*parseaddr(value))
    if value.isascii():
        return _folded(f"{name}: {value}")
    return f"{name}: {_encoded(name, value)}"


def _sender(name: str, address: str) -> str:
    """From, with its name in quotes or encoded where it has to be; the address never is (RFC 2047, 5)."""
    if not ADDRESS.fullmatch(address):
        raise HeaderRefused("“From” has no email address.")
    if name.isascii():
        return _folded(f"From: {formataddr((name, address))}")
    return f"From: {_encoded('From', name)}\r\n <{address}>"


def _encoded(name: str, value: str) -> str:
    return Header(value, "utf-8", FOLDED_AT, header_name=name).encode(linesep="\r\n")


def _folded(line: str) -> str:
    """Broken before a space where a line would be longer than mail programs like (RFC 5322, 2.2.3)."""
    lines = [""]
    for word in re.split(r"(?<=\S)(?= )", line):
        if lines[-1] and len(lines[-1]) + len(word) > FOLDED_AT and lines[-1][-1] != ":":
            lines.append(word)
        else:
            lines[-1] += word
    return "\r\n".join(lines)
