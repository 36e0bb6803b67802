"""E-mail addresses: how they are stored, which inbox they reach, and how a page shows one without telling it."""

import unicodedata
from contextlib import suppress
from email.utils import parseaddr
from urllib.parse import urlsplit

import idna
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from articles.refusal import Refused

LONGEST = 254  # RFC 5321, 4.5.3.1.3
TOO_LONG = "This is longer than an email address can be."
OF_A_HOST = {"postmaster", "mailer-daemon", "abuse", "hostmaster", "root", "noreply", "no-reply"}
NO_DOTS = {"gmail.com", "googlemail.com"}  # their inboxes ignore dots


class AddressRefused(Refused):
    """What was typed is no e-mail address; the message says so in one sentence."""


def normalize(address: str) -> str:
    """The address as it is stored: trimmed, NFC, its domain in lower-case ASCII. Raises AddressRefused."""
    address = unicodedata.normalize("NFC", address.strip())
    local, _at, domain = address.rpartition("@")
    if len(address) > LONGEST:
        raise AddressRefused(TOO_LONG)
    if local.isprintable() and not local.isascii() and domain:
        raise AddressRefused("We can only write to addresses that use the letters a to z before the @.")
    try:
        normal = f"{local}@{_in_ascii(domain)}"
        validate_email(normal)
    except (ValidationError, UnicodeError) as problem:
        raise AddressRefused("This doesn’t look like an email address. Please check it and try again.") from problem
    if not normal.isprintable():  # a quoted local part may hold what no header should
        raise AddressRefused("This doesn’t look like an email address. Please check it and try again.")
    if "." not in normal.rpartition("@")[2] or domain.startswith("[") or _is_ours(normal):
        raise AddressRefused("We can’t write to this address. Please use another one.")
    if len(normal) > LONGEST or len(local) > 64:  # RFC 5321, 4.5.3.1.1
        raise AddressRefused(TOO_LONG)
    return normal


def _in_ascii(domain: str) -> str:
    """IDNA 2008, as domains are registered today: Python’s own codec turns straße into strasse, another domain."""
    return domain.lower() if domain.isascii() else idna.encode(domain, uts46=True).decode()


def _is_ours(address: str) -> bool:
    """Whether mail to it would come back to us: what we send from, and the addresses that every host has (RFC 2142)."""
    local, _at, domain = address.lower().rpartition("@")
    own = {
        inbox(parseaddr(mailbox)[1]) for mailbox in (settings.DEFAULT_FROM_EMAIL, settings.BOUNCE_ADDRESS) if mailbox
    }
    return inbox(address) in own or (local in OF_A_HOST and domain == urlsplit(settings.SITE_URL).hostname)


def inbox(address: str) -> str:
    """The inbox that a normalized address most likely reaches: one person with a hundred spellings is one person.

    Lower case, without what follows a plus sign (RFC 5233), without dots where the provider ignores them, and with its
    domain in ASCII if it is one.
    """
    local, _at, domain = address.lower().rpartition("@")
    with suppress(UnicodeError):
        domain = _in_ascii(domain)
    local = local.partition("+")[0] or local
    if domain in NO_DOTS:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def masked(address: str) -> str:
    """Enough for its owner to know an address by, and too little for anybody else: `r•••@e•••.org`."""
    local, _at, domain = address.rpartition("@")
    name, _dot, top = domain.rpartition(".")
    return f"{local[:1]}•••@{name[:1]}•••.{top}"
