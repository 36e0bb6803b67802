"""What mail servers write about mail that they could not deliver, read without trusting a byte of it. No Django here.

Delivery status notifications are RFC 3464, their codes RFC 3463; complaints are RFC 5965 (ARF).
"""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.policy import Compat32
from email.utils import getaddresses

HARD, SOFT, OURS, COMPLAINT = "hard", "soft", "ours", "complaint"
READ_AT_MOST = 1_000_000  # bytes of one report; what matters stands at its beginning
PARTS_AT_MOST = 200
FIELD_AT_MOST = 10_000  # characters of a field in a header; email takes time by the square of its parameters
BLANK_LINES = re.compile(rb"(?:\r?\n){3,}")  # as one: of a delivery status, email makes a message of each

ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
CODE = re.compile(r"(?<![\d.])([45])\d\d(?![\d.])")
ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:]{1,320}@[^\s<>()\[\]\"',;:]{1,255}")
SAID_AT_MOST, KEPT_OF_IT = 5000, 500  # characters of a server's answer
SENT_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")

# Of 5.y.z what is not “the address takes no mail”. A subject alone stands for all its details.
SOFT_CODES = {"2.0", "2.2", "2.4", "3", "4"}  # a full mailbox, a system or a route in trouble
OURS_CODES = {"1.7", "1.8", "2.3", "3.4", "5", "6", "7"}  # our sender, size, protocol, content or reputation
HARD_CODES = {"1.10", "4.4"}  # a domain that takes no mail, or is not there
SAID_SOFT = re.compile(r"quota|full\b|over ?limit|insufficient|try again|temporar|timed? ?out|greylist", re.I)
SAID_OURS = re.compile(r"spam|block|black ?list|reputation|polic|dmarc|spf\b|dkim|refused by rule|too large", re.I)
SAID_HARD = re.compile(
    r"unknown|no such|not exist|doesn'?t exist|no mailbox|unavailable user|invalid (recipient|mailbox|address)"
    r"|disabled|inactive|not found|unrouteable|suspended",
    re.I,
)


@dataclass(frozen=True)
class Report:
    """What one report says. `kind` is empty where nothing failed (a delay, a success); `said` names no address."""

    kind: str
    status: str
    said: str
    addressed_to: tuple[str, ...]


def classify(status: str, said: str) -> str:
    """Whose fault a lasting failure is: `hard` the address's, `soft` the moment's, `ours` our sender's or content's.

    `status` is an enhanced code (RFC 3463) or empty; `said` is what the server said, with or without codes in it.
    """
    status, said = status[:SAID_AT_MOST], said[:SAID_AT_MOST]
    code = _code(status) or _code(said)
    if code is None or code[1:] == ("0", "0"):
        code = next((each for each in _codes(said) if each[1:] != ("0", "0")), code)
    basic = CODE.search(said)
    if (code[0] if code else basic[1] if basic else "5") == "4":
        return SOFT
    if code is None or code[1] == "0":
        return _by_words(said)
    subject, exact = code[1], f"{code[1]}.{code[2]}"
    for kind, codes in ((HARD, HARD_CODES), (OURS, OURS_CODES), (SOFT, SOFT_CODES)):
        if exact in codes:
            return kind
    return OURS if subject in OURS_CODES else SOFT if subject in SOFT_CODES else HARD


def _by_words(said: str) -> str:
    """Where the code says nothing: doubtful is not hard, for a reader would lose the message by it."""
    for kind, words in ((SOFT, SAID_SOFT), (OURS, SAID_OURS), (HARD, SAID_HARD)):
        if words.search(said):
            return kind
    return SOFT


def _code(text: str) -> tuple[str, str, str] | None:
    return next(_codes(text), None)


def _codes(text: str) -> Iterator[tuple[str, str, str]]:
    for match in ENHANCED.finditer(text):
        yield match[1], str(int(match[2])), str(int(match[3]))


def without_addresses(text: str) -> str:
    """What a server said, on one line, with every address in it left out: it is kept longer than the reader may be."""
    shown = "".join(character if character.isprintable() else " " for character in text[: SAID_AT_MOST + 1])
    if len(shown) > SAID_AT_MOST:
        shown = shown.rpartition(" ")[0]  # the last word may be half an address
    return " ".join(ADDRESS.sub("(address)", shown).split())[:KEPT_OF_IT]


# Reading --------------------------------------------------------------------------------------------------------------


class _CutFields(Compat32):
    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:FIELD_AT_MOST]


def read(raw: bytes) -> Report | None:
    """The report in a mail; None where the mail is none. Raises nothing, whatever the bytes, but may take long.

    Mail of other people is read by `reading.Reader`, which waits for it within limits.
    """
    try:
        message = email.message_from_bytes(BLANK_LINES.sub(rb"\n\n", raw[:READ_AT_MOST]), policy=_CutFields())
        parts = _parts(message)
        return _complaint(message, parts) or _failure(message, parts)
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError, AssertionError):
        return None  # the parser of the standard library stumbles over some hostile mails


def _parts(message: Message) -> dict[str, Message]:
    """The first part of each content type."""
    parts: dict[str, Message] = {}
    for number, part in enumerate(message.walk()):
        if number >= PARTS_AT_MOST:
            break
        parts.setdefault(part.get_content_type(), part)
    return parts


def _failure(message: Message, parts: dict[str, Message]) -> Report | None:
    part = parts.get("message/delivery-status")
    blocks = part.get_payload() if part else None
    recipients = [block for block in blocks if isinstance(block, Message) and block.get("Action")] if blocks else []
    if not recipients:
        return None
    failed = [recipient for recipient in recipients if _field(recipient, "Action").lower().startswith("failed")]
    worst = (failed or recipients)[0]
    said, status = _field(worst, "Diagnostic-Code"), _field(worst, "Status")
    kind = classify(status, said) if failed else ""
    code = _code(status) or _code(said)
    return Report(kind, ".".join(code) if code else "", without_addresses(said), _sent_to(message))


def _complaint(message: Message, parts: dict[str, Message]) -> Report | None:
    part = parts.get("message/feedback-report")
    if part is None:
        return None
    fields = _fields_of(part)
    feedback = _field(fields, "Feedback-Type").lower()
    original = parts.get("text/rfc822-headers")
    names = [_field(fields, "Original-Mail-From")]
    for fields_beside in (_fields_of(original) if original else None, _inner(parts.get("message/rfc822"))):
        names += fields_beside.get_all("Return-Path", []) if fields_beside else []
    kind = COMPLAINT if feedback in ("abuse", "fraud", "opt-out", "opt-out-list", "other") else ""
    return Report(kind, "", without_addresses(feedback), (*_sent_to(message), *_addresses(names)))


def _inner(part: Message | None) -> Message | None:
    payload = part.get_payload() if part else None
    return payload[0] if isinstance(payload, list) and payload and isinstance(payload[0], Message) else None


def _fields_of(part: Message) -> Message:
    """The fields in the body of a part, whether the parser took it for a message or for text."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return _inner(part) or Message()
    text = part.get_payload(decode=True)
    raw = text if isinstance(text, bytes) else str(payload).encode("utf-8", "replace")
    return email.message_from_bytes(raw, policy=_CutFields())


def _field(message: Message, name: str) -> str:
    return str(message.get(name, "")).strip()


def _sent_to(message: Message) -> tuple[str, ...]:
    return tuple(_addresses([value for name in SENT_TO for value in message.get_all(name, [])]))


def _addresses(values: list[str]) -> Iterator[str]:
    for _name, address in getaddresses([str(value)[:2000] for value in values[:50]]):
        if address:
            yield address
