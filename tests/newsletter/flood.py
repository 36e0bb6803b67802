"""Sign-up posts aimed at one inbox, over HTTP, at the site as its owner runs it: `serve`, with its clock."""

import http.client
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from email.parser import BytesHeaderParser
from urllib.parse import urlencode

from tests.needs import free_port
from tests.newsletter.site import ROOT, Site

SPELLINGS, NETWORKS, SENDERS = 5000, 60_000, 4
VICTIM = "victim"


class Served(Site):
    """A site in a folder, served on a port; mails are files there."""

    def __init__(self, folder, empty=None):
        super().__init__(folder, empty=empty)
        self.port = free_port()
        self.env = self.environment(SITE_URL=f"http://127.0.0.1:{self.port}", TRUSTED_PROXIES="1")

    @contextmanager
    def running(self):
        self.migrate()
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port)]
        with open(self.folder / "log", "w") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log)
        try:
            self._wait(process)
            yield self
        finally:
            process.terminate()
            process.wait(120)

    def _wait(self, process):
        for _attempt in range(1200):
            assert process.poll() is None, (self.folder / "log").read_text()
            with suppress(OSError):
                if self._connected("GET", "/health/ready").status == 200:
                    return
            time.sleep(0.1)
        raise AssertionError("it is not ready")

    def _connected(self, *request):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(*request)
        return connection.getresponse()

    def flood(self, posts, *, seconds=3600):
        """Posts under many spellings from many networks, at most so many seconds long. Answers by status."""
        end = time.monotonic() + seconds
        with ThreadPoolExecutor(SENDERS) as pool:
            return sum(
                pool.map(lambda first: self._posts(range(first, posts, SENDERS), end), range(SENDERS)), Counter()
            )

    def _posts(self, numbers, end):
        connection, answers = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60), Counter()
        for number in numbers:
            if time.monotonic() > end:
                break
            spelling = f"+{number % SPELLINGS}" if number % 2 else ""
            network = number % NETWORKS
            body = urlencode({"email": f"{VICTIM}{spelling}@example.net", "page": "/"})
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-Forwarded-For": f"10.{network // 256}.{network % 256}.7",
                "X-Forwarded-Proto": "http",
            }
            connection.request("POST", "/subscribe/", body, headers)
            answer = connection.getresponse()
            answer.read()
            answers[answer.status] += 1
        connection.close()
        return answers

    def mails(self):
        """To whom mails went so far."""
        found = (BytesHeaderParser().parsebytes(path.read_bytes())["To"] for path in self.folder.glob("mail/*.eml"))
        return [to for to in found if to.startswith(VICTIM)]

    def settled(self, seconds=300):
        """The mails, once the clock has answered all that waits."""
        end = time.monotonic() + seconds
        while self.waiting() and time.monotonic() < end:
            time.sleep(0.1)
        return self.mails()

    def waiting(self):
        """How many mails pages left for the clock to answer, read beside the site."""
        with closing(sqlite3.connect(self.folder / "site.sqlite3")) as connection:
            return connection.execute("SELECT count(*) FROM articles_outgoingmail").fetchone()[0]
