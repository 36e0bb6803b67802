"""Whether what articles link to still answers. The only module that asks machines for anything that a person named.

An address was typed by a person, so it is fenced (server-side request forgery): http and https only, no port but their
own, public addresses only, at every redirect, and the machine that was looked up is the machine that is asked.
"""

import http.client
import ipaddress
import socket
import ssl
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from articles.evidence.citations import doi_url, pmid_url
from articles.models import Article, Edition, LinkHealth
from articles.refusal import Refused
from articles.richtext import text

TIMEOUT = 10  # seconds for one answer
REDIRECTS = 5
LONGEST = LinkHealth._meta.get_field("url").max_length or 0  # characters
# Answers that say something about us, not about the page: many publishers refuse machines.
NOT_FOR_MACHINES = frozenset({401, 402, 403, 405, 406, 407, 408, 425, 429, 451, 500, 501, 502, 503, 504, 520, 521, 522})
ANSWERED = "It returned "
HOSTS_ALIKE = 3  # that many that fail in the same way, and most of all, speak of the way there
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Outcome:
    """What came of asking: `failed` only where the page is surely gone; `said` in words."""

    failed: bool
    said: str

    @property
    def is_answer(self) -> bool:
        """Whether a machine answered, be it with an error."""
        return self.said.startswith(ANSWERED)


class Fenced(Refused):
    """An address that we do not ask."""


def addresses() -> list[str]:
    """Every address that a live article or a draft links to or cites, sorted; none that is too long to keep."""
    found: set[str] = set()
    for edition in Edition.objects.live().only("body", "references"):
        found.update(linked(edition.body), cited(edition.references))
    for article in Article.objects.prefetch_related("references"):
        references = [{"doi": one.doi, "pmid": one.pmid, "url": one.url} for one in article.references.all()]
        found.update(linked(article.body), cited(references))
    return sorted(address for address in found if len(address) <= LONGEST)


def linked(body: str) -> list[str]:
    return web_pages(text.links(body))


def web_pages(links: Iterable[tuple[str, str]]) -> list[str]:
    return [address for address, _words in links if address.startswith(("http://", "https://"))]


def cited(references: Iterable[dict[str, str]]) -> Iterator[str]:
    for reference in references:
        if reference["doi"]:
            yield doi_url(reference["doi"])
        if reference["pmid"]:
            yield pmid_url(reference["pmid"])
        if reference["url"]:
            yield reference["url"]


def record(url: str, outcome: Outcome, *, on: date) -> LinkHealth:
    """Keeps what came of asking, one answer a day: a second failure on one day counts once."""
    health = LinkHealth.objects.filter(url=url).first() or LinkHealth(url=url)
    health.note(failed=outcome.failed, said=outcome.said, on=on)
    return health


def outage(outcomes: Mapping[str, Outcome], *, answered: Iterable[str] = ()) -> str:
    """Why what was found says nothing about the pages: no host answered, or most failed in the same way; "" otherwise.

    `outcomes` are by address; `answered` are addresses that answered earlier on the same day.
    """
    hosts: dict[str, list[Outcome]] = defaultdict(list)
    for url, outcome in outcomes.items():
        if outcome.failed or outcome.is_answer:
            hosts[urlsplit(url).netloc].append(outcome)
    if not hosts:
        return ""
    earlier = {urlsplit(url).netloc for url in answered} - hosts.keys()
    if not earlier and not any(outcome.is_answer for found in hosts.values() for outcome in found):
        return "No host answered."
    alike = Counter(found[0].said for found in hosts.values() if all(outcome.failed for outcome in found))
    reason, count = max(alike.items(), key=lambda item: item[1], default=("", 0))
    if count >= HOSTS_ALIKE and 2 * count > len(hosts) + len(earlier):
        return f"{count} of {len(hosts) + len(earlier)} hosts failed in the same way: {reason}"
    return ""


def ask(url: str) -> Outcome:
    """Asks for an address, following redirects. Never raises."""
    for _hop in range(REDIRECTS + 1):
        try:
            status, location = _one(url)
        except Fenced as refusal:
            return Outcome(False, str(refusal))
        except socket.gaierror:
            return Outcome(True, "Host not found.")
        except (OSError, http.client.HTTPException, ValueError) as problem:
            return Outcome(True, f"No answer ({type(problem).__name__}).")
        if 300 <= status < 400 and location:
            url = urljoin(url, location)
            continue
        failed = status >= 400 and status not in NOT_FOR_MACHINES
        return Outcome(failed, f"{ANSWERED}{status}.")
    return Outcome(False, "Redirect loop.")


def _one(url: str) -> tuple[int, str]:
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise Fenced("Only web pages are checked.")
    if parts.username or parts.password or (parts.port or PORTS[parts.scheme]) != PORTS[parts.scheme]:
        raise Fenced("Only plain addresses are checked.")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return request(parts.scheme, parts.hostname, target)


def public_address(host: str, port: int) -> str:
    """One address of a host, if all of them are public. Raises Fenced."""
    known = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not known or not all(ipaddress.ip_address(address.partition("%")[0]).is_global for address in known):
        raise Fenced("Not a public host.")
    return sorted(known)[0]


def request(scheme: str, host: str, target: str) -> tuple[int, str]:
    port = PORTS[scheme]
    connection = _Connection(host, port, public_address(host, port), tls=scheme == "https")
    try:
        connection.request("GET", target, headers={"User-Agent": "link check", "Range": "bytes=0-0", "Accept": "*/*"})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()


class _Connection(http.client.HTTPConnection):
    """Connects to the address that was looked up and judged, and to no other."""

    def __init__(self, host: str, port: int, address: str, *, tls: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self.address, self.tls = address, tls

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.tls:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
