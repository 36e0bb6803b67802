"""The settings as a real site has them: each mistake in the environment is a named error that says what to set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOOD = {
    "SECRET_KEY": "k" * 20 + "0123456789" * 4,
    "SITE_URL": "https://example.org",
    "DATABASE_URL": "",
}


def manage(tmp_path, *arguments, **env):
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "SYSTEMROOT")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, **GOOD, "VAR_DIR": str(tmp_path), **env},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_good_environment_passes_the_deployment_checks(tmp_path):
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("mistake", "id", "hint"),
    [
        ({"SECRET_KEY": ""}, "pain_site.E001", "Set SECRET_KEY"),
        ({"SITE_URL": "example.org"}, "pain_site.E002", "https://example.org"),
        ({"DATABASE_URL": "mongodb://x"}, "pain_site.E00", "postgres://"),
        ({"CACHE_URL": "nonsense"}, "pain_site.E00", "redis://"),
        ({"EMAIL_URL": "pigeon://x"}, "pain_site.E00", "smtp://"),
        ({"TIME_ZONE": "Mars/Olympus"}, "pain_site.E007", "Europe/Berlin"),
        ({"DEBUG": "perhaps"}, "pain_site.E008", "Set 1 or 0"),
        ({"TRUSTED_PROXIES": "yes"}, "pain_site.E009", "how many proxies"),
        ({"NEWSLETTER_WEEKDAY": "someday"}, "pain_site.E040", "as thursday"),
        ({"NEWSLETTER_TIME": "25:00"}, "pain_site.E041", "as 09:00"),
        ({"NEWSLETTER_GRACE": "soon"}, "pain_site.E042", "leave it empty"),
        ({"NEWSLETTER_GRACE": "nan"}, "pain_site.E042", "leave it empty"),
        ({"SITE_NAME": "News\nBcc: x@example.org"}, "pain_site.E043", "on one line"),
        ({"DEFAULT_FROM_EMAIL": "News\r\n <x@example.org>"}, "pain_site.E044", "Our Name"),
        ({"BOUNCE_MAILBOX": "pop3://mail.example.org"}, "pain_site.E045", "imaps://"),
    ],
)
def test_a_mistake_is_named_and_says_what_to_set(tmp_path, mistake, id, hint):
    done = manage(tmp_path, "check", "--deploy", **mistake)
    assert done.returncode == 1
    assert id in done.stderr
    assert hint in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("env", "required"),
    [({"TWO_FACTOR_REQUIRED": "0", "DEMONSTRATION": "1"}, "True"), ({"SECRET_KEY": "", "DEMONSTRATION": "1"}, "False")],
)
def test_a_real_site_requires_the_second_step_whatever_the_environment_says(tmp_path, env, required):
    done = manage(
        tmp_path, "shell", "-v0", "-c", "print(__import__('django.conf').conf.settings.TWO_FACTOR_REQUIRED)", **env
    )
    assert done.stdout.strip() == required, done.stderr


def test_a_command_on_a_site_that_was_never_migrated_says_so_in_one_line(tmp_path):
    done = manage(tmp_path, "check_article", "x")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "migrate" in done.stderr


def test_no_migration_is_missing(tmp_path):
    done = manage(tmp_path, "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_demonstration_key_is_kept_and_is_nobody_elses(tmp_path):
    for folder in ("a", "b"):
        assert manage(tmp_path / folder, "migrate", "-v0", SECRET_KEY="", DEMONSTRATION="1").returncode == 0
    first, second = ((tmp_path / folder / "demo-secret-key").read_text() for folder in ("a", "b"))
    assert len(first) > 50
    assert first != second
    assert oct((tmp_path / "a" / "demo-secret-key").stat().st_mode)[-3:] == "600"
