"""Rendered public pages, kept in the process before Django for as long as what they show is the same.

A page is made from its key alone: Django sees the method, host, scheme, path and the parameters that this page reads,
and nothing else that the client sent. It carries the number of the public site's state that was read before it was
made, and is served only while that number is the present one (`public_state`). The clock ends it, too: when an edition
begins or ends, at midnight, and after ten minutes at the latest.

Of a picture what is kept is that Django would send it; its bytes are read from the file each time.
"""

import gzip
import io
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from articles import public_state
from articles.metrics import CACHE_LOOKUPS
from articles.views import http_caching, request_log
from articles.views.compression import accepts_gzip
from articles.views.http_caching import TRUE_UNTIL
from articles.views.public_reading import PAGES

Wsgi = Callable[[Any, Any], Any]
Headers = tuple[tuple[str, str], ...]
Key = tuple[str, str, str | None, str, str]  # host, scheme, the scheme that a trusted proxy names, path, query

MOST = 32 * 1024 * 1024  # bytes in each process: about 3,500 pages
LARGEST = 2 * 1024 * 1024  # bytes of one page before it is compressed; those of a picture are not kept
OVERHEAD = 2000  # bytes of a kept page beside its content and its key
LONGEST_ADDRESS = 2000  # characters; a longer one is none of a page that people come back to
WAITS = 10.0  # seconds for another thread that is making the same page
NONE = None, 0  # no page, no bytes
LIFE, SHORT_LIFE = 600, 60  # seconds, where neither a change nor the clock ends a page

FILES = "media"
KEPT = PAGES | {"how-we-review", "record-schema", "robots", "security", "manifest", FILES}
# What each page reads of its query; the others read nothing.
PARAMETERS = {
    **dict.fromkeys(("section", "topic", "archive-month", "corrections", "newsletter"), ("page",)),
    "credits": ("license", "page", "picture"),
    "person": ("reviewed", "written"),
    "search": ("age", "exact", "page", "q", "section", "topic"),
    "suggest": ("q",),
}
# What slides with the clock: news of two days, the last month; and what shows rows that raise no number (link checks).
SLIDING = {"sitemap-news", "record"}

SAFE = {"GET", "HEAD"}
UNLESS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"}
ITS_OWN = {"Cache-Control", "Content-Length", "Content-Type", "ETag", request_log.HEADER}  # the rest is alike for most
OK, NOT_MODIFIED = "200 OK", "304 Not Modified"
AT_LONGEST = http_caching.for_shared_caches(http_caching.LONGEST_AWAY)
MISS, HIT = (CACHE_LOOKUPS.labels("page", result) for result in ("miss", "hit"))


class Route(NamedTuple):
    """A kind of page that may be kept: its name, and its pattern as the log says it."""

    name: str
    pattern: str


@lru_cache(maxsize=4096)
def _route(path: str) -> Route | None:
    """Capitals lead elsewhere, with the query as it came; no page of ours has another letter in its address."""
    is_ours = path.isascii() and path == path.lower()
    if not is_ours or path.startswith((settings.SESSION_COOKIE_PATH, settings.STATIC_URL)):
        return None
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return Route(match.view_name, f"/{match.route}") if match.view_name in KEPT else None


def _query(route: Route, sent: str) -> str | None:
    """The parameters that the page reads, in one order, each as Django reads it: the last of several. None if Django
    has to answer."""
    if route.name == FILES or len(sent) > LONGEST_ADDRESS:
        return None  # a picture's query may be a pass
    read = PARAMETERS.get(route.name, ())
    if not read:
        return ""
    try:
        query = QueryDict(sent.encode("latin-1"))
    except (SuspiciousOperation, UnicodeError):
        return None
    return urlencode([(name, query[name]) for name in read if name in query])


def _asked(environ: Any, scheme_header: str) -> tuple[Route, Key] | None:
    """Which page a request is for; None if Django has to answer."""
    path, host = environ["PATH_INFO"], environ.get("HTTP_HOST")
    if environ["REQUEST_METHOD"] not in SAFE or not host or environ.get("SCRIPT_NAME") or len(path) > LONGEST_ADDRESS:
        return None
    route = _route(path)
    if route is None or "HTTP_IF_MATCH" in environ or "HTTP_IF_UNMODIFIED_SINCE" in environ:
        return None  # of no page of ours, or answered with 412
    if route.name == FILES and (environ["REQUEST_METHOD"] != "GET" or "HTTP_RANGE" in environ):
        return None
    sent = environ.get("QUERY_STRING", "")
    query = _query(route, sent) if sent else ""
    if query is None:
        return None
    return route, (host, environ["wsgi.url_scheme"], environ.get(scheme_header), path, query)


def _alone(environ: Any, key: Key, scheme_header: str) -> dict[str, Any]:
    """A request that says what its key says, and no more: what comes of it is right for all who have this key."""
    host, _scheme, forwarded, _path, query = key
    server = {name: value for name, value in environ.items() if not name.startswith(("HTTP_", "CONTENT_"))}
    proxy = {} if forwarded is None else {scheme_header: forwarded}
    return {**server, **proxy, "HTTP_HOST": host, "QUERY_STRING": query, "wsgi.input": io.BytesIO(), TRUE_UNTIL: None}


# What is kept ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _shared(headers: Headers) -> Headers:
    """The same for nearly all pages, and so in memory once."""
    return headers


class Page:
    """An answer, as it is sent to all who ask for it. One that is kept is not changed any more."""

    __slots__ = (
        *("cache_control", "changed_at", "common", "content", "content_type", "etag", "is_packed", "is_timed"),
        *("length", "made_at", "number", "pattern", "stale_at", "status", "true_until"),
    )

    def __init__(self, route: Route, status: str, head: list[tuple[str, str]], content: bytes) -> None:
        headers = dict(head)
        self.pattern, self.status = route.pattern, status
        self.content_type, self.etag = headers.get("Content-Type", ""), headers.get("ETag", "")
        self.changed_at = parse_http_date_safe(headers["Last-Modified"]) if "Last-Modified" in headers else None
        self.cache_control = headers.get("Cache-Control", "")
        self.common = _shared(tuple((name, value) for name, value in head if name not in ITS_OWN))
        packed = gzip.compress(content, 6, mtime=0) if headers.get("Vary") == "Accept-Encoding" else content
        self.is_packed = len(packed) < len(content)
        self.content, self.length = packed if self.is_packed else content, len(content)
        self.number, self.made_at, self.true_until, self.stale_at, self.is_timed = 0, 0.0, 0.0, 0.0, False

    def keep(self, number: int, made_at: float, true_until: float, life: int) -> None:
        self.number, self.made_at, self.true_until = number, made_at, true_until
        self.stale_at = min(true_until, made_at + life)
        self.is_timed = self.cache_control.startswith(http_caching.SHARED)

    def is_true(self, number: int, now: float) -> bool:
        return self.number == number and self.made_at <= now < self.stale_at

    def send(self, environ: Any, start_response: Any, began: float, number: str = "") -> list[bytes] | None:
        """None where its file is not what it was. `number` is that of a request which Django has written down."""
        packed = self.is_packed and accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        etag = self.etag[:-1] + '-gz"' if packed and self.etag else self.etag
        status = self.status if UNLESS.isdisjoint(environ) else self._conditional(environ, etag)
        content = self._sent(packed) if status is self.status and environ["REQUEST_METHOD"] == "GET" else b""
        if content is None:
            return None
        headers = [*self.common]
        if status is self.status:
            length = len(self.content) if packed else self.length
            headers += [("Content-Type", self.content_type), ("Content-Length", str(length))]
            if packed:
                headers.append(("Content-Encoding", "gzip"))
        if etag:
            headers.append(("ETag", etag))
        if cache_control := self._cache_control() if self.is_timed else self.cache_control:
            headers.append(("Cache-Control", cache_control))
        if not number:
            seconds = time.perf_counter() - began
            number = request_log.from_the_page_cache(environ["REQUEST_METHOD"], self.pattern, int(status[:3]), seconds)
        headers.append((request_log.HEADER, number))
        start_response(status, headers)
        return [content]

    def _sent(self, packed: bool) -> bytes | None:
        return gzip.decompress(self.content) if self.is_packed and not packed else self.content

    def _cache_control(self) -> str:
        """Written anew at each answer: the clock may be about to change the page."""
        left = self.true_until - time.time()
        return AT_LONGEST if left >= http_caching.LONGEST_AWAY else http_caching.for_shared_caches(max(0, int(left)))

    def _conditional(self, environ: Any, etag: str) -> str:
        """304 for those who have this page, in whatever encoding. Django decides what is not said in one word."""
        if self.status != OK:
            return self.status
        if etag and environ.get("HTTP_IF_NONE_MATCH") == etag:
            return NOT_MODIFIED
        request = HttpRequest()
        request.method = environ["REQUEST_METHOD"]
        request.META = {name: environ[name].replace('-gz"', '"') for name in UNLESS if name in environ}
        answer = get_conditional_response(request, self.etag or None, self.changed_at, HttpResponse())
        return NOT_MODIFIED if answer is not None and answer.status_code == 304 else self.status


class File(Page):
    """A picture on the disk, without its bytes."""

    __slots__ = ("path",)

    def __init__(self, page: Page, path: str) -> None:
        for name in Page.__slots__:
            setattr(self, name, getattr(page, name))
        self.path, self.content = path, b""

    def _sent(self, packed: bool) -> bytes | None:
        try:
            with open(self.path, "rb") as file:
                content = file.read()
        except OSError:
            return None
        return content if len(content) == self.length else None

    def _conditional(self, environ: Any, etag: str) -> str:
        try:
            is_there = os.stat(self.path).st_size == self.length
        except OSError:
            is_there = False
        return super()._conditional(environ, etag) if is_there else self.status


class Pages:
    """Those that were asked for last, within a bound of bytes. Shared by all threads, under a lock."""

    def __init__(self, most: int) -> None:
        self.lock, self.most = threading.Lock(), most
        self.number, self.bytes = -1, 0
        self.pages: OrderedDict[Key, tuple[Page, int]] = OrderedDict()

    def get(self, key: Key) -> Page | None:
        with self.lock:
            page, _size = self.pages.get(key, NONE)
            if page is not None:
                self.pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Page) -> None:
        """A page of another state than the last one ends all that were kept."""
        size = len(page.content) + sum(len(part or "") for part in key) + OVERHEAD
        with self.lock:
            if page.number != self.number:
                self.number, self.bytes = page.number, 0
                self.pages.clear()
            self._drop(key)
            self.pages[key] = page, size
            self.bytes += size
            while self.bytes > self.most:
                self._drop(next(iter(self.pages)))

    def drop(self, key: Key) -> None:
        with self.lock:
            self._drop(key)

    def _drop(self, key: Key) -> None:
        _page, size = self.pages.pop(key, NONE)
        self.bytes -= size


class Making:
    """A page that one thread makes while others wait for it. They look again if it could be `shared`."""

    def __init__(self) -> None:
        self.is_over, self.is_shared = threading.Event(), False


# In front of the site -------------------------------------------------------------------------------------------------


class PageCache:
    """A WSGI application around the site's own."""

    def __init__(self, site: Wsgi, most: int = MOST) -> None:
        self.site, self.pages = site, Pages(most)
        self.lock, self.making = threading.Lock(), dict[tuple[Key, int], Making]()
        trusted: tuple[str, str] | None = settings.SECURE_PROXY_SSL_HEADER
        self.scheme_header = trusted[0] if trusted else ""

    def __call__(self, environ: Any, start_response: Any) -> Any:
        began = time.perf_counter()
        asked = _asked(environ, self.scheme_header)
        if asked is None:
            return self.site(environ, start_response)
        route, key = asked
        lookup = HIT
        while (number := public_state.current()) is not None:
            page = self.pages.get(key)
            if page is not None and page.is_true(number, time.time()):
                sent = page.send(environ, start_response, began)
                if sent is not None:
                    lookup.inc()
                    return sent
                self.pages.drop(key)
            lookup = MISS
            making, is_ours = self._making(key, number)
            if is_ours:
                lookup.inc()
                return self._make(route, key, making, number, environ, start_response)
            left = WAITS - (time.perf_counter() - began)
            if not making.is_over.wait(max(0.0, left)) or not making.is_shared:
                break
        return self.site(environ, start_response)

    def _making(self, key: Key, number: int) -> tuple[Making, bool]:
        """Also whether it is for the one who asks to make the page."""
        with self.lock:
            making = self.making.get((key, number))
            if making is not None:
                return making, False
            making = self.making[key, number] = Making()
            return making, True

    def _make(self, route: Route, key: Key, making: Making, number: int, environ: Any, start_response: Any) -> Any:
        began, made_at = time.perf_counter(), time.time()
        heads: list[tuple[str, list[tuple[str, str]]]] = []
        request = _alone(environ, key, self.scheme_header)
        try:
            response = self.site(request, lambda status, headers, exc_info=None: heads.append((status, headers)))
            status, headers = heads[-1]
            if not isinstance(response, HttpResponse):
                start_response(status, headers)
                return response  # a stream
            content = response.content
            response.close()
            page = Page(route, status, headers, content)
            if request[TRUE_UNTIL] is not None and _may_be_kept(route, page, headers):
                page.keep(number, made_at, request[TRUE_UNTIL].timestamp(), _life(route, key))
                making.is_shared = self._kept(route, key, page)
        finally:
            with self.lock:
                del self.making[key, number]
            making.is_over.set()
        return page.send(environ, start_response, began, dict(headers)[request_log.HEADER])

    def _kept(self, route: Route, key: Key, page: Page) -> bool:
        """Whether others may look for it. What changed while the page was made is made again, by one of them."""
        if route.name != FILES:
            kept = page
        elif isinstance(default_storage, FileSystemStorage):
            kept = File(page, default_storage.path(key[3].removeprefix(settings.MEDIA_URL)))
        else:
            return False  # a bucket
        if public_state.current() == page.number:
            self.pages.put(key, kept)
        return True


def _may_be_kept(route: Route, page: Page, headers: list[tuple[str, str]]) -> bool:
    """What Django called public, once more: one answer for all, and not too large."""
    named = dict(headers)
    is_for_all = "Set-Cookie" not in named and named.get("Vary", "") in ("", "Accept-Encoding")
    return page.status == OK and is_for_all and (route.name == FILES or page.length < LARGEST)


def _life(route: Route, key: Key) -> int:
    is_sliding = route.name in SLIDING or (route.name == "search" and key[4].startswith("age="))
    return SHORT_LIFE if is_sliding else LIFE
