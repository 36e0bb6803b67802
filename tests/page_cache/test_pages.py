"""Pages that are kept in front of Django: made once, the same as without, new at once, ended by the clock."""

import gzip
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles import metrics
from articles.models import Article
from articles.publishing import press
from tests import factories
from tests.page_cache.client import NOON, PUMPS, differing

pytestmark = pytest.mark.django_db


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
        for _time in range(2):
            answer, plain = site.ask(address), site.uncached(address)
            assert (answer.status, answer.body) == (plain.status, plain.body)
            assert differing(answer, plain) == {"X-Request-ID"}
    assert len(site.made) == 8


# The clock ------------------------------------------------------------------------------------------------------------


def test_a_page_is_made_anew_after_ten_minutes_and_what_slides_with_the_clock_after_one(site, edition):
    """A clock that jumps back ends it, too: nobody knows what it missed."""
    slides = ["/search/?q=pumps&age=30", "/sitemap-news.xml", f"{PUMPS}record.json"]
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


# Encodings and conditions ---------------------------------------------------------------------------------------------

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
