"""Pages that are kept in front of Django: the same as without, new at once, and never one for another."""

import gzip
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.urls import get_resolver

from articles import metrics, page_cache, public_state
from articles.models import Article, Image
from articles.publishing import pictures, press
from tests import factories
from tests.wsgi_client import Site, differing

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
PUMPS = "/articles/pumps/"


class State:
    """The number of the public site's state as a test says it."""

    number: int | None = 1

    def current(self) -> int | None:
        return self.number


@pytest.fixture
def state(monkeypatch):
    state = State()
    monkeypatch.setattr(public_state, "current", state.current)
    return state


@pytest.fixture
def site(state):
    return Site()


@pytest.fixture
def edition():
    with time_machine.travel(NOON, tick=False):
        return factories.print_edition(slug="pumps", title="Pumps")


def test_a_page_is_made_once(site, edition):
    answers = [site.ask(PUMPS) for _time in range(3)]
    assert site.made == [PUMPS]
    assert [answer.status for answer in answers] == [200] * 3
    assert {answer.body for answer in answers} == {site.uncached(PUMPS).body}


def test_a_changed_article_is_new_at_once(site, state, edition):
    site.ask(PUMPS)
    press.withdraw(edition.article, by=edition.by, note="It was wrong.")
    state.number = 2
    assert site.ask(PUMPS).status == 410
    assert b"It was wrong." in site.ask(PUMPS).body


def test_what_changed_while_a_page_was_made_is_made_again(site, state, edition, monkeypatch):
    make = site.handler

    def slowly(environ, start_response):
        answer = make(environ, start_response)
        state.number += 1
        return answer

    site.handler = slowly
    site.ask(PUMPS)
    site.handler = make
    site.ask(PUMPS)
    site.ask(PUMPS)
    assert site.made == [PUMPS] * 2


def test_while_the_state_is_unknown_django_answers(site, state, edition):
    site.ask(PUMPS)
    state.number = None
    site.ask(PUMPS)
    site.ask(PUMPS)
    assert site.made == [PUMPS] * 3
    state.number = 1
    site.ask(PUMPS)
    assert site.made == [PUMPS] * 3


def test_only_what_was_found_is_kept(site):
    for address in ("/articles/none/", "/none/", "/nowhere", "/archive/2026/"):
        assert [site.ask(address).status for _time in range(2)] == [site.uncached(address).status] * 2
    assert len(site.made) == 8


# The clock ------------------------------------------------------------------------------------------------------------


def test_a_page_is_made_anew_after_ten_minutes_and_what_slides_with_the_clock_after_one(site, edition):
    """A clock that jumps back ends it, too: nobody knows what it missed."""
    slides = ["/search/?q=pumps&age=30", "/sitemap.xml", "/sitemap-1.xml", f"{PUMPS}record.json"]
    stays = [PUMPS, "/robots.txt", "/search/?q=pumps", "/search/?q=age%3D30"]
    for addresses, seconds in ((slides, 60), (stays, 600)):
        for after, times in ((0, 1), (seconds - 1, 1), (seconds, 2), (seconds + 1, 2), (0, 3)):
            with time_machine.travel(NOON + timedelta(seconds=after), tick=False):
                for address in addresses:
                    assert site.ask(address).status == 200
            assert len(site.made) == times * len(addresses), f"after {after} s"
        site.made.clear()


def test_a_scheduled_version_is_there_on_the_second_with_all_that_lists_it(site, edition):
    article = edition.article
    with time_machine.travel(NOON, tick=False):
        Article.objects.filter(pk=article.pk).update(title="Pumps, again")
        article.refresh_from_db()
        factories.sign(article)
        press.publish(article, by=edition.by, at=NOON + timedelta(minutes=5))
    for after, title in ((290, b"Pumps"), (299.9, b"Pumps"), (300, b"Pumps, again")):
        with time_machine.travel(NOON + timedelta(seconds=after), tick=False):
            for address in (PUMPS, "/treatments/", "/feed/"):
                assert (b"Pumps, again" in site.ask(address).body) == (title != b"Pumps"), (after, address)
    assert len(site.made) == 6


def test_midnight_in_the_newsrooms_zone_ends_every_page(site, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    midnight = datetime(2026, 11, 2, 23, tzinfo=UTC)
    for before in (30, 1, 0):
        with time_machine.travel(midnight - timedelta(seconds=before), tick=False):
            site.ask("/")
    assert len(site.made) == 2


def test_how_long_others_may_keep_a_page_is_said_anew_each_time(site, edition):
    midnight = datetime(2026, 11, 3, tzinfo=UTC)
    said = []
    for before in (700, 650, 600, 500, 40):
        with time_machine.travel(midnight - timedelta(seconds=before), tick=False):
            said.append(site.ask(PUMPS).headers["Cache-Control"])
            assert site.uncached(PUMPS).headers["Cache-Control"] == said[-1]
    assert len(site.made) == 2
    assert said[-2:] == [
        "public, max-age=0, s-maxage=60, stale-if-error=440",
        "public, max-age=0, s-maxage=40, stale-if-error=0",
    ]


# Queries --------------------------------------------------------------------------------------------------------------


SAME = [
    (PUMPS, f"{PUMPS}?utm_source=letter&fbclid=x"),
    ("/treatments/", "/treatments/?q=1&letter=b&utm_source=x"),
    ("/search/?q=pumps&page=1", "/search/?page=1&utm_medium=email&q=pumps"),
    ("/search/?q=pumps", "/search/?q=stents&q=pumps"),
    ("/search/?q=back+pain", "/search/?q=back%20pain"),
    ("/search/?q=p%C3%A4in", "/search/?q=p%c3%a4in&&"),
    ("/topics/", "/topics/?;=%FF&page=9"),
]


def test_addresses_that_ask_for_the_same_are_one_page(site, edition):
    for first, second in SAME:
        site.made.clear()
        assert site.ask(second).body == site.ask(first).body == site.uncached(first).body, second
        assert len(site.made) <= 1


DIFFERENT = [
    ("/search/?q=pumps&q=stents", "/search/?q=stents&q=pumps"),
    ("/search/?q=pumps", "/search/?Q=pumps"),
    ("/search/?q=a%26page%3D2", "/search/?q=a&page=2"),
    ("/search/?q=%E4", "/search/?q=%C3%A4"),
    ("/search/?q=", "/search/"),
]


def test_addresses_that_ask_for_something_else_are_two(state, edition):
    for first, second in DIFFERENT:
        site = Site()
        for address in (first, second, first, second):
            assert site.ask(address).body == site.uncached(address).body, address
        assert len(site.made) == 2


def test_what_a_redirect_leads_to_keeps_the_whole_query(site):
    for address in ("/Treatments/?utm_source=letter&b=2&a=1", "/treatments?utm_source=letter", "/Articles/Pumps?x=1"):
        answer = site.ask(address)
        assert answer.status == 301
        assert answer.headers["Location"] == site.uncached(address).headers["Location"]
        assert answer.headers["Location"].endswith(address.partition("?")[2])


def test_a_query_of_too_many_parts_is_refused_as_without(site, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    assert (
        site.ask("/search/?a=1&b=2&c=3&d=4&q=x").status == site.uncached("/search/?a=1&b=2&c=3&d=4&q=x").status == 400
    )


# One for another ------------------------------------------------------------------------------------------------------


def test_each_host_and_scheme_has_pages_of_its_own(site, settings):
    settings.ALLOWED_HOSTS = ["testserver", "www.testserver"]
    for host in ("testserver", "www.testserver", "testserver:8000", "TESTSERVER"):
        assert site.ask("/", host=host).status == 200
    assert len(site.made) == 4
    assert site.ask("/", host="evil.example").status == 400
    assert site.ask("/", host="testserver, evil.example").status == 400
    assert site.ask("/", host="testserver").status == 200
    assert len(site.made) == 6


def test_a_proxys_scheme_counts_where_a_proxy_is_trusted_and_only_there(state, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 60
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    site = Site()
    for _time in range(2):
        assert site.ask("/", x_forwarded_proto="https").headers["Strict-Transport-Security"] == "max-age=60"
        assert site.ask("/", x_forwarded_proto="http").status == 301
        assert site.ask("/", x_forwarded_proto="").status == 301
        assert site.ask("/").status == 301
    settings.SECURE_PROXY_SSL_HEADER = None
    assert site.ask("/", x_forwarded_proto="https").status == 301


BESIDE = [
    {"x_forwarded_host": "evil.example"},
    {"x_forwarded_proto": "https"},
    {"x_forwarded_for": "192.0.2.1"},
    {"x_http_method_override": "DELETE"},
    {"x_original_url": "/admin/"},
    {"x_rewrite_url": "/admin/"},
    {"forwarded": "host=evil.example"},
    {"cookie": "desk=x; messages=x; csrftoken=x"},
    {"authorization": "Bearer x"},
    {"accept_language": "de"},
    {"accept": "application/json"},
    {"range": "bytes=0-1"},
    {"user_agent": "x" * 5000},
]


def test_what_else_a_client_sends_makes_no_other_page(state, edition):
    plain = Site().uncached(PUMPS).body
    for headers in BESIDE:
        site = Site()
        poisoned, clean = site.ask(PUMPS, **headers), site.ask(PUMPS)
        assert (poisoned.status, clean.status) == (200, 200)
        assert poisoned.body == clean.body == plain, headers
        assert len(site.made) == 1


def test_other_methods_are_for_django(site):
    site.ask("/")
    methods = ["POST", "PUT", "OPTIONS", "TRACE", "get", "PURGE"]
    for method in methods:
        assert site.ask("/", method).status == site.uncached("/", method).status, method
    assert len(site.made) == 1 + len(methods)


ODD = [
    *(
        "/articles%2Fpumps/",
        "/articles/%70umps/",
        "//articles/pumps/",
        "/articles/pumps%00/",
        "/articles/pumps%FF/",
    ),
    *("/./articles/pumps/", "/articles/../treatments/", "/ARTICLES/pumps/", "/articles/pumps%20/", "/p%C3%BCmps/"),
]


def test_an_address_that_is_oddly_written_gets_what_it_gets_without(site, edition):
    site.ask(PUMPS)
    for address in ODD:
        kept, plain = site.ask(address), site.uncached(address)
        assert (kept.status, kept.body) == (plain.status, plain.body), address
        assert kept.headers.get("Location") == plain.headers.get("Location"), address


PRIVATE = [
    *("/admin/", "/subscribe/", "/unsubscribe/x/", "/preferences/x/", "/review/x/", "/preview/x/"),
    *("/stop-change/x/", "/subscribe/confirm/x/", "/health/live", "/metrics", "/static/articles/x.css"),
    *(f"{PUMPS}answer/", f"{PUMPS}report/"),
]


def test_what_is_private_or_momentary_is_asked_for_each_time(site, edition):
    for address in PRIVATE:
        site.ask(address)
        site.ask(address)
    assert len(site.made) == 2 * len(PRIVATE)
    assert not site.kept.pages.pages


def test_every_public_address_is_kept_or_has_its_reason_not_to_be():
    """A new page is asked for each time until somebody says here, or in `page_cache`, that it may be kept."""
    names = {pattern.name for pattern in get_resolver("articles.urls").url_patterns}
    forms = {"answer", "report", "subscribe", "confirm", "not-me", "unsubscribe", "preferences"}
    mangled = {"confirm-mangled", "not-me-mangled", "unsubscribe-mangled", "preferences-mangled"}
    links, machines = {"preview", "review", "stop-change"}, {"health-live", "health-ready", "metrics"}
    assert names - page_cache.KEPT == forms | mangled | links | machines | {"favicon"}  # which leads to a file
    assert names >= page_cache.KEPT >= page_cache.PARAMETERS.keys() | page_cache.SLIDING


# What was there before stays ------------------------------------------------------------------------------------------


def hits():
    return metrics.counted().get_sample_value("newsroom_cache_lookups_total", {"cache": "page", "result": "hit"})


def test_a_kept_page_is_written_down_and_counted_as_any_other(site, edition, log):
    site.ask(PUMPS)
    before = hits()
    log.begin("json")
    answers = [site.ask(PUMPS), site.ask(PUMPS, if_none_match="*"), site.ask(PUMPS, "HEAD")]
    lines = [entry for entry in log.entries() if entry["event"] == "request"]
    assert [(line["method"], line["route"], line["status"]) for line in lines] == [
        ("GET", "/articles/<slug:slug>/", 200),
        ("GET", "/articles/<slug:slug>/", 304),
        ("HEAD", "/articles/<slug:slug>/", 200),
    ]
    assert [line["request_id"] for line in lines] == [answer.headers["X-Request-ID"] for answer in answers]
    assert len({answer.headers["X-Request-ID"] for answer in answers}) == 3
    assert hits() == before + 3


GZIP = {"accept_encoding": "br, gzip;q=0.8"}


def test_who_takes_gzip_gets_it(site, edition):
    plain = site.uncached(PUMPS).body
    for accepted in ["gzip", "GZIP", "br, gzip;q=0.8", "x-gzip", "identity, gzip ; q=1.0", "deflate,gzip"]:
        first, again, uncached = (
            *(site.ask(PUMPS, accept_encoding=accepted) for _time in range(2)),
            site.uncached(PUMPS, accept_encoding=accepted),
        )
        for answer in (first, again, uncached):
            assert (answer.headers["Content-Encoding"], answer.headers["Vary"]) == ("gzip", "Accept-Encoding")
            assert int(answer.headers["Content-Length"]) == len(answer.body)
            assert gzip.decompress(answer.body) == plain
        assert first.body == again.body


def test_who_does_not_gets_it_plain(site, edition):
    site.ask(PUMPS, accept_encoding="gzip")
    plain = site.uncached(PUMPS).body
    for refused in ["", "br", "gzip;q=0", "gzip; Q=0.000, br", "*;q=0", "gzipped", "identity"]:
        for answer in (site.ask(PUMPS, accept_encoding=refused), site.uncached(PUMPS, accept_encoding=refused)):
            assert (answer.headers["Vary"], answer.headers.get("Content-Encoding")) == ("Accept-Encoding", None)
            assert int(answer.headers["Content-Length"]) == len(answer.body)
            assert answer.body == plain


def test_each_encoding_has_a_strong_tag_of_its_own_and_either_is_known(site, edition):
    plain, packed = site.ask(PUMPS), site.ask(PUMPS, **GZIP)
    tags = [plain.headers["ETag"], packed.headers["ETag"]]
    assert len(set(tags)) == 2
    assert all(re.fullmatch(r'"[\w-]+"', tag) for tag in tags)
    assert plain.headers["ETag"] == site.uncached(PUMPS).headers["ETag"]
    for known in [*tags, f"W/{tags[0]}", f"W/{tags[1]}", f'"other", {tags[1]}', "*"]:
        for headers in ({}, GZIP):
            answer = site.ask(PUMPS, if_none_match=known, **headers)
            assert (answer.status, answer.body) == (304, b"")
            assert answer.headers["ETag"] == tags[bool(headers)]
            assert answer.headers["Vary"] == "Accept-Encoding"
            assert not {"Content-Type", "Content-Length", "Content-Encoding"} & answer.headers.keys()
    assert len(site.made) == 1


CONDITIONS = [
    {"if_none_match": '"other"'},
    {"if_none_match": ""},
    {"if_none_match": "x, W/"},
    {"if_none_match": "\xe9"},
    {"if_modified_since": "Mon, 02 Nov 2026 12:00:00 GMT"},
    {"if_modified_since": "Mon, 02 Nov 2026 11:59:59 GMT"},
    {"if_modified_since": "Mon, 99 Foo 2026"},
    {"if_none_match": '"other"', "if_modified_since": "Mon, 02 Nov 2026 12:00:00 GMT"},
    {"if_match": "*"},
    {"if_match": '"other"'},
    {"if_unmodified_since": "Mon, 02 Nov 2026 11:59:59 GMT"},
]


@pytest.mark.parametrize("address", [PUMPS, "/feed/", "/feed.json", "/sitemap.xml", "/robots.txt"])
def test_conditions_are_answered_as_without(site, edition, address):
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        site.ask(address)
        for headers in CONDITIONS:
            kept, plain = site.ask(address, **headers), site.uncached(address, **headers)
            assert (kept.status, kept.body) == (plain.status, plain.body), headers
            may_differ = {"X-Request-ID"} | ({"Vary", "Content-Length"} if kept.status == 304 else set())
            assert differing(kept, plain) <= may_differ, headers


# Pictures -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def picture():
    """One that a live article shows, with its file of 320 pixels and where that lies."""
    stored = pictures.store(factories.picture_bytes("JPEG", (400, 230)), name="a.jpg", alt="Lines.")
    factories.CreditFactory(image=stored)
    image = Image.objects.with_credit().get(pk=stored.pk)
    factories.print_edition(lead_image=image, in_section="news", signed=False)
    return image


def test_a_pictures_row_is_asked_once_and_its_file_each_time(site, picture, django_assert_num_queries):
    address = picture.rendition_url(320, "webp")
    first = site.ask(address)
    with django_assert_num_queries(0):
        again = site.ask(address, accept_encoding="gzip")
    assert (again.status, again.body) == (200, site.uncached(address).body)
    assert differing(first, again) == {"X-Request-ID"}
    assert (again.headers["Cache-Control"], "Vary" in again.headers) == ("public, no-cache", False)
    known = site.ask(address, if_none_match=again.headers["ETag"])
    assert (known.status, known.body) == (304, b"")
    assert sum(len(page.content) for page, _size in site.kept.pages.pages.values()) == 0
    assert len(site.made) == 1


def test_a_picture_that_is_taken_down_is_gone_at_the_next_request(site, state, picture):
    address = picture.rendition_url(320, "webp")
    site.ask(address)
    pictures.withdraw(picture, by=factories.editor(), reason="Asked to.")
    state.number = 2
    assert site.ask(address).status == site.uncached(address).status == 410


def test_a_file_that_is_not_what_it_was_is_looked_at_anew(site, picture):
    address = picture.rendition_url(320, "webp")
    tag = site.ask(address).headers["ETag"]
    name = address.removeprefix("/media/")
    for content, status in ((b"another length", 200), (None, 404), (b"", 200)):
        if default_storage.exists(name):
            default_storage.delete(name)
        if content is not None:
            default_storage.put(name, content)
        for headers in ({}, {"if_none_match": tag}):
            answer, plain = site.ask(address, **headers), site.uncached(address, **headers)
            assert (answer.status, answer.body) == (plain.status, plain.body)
            assert answer.headers.get("Content-Length") == plain.headers.get("Content-Length")
            assert answer.status == status


def test_parts_of_a_picture_its_head_and_passes_are_for_django(site, picture):
    address = picture.rendition_url(320, "webp")
    site.ask(address)
    for asked in [{"method": "HEAD"}, {"range": "bytes=0-9"}, {"address": "?pass=x"}]:
        asked = {**asked, "address": address + asked.get("address", "")}
        assert site.ask(**asked).status == site.uncached(**asked).status
    assert len(site.made) == 4


def test_pictures_in_a_bucket_are_asked_about_each_time(site, picture, monkeypatch):
    class Bucket:
        """All that Django asks of it."""

        open = default_storage.open

    monkeypatch.setattr(page_cache, "default_storage", Bucket())
    address = picture.rendition_url(320, "webp")
    for _time in range(2):
        assert site.ask(address).status == 200
    assert len(site.made) == 2
