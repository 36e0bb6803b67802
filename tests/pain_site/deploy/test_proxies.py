"""The site as its owner runs it: `serve` on a Unix socket, behind nginx or Caddy with the files of this repository."""

import re
import sqlite3
from urllib.parse import urlencode

import pytest

from tests.management.serving import ROOT, empty_site, served
from tests.needs import free_port
from tests.newsletter.nursery import nursery
from tests.pain_site.deploy import proxies

AS_THE_PRODUCT = """
from articles.models import Edition
from articles.publishing import press
from tests import factories
"""
pytestmark = pytest.mark.xdist_group("proxies")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
FORGED = {"X-Forwarded-For": "203.0.113.9", "X_Forwarded_For": "203.0.113.9", "X-Forwarded-Proto": "http"}


@pytest.fixture(scope="module")
def empty(tmp_path_factory, migrated, shared_folder):
    return empty_site(tmp_path_factory.mktemp("site"), migrated, shared_folder)


@pytest.fixture(scope="module")
def do(empty):
    """Runs a line as the product's own code."""
    with nursery(ROOT, empty.environment()) as processes:
        yield lambda what: processes.run(AS_THE_PRODUCT + what)


@pytest.fixture(scope="module")
def site(empty, do):
    """With two articles."""
    do("factories.print_edition(slug='pumps'), factories.print_edition(slug='ended')")
    return empty


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def proxy(request, site, tmp_path_factory):
    with behind(request.param, site, tmp_path_factory.mktemp(request.param)) as (_serve, found):
        yield found


class behind:  # noqa: N801  reads as a verb where it is used
    """A proxy and the `serve` that listens for it."""

    def __init__(self, which, site, folder, workers=1):
        socket = folder / "site.sock"
        self.proxy = proxies.running(which, folder, socket)
        own = {"TRUSTED_PROXIES": "1", "SITE_URL": "https://example.org"}
        self.serve = served(site, free_port(), host=f"unix:{socket}", workers=workers, **own)

    def __enter__(self):
        proxy = self.proxy.__enter__()
        return self.serve.__enter__(), proxy

    def __exit__(self, *error):
        self.serve.__exit__(*error)
        self.proxy.__exit__(*error)


def test_a_page_and_what_it_needs_arrive(proxy):
    page = proxy.ask("/articles/pumps/", headers={"Accept-Encoding": "gzip"})
    assert (page.status, page.headers["Content-Encoding"]) == (200, "gzip")
    assert page.headers["Strict-Transport-Security"] == "max-age=3600"
    again = proxy.ask("/articles/pumps/", headers={"Accept-Encoding": "gzip", "If-None-Match": page.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    style = re.search(r"/static/articles/style\.\w+\.css", proxy.ask("/").text)[0]
    for _time in range(2):
        sheet = proxy.ask(style, headers={"Accept-Encoding": "gzip"})
        assert (sheet.status, sheet.headers["Content-Encoding"]) == (200, "gzip")
        assert "immutable" in sheet.headers["Cache-Control"]
    assert proxy.ask("/", method="HEAD").status == 200
    assert proxy.ask("/nothing/").status == 404


def test_plain_http_is_redirected(proxy):
    answer = proxy.ask("/articles/pumps/?page=2", plain=True)
    assert answer.status in (301, 308)
    assert re.fullmatch(r"https://example\.org(:\d+)?/articles/pumps/\?page=2", answer.headers["Location"])


def posted(proxy, path, fields, headers=()):
    """A form of the desk, sent as its page sends it: the site reads it to the end before it answers."""
    form = proxy.ask("/admin/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.text)[1]
    own = {**FORM, "Cookie": form.headers["Set-Cookie"].partition(";")[0], "Referer": "https://example.org/"}
    body = urlencode({"csrfmiddlewaretoken": token, **fields})
    return proxy.ask(path, method="POST", headers={**own, **dict(headers)}, body=body)


def test_a_client_cannot_pretend_to_come_from_elsewhere(proxy, site):
    name = f"nobody behind {proxy.folder.name}"
    answer = posted(proxy, "/admin/login/", {"username": name, "password": "wrong"}, FORGED)
    assert answer.status == 200, answer.text
    with sqlite3.connect(site.folder / "site.sqlite3") as database:
        addresses = database.execute("SELECT ip_address FROM axes_accessattempt WHERE username = ?", [name])
        assert addresses.fetchall() == [("127.0.0.1",)]


def test_much_may_be_sent_to_the_desk(proxy):
    answer = posted(proxy, "/admin/articles/image/add/", {"file": "x" * 5 * 1024**2})
    assert (answer.status, answer.headers["Location"]) == (302, "/admin/login/?next=/admin/articles/image/add/")


def test_another_host_gets_nothing(proxy):
    answer = proxy.ask("/", host="evil.example")
    assert "<title>Inside" not in answer.text
    assert answer.status == 421 or answer.body == b""


def test_a_killed_worker_costs_no_reader_anything_and_a_killed_site_only_what_nobody_saw(site, do, tmp_path):
    with behind("nginx", site, tmp_path, workers=2) as (serve, nginx):
        assert [nginx.ask(path).status for path in ("/", "/articles/pumps/", "/articles/ended/")] == [200] * 3
        serve.workers[0].kill()
        assert [nginx.ask("/search/?q=pumps").status for _request in range(5)] == [200] * 5
        do("e = Edition.objects.get(slug='ended'); press.withdraw(e.article, by=e.by, note='x')")
        assert nginx.ask("/articles/ended/").status == 410
        sheet = re.search(r"/static/articles/style\.\w+\.css", nginx.ask("/").text)[0]
        nginx.ask(sheet)
        serve.process.kill()
        serve.process.wait()
        seen = {path: nginx.ask(path).status for path in ("/", "/articles/pumps/", "/articles/ended/", sheet)}
        assert seen == {"/": 200, "/articles/pumps/": 200, "/articles/ended/": 410, sheet: 200}
        unseen = {path: nginx.ask(path) for path in ("/glossary/", "/search/?q=pumps", "/media/x", "/health/ready")}
        assert {path: (one.status, one.headers["Retry-After"]) for path, one in unseen.items()} == dict.fromkeys(
            unseen, (503, "60")
        )
