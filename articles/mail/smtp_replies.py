"""What a mail server's answer means for one message: a rule table in plain Python.

A refusal says something about the reader (the address takes no mail), or about us (the sender, the server, the
message). The first is final for that reader; the second would meet the whole list, so it burns nobody: see `NOT_US`.
"""

import re
from dataclasses import dataclass
from enum import Enum


class Outcome(Enum):
    TAKEN = "taken"
    LATER = "later"  # not now: tried again
    NOT_THIS_READER = "not this reader"  # final
    NOT_US = "not us"  # tried again; the third in a row holds the issue
    UNKNOWN = "unknown"  # it may have been taken: the answer never came


class Stage(Enum):
    """Where in the conversation (RFC 5321, 3.3) an answer was given."""

    OPEN = "open"  # connection, greeting, EHLO, TLS, AUTH
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    DOT = "dot"  # after the message's last line


@dataclass(frozen=True)
class Answer:
    """What became of a message, and the server's words. `hang_up`: the connection is of no use any more."""

    outcome: Outcome
    said: str = ""
    hang_up: bool = False


ENHANCED = re.compile(r"\b[245]\.(\d{1,3})\.(\d{1,3})\b")  # RFC 3463
OUR_ADDRESS = {("1", "7"), ("1", "8")}  # bad sender's address, bad sender's system
SUCCESS = {Stage.MAIL: range(200, 300), Stage.RCPT: range(200, 300), Stage.DATA: range(354, 355)}
SUCCESS[Stage.DOT] = range(200, 300)
ABOUT_A_READER = {550, 551, 553}  # at RCPT, where the answer has no enhanced code (RFC 5321, 4.2.3)
LONGEST = 500  # characters that are kept of an answer


def is_yes(stage: Stage, code: int) -> bool:
    return code in SUCCESS[stage]


def judge(stage: Stage, code: int, said: str) -> Answer:
    """An answer that is not the hoped for one. `code` is -1 where it was no SMTP answer at all."""
    words = readable(f"{code} {said}" if code > 0 else said)
    if code == 421:  # closing (RFC 5321, 3.8)
        return Answer(Outcome.LATER, words, hang_up=True)
    if 400 <= code < 500:  # at MAIL no reader is named yet: it is about this connection, which may have sent enough
        return Answer(Outcome.LATER, words, hang_up=stage is Stage.MAIL)
    if 500 <= code < 600:
        return Answer(_final(stage, code, said), words)
    return silence(stage, f"No answer of a mail server: {words}")


def silence(stage: Stage, said: str) -> Answer:
    """No answer, or nonsense. After the last line nobody can say whether the message was taken."""
    return Answer(Outcome.UNKNOWN if stage is Stage.DOT else Outcome.LATER, readable(said), hang_up=True)


def _final(stage: Stage, code: int, said: str) -> Outcome:
    if stage is not Stage.RCPT and stage is not Stage.DOT:
        return Outcome.NOT_US
    if known := ENHANCED.search(said):
        subject, detail = known.groups()
        about_reader = subject in ("1", "2", "4") and (subject, detail) not in OUR_ADDRESS
        return Outcome.NOT_THIS_READER if about_reader else Outcome.NOT_US
    if stage is Stage.RCPT and code == 552:  # to be treated as 452 (RFC 5321, 4.5.3.1.10)
        return Outcome.LATER
    return Outcome.NOT_THIS_READER if stage is Stage.RCPT and code in ABOUT_A_READER else Outcome.NOT_US


def readable(said: str) -> str:
    """On one line, without control characters, cut to what is kept."""
    return " ".join("".join(char if char.isprintable() else " " for char in said).split())[:LONGEST]


def without(said: str, address: str) -> str:
    """The server's words without the reader's address: the ledger outlives an erasure."""
    local = address.rpartition("@")[0]
    if local.lower() not in said.lower():
        return said
    for mention in (address, local) if len(local) > 3 else (address,):
        said = re.sub(rf"(?<![\w.+-]){re.escape(mention)}(?![\w+-])", "…", said, flags=re.IGNORECASE)
    return said
