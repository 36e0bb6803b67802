"""Every missing or malformed value of a setting is named, with what to set; a parser reads a value or refuses it."""

import os
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pain_site import addresses, backends, values
from pain_site.environment import Malformed

MALFORMED = [
    ("SECRET_KEY", "", "is not set"),
    ("SECRET_KEY", "  ", "is not set"),
    ("SECRET_KEY_FALLBACKS", "\udcff", "UTF-8"),
    ("VAR_DIR", "s3://bucket", "not a folder"),
    ("VAR_DIR", "/proc/nothing", "cannot be made"),
    ("VAR_DIR", __file__, "cannot be made (File exists)"),
    ("DEBUG", "perhaps", "Set 1 or 0"),
    ("SITE_NAME", "News\nBcc: x@example.org", "line break"),
    ("SITE_NAME", "Ne\u2028ws", "line break"),
    ("SITE_URL", "example.org", "host"),
    ("SITE_URL", "ftp://example.org", "does not begin with https://"),
    ("SITE_URL", "https://", "host"),
    ("SITE_URL", "https:///example.org", "host"),
    ("SITE_URL", "https://example.org/blog", "has a path (/blog)"),
    ("SITE_URL", "https://example.org//", "has a path"),
    ("SITE_URL", "https://example.org?a=1", "query"),
    ("SITE_URL", "https://example.org/#top", "fragment"),
    ("SITE_URL", "https://user:password@example.org", "user’s name"),
    ("SITE_URL", "https://exa mple.org", "space"),
    ("SITE_URL", "https://exam\tple.org", "space"),
    ("SITE_URL", "https://example.org # ours", "space"),
    ("SITE_URL", "https://example.org:99999", "port"),
    ("SITE_URL", "https://example.org:0", "host"),
    ("SITE_URL", "https://example.org:http", "port"),
    ("SITE_URL", "https://[2001:db8::1]", "IPv6"),
    ("SITE_URL", "https://[2001:db8::1", "not an address"),
    ("SITE_URL", "https://192.0.2", "IPv4"),
    ("SITE_URL", "https://my_site.org", "cannot exist"),
    ("SITE_URL", "https://a..org", "cannot exist"),
    ("SITE_URL", "https://xn--zzzz.org", "cannot exist"),
    ("SITE_URL", "https://example.org\\@example.com", "user’s name"),
    ("SITE_URL", f"https://{'a' * 64}.org", "cannot exist"),
    ("ALLOWED_HOSTS", "https://example.org", "more than a host"),
    ("ALLOWED_HOSTS", "example.org:8000", "more than a host"),
    ("ALLOWED_HOSTS", "example.org, exa mple.org", "cannot exist"),
    ("DATABASE_URL", "mongodb://x", "postgres://"),
    ("DATABASE_REPLICA_URL", "sqlite:///var/site.sqlite3", "does not begin with postgres://"),
    ("DATABASE_REPLICA_URL", "postgres://example.org", "does not name a database"),
    ("DATABASE_REPLICA_URL", "postgres://u:p@example.org/n", "DATABASE_URL is not PostgreSQL"),
    ("DATABASE_URL", "nonsense", "postgres://"),
    ("DATABASE_URL", "sqlite:site.sqlite3", "after sqlite:///"),
    ("DATABASE_URL", "sqlite://", "after sqlite:///"),
    ("DATABASE_URL", "sqlite:///", "after sqlite:///"),
    ("DATABASE_URL", "sqlite:///:memory:", "after sqlite:///"),
    ("DATABASE_URL", "sqlite:///var/site.sqlite3?timeout=5", "after sqlite:///"),
    ("DATABASE_URL", "sqlite:////proc/nothing/site.sqlite3", "cannot be made"),
    ("DATABASE_URL", "postgres://example.org", "does not name a database"),
    ("DATABASE_URL", "postgres://pain:s3cr/t@example.org/pain", "%2F"),
    ("DATABASE_URL", "postgres://pain:12/34@example.org/pain", "%2F"),
    ("DATABASE_URL", "postgres://example.org:99999/pain", "taken apart"),
    ("DATABASE_URL", "postgres://example.org:port/pain", "taken apart"),
    ("CACHE_URL", "nonsense", "redis://"),
    ("CACHE_URL", "locmemcache://", "redis://"),
    ("CACHE_URL", "memcache://example.org:11211", "redis://"),
    ("CACHE_URL", "redis://", "redis://"),
    ("CACHE_URL", "redis://example.org:x/0", "port"),
    ("CACHE_URL", "redis://:s3cr#t@example.org/0", "port"),
    ("CACHE_URL", "redis://example.org/cache", "a database’s number"),
    ("CACHE_URL", "redis://example.org/0?protocol=3", "a database’s number"),
    ("MEDIA_STORAGE", "gs://bucket", "not a folder"),
    ("MEDIA_STORAGE", "s3://", "host"),
    ("MEDIA_STORAGE", "s3://Bucket", "does not name a bucket"),
    ("MEDIA_STORAGE", "s3://bucket:9000", "does not name a bucket"),
    ("MEDIA_STORAGE", "s3://key:s3cr@bucket", "AWS_SECRET_ACCESS_KEY"),
    ("MEDIA_STORAGE", "s3://bucket/a/../b", "a prefix"),
    ("MEDIA_STORAGE", "s3://bucket/a//b", "a prefix"),
    ("MEDIA_STORAGE", "s3://bucket?endpoint=minio.example.org", "host"),
    ("MEDIA_STORAGE", "s3://bucket?endpoint=", "host"),
    ("MEDIA_STORAGE", "s3://bucket?acl=public-read", "more in it"),
    ("MEDIA_STORAGE", "s3://bucket?region=a&region=b", "more in it"),
    ("MEDIA_STORAGE", "s3://bucket#x", "more in it"),
    ("MEDIA_STORAGE", "s3://bucket?region=EU", "region"),
    ("SITE_JOURNAL", "https://example.org/journal", "not a file"),
    ("SITE_JOURNAL", "tests", "cannot write"),
    ("SITE_JOURNAL", f"{__file__}/journal.jsonl", "cannot be made"),
    ("MEDIA_STORAGE", __file__, "cannot be made"),
    ("EMAIL_URL", "pigeon://x", "smtp://"),
    ("EMAIL_URL", "dummymail://", "smtp://"),
    ("EMAIL_URL", "smtps://mail.example.org:465", "smtp+ssl://"),
    ("EMAIL_URL", "smtp://", "host"),
    ("EMAIL_URL", "smtp://mail.example.org:x", "port"),
    ("EMAIL_URL", "smtp://user:12/34@mail.example.org", "%2F"),
    ("EMAIL_URL", "smtp://mail.example.org?timeout=5", "more in it"),
    ("EMAIL_URL", "file:", "does not name a folder"),
    ("EMAIL_URL", "file://var/mail", "does not name a folder"),
    ("EMAIL_URL", "postmark://", "no key"),
    ("EMAIL_URL", "mailgun://key@", "no domain"),
    ("DEFAULT_FROM_EMAIL", "News\r\n <x@example.org>", "line break"),
    ("DEFAULT_FROM_EMAIL", "Our Name", "not one mail address"),
    ("DEFAULT_FROM_EMAIL", "a@example.org, b@example.org", "not one mail address"),
    ("DEFAULT_FROM_EMAIL", "A <a@example.org>, B <b@example.org>", "more than one"),
    ("DEFAULT_FROM_EMAIL", "a@example.org <b@example.org>", "more than one"),
    ("DEFAULT_FROM_EMAIL", "News <>", "not one mail address"),
    ("DEFAULT_FROM_EMAIL", "News <größe@example.org>", "plain letters"),
    ("DEFAULT_FROM_EMAIL", "letter@exa mple.org", "cannot exist"),
    ("DEFAULT_FROM_EMAIL", "letter@", "cannot exist"),
    ("DEFAULT_FROM_EMAIL", "letter@example.org (News)", "cannot exist"),
    ("ADMINS", "Ann", "not one mail address"),
    ("ADMINS", "ann@example.org; ben@example.org", "not one mail address"),
    ("ADMINS", "ann@example.org, ben@", "cannot exist"),
    ("ADMINS", "Ann <ann@example.org> ben@example.org", "not one mail address"),
    ("BOUNCE_ADDRESS", "nobody", "not one mail address"),
    ("BOUNCE_ADDRESS", "News <letter@example.org>", "not one mail address"),
    ("BOUNCE_MAILBOX", "pop3://mail.example.org", "imaps://"),
    ("BOUNCE_MAILBOX", "imaps://user:s3cr#t@mail.example.org", "%40"),
    ("SECURITY_CONTACT", "security@example.org", "mailto:"),
    ("SECURITY_CONTACT", "mailto:", "mail address"),
    ("SECURITY_CONTACT", "https://", "host"),
    ("SECURITY_CONTACT", "mailto:a@example.org\nExpires: never", "line break"),
    ("POSTAL_ADDRESS", "\udcff", "UTF-8"),
    ("SENDING_RATE", "-1", "whole number"),
    ("SENDING_RATE", "2.5", "whole number"),
    ("RELAY_JOURNAL", "https://relay.example.org/", "{message_id}"),
    ("RELAY_JOURNAL", "ftp://relay.example.org/{message_id}", "https://"),
    ("RELAY_SETTLES", "nan", "not a number"),
    ("RELAY_SETTLES", "-3", "not a number"),
    ("HOST", "example.org", "as 127.0.0.1"),
    ("HOST", "unix:site.sock", "as 127.0.0.1"),
    ("PORT", "0", "not a port"),
    ("PORT", "70000", "not a port"),
    ("WORKERS", "0", "none at all"),
    ("THREADS", "many", "whole number"),
    ("PROXY_ONLY", "perhaps", "Set 1"),
    ("PAGE_CACHE", "32 MB", "Set on or off"),
    ("TIME_ZONE", "Mars/Olympus", "Europe/Berlin"),
    ("TIME_ZONE", "Europe", "not a time zone"),
    ("TIME_ZONE", "/etc/localtime", "not a time zone"),
    ("NEWSLETTER_WEEKDAY", "someday", "as thursday"),
    ("NEWSLETTER_TIME", "25:00", "as 09:00"),
    ("NEWSLETTER_GRACE", "soon", "if empty"),
    ("NEWSLETTER_GRACE", "nan", "if empty"),
    ("NEWSLETTER_GRACE", "168", "if empty"),
    ("NEWSLETTER_UNDO", "a minute", "as 60"),
    ("HSTS_SECONDS", "1h", "whole number"),
    ("JOURNAL_DAYS", "0", "from 1 to 36500"),
    ("HSTS_SECONDS", "-1", "whole number"),
    ("HSTS_PRELOAD", "always", "neither on nor off"),
    ("HSTS_PRELOAD", "1", "less than a year"),
    ("SESSION_HOURS", "0", "not a number from 1"),
    ("SESSION_HOURS", "0.9", "not a number from 1"),
    ("SESSION_HOURS", "168", "not a number from 1"),
    ("SESSION_HOURS", "12h", "not a number"),
    ("SENTRY_DSN", "sentry.example.org", "host"),
    ("SENTRY_DSN", "https://sentry.example.org/1", "DSN of a project"),
    ("SENTRY_DSN", "https://s3cr@sentry.example.org/", "DSN of a project"),
    ("LOG_FORMAT", "xml", "is none of line, json"),
    ("LOG_LEVEL", "loud", "is none of debug, info, warning, error"),
    ("TRUSTED_PROXIES", "yes", "how many proxies"),
    ("TRUSTED_PROXIES", "-1", "how many proxies"),
]


@pytest.mark.parametrize(("name", "value", "words"), MALFORMED)
def test_a_malformed_value_is_named_without_its_passwords_and_closes_the_site(load, name, value, words):
    settings = load(**{name: value})
    [problem] = settings["CONFIGURATION_PROBLEMS"]
    assert problem.name == name
    assert words in f"{problem} {problem.hint}"
    assert not re.search("s3cr|12|34|password@", str(problem)), "a part of a password"
    assert settings["DATABASES"] == {"default": {}}
    assert settings["SECRET_KEY"] == ""


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ANYMAIL_WEBHOOK_SECRET", "secret", "a colon"),
        ("ANYMAIL_SIGNING_KEY", "\udcff", "UTF-8"),
        ("MAILGUN_API_URL", "api.eu.mailgun.net", "host"),
        ("MAILGUN_API_URL", "ftp://api.eu.mailgun.net", "https://"),
    ],
)
def test_a_malformed_value_of_a_provider_is_named(load, name, value, words):
    [problem] = load(EMAIL_URL="mailgun://key@example.org", **{name: value})["CONFIGURATION_PROBLEMS"]
    assert (problem.name, words in str(problem)) == (name, True)


def test_every_problem_is_named_at_once(load):
    bad = {name: value for name, value, _words in MALFORMED}
    named = [problem.name for problem in load(**{**bad, "SECRET_KEY": ""})["CONFIGURATION_PROBLEMS"]]
    assert sorted(named) == sorted(bad)


def test_a_folder_that_cannot_be_written_to_is_named(load, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # who runs tests as root may write everywhere
    assert [str(one) for one in load()["CONFIGURATION_PROBLEMS"]] == [
        "VAR_DIR is a folder that this account cannot write to."
    ]


@pytest.mark.parametrize(
    ("name", "value", "package"),
    [
        ("CACHE_URL", "redis://example.org", "redis"),
        ("MEDIA_STORAGE", "s3://bucket", "storages"),
        ("MEDIA_STORAGE", "s3://bucket", "boto3"),
    ],
)
def test_a_package_that_only_some_sites_need_is_named_where_it_is_missing(load, monkeypatch, name, value, package):
    monkeypatch.setattr(backends, "find_spec", lambda asked: None if asked == package else asked)
    [problem] = load(**{name: value})["CONFIGURATION_PROBLEMS"]
    assert problem.name == name
    assert f"package {package}, which is not installed" in problem.wrong
    assert "pip install -r pain_site/deploy/requirements.txt" in problem.wrong


def test_half_of_the_keys_of_a_bucket_is_named(load):
    [problem] = load(MEDIA_STORAGE="s3://bucket", AWS_SECRET_ACCESS_KEY="s3cret")["CONFIGURATION_PROBLEMS"]
    assert str(problem) == "MEDIA_STORAGE needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, of which one is not set."


PARSERS = [values.switch, values.whole_number, values.seconds, values.hours, values.session_hours, values.one_line]
PARSERS += [values.weekday, values.time_of_day, values.time_zone, values.user_and_password]
PARSERS += [
    addresses.site,
    addresses.hosts,
    addresses.web,
    addresses.mail,
    addresses.sender,
    addresses.senders,
    addresses.contact,
]
PARSERS += [values.port, values.at_least_one, addresses.listening]
PARSERS += [
    addresses.mailbox,
    addresses.journal,
    backends.cache,
    backends.mail,
    backends.error_reports,
]  # those of folders would make them
ADDRESSES = st.from_regex(r"(https?|smtp|imaps|mailto|file|redis)://?[ -~äß\[\]:@/?#]{0,20}", fullmatch=True)


@given(st.text(st.characters(exclude_characters="\0", codec="utf-8")) | ADDRESSES)
def test_a_parser_reads_a_value_or_refuses_it(text):
    begun = [lambda rest: backends.database(f"postgres://{rest}"), lambda rest: backends.media(f"s3://{rest}")]
    for parse in (*PARSERS, *begun):
        with suppress(Malformed):
            parse(text)
