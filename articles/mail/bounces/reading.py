"""Reads the mail of other people in a process of its own: what takes too long, or too much memory, ends that alone.

No Django here: the process begins with this module and holds no setting, no key and no connection.
"""

import multiprocessing
import os
from dataclasses import dataclass
from email import policy
from email.parser import BytesHeaderParser
from multiprocessing.connection import Connection
from typing import Self

from articles.mail.bounces import reports
from articles.mail.bounces.reports import READ_AT_MOST, Report
from articles.refusal import Refused

SECONDS = 10.0  # for one mail, of at most READ_AT_MOST bytes; an honest one takes some milliseconds
MEMORY = 512 * 1024 * 1024  # bytes that the process may have


class Unreadable(Refused):
    """Reading a mail took too long or too much memory; the message ends the sentence “It couldn’t be read: …”."""


@dataclass(frozen=True)
class Mail:
    """What of a mail to the bounce address is of interest: its subject on one line, and the report in it."""

    subject: str
    report: Report | None


def read(raw: bytes) -> Mail:
    raw = raw[:READ_AT_MOST]
    subject = str(BytesHeaderParser(policy=policy.compat32).parsebytes(raw).get("Subject", ""))
    return Mail(" ".join(subject.split()), reports.read(raw))


class Reader:
    """Starts its process when it is first asked, and another after one that had to be ended."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._end()

    def read(self, raw: bytes) -> Mail:
        """Raises Unreadable."""
        pipe = self._pipe or self._start()
        try:
            pipe.send_bytes(raw[:READ_AT_MOST])
            if not pipe.poll(self.seconds):
                raise Unreadable(f"it took more than {self.seconds:.0f} seconds")
            answer = pipe.recv()
        except (EOFError, OSError) as problem:
            self._end()
            raise Unreadable("reading it ended the process that did") from problem
        except Unreadable:
            self._end()
            raise
        if not isinstance(answer, Mail):
            raise Unreadable(str(answer))
        return answer

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")  # a fork would have the locks of our threads
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._pipe = ours
        return ours

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._process = self._pipe = None


def _serve(pipe: Connection) -> None:
    """The other process: a mail comes in, what it says goes out, until the pipe is closed."""
    _limit_memory()
    while True:
        try:
            raw = pipe.recv_bytes()
        except EOFError:
            return
        try:
            answer: Mail | str = read(raw)
        except MemoryError:
            os._exit(1)
        except Exception as problem:
            answer = f"reading it raised {type(problem).__name__}"
        pipe.send(answer)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
