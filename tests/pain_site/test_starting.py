"""What starts on which environment: servers and commands refuse one that is malformed, and name all that is wrong."""

import os
import subprocess
import sys
import tomllib
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command, load_command_class
from django.core.management.base import SystemCheckError

from articles.management.commands import clock, demo
from pain_site import checks
from pain_site.environment import Problem
from tests.newsletter.nursery import nursery

pytestmark = pytest.mark.xdist_group("starting")
ROOT = Path(__file__).parents[2]
GOOD = {"SECRET_KEY": "k" * 20 + "0123456789" * 4, "SITE_URL": "https://example.org"}
BAD = {
    "SECRET_KEY": "",
    "SITE_URL": "https://example.org/blog",
    "DATABASE_URL": "mysql://pain:s3cret@example.org/pain",
    "HSTS_PRELOAD": "1",
}


def environment(folder, **variables):
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "SYSTEMROOT")}
    return {**kept, **GOOD, "VAR_DIR": str(folder), **variables}


def python(tmp_path, *arguments, **variables):
    env, started = environment(tmp_path, **variables), [sys.executable, *arguments]
    return subprocess.run(started, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def on_good(tmp_path_factory):
    """Commands on a good environment, of a site that has no database yet."""
    env = environment(tmp_path_factory.mktemp("good"), DJANGO_SETTINGS_MODULE="pain_site.settings")
    with nursery(ROOT, env) as processes:
        yield processes


@pytest.fixture(scope="module")
def on_bad(tmp_path_factory):
    env = environment(tmp_path_factory.mktemp("bad"), DJANGO_SETTINGS_MODULE="pain_site.settings", **BAD)
    with nursery(ROOT, env) as processes:
        yield processes


@pytest.mark.parametrize("server", ["wsgi", "asgi"])
def test_a_server_refuses_to_load_and_names_every_problem_at_once(tmp_path, server):
    done = python(tmp_path, "-c", f"import pain_site.{server}", **BAD)
    assert done.returncode == 1
    message = done.stderr.partition("ImproperlyConfigured: ")[2].splitlines()
    assert sorted(line.split()[0] for line in message[1:]) == sorted(BAD)
    assert all(" Set " in line for line in message[1:])
    assert "s3cret" not in done.stderr
    assert not list(tmp_path.glob("*.sqlite3*")), "an empty database was made"


LOAD = """
from pain_site import asgi, wsgi
assert type(asgi.application).__name__ == "ASGIHandler"
assert wsgi.application.__module__ == "articles.readers.opens"
"""


def test_both_servers_load_on_a_good_environment(on_good):
    on_good.run(LOAD)


@pytest.mark.django_db  # migrate's checks look at the database
@pytest.mark.parametrize("command", ["clock", "migrate", "demo", "axes_reset", "check"])
def test_a_command_refuses_to_run_and_names_every_problem(settings, command):
    settings.CONFIGURATION_PROBLEMS = [
        Problem("SITE_URL", "has a path", "Set it."),
        Problem("DEBUG", "is no", "Set 1."),
    ]
    with pytest.raises(SystemCheckError) as refusal:
        call_command(command, **({} if command == "check" else {"skip_checks": False}))
    for words in ("SITE_URL has a path.", "HINT: Set it.", "DEBUG is no.", "HINT: Set 1."):
        assert words in str(refusal.value)


@pytest.mark.django_db
def test_the_clock_and_serve_start_without_the_checks_of_the_code(settings):
    """These cost as much as loading the code, and a killed site is away meanwhile: `migrate` and a reload make them."""
    settings.LANGUAGES = [("no language", "Nothing")]
    with pytest.raises(SystemCheckError, match=r"translation\.E002"):
        call_command("check")
    assert call_command("clock", "--once", skip_checks=False, stdout=StringIO()) is None
    assert load_command_class("articles", "serve").requires_system_checks == clock.Command.requires_system_checks


def test_serve_refuses_a_bad_environment_in_plain_lines(on_bad):
    done = on_bad.command("serve")
    assert done.returncode == 1
    assert all(f"{name} " in done.stderr for name in BAD)
    assert "Traceback" not in done.stderr
    assert "s3cret" not in done.stderr


def test_what_skips_the_checks_finds_no_database_and_no_key(tmp_path):
    script = "import django; django.setup(); from django.contrib.auth.models import User; User.objects.count()"
    done = python(tmp_path, "-c", script, DJANGO_SETTINGS_MODULE="pain_site.settings", SECURITY_CONTACT="nobody")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("django.core.exceptions.ImproperlyConfigured: settings.DATABASES")


def test_help_is_given_on_a_bad_environment(on_bad):
    done = on_bad.command("serve", "--help")
    assert done.returncode == 0, done.stderr
    assert "usage: manage.py serve" in done.stdout


def test_nothing_is_refused_where_nothing_is_wrong(settings):
    settings.CONFIGURATION_PROBLEMS = []
    checks.refuse_to_start()
    settings.CONFIGURATION_PROBLEMS = [Problem("DEBUG", "is no", "Set 1.")]
    with pytest.raises(ImproperlyConfigured):
        checks.refuse_to_start()


@pytest.mark.parametrize(
    ("given", "address"), [("", "http://127.0.0.1:8042"), ("http://Demo.example.org:80/", "http://demo.example.org")]
)
def test_the_demonstration_is_at_the_public_address_or_at_its_port(settings, monkeypatch, given, address):
    monkeypatch.setenv("SITE_URL", given)
    settings.SITE_URL = "http://demo.example.org"
    assert demo.public_address(8042) == settings.SITE_URL == address


def test_a_good_environment_passes_the_deployment_checks(on_good):
    done = on_good.command("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_a_command_on_a_site_that_was_never_migrated_says_so_in_one_line(on_good):
    done = on_good.command("check_article", "x")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "migrate" in done.stderr


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("asked", ["--version", "version"])
def test_the_version_is_the_products_own_also_where_settings_are_wrong(tmp_path, asked):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert python(tmp_path, "manage.py", asked, **BAD).stdout == f"{project['version']}\n"
