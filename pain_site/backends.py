"""Parsers of what the site works with: database, cache, files, mail, error reports. Each makes settings of an address,
or raises Malformed.
"""

import os
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import environ

from pain_site import values
from pain_site.addresses import split, web
from pain_site.environment import BASE_DIR, Malformed
from pain_site.values import made

BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
PREFIX = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)*", re.ASCII)  # no part begins with a dot, so none leads upwards
KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
REGION = re.compile(r"[a-z0-9-]+")
ENCODED = "characters such as / # @ : in a name or a password are written %2F %23 %40 %3A"

# Mail providers, by their name in django-anymail, and the setting of theirs that holds the key.
PROVIDERS = {
    "brevo": "BREVO_API_KEY",
    "mailersend": "MAILERSEND_API_TOKEN",
    "mailgun": "MAILGUN_API_KEY",
    "postmark": "POSTMARK_SERVER_TOKEN",
    "resend": "RESEND_API_KEY",
    "sparkpost": "SPARKPOST_API_KEY",
}
SIGNING_KEYS = {
    "mailersend": "MAILERSEND_SIGNING_SECRET",
    "mailgun": "MAILGUN_WEBHOOK_SIGNING_KEY",
    "resend": "RESEND_SIGNING_SECRET",
}


def database(given: str) -> dict[str, Any]:
    if given.startswith("sqlite:"):
        # As in every tool that reads such an address: three slashes and a relative path, four and an absolute one.
        path = BASE_DIR / given.removeprefix("sqlite:///")
        if not given.startswith("sqlite:///") or "?" in given or path.name == ":memory:" or os.path.isdir(path):
            raise Malformed("does not name a file after sqlite:///")
        made(path.parent)
        return sqlite(path)
    if not given.startswith(("postgres://", "postgresql://")):
        raise Malformed("begins neither with sqlite:/// nor with postgres://")
    try:
        config = environ.Env.db_url_config(given)
    except ValueError as problem:
        raise Malformed(f"cannot be taken apart; {ENCODED}") from problem
    if not config["NAME"] or "@" in config["NAME"]:
        raise Malformed(f"does not name a database; {ENCODED}")
    return postgresql(config)


def replica(given: str) -> dict[str, Any]:
    """A standby that does not answer is waited for 3 s at most: there is another server to ask."""
    if not given.startswith(("postgres://", "postgresql://")):
        raise Malformed("does not begin with postgres://")
    parsed = database(given)
    patience = {"connect_timeout": 2, "tcp_user_timeout": 3_000}
    return {**parsed, "OPTIONS": {**parsed["OPTIONS"], **patience}, "TEST": {"MIRROR": "default"}}


def postgresql(config: dict[str, Any]) -> dict[str, Any]:
    """A row or table that another transaction holds is waited for at most 20 s, as on SQLite; a server that is gone,
    5 s for a new connection and 20 s on an open one.
    """
    options = {
        "options": "-c lock_timeout=20s",
        "connect_timeout": 5,
        "tcp_user_timeout": 20_000,  # milliseconds
        **config.get("OPTIONS", {}),
    }
    return {**config, "OPTIONS": options, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def sqlite(path: Path) -> dict[str, Any]:
    """Readers never wait for a writer (WAL); a writer waits its turn from its first statement on, at most 20 s.

    What is deleted is overwritten: erased addresses leave nothing in the file.
    """
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON",
    }
    kept = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    return {"ENGINE": "pain_site.sqlite", "NAME": path, "OPTIONS": options, **kept}


def in_the_process(name: str, *, entries: int) -> dict[str, Any]:
    """A cache of so many entries, of which the least lately used go first."""
    backend, options = "django.core.cache.backends.locmem.LocMemCache", {"MAX_ENTRIES": entries, "CULL_FREQUENCY": 10}
    return {"BACKEND": backend, "LOCATION": name, "TIMEOUT": None, "OPTIONS": options}


def cache(given: str) -> dict[str, Any]:
    parts = split(given)
    if parts.scheme not in ("redis", "rediss"):
        raise Malformed("does not begin with redis:// or rediss://")
    if not re.fullmatch(r"/?\d{0,4}", parts.path, re.ASCII) or "?" in given or "#" in given:
        raise Malformed(f"has more in it than a host, a port and a database’s number; {ENCODED}")
    needs_package("redis")
    return {"BACKEND": "pain_site.redis_cache.LossyRedisCache", "LOCATION": given}


def needs_package(name: str) -> None:
    """Raises Malformed where what only some sites need is not installed."""
    if find_spec(name) is None:
        file = "pain_site/deploy/requirements.txt"
        raise Malformed(f"needs the Python package {name}, which is not installed (pip install -r {file})")


def media(given: str) -> Path | dict[str, Any]:
    """The folder of pictures, or the options of a bucket: s3://BUCKET/PREFIX?endpoint=https://…&region=…."""
    if not given.startswith("s3://"):
        return values.folder(given)
    parts = split(given)
    if "@" in parts.netloc:
        raise Malformed(f"has keys in it: set {' and '.join(KEYS)}")
    if not BUCKET.fullmatch(parts.netloc):
        raise Malformed("does not name a bucket after s3://")
    prefix = parts.path.strip("/")
    if prefix and not PREFIX.fullmatch(prefix):
        raise Malformed("has a prefix in which there is more than letters, digits, . _ - and /")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    asked = dict(pairs)
    if set(asked) - {"endpoint", "region"} or len(asked) != len(pairs) or "#" in given:
        raise Malformed("has more in it than a prefix, ?endpoint=https://… and &region=…")
    if "endpoint" in asked:
        web(asked["endpoint"])
    if not REGION.fullmatch(asked.get("region", "none")):
        raise Malformed("has a region in which there is more than small letters, digits and -")
    if len({bool(os.environ.get(name)) for name in KEYS}) == 2:
        raise Malformed(f"needs {' and '.join(KEYS)}, of which one is not set")
    needs_package("storages")
    needs_package("boto3")
    options = {"endpoint_url": asked.get("endpoint"), "region_name": asked.get("region")}
    return {
        "bucket_name": parts.netloc,
        "location": prefix,
        **{name: value for name, value in options.items() if value},
    }


def storages(media: Path | dict[str, Any], documents: Path) -> dict[str, Any]:
    """Pictures and private documents, side by side: in two folders, or below two prefixes of one bucket."""
    if isinstance(media, dict):
        return {
            name: {
                "BACKEND": "articles.images.bucket.BucketStorage",
                "OPTIONS": {**media, "location": f"{media['location']}/{prefix}".strip("/")},
            }
            for name, prefix in (("default", "media"), ("documents", "documents"))
        }
    options = {"location": documents, "file_permissions_mode": 0o600}
    return {
        "default": {"BACKEND": "articles.images.storage.WholeFileStorage"},
        "documents": {"BACKEND": "articles.models.documents.PrivateStorage", "OPTIONS": options},
    }


def error_reports(given: str) -> str:
    """The address of a project at Sentry, with its public key."""
    parts = split(given)
    if parts.scheme not in ("http", "https") or not parts.username or not re.fullmatch(r"(/[\w-]+)*/\d+", parts.path):
        raise Malformed("is not the DSN of a project")
    needs_package("sentry_sdk")
    return given


def mail(given: str) -> dict[str, Any]:
    """`ANYMAIL` is empty unless a provider takes our mail."""
    if given.startswith("file:"):
        return mail_folder(given.removeprefix("file:"))
    scheme, _colon, rest = given.partition("://")
    if scheme in PROVIDERS:
        return provider(scheme, rest.strip("/"))
    if scheme not in ("smtp", "smtp+tls", "smtp+ssl"):
        raise Malformed("begins neither with file: nor with smtp://, smtp+tls://, smtp+ssl:// or a provider’s name")
    if split(given).path.strip("/") or "?" in given or "#" in given:
        raise Malformed(f"has more in it than a host and a port; {ENCODED}")
    return {**environ.Env.email_url_config(given), "EMAIL_TIMEOUT": 30, "ANYMAIL": {}}


def mail_folder(given: str) -> dict[str, Any]:
    if not given or (given.startswith("//") and not given.startswith("///")):
        raise Malformed("does not name a folder after file:")
    backend = "articles.mail.eml_folder.EmlFolder"
    return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": BASE_DIR / given, "ANYMAIL": {}}


def provider(name: str, rest: str) -> dict[str, Any]:
    """Sending through a provider: its key, and for Mailgun the domain after an @."""
    key, at, domain = rest.partition("@")
    if not key or (at and not domain):
        raise Malformed("has no key, or no domain after the @")
    anymail = {PROVIDERS[name]: key}
    if domain:
        anymail[f"{name.upper()}_SENDER_DOMAIN"] = domain
    return {"EMAIL_BACKEND": f"anymail.backends.{name}.EmailBackend", "ANYMAIL": anymail}


def signing(backend: str, key: str) -> dict[str, str]:
    """The key with which a provider signs its reports, where it has one."""
    name = SIGNING_KEYS.get(backend.split(".")[2])
    return {name: key} if name and key else {}
