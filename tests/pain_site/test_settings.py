"""The settings that an environment makes. What is wrong with one: `test_malformed`."""

import os
import re
from datetime import time
from socket import gethostname

import pytest

from pain_site import backends, environment
from tests.pain_site.environments import GOOD, ROOT


def test_pictures_and_documents_go_into_one_bucket_below_its_prefix(load):
    made = load(MEDIA_STORAGE="s3://our-bucket/site/?endpoint=https://s3.example.org&region=eu-central-1")["STORAGES"]
    where = {"bucket_name": "our-bucket", "endpoint_url": "https://s3.example.org", "region_name": "eu-central-1"}
    assert {name: made[name]["OPTIONS"] for name in ("default", "documents")} == {
        "default": {**where, "location": "site/media"},
        "documents": {**where, "location": "site/documents"},
    }
    plain = load(MEDIA_STORAGE="s3://our-bucket")["STORAGES"]
    assert [plain[name]["OPTIONS"]["location"] for name in ("default", "documents")] == ["media", "documents"]


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


@pytest.mark.parametrize(
    ("variables", "is_on"),
    [({}, True), ({"DEBUG": "1"}, False), ({"PAGE_CACHE": "off"}, False), ({"DEBUG": "1", "PAGE_CACHE": "on"}, True)],
)
def test_pages_are_kept_unless_the_code_is_being_worked_on_or_a_setting_says_no(load, variables, is_on):
    assert load(**variables)["PAGE_CACHE"] is is_on


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
