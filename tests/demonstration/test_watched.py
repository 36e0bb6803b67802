"""Every table that a public page reads is watched: a change there draws another number for the state of the site."""

import re

import pytest
from django.db import connection
from django.urls import get_resolver, resolve

from articles import cache
from articles.models import Contributor, Drug, Edition, Image, Issue, Section, Topic
from articles.models.public_state import WATCHED

pytestmark = pytest.mark.django_db

# Tables that pages read and that are not watched, and why.
APART = {
    "articles_search": "its rows come and go in the transactions of articles_searchentry; SQLite lets nobody watch it",
    "articles_searchword": "the same",
    "articles_revision": "never changes (`guards`), and is shown with the published version that was made of it",
    "articles_pagetext": "follows from the published version and the names of things: written anew, it shows the same",
    "articles_linkhealth": "record.json alone reads it, which is kept for a minute at most",
}
# Public routes whose answers are for one reader or for one moment.
NOT_KEPT = {
    *("subscribe", "confirm", "not-me", "unsubscribe", "preferences", "answer", "report"),
    *("confirm-mangled", "not-me-mangled", "unsubscribe-mangled", "preferences-mangled"),
    *("indexnow-key", "share-card", "preview", "review", "stop-change", "health-live", "health-ready", "metrics"),
}
FIXED = """/ /?page=2 /schemas/article-record-1.json /topics/ /glossary/ /archive/ /archive/2026/ /archive/2026/11/
    /archive/2001/01/ /corrections/ /people/ /credits/ /how-we-review/ /medicines/
    /search/ /search/?q=pump /search/?q=zikonotide /search/?q=zzzqqqzz /search/suggest/?q=pa
    /search/?q=pain&section=treatments&topic=medicines&age=year /newsletter/ /feed/ /feed.json /sitemap.xml
    /sitemap-1.xml /sitemap-news.xml
    /robots.txt /favicon.ico /manifest.webmanifest /.well-known/security.txt /articles/no-such-article/
    /newsletter/999/ /media/renditions/no-such-picture.webp"""


def addresses():
    """Public pages of the demonstration, every third of each kind, and one of each kind that it lacks."""
    yield from FIXED.split()
    for edition in Edition.objects.live()[::3]:
        yield from (f"/articles/{edition.slug}/{part}" for part in ("", "history/", "record.json"))
    for section in Section.objects.all():
        yield from (f"/{section.slug}/{part}" for part in ("", "?page=2", "a-z/", "feed/", "feed.json"))
    for topic in Topic.objects.all()[::3]:
        yield from (f"/topics/{topic.slug}/{part}" for part in ("", "feed/", "feed.json"))
    yield from (medicine.get_absolute_url() for medicine in Drug.objects.all()[::3])
    yield from (f"/people/{person.slug}/" for person in Contributor.objects.all()[::3])
    yield from (f"/newsletter/{issue.number}/" for issue in Issue.objects.all())
    yield from (image.full.url(image.full.width) for image in Image.objects.all()[::3])


class TablesRead:
    """Those that the statements of each address name."""

    def __init__(self):
        self.address, self.found = "", {}
        self.tables = {*connection.introspection.table_names()}

    def __call__(self, execute, sql, params, many, context):
        for table in self.tables.intersection(re.findall(r"\w+", sql)):
            self.found.setdefault(table, set()).add(self.address)
        return execute(sql, params, many, context)


def crawl(client):
    """The routes that were visited, and the tables that were read with the addresses that read them."""
    pages, tables, routes = list(addresses()), TablesRead(), set()
    with connection.execute_wrapper(tables):
        for address in pages:
            cache.clear()
            tables.address = address
            answer = client.get(address)
            assert "no-store" not in answer.headers.get("Cache-Control", ""), address
            routes.add(resolve(address.partition("?")[0]).url_name)
    return routes, tables.found


def test_every_table_that_a_public_page_reads_is_watched_or_apart_for_a_reason_and_no_other(loaded, client):
    routes, found = crawl(client)
    assert {table: min(found[table]) for table in found.keys() - WATCHED.keys() - APART.keys()} == {}
    assert {address for address in found["articles_linkhealth"] if not address.endswith("/record.json")} == set()
    assert (WATCHED.keys() | APART.keys()) - found.keys() == set()
    names = {pattern.name for pattern in get_resolver("articles.urls").url_patterns}
    assert names - routes == NOT_KEPT, "every public address was looked at, or is never kept"
