"""A mail server on loopback that keeps a journal and fails on purpose, at any stage of the conversation.

In a test it runs in a thread (`Relay().running()`); for processes that are killed it is one of its own:
`python -m tests.newsletter.relay --port 2525 --journal taken.jsonl`.
"""

import argparse
import asyncio
import json
import logging
import os
import signal
import threading
import time
from contextlib import contextmanager
from email.parser import BytesHeaderParser
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from tests.needs import free_port

CODES = {
    "451": "451 4.3.0 Try again later",
    "421": "421 4.3.2 Closing",
    "550": "550 5.1.1 No such mailbox",
    "554": "554 5.7.1 We do not like you",
    "552": "552 5.3.4 Message too big",
}
FAILURES = (*CODES, "drop", "stall", "nonsense", "half")
STAGES = (
    "greeting",
    "ehlo",
    "starttls",  # where the relay has a certificate
    "handshake",  # a drop, a stall, or the certificate of somebody else
    "auth",
    "noop",
    "mail",
    "rcpt",
    "data",
    "body",
    "dot",
    "taken",
    "rset",
    "quit",
)
OF_TLS = ("starttls", "handshake")
OF_A_CONNECTION = ("greeting", "ehlo", *OF_TLS, "auth")  # counted by connection; the others by letter

logging.getLogger("mail.log").setLevel(logging.CRITICAL)


class Relay:
    """What it took, and how it fails: `faults` maps (stage, number of the letter or connection from 0) to a failure.

    Each fault happens once. `always` maps a stage to a failure that happens every time. `tls` is the context of its
    certificate, for STARTTLS, or from the first byte on where `implicit`; `strangers` that of a wrong one.
    """

    def __init__(self, journal=None, *, keep=False, latency=0.0, tls=None, strangers=None, implicit=False):
        self.tls, self.strangers, self.implicit = tls, strangers, implicit
        self.journal = os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600) if journal else None
        self.keep, self.latency = keep, latency
        self.faults, self.always, self.met = {}, {}, []
        self.taken, self.kept = [], []
        self.heard = []  # what must not be heard in plain text: the command, and whether it came over TLS
        self.connections = self.letters = -1
        self.stalled = threading.Event()
        self.port = 0

    def fault(self, stage):
        number = self.connections if stage in OF_A_CONNECTION else max(self.letters, 0)
        failure = self.faults.pop((stage, number), None) or self.always.get(stage)
        if failure:
            self.met.append((stage, number, failure))
        return failure

    def take(self, envelope):
        """Journals a letter; what is in the journal was taken, whatever the sender is told."""
        headers = BytesHeaderParser().parsebytes(envelope.content[: envelope.content.index(b"\r\n\r\n") + 4])
        entry = {
            "message_id": headers["Message-ID"],
            "to": envelope.rcpt_tos[0],
            "from": envelope.mail_from,
            "at": time.time(),
        }
        self.taken.append(entry)
        if self.keep:
            self.kept.append(envelope.content)
        if self.journal is not None:
            os.write(self.journal, json.dumps(entry).encode() + b"\n")

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  the name aiosmtpd calls
        if self.latency:
            await asyncio.sleep(self.latency)
        if failure := self.fault("dot"):
            return await server.stumble(failure)
        self.take(envelope)
        if failure := self.fault("taken"):
            return await server.stumble(failure)
        return f"250 2.0.0 Taken as {len(self.taken)}"

    @contextmanager
    def running(self, port=0):
        """It listens while the block runs; `port` says where."""
        implicit = {"ssl_context": self.tls} if self.implicit else {}
        port = port or free_port()
        controller = _Controller(self, hostname="127.0.0.1", port=port, ready_timeout=60, **implicit)
        controller.start()
        self.port = controller.port
        try:
            yield self
        finally:
            controller.stop()


class _Controller(Controller):
    def factory(self):
        return Conversation(
            self.handler,
            data_size_limit=2**25,
            auth_require_tls=False,
            authenticator=lambda *_: AuthResult(success=True),
            tls_context=None if self.handler.implicit else self.handler.tls,
        )


class Conversation(SMTP):
    """One connection. A stage that has a fault fails; everything else is aiosmtpd's."""

    async def stumble(self, failure):
        """Fails. What comes back is the answer that is left to give, if there is one."""
        if failure in CODES or failure == "nonsense":
            return CODES.get(failure, "Good evening")
        if failure == "half":
            self.transport.write(b"25")
            self.transport.close()
        elif failure == "drop":
            self.transport.abort()
        else:
            self.event_handler.stalled.set()
        await asyncio.sleep(3600)  # until the connection is gone
        return None

    async def _stage(self, stage, usual, *args):
        failure = self.event_handler.fault(stage)
        if failure is None:
            return await usual(*args)
        await self.push(await self.stumble(failure))
        if failure == "421" or stage in ("greeting", "quit"):
            self.transport.close()
        return None

    async def _handle_client(self):
        self.event_handler.connections += 1
        await self._stage("greeting", super()._handle_client)

    async def smtp_EHLO(self, hostname):  # noqa: N802
        await self._stage("ehlo", super().smtp_EHLO, hostname)

    async def smtp_STARTTLS(self, arg):  # noqa: N802
        await self._stage("starttls", self._starttls, arg)

    async def _starttls(self, arg):
        failure = self.event_handler.fault("handshake") if self.tls_context else None
        if failure == "stranger":
            self.tls_context = self.event_handler.strangers
        elif failure:
            await self.push("220 Ready to start TLS")
            await self.push(await self.stumble(failure))
            self.transport.close()
            return
        await super().smtp_STARTTLS(arg)

    def _hear(self, command):
        self.event_handler.heard.append((command, self.transport.get_extra_info("ssl_object") is not None))

    async def smtp_AUTH(self, arg):  # noqa: N802
        self._hear("AUTH")
        await self._stage("auth", super().smtp_AUTH, arg)

    async def smtp_NOOP(self, arg):  # noqa: N802
        await self._stage("noop", super().smtp_NOOP, arg)

    async def smtp_RSET(self, arg):  # noqa: N802
        await self._stage("rset", super().smtp_RSET, arg)

    async def smtp_QUIT(self, arg):  # noqa: N802
        await self._stage("quit", super().smtp_QUIT, arg)

    async def smtp_MAIL(self, arg):  # noqa: N802
        self._hear("MAIL")
        self.event_handler.letters += 1
        await self._stage("mail", super().smtp_MAIL, arg)

    async def smtp_RCPT(self, arg):  # noqa: N802
        await self._stage("rcpt", super().smtp_RCPT, arg)

    async def smtp_DATA(self, arg):  # noqa: N802
        await self._stage("data", self._data, arg)

    async def _data(self, arg):
        failure = self.event_handler.fault("body")
        if failure is None:
            await super().smtp_DATA(arg)
            return
        await self.push("354 Go on")
        await self._reader.read(1)
        if failure not in ("drop", "stall"):
            while await self._reader.readuntil(b"\r\n") != b".\r\n":
                pass
        await self.push(await self.stumble(failure))
        self._set_post_data_state()


def main():
    """A relay as a process, until SIGTERM."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--journal", type=Path, required=True)
    parser.add_argument("--latency", type=float, default=0.0)
    given = parser.parse_args()
    end = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: end.set())
    with Relay(given.journal, latency=given.latency).running(given.port):
        print("listening", flush=True)
        end.wait()


if __name__ == "__main__":
    main()
