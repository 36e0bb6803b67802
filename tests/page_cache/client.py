"""A client that asks a WSGI application as a server does, with the headers that it is told and no others."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes
from wsgiref.util import setup_testing_defaults

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from articles.page_cache import PageCache

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
PUMPS = "/articles/pumps/"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def environ(address: str, method: str = "GET", host: str = "testserver", **headers: str) -> dict[str, Any]:
    path, _mark, query = address.partition("?")
    asked: dict[str, Any] = {"REQUEST_METHOD": method, "QUERY_STRING": query, "HTTP_HOST": host}
    asked["PATH_INFO"] = unquote_to_bytes(path).decode("latin-1")
    asked |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    setup_testing_defaults(asked)
    return asked


@contextmanager
def connection_kept() -> Iterator[None]:
    """Around a test: its requests do not close the connection whose transaction is the test."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in ends:
            signal.connect(close_old_connections)


def ask(site: Callable[..., Any], address: str, method: str = "GET", **headers: str) -> Answer:
    """`headers` by their names in an environ: `accept_encoding`."""
    heads: list[tuple[str, list[tuple[str, str]]]] = []
    response = site(environ(address, method, **headers), lambda *head: heads.append(head[:2]))
    body = b"".join(response)
    if hasattr(response, "close"):
        response.close()
    [(status, given)] = heads
    assert len(dict(given)) == len(given), "a header was sent twice"
    return Answer(int(status.partition(" ")[0]), dict(given), b"" if method == "HEAD" else body)


def differing(one: Answer, other: Answer) -> set[str]:
    """The headers that are not the same."""
    return {
        name for name in one.headers.keys() | other.headers.keys() if one.headers.get(name) != other.headers.get(name)
    }


class Site:
    """The product without its page cache and, as `kept`, with it; `made` is what Django was asked for."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.handler = WSGIHandler()
        self.kept = PageCache(self.django)

    def django(self, environ: Any, start_response: Any) -> Any:
        self.made.append(environ["PATH_INFO"] + (environ["QUERY_STRING"] and "?" + environ["QUERY_STRING"]))
        return self.handler(environ, start_response)

    def ask(self, address: str, method: str = "GET", **headers: str) -> Answer:
        return ask(self.kept, address, method, **headers)

    def uncached(self, address: str, method: str = "GET", **headers: str) -> Answer:
        return ask(self.handler, address, method, **headers)
