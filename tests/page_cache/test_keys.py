"""Which requests get the same page: never one host's for another, and nothing that a client slips in."""

import pytest
from django.http import HttpResponse, QueryDict
from django.urls import get_resolver
from hypothesis import example, given
from hypothesis import strategies as st

from articles import page_cache, public_state
from tests.page_cache.client import PUMPS, Site, ask

pytestmark = pytest.mark.django_db


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


@given(st.text(alphabet="qpage=&;+%0123456789abcdefäöü ", max_size=60))
@example("q=1&q=2&q")
@example("q=%E4&q=%00&page=%&=&&age")
@example("age=30&age=&section=news&topic=%F0%9F%98%80")
def test_django_reads_of_the_query_that_it_sees_what_it_would_have_read_of_the_one_that_was_sent(query):
    seen = []

    def site(environ, start_response):
        seen.append(environ["QUERY_STRING"])
        start_response("404 Not Found", [("X-Request-ID", "x")])
        return HttpResponse(status=404)

    sent = query.encode().decode("latin-1")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(public_state, "current", lambda: 1)
        ask(page_cache.PageCache(site), f"/search/?{sent}")
    read = [
        {name: QueryDict(text.encode("latin-1")).get(name) for name in page_cache.PARAMETERS["search"]}
        for text in (sent, *seen)
    ]
    assert read == [read[0]] * 2


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
    site = Site()
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
    files = {"favicon", "share-card", "indexnow-key"}
    assert names - page_cache.KEPT == forms | mangled | links | machines | files
    assert names >= page_cache.KEPT >= page_cache.PARAMETERS.keys() | page_cache.SLIDING
