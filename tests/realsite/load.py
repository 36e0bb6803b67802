"""Readers, new subscribers and an editor at work, all of them behind nginx, while something is broken.

Readers ask for pages that nginx has seen. Each subscriber comes from a network of its own: 127/8 has enough of them.
"""

import http.client
import itertools
import re
import socket
import threading
import time
from dataclasses import dataclass, replace
from urllib.parse import urlencode

READS, SUBSCRIPTIONS, SAVES = 40.0, 2.0, 1.0  # a second
PATIENCE = 30.0  # seconds; a browser's reader would have gone
READERS = 8
BASED_ON = re.compile(r'name="based_on" value="([^"]+)"')
KEY = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What one request came to. `status` is 0 where there was no answer, and `problem` says why."""

    kind: str
    began: float
    took: float
    status: int
    retry_after: str = ""
    problem: str = ""

    @property
    def is_good(self):
        return self.status in (200, 302)

    @property
    def is_put_off(self):
        """Told in the right way to come again."""
        return self.status == 503 and bool(self.retry_after)


class Browser:
    """A connection to nginx that is kept open, as browsers do, with TLS; another one where it was closed."""

    def __init__(self, site_host, trust, source="127.0.0.1"):
        self.host, self.trust, self.source = site_host, trust, source
        self.connection = None

    def ask(self, kind, method, path, body=None, headers=None):
        """The answer, its headers and its text."""
        began = time.monotonic()
        try:
            status, head, text = self._ask(method, path, body, headers)
        except (OSError, http.client.HTTPException) as problem:
            self.close()
            return Answer(kind, began, time.monotonic() - began, 0, problem=repr(problem)), {}, ""
        return Answer(kind, began, time.monotonic() - began, status, head.get("Retry-After", "")), head, text

    def _ask(self, method, path, body, headers):
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
            plain = socket.create_connection(("127.0.0.1", 443), PATIENCE, (self.source, 0))
            self.connection.sock = self.trust.wrap_socket(plain, server_hostname=self.host)
        self.connection.request(method, path, body, headers or {})
        answer = self.connection.getresponse()
        text = answer.read().decode(errors="replace")
        if answer.will_close:
            self.close()
        return answer.status, answer.headers, text

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class Load:
    """Runs while the block does; `answers` is what it came to."""

    def __init__(self, site, *, reads=READS, readers=READERS, subscriptions=SUBSCRIPTIONS, saves=SAVES, unseen=0.0):
        self.site, self.unseen = site, unseen
        self.answers, self.stopped = [], threading.Event()
        self.numbers = itertools.count(time.time_ns() // 1000)
        self.threads = [self._thread(self._reader(n), readers / reads, n / reads) for n in range(readers)]
        if subscriptions:
            self.threads.append(self._thread(self._subscriber(), 1 / subscriptions))
        if saves:
            self.threads.append(self._thread(self._editor(), 1 / saves))

    def __enter__(self):
        browser = self.browser()
        for path in self.site.seed["pages"]:  # so that nginx has seen each of them, and not too long ago
            browser.ask("read", "GET", path)
        browser.close()
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.stopped.set()
        for thread in self.threads:
            thread.join(2 * PATIENCE)

    def _thread(self, step, pause, offset=0.0):
        return threading.Thread(target=self._again_and_again, args=(step, pause, offset), daemon=True)

    def _again_and_again(self, step, pause, offset):
        due = time.monotonic() + offset
        while not self.stopped.wait(max(0.0, due - time.monotonic())):
            self.answers.append(step())
            due = max(due + pause, time.monotonic())

    def browser(self, source="127.0.0.1"):
        return Browser(self.site.host, self.site.trust, source)

    def _reader(self, number):
        browser, pages = self.browser(), self.site.seed["pages"]
        turns = itertools.count(number)

        def read():
            turn = next(turns)
            path = pages[turn % len(pages)]
            if self.unseen and turn % round(1 / self.unseen) == 0:
                return browser.ask("unseen", "GET", f"{path}?{next(self.numbers)}")[0]
            return browser.ask("read", "GET", path)[0]

        return read

    def _subscriber(self):
        def subscribe():
            number = next(self.numbers)
            network = number % 60_000
            browser = self.browser(f"127.{1 + network // 250}.{network % 250}.1")
            body = urlencode({"email": f"new{number}@example.org", "page": "/"})
            answer, _head, _text = browser.ask("subscription", "POST", "/subscribe/", body, FORM)
            browser.close()
            return answer

        return subscribe

    def _editor(self):
        """Opens the draft, changes a word and saves it."""
        browser, path, form = self.browser(), self.site.seed["draft"], self.site.seed["form"]
        cookies = {"desk": self.site.seed["session"]}

        def save():
            answer, head, text = browser.ask("save", "GET", path, headers={"Cookie": cookie_line(cookies)})
            key, based_on = KEY.search(text), BASED_ON.search(text)
            if answer.status != 200 or not (key and based_on):
                return replace(answer, status=0, problem="no form") if answer.is_good else answer
            for line in head.get_all("Set-Cookie") or []:
                name, _equals, value = line.partition(";")[0].partition("=")
                cookies[name] = value
            body = {**form, "standfirst": f"What pump {next(self.numbers)} can do."}
            body |= {"csrfmiddlewaretoken": key[1], "based_on": based_on[1]}
            headers = {**FORM, "Cookie": cookie_line(cookies), "Referer": f"https://{self.site.host}{path}"}
            saved, _head, _text = browser.ask("save", "POST", path, urlencode(body, doseq=True), headers)
            return saved if saved.status != 200 else replace(saved, status=0, problem="the form again: refused")

        return save


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def cookie_line(cookies):
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
