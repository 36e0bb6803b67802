"""The settings an environment makes; and that every missing or malformed value is named, with what to set."""

import os
import re
import runpy
from contextlib import suppress
from datetime import time
from pathlib import Path
from socket import gethostname

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pain_site import addresses, backends, environment, values
from pain_site.environment import Malformed

ROOT = Path(__file__).parents[2]
GOOD = {"SECRET_KEY": "k" * 20 + "0123456789" * 4, "SITE_URL": "https://example.org"}


@pytest.fixture
def load(tmp_path, monkeypatch):
    """The settings as they are with some variables, and with no others."""

    def load(**variables):
        with monkeypatch.context() as patch:
            for name in set(os.environ) - {"PATH", "HOME"}:
                patch.delenv(name)
            for name, value in {**GOOD, "VAR_DIR": str(tmp_path), **variables}.items():
                patch.setenv(name, value)
            return runpy.run_path(str(ROOT / "pain_site" / "settings.py"))

    return load


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
    ("TIME_ZONE", "Mars/Olympus", "Europe/Berlin"),
    ("TIME_ZONE", "Europe", "not a time zone"),
    ("TIME_ZONE", "/etc/localtime", "not a time zone"),
    ("NEWSLETTER_WEEKDAY", "someday", "as thursday"),
    ("NEWSLETTER_TIME", "25:00", "as 09:00"),
    ("NEWSLETTER_GRACE", "soon", "if empty"),
    ("NEWSLETTER_GRACE", "nan", "if empty"),
    ("NEWSLETTER_GRACE", "168", "if empty"),
    ("HSTS_SECONDS", "1h", "whole number"),
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


def test_pictures_and_documents_go_into_one_bucket_below_its_prefix(load):
    made = load(MEDIA_STORAGE="s3://our-bucket/site/?endpoint=https://s3.example.org&region=eu-central-1")["STORAGES"]
    where = {"bucket_name": "our-bucket", "endpoint_url": "https://s3.example.org", "region_name": "eu-central-1"}
    assert {name: made[name]["OPTIONS"] for name in ("default", "documents")} == {
        "default": {**where, "location": "site/media"},
        "documents": {**where, "location": "site/documents"},
    }
    plain = load(MEDIA_STORAGE="s3://our-bucket")["STORAGES"]
    assert [plain[name]["OPTIONS"]["location"] for name in ("default", "documents")] == ["media", "documents"]


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


@pytest.mark.parametrize(
    ("typed", "site"),
    [
        ("https://example.org", "https://example.org"),
        ("https://example.org/", "https://example.org"),
        (" https://example.org\n", "https://example.org"),
        ("HTTPS://Example.ORG.", "https://example.org"),
        ("https://example.org:443", "https://example.org"),
        ("http://example.org:80/", "http://example.org"),
        ("http://example.org:8000", "http://example.org:8000"),
        ("https://example.org:8443", "https://example.org:8443"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://192.0.2.1", "http://192.0.2.1"),
        ("https://Schmerz-Köln.de", "https://xn--schmerz-kln-zfb.de"),
        ("https://straße.de", "https://xn--strae-oqa.de"),
        ("https://боль.рф:8443", "https://xn--90aui1d.xn--p1ai:8443"),
    ],
)
def test_the_public_address_is_as_browsers_write_it(load, typed, site):
    settings = load(SITE_URL=typed)
    host = site.partition("://")[2].partition(":")[0]
    assert settings["CONFIGURATION_PROBLEMS"] == []
    assert settings["SITE_URL"] == site
    assert settings["CSRF_TRUSTED_ORIGINS"] == [site]
    assert settings["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]", host]
    assert settings["DEFAULT_FROM_EMAIL"] == f"Inside Pain Medicine <letter@{host}>"
    assert settings["SECURITY_CONTACT"] == f"mailto:security@{host}"
    secure = site.startswith("https:")
    assert {settings["SESSION_COOKIE_SECURE"], settings["CSRF_COOKIE_SECURE"], settings["SECURE_SSL_REDIRECT"]} == {
        secure
    }


@pytest.mark.parametrize(
    ("variables", "sender"),
    [
        ({"SITE_NAME": "Pain, Inc."}, '"Pain, Inc." <letter@example.org>'),
        ({"SITE_NAME": "Größe;  <Pain>"}, '"Größe; <Pain>" <letter@example.org>'),
        ({"DEFAULT_FROM_EMAIL": "Pain, Inc. <post@example.org>"}, '"Pain, Inc." <post@example.org>'),
        ({"DEFAULT_FROM_EMAIL": '"Pain, Inc." <post@example.org>'}, '"Pain, Inc." <post@example.org>'),
        (
            {"DEFAULT_FROM_EMAIL": r'"The \"Pain\" Letter"<post@example.org>'},
            r'"The \"Pain\" Letter" <post@example.org>',
        ),
        ({"DEFAULT_FROM_EMAIL": '"a@example.org" <b@example.org>'}, '"a@example.org" <b@example.org>'),
        ({"DEFAULT_FROM_EMAIL": "Pain < Relief <post@example.org>"}, '"Pain < Relief" <post@example.org>'),
        ({"DEFAULT_FROM_EMAIL": "Post@Straße.DE"}, "Post@xn--strae-oqa.de"),
        ({"DEFAULT_FROM_EMAIL": "<post@example.org>"}, "post@example.org"),
    ],
)
def test_the_sender_is_quoted_where_a_name_needs_it(load, variables, sender):
    settings = load(**variables)
    assert settings["CONFIGURATION_PROBLEMS"] == []
    assert settings["DEFAULT_FROM_EMAIL"] == settings["SERVER_EMAIL"] == sender


def test_hosts_of_ones_own_stand_beside_the_sites(load):
    assert load(ALLOWED_HOSTS="WWW.example.org, .straße.de,")["ALLOWED_HOSTS"] == [
        "www.example.org",
        ".xn--strae-oqa.de",
        "example.org",
    ]


@pytest.mark.parametrize(
    ("variables", "seconds", "preload"),
    [
        ({}, 3600, False),
        ({"HSTS_SECONDS": "31536000"}, 31536000, False),
        ({"HSTS_SECONDS": "63072000", "HSTS_PRELOAD": "on"}, 63072000, True),
        ({"HSTS_SECONDS": "0"}, 0, False),
        ({"HSTS_SECONDS": "31536000", "HSTS_PRELOAD": "1", "SITE_URL": "http://example.org"}, 0, False),
    ],
)
def test_browsers_are_bound_to_https_for_an_hour_and_for_more_only_on_request(load, variables, seconds, preload):
    settings = load(**variables)
    assert settings["CONFIGURATION_PROBLEMS"] == []
    assert settings["SECURE_HSTS_SECONDS"] == seconds
    assert settings["SECURE_HSTS_INCLUDE_SUBDOMAINS"] == settings["SECURE_HSTS_PRELOAD"] == preload


def test_those_who_run_the_site_are_told_by_mail_and_get_no_page_that_failed(load):
    settings = load(ADMINS='ann@example.org, "Roe, Ben" <ben@größe.example>,')
    assert settings["ADMINS"] == [("", "ann@example.org"), ("Roe, Ben", "ben@xn--gre-6ka8i.example")]
    assert settings["LOGGING"]["loggers"]["django"]["handlers"] == []
    assert load()["ADMINS"] == []


@pytest.mark.parametrize(("given", "seconds"), [("", 43_200), ("1.5", 5_400), ("167", 601_200)])
def test_sessions_last_as_many_hours_as_the_setting_says(load, given, seconds):
    assert load(SESSION_HOURS=given)["SESSION_COOKIE_AGE"] == seconds


def test_values_are_read_as_their_owner_means_them(load, tmp_path):
    settings = load(
        DATABASE_URL="postgres://pain:s3c%2Fr%23t@db.example.org:5433/pain?sslmode=require",
        EMAIL_URL="smtp+tls://user:s3c%40t@mail.example.org:587",
        MEDIA_STORAGE=str(tmp_path / "new" / "media"),
        BOUNCE_MAILBOX="reports",
        RELAY_JOURNAL="/var/log/relay.jsonl",
        NEWSLETTER_TIME="7:30",
        NEWSLETTER_WEEKDAY="Monday",
        NEWSLETTER_GRACE="0",
        HOST="unix:/run/site.sock",
        PORT="8042",
        WORKERS="4",
        THREADS="16",
        TRUSTED_PROXIES="1",
        SECRET_KEY_FALLBACKS="one two",
    )
    assert settings["CONFIGURATION_PROBLEMS"] == []
    database = settings["DATABASES"]["default"]
    assert (database["PASSWORD"], database["PORT"], database["OPTIONS"]["sslmode"]) == ("s3c/r#t", 5433, "require")
    assert (settings["EMAIL_HOST_PASSWORD"], settings["EMAIL_PORT"], settings["EMAIL_USE_TLS"]) == ("s3c@t", 587, True)
    assert (tmp_path / "new" / "media").is_dir()
    assert settings["BOUNCE_MAILBOX"] == str(ROOT / "reports")
    assert settings["RELAY_JOURNAL"] == "/var/log/relay.jsonl"
    assert (settings["NEWSLETTER_WEEKDAY"], settings["NEWSLETTER_TIME"]) == (1, time(7, 30))
    assert settings["NEWSLETTER_GRACE"] == 0
    assert (settings["HOST"], settings["PORT"]) == ("unix:/run/site.sock", 8042)
    assert (settings["WORKERS"], settings["THREADS"], settings["PROXY_ONLY"]) == (4, 16, False)
    assert settings["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
    assert settings["SECRET_KEY_FALLBACKS"] == ["one", "two"]


def test_a_provider_gets_its_key_and_its_reports_are_let_in_by_a_secret(load):
    settings = load(
        EMAIL_URL="mailgun://key@mg.example.org", ANYMAIL_WEBHOOK_SECRET="a:b", ANYMAIL_SIGNING_KEY="signed"
    )
    assert settings["EMAIL_BACKEND"] == "anymail.backends.mailgun.EmailBackend"
    assert "anymail" in settings["INSTALLED_APPS"]
    assert settings["ANYMAIL"] == {
        "MAILGUN_API_KEY": "key",
        "MAILGUN_SENDER_DOMAIN": "mg.example.org",
        "WEBHOOK_SECRET": "a:b",
        "MAILGUN_API_URL": "https://api.mailgun.net/v3",
        "MAILGUN_WEBHOOK_SIGNING_KEY": "signed",
    }


# The demonstration ----------------------------------------------------------------------------------------------------


def test_the_demonstration_key_is_kept_and_is_nobody_elses(load, tmp_path):
    demo = {"SECRET_KEY": "", "SITE_URL": "", "DEMONSTRATION": "1"}
    first, again, other = (load(VAR_DIR=str(tmp_path / folder), **demo) for folder in "aab")
    assert first["CONFIGURATION_PROBLEMS"] == []
    assert len(first["SECRET_KEY"]) > 50
    assert first["SECRET_KEY"] == again["SECRET_KEY"] != other["SECRET_KEY"]
    assert oct((tmp_path / "a" / "demo-secret-key").stat().st_mode)[-3:] == "600"


def test_what_a_demonstration_left_behind_makes_no_demonstration_of_a_real_site(load):
    load(SECRET_KEY="", SITE_URL="", DEMONSTRATION="1")
    assert load(SECRET_KEY="", SITE_URL="")["DEMONSTRATION"]
    real = load(SECRET_KEY="")
    assert not real["DEMONSTRATION"]
    assert [problem.name for problem in real["CONFIGURATION_PROBLEMS"]] == ["SECRET_KEY"]


@pytest.mark.parametrize(
    ("variables", "required"),
    [({"TWO_FACTOR_REQUIRED": "0", "DEMONSTRATION": "1"}, True), ({"SECRET_KEY": "", "DEMONSTRATION": "1"}, False)],
)
def test_a_real_site_requires_the_second_step_whatever_the_environment_says(load, variables, required):
    assert load(**variables)["TWO_FACTOR_REQUIRED"] is required


def test_error_reports_are_on_by_an_address_and_a_missing_package_is_named(load, monkeypatch):
    dsn = "https://key@sentry.example.org/7"
    assert "reports" not in load()["LOGGING"]["handlers"]
    assert load(SENTRY_DSN=dsn)["LOGGING"]["handlers"]["reports"]["dsn"] == dsn
    monkeypatch.setattr(backends, "find_spec", lambda name: None)
    [problem] = load(SENTRY_DSN=dsn)["CONFIGURATION_PROBLEMS"]
    assert problem.name == "SENTRY_DSN"
    assert "package sentry_sdk" in str(problem)
    assert "pain_site/deploy/requirements.txt" in str(problem)


def test_a_demonstration_writes_no_line_for_each_request_and_other_peoples_modules_no_queries(load):
    demo = load(SECRET_KEY="", SITE_URL="", DEMONSTRATION="1")
    assert (demo["LOG_LEVEL"], load()["LOG_LEVEL"]) == ("warning", "info")
    for level, others in [("debug", "WARNING"), ("info", "WARNING"), ("error", "ERROR")]:
        logging = load(LOG_LEVEL=level.upper())["LOGGING"]
        assert logging["loggers"]["articles"]["level"] == level.upper()
        assert logging["root"]["level"] == logging["loggers"]["django"]["level"] == others


# The file beside manage.py --------------------------------------------------------------------------------------------


def written(tmp_path, monkeypatch, content):
    for name in ("SITE_NAME", "SITE_URL"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    (tmp_path / ".env").write_bytes(content)
    return environment.loaded(tmp_path / ".env")


def test_a_line_that_sets_nothing_is_named_by_its_number_and_the_others_are_read(tmp_path, monkeypatch):
    content = b'\xef\xbb\xbfSITE_NAME="Pain # Relief"\n\n# ours\nSITE_URL = https://example.org\n'
    found = written(tmp_path, monkeypatch, content)
    assert [str(problem) for problem in found.problems] == [".env has a line 4 that sets nothing."]
    assert os.environ["SITE_NAME"] == "Pain # Relief"
    assert "SITE_URL" not in os.environ


def test_a_file_that_cannot_be_read_is_named(tmp_path, monkeypatch):
    assert [str(one) for one in written(tmp_path, monkeypatch, b"SITE_NAME=\xff").problems] == [".env cannot be read."]


def test_without_a_file_nothing_is_wrong(tmp_path):
    assert environment.loaded(tmp_path / ".env").problems == []


def test_the_table_and_the_example_name_every_setting_and_no_other(load, tmp_path, monkeypatch):
    names, read = [], environment.Environment.read
    with monkeypatch.context() as patch:
        patch.setattr(environment.Environment, "read", lambda *all, **more: names.append(all[1]) or read(*all, **more))
        load(EMAIL_URL="mailgun://key")
    table = (ROOT / "pain_site" / "README.md").read_text()
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert sorted(re.findall(r"`([A-Z_]+)`", " ".join(rows))) == sorted(names)
    example = dict(re.findall(r"^(\w+)=(.*)$", (ROOT / ".env.example").read_text(), re.M))
    assert set(example) <= set(names)
    made = load(**{**example, "SECRET_KEY": GOOD["SECRET_KEY"], "DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3"})
    assert made["CONFIGURATION_PROBLEMS"] == []


def test_a_shell_that_keeps_the_machines_name_in_host_says_nothing_about_where_to_listen(load):
    assert load(HOST=gethostname())["HOST"] == "127.0.0.1"


def test_a_replica_is_read_by_a_router_and_waited_for_less_than_the_primary(load):
    address = "postgres://u:p@one.example.org/n"
    without = load(DATABASE_URL=address)
    assert (list(without["DATABASES"]), "DATABASE_ROUTERS" in without) == (["default"], False)
    found = load(DATABASE_URL=address, DATABASE_REPLICA_URL="postgres://u:p@two.example.org/n")
    assert found["CONFIGURATION_PROBLEMS"] == []
    assert found["DATABASES"]["replica"]["HOST"] == "two.example.org"
    waits = [found["DATABASES"][name]["OPTIONS"]["connect_timeout"] for name in ("default", "replica")]
    assert waits == [5, 2]
    assert found["DATABASE_ROUTERS"] == ["articles.replica.Router"]
    assert found["MIDDLEWARE"] == [*without["MIDDLEWARE"], "articles.views.public_reading.FromTheReplica"]
