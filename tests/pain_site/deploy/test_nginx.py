"""What nginx keeps and what it never does, with a site behind it that says what the test wants."""

import http.client
import socketserver
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler

import pytest

from tests.management.serving import PATIENCE, soon
from tests.pain_site.deploy import proxies

pytestmark = pytest.mark.xdist_group("proxies")
PUBLIC = {"Cache-Control": "public, max-age=0, s-maxage=60, stale-if-error=540"}
OWN = {"Cookie": "x=1"}  # what somebody in particular asks for is no copy of the second
AWAY = (503, {"Retry-After": "60", "Cache-Control": "no-store"}, b"The database is away.")


class Behind(socketserver.ThreadingUnixStreamServer):
    """Answers every address as `answers` says, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self, path):
        super().__init__(str(path), Handler)
        self.path, self.asked, self.answers, self.default = path, [], {}, (200, PUBLIC, b"page")


class Handler(BaseHTTPRequestHandler):
    def address_string(self):
        return "nginx"

    def log_message(self, *arguments):
        """Nothing."""

    def answer(self):
        self.server.asked.append((self.command, self.path, self.headers))
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, headers, body = self.server.answers.get(self.path, self.server.default)
        body = body(self) if callable(body) else body
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(BrokenPipeError):  # nginx has a copy, and reads no further
            self.wfile.write(body if self.command != "HEAD" else b"")

    def __getattr__(self, name):
        """`http.server` asks for do_GET, do_POST and so on."""
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)


@contextmanager
def site_at(path):
    with Behind(path) as site:
        threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield site
        finally:
            site.shutdown()
            path.unlink(missing_ok=True)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    with site_at(folder / "sock") as site, proxies.running("nginx", folder, folder / "sock") as nginx:
        yield site, nginx


@pytest.fixture
def site(both):
    both[0].asked.clear()
    both[0].answers, both[0].default = {}, (200, PUBLIC, b"page")
    return both[0]


@pytest.fixture
def nginx(both):
    return both[1]


def test_nginx_finds_nothing_wrong_in_its_file(site, nginx):
    done = subprocess.run(["nginx", "-t", "-c", nginx.folder / "nginx.conf"], capture_output=True, text=True)
    assert [line for line in done.stderr.splitlines() if "[" in line] == []
    assert (done.returncode, done.stderr.count("test is successful")) == (0, 1)


def next_second():
    """A copy is of one second of the clock."""
    now = time.time()
    while int(time.time()) == int(now):
        time.sleep(0.01)


def asked_of_the_site(site, nginx, path, **request):
    """How many of four requests in a row reached the site."""
    next_second()
    site.asked.clear()
    for _request in range(4):
        nginx.ask(path, **request)
    return len(site.asked)


def as_asked(request):
    """A page that says what it was asked for."""
    return f"{request.path} {request.headers['Host']} {request.headers['Accept-Encoding']}".encode()


@pytest.mark.parametrize("status", [200, 301, 404, 410])
def test_in_one_second_a_page_is_asked_of_the_site_twice_at_most(site, nginx, status):
    site.answers["/much/"] = (status, PUBLIC, b"page")
    assert soon(lambda: asked_of_the_site(site, nginx, "/much/") == 2, PATIENCE)  # all four in one second


def slowly(_request):
    """A page that takes the site some time, but less than nginx lets others wait."""
    time.sleep(0.03)
    return b"page"


def test_of_a_crowd_two_readers_a_second_reach_the_site(site, nginx):
    site.default = (200, PUBLIC, slowly)

    def are_few():
        next_second()
        began = int(time.time())
        site.asked.clear()
        with ThreadPoolExecutor(8) as crowd:
            answers = list(crowd.map(lambda _reader: nginx.ask("/crowd/").text, range(200)))
        assert set(answers) == {"page"}
        return len(site.asked) <= 2 * (int(time.time()) - began + 1)

    assert soon(are_few, PATIENCE)  # on a busy machine some have waited too long


def test_a_change_is_there_in_the_next_second(site, nginx):
    for text in ("page", "changed", "changed again"):
        site.answers["/fresh/"] = (200, PUBLIC, text.encode())
        next_second()
        assert {nginx.ask("/fresh/").text for _request in range(4)} == {text}


def test_two_hosts_encodings_or_queries_never_share_a_copy(site, nginx):
    site.default = (200, {**PUBLIC, "Vary": "Accept-Encoding"}, as_asked)
    asked = [
        (path, f"{host}:{nginx.https}", coding)
        for path in ("/", "/?page=2", "/?page=2&x", "/articles/", "/Articles/", "/%61rticles/")
        for host in ("example.org", "EXAMPLE.org", "example.org.")
        for coding in ("gzip", None)
    ]
    for path, host, coding in asked * 3:
        sent = {"Host": host} | ({"Accept-Encoding": coding} if coding else {})
        assert nginx.ask(path, headers=sent).text == f"{path} {host} {coding}"


@pytest.mark.parametrize(
    "odd",
    [
        {"method": "HEAD"},
        {"headers": {"Range": "bytes=0-1"}},
        {"headers": {"If-None-Match": "*"}},
        {"headers": {"If-Modified-Since": "Wed, 01 Jan 2098 00:00:00 GMT"}},
        {"headers": {"X-Forwarded-Host": "evil.example", "X-Original-URL": "/evil/"}},
        {"headers": {"X-HTTP-Method-Override": "DELETE"}},
        {"headers": {"Content-Length": "3"}, "body": b"a=b"},
    ],
    ids=str,
)
def test_what_one_reader_asks_oddly_is_not_what_the_next_one_gets(site, nginx, odd):
    site.default = (200, {**PUBLIC, "ETag": '"1"', "Last-Modified": "Wed, 01 Jan 2025 00:00:00 GMT"}, as_asked)
    next_second()
    for _request in range(3):
        nginx.ask("/odd/", **odd)
    answer = nginx.ask("/odd/")
    assert (answer.status, answer.text) == (200, f"/odd/ {proxies.HOST}:{nginx.https} None")
    seen = {name for _method, _path, headers in site.asked for name in headers}
    assert seen.isdisjoint({"Range", "If-None-Match", "If-Modified-Since"})


@pytest.mark.parametrize(
    "answered",
    [
        {"Cache-Control": "public, max-age=0, s-maxage=1, stale-if-error=0"},  # a scheduled change is near
        {"Cache-Control": "public, max-age=60"},
        {"Cache-Control": "private, s-maxage=60"},
        {},
    ],
)
def test_of_what_changes_soon_or_is_not_public_there_is_no_copy(site, nginx, answered):
    site.answers["/soon/"] = (200, answered, b"page")
    assert asked_of_the_site(site, nginx, "/soon/") == 4


@pytest.mark.parametrize("name", ["Cookie", "Authorization"])
def test_what_somebody_in_particular_gets_is_no_copy_and_becomes_none(site, nginx, name):
    site.default = (200, PUBLIC, lambda request: str(request.headers[name]).encode())
    for value in (*["first"] * 3, *[None] * 3, "second"):
        assert nginx.ask("/own/", headers={name: value} if value else {}).text == str(value)


def test_where_nginx_asks_itself_nobody_else_can_send_or_pretend_anything(site, nginx):
    forged = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "evil.example", "Forwarded": "for=203.0.113.9"}
    statuses = {}
    for method in ("GET", "POST"):
        inside = http.client.HTTPConnection("127.0.0.1", nginx.inner, timeout=60)
        inside.request(method, "/inside/", headers={"Host": proxies.HOST, **forged})
        statuses[method] = inside.getresponse().status
        inside.close()
    assert statuses == {"GET": 200, "POST": 403}
    [(_method, _path, headers)] = site.asked
    seen = {name: value for name, value in headers.items() if "forwarded" in name.lower()}
    assert seen == {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https"}


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_page_seen_before_is_there_while_the_site_cannot_answer(site, nginx, status):
    for status_seen, text in ((200, b"page"), (410, b"withdrawn"), (404, b"no such page")):
        site.answers["/seen/"] = (status_seen, PUBLIC, text)
        nginx.ask("/seen/", headers=OWN)
        site.answers["/seen/"] = (status, {}, b"away")
        kept = nginx.ask("/seen/", headers=OWN)
        assert (kept.status, kept.body) == (status_seen, text), "what it said last, also that it is gone"


def test_a_site_that_is_back_is_asked_at_once(site, nginx):
    nginx.ask("/back/")
    site.answers["/back/"] = AWAY
    next_second()
    assert {nginx.ask("/back/").text for _request in range(4)} == {"page"}
    site.answers["/back/"] = (200, PUBLIC, b"changed")
    assert nginx.ask("/back/").text == "changed", "a copy of a copy would outlive it"


def test_a_copy_is_used_no_longer_than_the_site_said(site, nginx):
    stays, ends = ({"Cache-Control": f"public, max-age=0, s-maxage=1, stale-if-error={s}"} for s in (60, 0))
    site.answers |= {"/stays/": (200, stays, b"page"), "/ends/": (200, ends, b"page")}
    site.answers["/never/"] = (200, {"Cache-Control": "public, max-age=0, s-maxage=0, stale-if-error=0"}, b"page")
    for path in ("/stays/", "/ends/", "/never/"):
        nginx.ask(path)
        site.answers[path] = AWAY
    assert nginx.ask("/never/").status == 503
    threading.Event().wait(2.1)  # nginx counts whole seconds
    assert [nginx.ask(path).status for path in ("/stays/", "/ends/")] == [200, 503]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/media/renditions/a/b/640.webp", {"Cache-Control": "public, no-cache"}),
        ("/preferences/key/", {"Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private"}),
        ("/page-with-a-cookie/", {**PUBLIC, "Set-Cookie": "desk=1"}),
        ("/page-that-varies/", {**PUBLIC, "Vary": "Accept-Encoding, Cookie"}),
        ("/admin/", PUBLIC),
        ("/health/ready", PUBLIC),
        ("/search/?q=pain", PUBLIC),
    ],
)
def test_of_pictures_keys_and_the_desk_there_is_no_copy(site, nginx, path, headers):
    site.answers[path] = (200, headers, b"once")
    assert asked_of_the_site(site, nginx, path) == 4
    assert nginx.ask(path).text == "once"
    site.answers[path] = AWAY
    assert nginx.ask(path).text == "The database is away."


def test_what_the_site_says_when_it_is_away_passes_through(site, nginx):
    site.default = AWAY
    for method in ("GET", "POST"):
        answer = nginx.ask("/not-seen/", method=method, body=b"x=1" if method == "POST" else None)
        assert (answer.status, answer.headers["Retry-After"], answer.body) == (503, "60", AWAY[2])


def test_a_post_reaches_the_site_once_even_if_that_fails(site, nginx):
    for status in (502, 503, 504):
        site.default = (status, {}, b"")
        nginx.ask("/anything/", method="POST", body=b"x=1")
    assert [method for method, _path, _headers in site.asked] == ["POST"] * 3


def test_compressed_and_plain_copies_are_apart(site, nginx):
    for coding, text in (("gzip, br", b"small"), ("br", b"plain"), ("gzip;q=0, br", b"plain")):
        site.answers["/coded/"] = (200, {**PUBLIC, "Vary": "Accept-Encoding"}, text)
        nginx.ask("/coded/", headers={"Accept-Encoding": coding})
    site.default, site.answers = AWAY, {}
    asked = [
        nginx.ask("/coded/", headers={"Accept-Encoding": coding}).text for coding in ("gzip", "br", "deflate, gzip")
    ]
    assert asked == ["small", "plain", "small"]
    assert {headers["Accept-Encoding"] for _method, _path, headers in site.asked} == {"gzip", None}


def test_what_a_client_says_of_proxies_ends_at_nginx(site, nginx):
    forged = {
        "X-Forwarded-For": "203.0.113.9",
        "X_Forwarded_For": "203.0.113.9",
        "X-Forwarded-Proto": "http",
        "X_Forwarded_Proto": "http",
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "for=203.0.113.9",
    }
    nginx.ask("/", headers=forged)
    [(_method, _path, headers)] = site.asked
    seen = {name: value for name, value in headers.items() if "forwarded" in name.lower()}
    assert seen == {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https"}


def test_more_than_the_site_takes_is_refused_in_words_before_it_is_sent(site, nginx):
    for path, megabytes in (("/subscribe/", 1), ("/", 1), ("/anymail/postmark/tracking/", 10), ("/admin/", 100)):
        answer = nginx.ask(path, method="POST", headers={"Content-Length": str(megabytes * 1024**2 + 1)})
        assert (answer.status, answer.text.partition(".")[0]) == (413, "This is more than the site takes at once")
    assert site.asked == []
    assert nginx.ask("/", method="POST", body=b"x" * 1024**2).text == "page"


def test_a_flood_of_posts_ends_at_nginx_but_everyone_can_leave(site, nginx):
    posts = (nginx.ask("/articles/pumps/report/", method="POST", body=b"x=1") for _post in range(300))
    refused = next(answer for answer in posts if answer.status == 429)
    assert len(site.asked) >= 20
    assert (refused.headers["Retry-After"], refused.text.partition(".")[0]) == (
        "60",
        "Too many requests came from your network",
    )
    site.answers["/subscribe/"] = (429, {"Retry-After": "7"}, b"The words of the site")
    assert nginx.ask("/subscribe/").text == "The words of the site"
    left = [nginx.ask("/unsubscribe/key/", method="POST", body=b"x=1").status for _post in range(60)]
    assert set(left) == {200}


def test_plain_http_leads_to_the_site_and_no_other_host_is_served(site, nginx):
    for host in ("example.org", "evil.example"):
        answer = nginx.ask("/articles/pumps/?page=2", plain=True, host=host)
        assert (answer.status, answer.headers["Location"]) == (301, "https://example.org/articles/pumps/?page=2")
    assert site.asked == []


def test_the_log_names_neither_readers_nor_keys(site, nginx):
    for path in ("/unsubscribe/secret/", "/subscribe/confirm/secret/", "/search/?q=secret", "/articles/pumps/?secret"):
        nginx.ask(path)
    log = nginx.folder / "log/nginx/access.log"
    assert soon(lambda: "GET /articles/pumps/ " in log.read_text(), PATIENCE)  # it is written behind the answer
    log = log.read_text()
    assert [word for word in ("secret", "127.0.0.1") if word in log] == []


def test_a_site_that_is_gone_is_said_in_words(tmp_path):
    with proxies.running("nginx", tmp_path, tmp_path / "sock") as nginx:
        for method in ("GET", "POST"):
            answer = nginx.ask("/", method=method)
            assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
            assert answer.text.startswith("The site is away for a moment.")
