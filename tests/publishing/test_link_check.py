"""Links: what surely is gone is told after two days, what refuses machines is not, and no private machine is asked."""

import socket
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import LinkHealth
from articles.publishing import checks, link_check
from articles.publishing.link_check import Fenced, Outcome
from tests import factories

DAY = date(2026, 11, 2)
GONE, THERE = Outcome(True, "It returned 404."), Outcome(False, "It returned 200.")


@pytest.fixture
def web(monkeypatch):
    """Answers by host and path, instead of the network."""
    answers = {}

    def request(scheme, host, target):
        answer = answers[f"{scheme}://{host}{target}"]
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, tuple) else (answer, "")

    monkeypatch.setattr(link_check, "request", request)
    return answers


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (200, Outcome(False, "It returned 200.")),
        (206, Outcome(False, "It returned 206.")),
        (404, Outcome(True, "It returned 404.")),
        (410, Outcome(True, "It returned 410.")),
        (403, Outcome(False, "It returned 403.")),
        (503, Outcome(False, "It returned 503.")),
        (socket.gaierror(), Outcome(True, "Host not found.")),
        (TimeoutError(), Outcome(True, "No answer (TimeoutError).")),
        (ConnectionResetError(), Outcome(True, "No answer (ConnectionResetError).")),
    ],
)
def test_what_an_answer_means(web, answer, outcome):
    web["https://example.org/a?b=1"] = answer
    assert link_check.ask("https://example.org/a?b=1") == outcome


def test_redirects_are_followed_and_circles_end(web):
    web["https://example.org/a"] = (301, "/b")
    web["https://example.org/b"] = (302, "https://example.com/c")
    web["https://example.com/c"] = 404
    assert link_check.ask("https://example.org/a").said == "It returned 404."
    web["https://example.com/c"] = (302, "https://example.org/a")
    assert link_check.ask("https://example.org/a") == Outcome(False, "Redirect loop.")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "http://example.org:22/",
        "http://user:secret@example.org/",
        "http:///nothing",
    ],
)
def test_only_pages_on_the_web_are_asked(web, url):
    assert link_check.ask(url).failed is False
    assert "are checked" in link_check.ask(url).said


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.5", "192.168.1.1", "169.254.169.254", "172.16.0.1", "0.0.0.0", "::1", "fe80::1", "fd00::1"],
)
def test_no_private_machine_is_asked_whatever_its_name(monkeypatch, address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    found = [(family, socket.SOCK_STREAM, 6, "", (address, 80)), (socket.AF_INET, 1, 6, "", ("93.184.216.34", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    with pytest.raises(Fenced):
        link_check.public_address("innocent.example", 80)
    assert link_check.ask("http://innocent.example/") == Outcome(False, "Not a public host.")


def test_a_redirect_to_a_private_machine_is_not_followed(web, monkeypatch):
    web["https://example.org/a"] = (302, "http://169.254.169.254/latest/meta-data/")
    real = link_check.request

    def request(scheme, host, target):
        if host == "169.254.169.254":
            link_check.public_address(host, 80)
        return real(scheme, host, target)

    monkeypatch.setattr(link_check, "request", request)
    assert link_check.ask("https://example.org/a").said == "Not a public host."


# What is kept, and what the gate says ---------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "broken"),
    [
        ([(0, GONE)], False),
        ([(0, GONE), (0, GONE)], False),
        ([(0, GONE), (1, GONE)], True),
        ([(0, GONE), (1, THERE), (2, GONE)], False),
        ([(0, GONE), (9, GONE), (10, THERE)], False),
    ],
)
def test_two_days_without_an_answer_are_news(days, broken):
    for day, outcome in days:
        link_check.record("https://example.org/", outcome, on=DAY + timedelta(days=day))
    assert LinkHealth.objects.broken().exists() == broken


@pytest.mark.django_db
def test_the_gate_advises_and_never_blocks_alone():
    article = factories.publishable_article(
        in_section="news", signed=False, body='<p>See <a href="https://example.org/gone">the old guideline</a>.</p>'
    )
    article.references.update(doi="10.1000/gone")
    for day in (0, 1):
        for url in ("https://example.org/gone", "https://doi.org/10.1000/gone"):
            link_check.record(url, GONE, on=DAY + timedelta(days=day))
    assert [(finding.id, finding.level, finding.where) for finding in checks.run(article)] == [
        ("link.broken", "warning", "references"),
        ("link.broken", "warning", "body"),
    ]


@pytest.mark.django_db
def test_the_command_asks_each_once_a_day_and_goes_on_where_it_was(web, monkeypatch):
    monkeypatch.setattr("articles.management.commands.check_links.PAUSE", 0)
    edition = factories.print_edition()
    edition.article.references.update(doi="10.1000/there", url="https://example.org/page")
    web["https://doi.org/10.1000/there"], web["https://example.org/page"] = 200, 404
    assert link_check.addresses() == ["https://doi.org/10.1000/there", "https://example.org/page"]
    said = [StringIO(), StringIO()]
    for out in said:
        call_command("check_links", stdout=out)
    assert [out.getvalue() for out in said] == [
        "2 links checked, 0 checked earlier today, 0 broken.\n",
        "0 links checked, 2 checked earlier today, 0 broken.\n",
    ]


@pytest.mark.django_db
def test_an_address_longer_than_its_row_can_keep_is_not_asked():
    kept = "https://example.org/" + "a" * 1980
    links = "".join(f'<p><a href="{url}">A page</a></p>' for url in (kept, kept + "a"))
    factories.publishable_article(body=factories.BODY + links)
    assert [url for url in link_check.addresses() if len(url) >= 2000] == [kept]


NO_HOST, SILENT = Outcome(True, "Host not found."), Outcome(True, "No answer (TimeoutError).")


@pytest.mark.parametrize(
    ("outcomes", "earlier", "reason"),
    [
        ([NO_HOST] * 4, 0, "No host answered."),
        ([NO_HOST, SILENT], 0, "No host answered."),
        ([SILENT], 0, "No host answered."),
        ([NO_HOST], 1, ""),
        ([NO_HOST, NO_HOST, THERE], 0, ""),
        ([NO_HOST] * 3 + [THERE] * 2, 0, "3 of 5 hosts failed in the same way: Host not found."),
        ([GONE] * 5 + [THERE], 0, "5 of 6 hosts failed in the same way: It returned 404."),
        ([NO_HOST] * 3 + [THERE] * 2, 1, ""),
        ([NO_HOST, SILENT, GONE, THERE], 0, ""),
        ([Outcome(False, "Not a public host.")], 0, ""),
        ([], 0, ""),
    ],
)
def test_a_run_that_says_nothing_about_the_pages_is_told_from_one_that_does(outcomes, earlier, reason):
    asked = {f"https://{number}.example/": outcome for number, outcome in enumerate(outcomes)}
    answered = [f"https://earlier-{number}.example/" for number in range(earlier)]
    assert link_check.outage(asked, answered=answered) == reason


@pytest.mark.django_db
def test_a_run_without_a_network_records_nothing_and_says_so(web, monkeypatch):
    monkeypatch.setattr("articles.management.commands.check_links.PAUSE", 0)
    edition = factories.print_edition()
    edition.article.references.update(doi="10.1000/there", url="https://example.org/page")
    web["https://doi.org/10.1000/there"] = web["https://example.org/page"] = socket.gaierror()
    for _run in range(2):
        with pytest.raises(CommandError, match=r"^No host answered\. .* no link was recorded as broken\.$"):
            call_command("check_links", stdout=StringIO())
    assert not LinkHealth.objects.exists()
    web["https://doi.org/10.1000/there"] = 200
    call_command("check_links", stdout=StringIO())
    assert {health.url: health.failing_since is None for health in LinkHealth.objects.all()} == {
        "https://doi.org/10.1000/there": True,
        "https://example.org/page": False,
    }
