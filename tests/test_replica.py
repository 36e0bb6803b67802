"""Which database a request reads, with servers that are made up; `tests/cluster` asks a real standby."""

from types import SimpleNamespace

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver, resolve

from articles import cache, pausing, public_state, replica
from articles.models import Edition, Section
from articles.views import public_reading

PRIMARY, STANDBY = DEFAULT_DB_ALIAS, replica.ALIAS
NEVER = {
    *("confirm", "not-me", "unsubscribe", "preferences", "subscribe", "preview", "review", "answer", "report"),
    "stop-change",
    *("confirm-mangled", "not-me-mangled", "unsubscribe-mangled", "preferences-mangled"),
    *("health-live", "health-ready", "metrics", "media", "share-card"),
    *("robots", "favicon", "manifest", "security", "record-schema", "how-we-review"),  # no rows of their own
    "indexnow-key",  # likewise
}


class Servers:
    """A primary that has written so much, and a standby that has replayed so much of it; the state of each."""

    def __init__(self):
        self.now, self.written, self.replayed, self.asked = 1000.0, 100, 100, []
        self.state, self.state_of_standby, self.asked_for_state = 7, 7, 0

    def __call__(self, alias, sql):
        if sql == public_state.NUMBER:
            assert alias == STANDBY
            self.asked_for_state += 1
            return self.state_of_standby
        self.asked.append(alias)
        said = self.written if alias == PRIMARY else self.replayed
        if said == "lost":
            raise OperationalError(alias)
        return said


@pytest.fixture
def servers(monkeypatch):
    servers = Servers()
    monkeypatch.setattr(replica, "_asked", servers)
    monkeypatch.setattr(public_state, "current", lambda: servers.state)
    for module in (replica, pausing):
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: servers.now))
    monkeypatch.setattr(replica, "connections", {STANDBY: type("Connection", (), {"close": lambda self: None})()})
    replica.forget()
    yield servers
    replica.forget()


def chosen(model=Edition):
    return replica.Router().db_for_read(model)


def read_at(path, method="GET", view=lambda request: HttpResponse(chosen())):
    """What the view of an address answers, within the middleware as Django calls it."""
    request = RequestFactory().generic(method, path)
    match = resolve(path)
    match.func = lambda request, *args, **kwargs: view(request)

    def get_response(request):
        request.resolver_match = match
        try:
            return view(request)
        except Exception as problem:
            if (answer := middleware.process_exception(request, problem)) is None:
                return HttpResponse(chosen(), status=404)
            return answer

    middleware = public_reading.FromTheReplica(get_response)
    return middleware(request).content.decode()


def test_every_address_either_may_lag_or_must_not():
    names = {pattern.name for pattern in get_resolver("articles.urls").url_patterns}
    assert names == public_reading.PAGES | NEVER
    assert not public_reading.PAGES & NEVER


def test_public_pages_read_the_standby_and_everything_else_the_primary(servers):
    assert read_at("/") == read_at("/articles/a/") == read_at("/search/", "HEAD") == STANDBY
    assert read_at("/", "POST") == PRIMARY
    for path in (
        "/admin/",
        "/preferences/t/",
        "/unsubscribe/t/",
        "/review/t/",
        "/subscribe/",
        "/health/ready",
        "/media/a",
    ):
        assert read_at(path) == PRIMARY
    assert chosen() == PRIMARY, "the clock and commands"


def test_the_standby_is_read_only_while_it_is_known_to_be_two_seconds_behind_at_most(servers):
    assert read_at("/") == STANDBY
    servers.written = 200  # from here on it replays nothing
    for later, expected in ((1.5, STANDBY), (0.49, STANDBY), (0.02, PRIMARY), (30, PRIMARY)):
        servers.now += later
        assert read_at("/") == expected, later
    servers.replayed = 200
    servers.now += 1
    assert read_at("/") == STANDBY


def test_a_standby_that_follows_a_busy_primary_is_read_though_it_never_catches_up(servers):
    servers.written, servers.replayed = 10, 5
    chosen_ones = []
    for _second in range(5):
        chosen_ones.append(read_at("/"))
        servers.now += 1
        servers.written, servers.replayed = servers.written + 10, servers.written
    assert chosen_ones == [PRIMARY, STANDBY, STANDBY, STANDBY, STANDBY]


def test_a_site_without_news_goes_on_reading_its_standby(servers):
    for _look in range(5):
        assert read_at("/") == STANDBY
        servers.now += 3600


def test_a_server_that_is_no_standby_is_not_read(servers):
    servers.replayed = None
    assert read_at("/") == PRIMARY


def test_both_servers_are_looked_at_once_a_second_and_a_lost_one_once_in_five(servers):
    for _request in range(10):
        read_at("/")
    assert servers.asked == [PRIMARY, STANDBY]
    servers.replayed = "lost"
    servers.now += 2
    for _request in range(49):
        assert read_at("/") == PRIMARY
        servers.now += 0.1
    assert servers.asked.count(STANDBY) == 2


def test_one_request_reads_one_database_though_the_standby_falls_behind_meanwhile(servers):
    def view(request):
        first = chosen()
        servers.now += 60
        servers.replayed = "lost"
        return HttpResponse(f"{first} {chosen()}")

    assert read_at("/", view=view) == f"{STANDBY} {STANDBY}"


def test_a_request_that_writes_reads_what_it_wrote(servers):
    def view(request):
        first = chosen()
        assert replica.Router().db_for_write(Edition) == PRIMARY
        return HttpResponse(f"{first} {chosen()}")

    assert read_at("/", view=view) == f"{STANDBY} {PRIMARY}"


def test_a_standby_that_is_lost_within_a_request_is_replaced_within_it_and_not_read_again(servers):
    def view(request):
        if chosen() == STANDBY:
            servers.replayed = "lost"
            raise OperationalError("server closed the connection")
        return HttpResponse("from the primary")

    assert read_at("/", view=view) == "from the primary"
    assert read_at("/") == PRIMARY


def test_what_the_standby_does_not_know_yet_is_asked_of_the_primary(servers):
    def view(request):
        if chosen() == STANDBY:
            raise Http404
        return HttpResponse("published a moment ago")

    assert read_at("/articles/a/", view=view) == "published a moment ago"


def test_an_error_of_ours_is_not_tried_twice_and_its_page_reads_the_primary(servers):
    asked = []

    def view(request):
        asked.append(chosen())
        raise ValueError

    assert read_at("/", view=view) == PRIMARY
    assert asked == [STANDBY]


@pytest.mark.django_db
def test_what_is_kept_for_all_pages_is_read_from_the_primary(servers, monkeypatch):
    seen = []
    monkeypatch.setattr(Section.objects, "all", lambda: seen.append(chosen(Section)) or [])
    assert read_at("/", view=lambda request: HttpResponse(f"{chosen()}{cache.sections()}")) == f"{STANDBY}()"
    assert seen == [PRIMARY]


def test_a_standby_is_read_only_while_it_has_the_state_of_the_site_that_the_primary_has(servers):
    assert [read_at("/"), read_at("/")] == [STANDBY] * 2
    assert servers.asked_for_state == 1
    servers.state = 8
    assert read_at("/") == PRIMARY
    servers.state_of_standby = 8
    assert read_at("/") == STANDBY
    servers.state = None
    assert read_at("/") == PRIMARY, "a page is kept once the number is known again"


def test_lengths_of_lists_are_not_learned_from_a_standby(servers):
    def view(request):
        cache.totals()["list"] = 1
        return HttpResponse(f"{chosen()} {sorted(cache.totals())}")

    assert read_at("/", view=view) == f"{STANDBY} []"
    servers.state_of_standby, servers.state = 6, 8
    assert read_at("/", view=view) == f"{PRIMARY} ['list']"


def test_nothing_is_migrated_on_the_standby_and_rows_of_both_may_meet():
    router = replica.Router()
    assert [router.allow_migrate(alias, "articles") for alias in (PRIMARY, STANDBY)] == [True, False]
    assert router.allow_relation(Section(), Edition())


def test_health_names_a_standby_that_is_not_read(servers, monkeypatch):
    assert replica.problem() == ""
    servers.replayed, servers.now = "lost", servers.now + 5
    assert replica.problem() == replica.SENTENCE
    monkeypatch.setattr(replica, "connections", {})
    assert replica.problem() == "", "none is set"
