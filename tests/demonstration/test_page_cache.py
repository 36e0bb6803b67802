"""Every public address of the demonstration, with its page cache and without: the same to the byte."""

import gzip
import re
from collections import defaultdict

import pytest
import time_machine
from django.http import Http404, QueryDict
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from django.utils import timezone

from articles import page_cache, public_state
from tests.page_cache.client import Answer, Site, connection_kept, differing

pytestmark = pytest.mark.django_db
QUERIES = """
/search/?q=pump /search/?q=zikonotide /search/?q=zzzqqqzz /search/?page=2&q=pain /search/?q=pain&age=183&section=news
/search/?q=pain&topic=medicines&utm_source=x /treatments/?page=2 /treatments/?page=99 /treatments/?page=x
/conditions/a-z/?letter=b /credits/?license=cc0 /credits/?license=held-back&page=1 /credits/?picture=1
/credits/?picture=x /corrections/?page=1 /newsletter/?page=1 /topics/medicines/?page=1 /archive/2026/11/?page=1
/?page=2&q=x /search/suggest/?q=pa
"""
BESIDE = """
/treatments/ /topics/ /topics/medicines/ /archive/2026/ /archive/2001/01/ /newsletter/ /newsletter/1/ /search/
/how-we-review/ /search/suggest/
/feed/ /feed.json /news/feed/ /news/feed.json /sitemap.xml /sitemap-1.xml
/sitemap-news.xml /topics/migraine/feed/ /topics/migraine/feed.json /robots.txt /manifest.webmanifest
/.well-known/security.txt /schemas/article-record-1.json /favicon.ico /no/such/page /articles/no-such-article/
/no-such-section/ /subscribe/ /health/live /metrics /static/articles/site.css /search/suggest/
"""


@pytest.fixture(params=[4, pytest.param(None, marks=pytest.mark.campaign)], ids=["some", "all"])
def addresses(request, client, loaded) -> list[str]:
    """What the sitemap names, pictures included, what stands beside it, and addresses with a query; of each route the
    first few, or in a campaign all.
    """
    sitemap = client.get("/sitemap.xml").content.decode()
    found = re.findall(r"loc>http://testserver(/.*?)</(?:image:)?loc>", sitemap)
    articles = [address for address in found if address.startswith("/articles/")]
    found += [f"{address}{part}" for address in articles for part in ("history/", "record.json", "answer/", "report/")]
    by_route: dict[str, list[str]] = defaultdict(list)
    for address in dict.fromkeys(found):
        by_route[resolve(address).view_name].append(address)
    listed = [address for same_route in by_route.values() for address in same_route[: request.param]]
    return [*dict.fromkeys([*listed, *BESIDE.split(), *QUERIES.split()])]


@pytest.fixture
def site(addresses, monkeypatch):  # after Django’s own client, which connects what is taken away here
    monkeypatch.setattr(public_state, "current", lambda: 1)
    with connection_kept():
        yield Site()


def same(kept: Answer, plain: Answer) -> bool:
    return (kept.status, kept.body) == (plain.status, plain.body) and differing(kept, plain) == {"X-Request-ID"}


def differences(site: Site, address: str) -> list[str]:
    """In what the page that is made, kept, asked for under another host, as a head or compressed is another one."""
    plain, packed = site.uncached(address), site.uncached(address, accept_encoding="gzip")
    made, kept, elsewhere = site.ask(address), site.ask(address), site.ask(address, host="localhost")
    head, compressed = site.ask(address, "HEAD"), site.ask(address, accept_encoding="gzip")
    known = site.ask(address, if_none_match=plain.headers.get("ETag", ""))
    unpacked = gzip.decompress(compressed.body) if "Content-Encoding" in compressed.headers else compressed.body
    is_same = {
        "made": same(made, plain),
        "kept": same(kept, plain),
        "elsewhere": same(elsewhere, plain),
        "head": (head.status, differing(head, plain)) == (plain.status, {"X-Request-ID"}),
        "compressed": unpacked == plain.body
        and differing(compressed, packed) <= {"X-Request-ID", "ETag", "Content-Length"},
        "known": known.status == (304 if "ETag" in plain.headers else plain.status),
    }
    return [f"{address} {name}" for name, is_the_same in is_same.items() if not is_the_same]


def test_every_public_address_is_the_same_with_the_page_cache(addresses, site):
    assert len(addresses) > 90
    with time_machine.travel(timezone.now(), tick=False):  # some headers name the second
        assert [difference for address in addresses for difference in differences(site, address)] == []
    kept = {page.pattern for page, _size in site.kept.pages.pages.values()}
    assert len(kept) == len(page_cache.KEPT) - 1, "a year of the archive is a redirect"


class Read(QueryDict):
    """A query that knows which of its parameters somebody asked for."""

    def __init__(self) -> None:
        super().__init__(mutable=True)
        self.names: set[str] = set()

    def __getitem__(self, name):
        self.names.add(name)
        return super().__getitem__(name)

    def getlist(self, name, default=None):
        self.names.add(name)
        return super().getlist(name, default)


def test_a_page_reads_no_parameter_that_is_no_part_of_its_key(addresses):
    read: dict[str, set[str]] = {}
    for path in addresses:
        try:
            match = resolve(path)
        except Resolver404:
            continue
        if match.view_name not in page_cache.KEPT:
            continue
        try:
            request = RequestFactory().get(path)
            request.GET = Read()
            match.func(request, *match.args, **match.kwargs)
        except Http404:
            continue
        read.setdefault(match.view_name, set()).update(request.GET.names)
    assert {name: names for name, names in read.items() if names} == {
        name: set(names) for name, names in page_cache.PARAMETERS.items()
    }
    assert read.keys() == page_cache.KEPT
