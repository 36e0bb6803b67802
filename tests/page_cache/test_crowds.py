"""Many at once, and many different ones: one render a change, and never more bytes than the bound."""

import gc
import logging
import random
import threading
import time
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.http import HttpResponse

from articles import page_cache
from articles.views.http_caching import TRUE_UNTIL
from tests.management.serving import PATIENCE
from tests.page_cache.client import NOON, Answer, ask, environ

CROWD = 40


class Django:
    """In place of the site: an answer at a time, which a test can hold up."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.goes_on = threading.Event()
        self.answer: Callable[[str], HttpResponse] = lambda query: HttpResponse(f"A page. {query}" * 50)

    def __call__(self, environ: Any, start_response: Any) -> HttpResponse:
        self.made.append(environ["QUERY_STRING"])
        assert self.goes_on.wait(PATIENCE)
        response = self.answer(environ["QUERY_STRING"])
        if TRUE_UNTIL in environ and response.status_code == 200:
            environ[TRUE_UNTIL] = NOON.replace(year=2100)
        response["X-Request-ID"] = "from Django"
        response["Vary"] = "Accept-Encoding"
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return response


class Door(threading.Event):
    """Counts those who wait before it."""

    waiting = 0
    lock = threading.Lock()

    def wait(self, timeout: float | None = None) -> bool:
        with self.lock:
            Door.waiting += 1
        return super().wait(timeout)


class Making(page_cache.Making):
    def __init__(self) -> None:
        super().__init__()
        self.is_over = Door()


@pytest.fixture
def django():
    return Django()


@pytest.fixture
def cache(django, state, monkeypatch):
    monkeypatch.setattr(page_cache, "Making", Making)
    monkeypatch.setattr(page_cache, "WAITS", float(PATIENCE))
    Door.waiting = 0
    return page_cache.PageCache(django)


def crowd(cache: page_cache.PageCache, *, meanwhile: Callable[[], object]) -> list[Answer | Exception]:
    """All ask for the home page; when one makes it and the others wait, something happens."""

    def one(_number: int) -> Answer | Exception:
        try:
            return ask(cache, "/")
        except (RuntimeError, AssertionError) as problem:
            return problem

    with ThreadPoolExecutor(CROWD) as threads:
        answers = threads.map(one, range(CROWD))
        while Door.waiting < CROWD - 1:
            time.sleep(0.001)
        meanwhile()
        return list(answers)


def test_a_crowd_after_a_change_is_one_render(cache, django, state):
    for number in (1, 2):
        state.number, Door.waiting = number, 0
        django.goes_on.clear()
        answers = crowd(cache, meanwhile=django.goes_on.set)
        assert len(django.made) == number
        assert {answer.body for answer in answers} == {b"A page. " * 50}
        assert len({answer.headers["X-Request-ID"] for answer in answers}) == CROWD


def test_a_crowd_that_waited_while_it_changed_is_one_render_more(cache, django, state):
    def change():
        state.number = 2
        django.answer = lambda query: HttpResponse("Changed. " * 50)
        django.goes_on.set()

    answers = crowd(cache, meanwhile=change)
    assert len(django.made) == 2
    assert {answer.body for answer in answers} == {b"Changed. " * 50}


def failing(query: str) -> HttpResponse:
    raise RuntimeError


def missing(query: str) -> HttpResponse:
    return HttpResponse("No.", status=404)


def away(query: str) -> HttpResponse:
    return HttpResponse("No.", status=503)


@pytest.mark.parametrize(("answer", "status"), [(missing, 404), (away, 503), (failing, None)])
def test_a_page_that_is_not_kept_lets_all_through(cache, django, answer, status):
    django.answer = answer
    answers = crowd(cache, meanwhile=django.goes_on.set)
    assert len(django.made) == CROWD
    assert {getattr(answer, "status", None) for answer in answers} == {status}
    assert cache.making == {}


def test_nobody_waits_for_another_for_ever(cache, django, monkeypatch):
    monkeypatch.setattr(page_cache, "WAITS", 0.01)

    def go_on_when_all_ask_themselves():
        while len(django.made) < CROWD:
            time.sleep(0.001)
        django.goes_on.set()

    answers = crowd(cache, meanwhile=go_on_when_all_ask_themselves)
    assert {answer.status for answer in answers} == {200}


# The bound ------------------------------------------------------------------------------------------------------------


def in_memory(content: Callable[[], bytes], cache: page_cache.PageCache, django: Django, *, pages: int) -> int:
    """Bytes that so many different pages take."""
    django.answer = lambda query: HttpResponse(content())
    django.goes_on.set()
    ask(cache, "/search/?q=first")
    tracemalloc.start()
    for number in range(pages):
        assert ask(cache, f"/search/?q={number:020}").status == 200
        assert cache.pages.bytes <= cache.pages.most
    django.made.clear()
    gc.collect()
    bytes_taken, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return bytes_taken


@pytest.mark.parametrize("size", [10, 1000, 20_000])
def test_ten_times_as_many_pages_as_there_is_room_for_take_no_more_than_the_bound(cache, django, size):
    draw = random.Random(7)
    cache.pages.most = room = 300_000
    pages = 10 * room // (size + page_cache.OVERHEAD)
    assert in_memory(lambda: draw.randbytes(size), cache, django, pages=pages) <= 1.1 * room
    assert room - size - 2 * page_cache.OVERHEAD < cache.pages.bytes <= room
    assert len(cache.pages.pages) < pages / 9


@pytest.mark.campaign
def test_a_million_addresses_take_no_more_than_the_bound(cache, django, caplog):
    """Queries, paths that lead to a page of ours or nowhere, and hosts, as a scanner draws them."""
    caplog.set_level(logging.ERROR, logger="articles")  # else pytest keeps a line of each
    draw = random.Random(7)
    cache.pages.most = room = 300_000
    django.goes_on.set()

    def ask_many(times: int) -> None:
        for _time in range(times):
            number = draw.getrandbits(64)
            paths = ["/", "/search/", f"/articles/a{number}/", f"/topics/t{number % 9}/", f"/none/{number}"]
            address = f"{draw.choice(paths)}?q={number}&page={number % 99}&{number}=1"
            ask(cache, address, host=f"h{number % 5000}.example", accept_encoding=f"gzip;q=0.{number}")
            assert cache.pages.bytes <= room
        django.made.clear()
        gc.collect()

    tracemalloc.start()
    ask_many(20_000)
    before, _peak = tracemalloc.get_traced_memory()
    ask_many(1_000_000)
    after, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 200_000
    assert not cache.making


def test_what_was_asked_for_last_stays(cache, django):
    django.goes_on.set()
    django.answer = lambda query: HttpResponse(random.Random(query).randbytes(10_000))
    cache.pages.most = 100_000
    for number in range(100):
        ask(cache, "/")
        ask(cache, f"/search/?q={number}")
    assert django.made.count("") == 1


def test_a_page_that_is_too_large_is_not_kept(cache, django):
    django.goes_on.set()
    django.answer = lambda query: HttpResponse(b"x" * page_cache.LARGEST)
    for _time in range(2):
        assert len(ask(cache, "/").body) == page_cache.LARGEST
    assert len(django.made) == 2


@pytest.mark.parametrize(
    ("name", "value"), [("Set-Cookie", "a=b"), ("Vary", "Cookie, Accept-Encoding"), ("Vary", "*"), ("Vary", "Accept")]
)
def test_what_is_for_one_reader_is_not_kept_even_if_it_were_called_public(cache, django, name, value):
    """No page of ours is like that."""
    answered = django.__call__

    def site(environ, start_response):
        return answered(environ, lambda status, headers: start_response(status, [*headers, (name, value)]))

    django.goes_on.set()
    cache.site = site
    heads: list[Any] = []
    for _time in range(2):
        cache(environ("/"), lambda *head: heads.append(head))
    assert [(name, value) in headers for _status, headers in heads] == [True, True]
    assert len(django.made) == 2
