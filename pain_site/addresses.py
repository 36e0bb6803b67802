"""Parsers of addresses: of the site, of hosts, of mail, of what is asked over the web, of where the server listens.

Each raises Malformed. What it returns is in ASCII wherever it goes into a header: international hosts as `xn--…`.
"""

import re
from email.headerregistry import Address
from ipaddress import AddressValueError, IPv4Address
from socket import gethostname
from urllib.parse import SplitResult, urlsplit

import idna

from articles.management import binding
from articles.refusal import Refused
from pain_site.environment import BASE_DIR, Malformed
from pain_site.values import one_line

LOOPBACK = "127.0.0.1"
PORTS = {"http": 80, "https": 443}  # a browser's Origin leaves these out
LOCAL_PART = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)  # RFC 5322, 3.2.3
BETWEEN_COMMAS = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^,])+')
ANOTHER_ADDRESS = re.compile(r"[^\s<>@,;]+@[^\s<>@,;]+")


def split(given: str) -> SplitResult:
    """The parts of an address that has a host and, if any, a port that exists."""
    if not given.isprintable() or " " in given:
        raise Malformed("has a space or another character in it that no address has")
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError as problem:
        raise Malformed("is not an address, or has a port that does not exist") from problem
    if not parts.hostname or port == 0:
        raise Malformed("is not an address with a host")
    return parts


def host(given: str) -> str:
    """A host in lower-case ASCII (IDNA 2008, UTS 46), without the dot that may end it."""
    if ":" in given:
        raise Malformed("has an IPv6 address for its host, which mail and security headers cannot name")
    try:
        if given.rpartition(".")[2].isdecimal():
            return str(IPv4Address(given))
        return idna.encode(given, uts46=True).decode().rstrip(".")
    except AddressValueError as problem:
        raise Malformed("has a host that is neither a name nor an IPv4 address") from problem
    except idna.IDNAError as problem:
        raise Malformed(f"has a host that cannot exist ({problem})") from problem


def site(given: str) -> str:
    """Scheme, host and port of the public address, as a browser's Origin names them (RFC 6454, 6.2)."""
    parts = split(given)
    if parts.scheme not in PORTS:
        raise Malformed("does not begin with https:// or http://")
    if "@" in parts.netloc:
        raise Malformed("has a user’s name or a password in it")
    if parts.path not in ("", "/"):
        raise Malformed(f"has a path ({parts.path}): the site cannot live below another one")
    if "?" in given or "#" in given:
        raise Malformed("has a query or a fragment (what follows ? or #)")
    port = f":{parts.port}" if parts.port not in (None, PORTS[parts.scheme]) else ""
    return f"{parts.scheme}://{host(parts.hostname or '')}{port}"


def hosts(given: str) -> list[str]:
    """Hosts as ALLOWED_HOSTS has them, separated by commas; a dot before one stands for all of its subdomains."""
    return [_allowed(part.strip()) for part in given.split(",") if part.strip()]


def _allowed(given: str) -> str:
    if given == "*" or (given.startswith("[") and given.endswith("]")):
        return given
    if ":" in given or "/" in given:
        raise Malformed("has an entry that is more than a host")
    return "." + host(given[1:]) if given.startswith(".") else host(given)


def web(given: str) -> str:
    if split(given).scheme not in PORTS:
        raise Malformed("does not begin with https:// or http://")
    return given


def mail(given: str) -> str:
    """One mail address, bare."""
    local, _at, domain = given.rpartition("@")
    if not LOCAL_PART.fullmatch(local):
        raise Malformed("is not one mail address in plain letters")
    return f"{local}@{host(domain)}"


def sender(given: str) -> str:
    """One mail address, with or without a name before it, as a From has it."""
    return with_name(*named(given))


def senders(given: str) -> list[tuple[str, str]]:
    """Names and mail addresses, separated by commas."""
    return [named(part.strip()) for part in BETWEEN_COMMAS.findall(one_line(given)) if part.strip()]


def named(given: str) -> tuple[str, str]:
    """A name, which may hold anything, quoted or not, or be missing; and one mail address."""
    parts = re.fullmatch(r"(.*?)\s*<([^<>]*)>", one_line(given))
    if parts is None:
        return "", mail(given)
    name, address = parts.groups()
    if re.fullmatch(r'"(?:[^"\\]|\\.)*"', name):
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    elif ANOTHER_ADDRESS.search(name):
        raise Malformed("has more than one mail address")
    return name, mail(address)


def with_name(name: str, address: str) -> str:
    """A name and a mail address as a From has them: in quotes where the name needs them (RFC 5322, 3.4)."""
    return str(Address(name, addr_spec=address))


def contact(given: str) -> str:
    """An address of the kinds that RFC 9116 knows for a contact."""
    scheme, _colon, rest = one_line(given).partition(":")
    if scheme == "https":
        split(given)
    elif scheme == "mailto":
        mail(rest.partition("?")[0])
    elif scheme != "tel" or not rest:
        raise Malformed("does not begin with mailto:, https:// or tel:")
    return given


def mailbox(given: str) -> str:
    """A mailbox that is asked over the network, or a file or a folder."""
    if "://" not in given:
        return str(BASE_DIR / given)
    if split(given).scheme not in ("imap", "imaps"):
        raise Malformed("does not begin with imaps:// or imap://")
    return given


def journal(given: str) -> str:
    """A web address with a place for a Message-ID, or a file."""
    if "://" not in given:
        return str(BASE_DIR / given)
    if "{message_id}" not in web(given):
        raise Malformed("has no {message_id} in it")
    return given


def listening(given: str) -> str:
    """Where the server listens: an IP address of this machine, or `unix:` and the path of a socket.

    Some shells keep the machine's name in HOST, which says nothing about it.
    """
    if given == gethostname():
        return LOOPBACK
    try:
        return binding.read_host(given)
    except Refused as problem:
        raise Malformed("is neither an IP address nor unix: with an absolute path") from problem
