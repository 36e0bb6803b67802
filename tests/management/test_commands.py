"""The commands as people and programs call them: what they print, how they end, one plain line where they cannot."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command, load_command_class
from django.utils import timezone

from articles.management import commands
from articles.models import Article, Edition, Subscription
from tests import factories

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    """Exit code and what stands on stdout."""
    out = StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=out, **options)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


def test_check_article_says_what_is_missing_in_words_and_in_json():
    article = factories.publishable_article(disclosure="")
    code, said = run("check_article", article.slug)
    assert (code, said.split()[:2]) == (1, ["error", "disclosure.missing"])
    code, said = run("check_article", article.slug, "--json")
    assert (code, json.loads(said)) == (
        1,
        [
            {
                "id": "disclosure.missing",
                "level": "error",
                "message": "Say who paid for this and what could have influenced its authors. If nothing did, "
                "write “The authors report no conflicts of interest.”",
                "where": "disclosure",
            }
        ],
    )


def test_check_article_ends_with_nought_where_nothing_stands_in_the_way():
    article = factories.publishable_article()
    assert run("check_article", article.slug) == (0, "Ready to publish.\n")
    assert run("check_article", article.slug, "--json") == (0, "[]\n")


def test_an_article_that_is_not_there_ends_with_two():
    with pytest.raises(CommandError) as refused:
        call_command("check_article", "nothing")
    assert (str(refused.value), refused.value.returncode) == ("No article at “nothing”.", 2)


def test_publish_article_prints_an_edition():
    article, by = factories.publishable_article(slug="pumps"), factories.editor()
    code, said = run("publish_article", "pumps", "--by", by.username, "--note", "First.")
    edition = Edition.objects.get()
    assert code == 0
    assert said == f"Version 1 of “{article.title}” is published from {edition.live_from.isoformat()}.\n"
    assert (edition.by, edition.note) == (by, "First.")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2099-01-02T09:00:00+01:00", datetime(2099, 1, 2, 8, tzinfo=UTC)),
        ("2099-01-02T09:00Z", datetime(2099, 1, 2, 9, tzinfo=UTC)),
        ("2099-01-02T09:00", datetime(2099, 1, 2, 9, tzinfo=UTC)),
        ("2099-01-02", datetime(2099, 1, 2, tzinfo=UTC)),
    ],
)
def test_a_time_is_iso_and_without_offset_the_sites_own(given, expected):
    article, by = factories.publishable_article(due_on=date(2099, 12, 31)), factories.editor()
    run("publish_article", article.slug, "--by", by.username, "--at", given)
    assert Edition.objects.get().live_from == expected


@pytest.mark.parametrize("given", ["tomorrow", "2099-13-01", "", "9 o'clock"])
def test_what_is_no_time_is_refused(given):
    article, by = factories.publishable_article(), factories.editor()
    with pytest.raises(CommandError, match=r"is not a time\. Write it like"):
        call_command("publish_article", article.slug, "--by", by.username, "--at", given)
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("2027-03-28T02:30", "clocks go forward in Europe/Berlin, so 02:30 doesn’t exist"),
        ("2026-10-25T02:30", r"comes twice\. Choose the first \(2026-10-25T02:30\+02:00\) or the second"),
        ("2020-01-02T09:00", r"January 2, 2020, 09:00 has passed\. Choose a later time, or publish it now"),
    ],
)
def test_a_command_refuses_a_time_that_is_past_skipped_or_doubled(settings, given, sentence):
    settings.TIME_ZONE = "Europe/Berlin"
    article, by = factories.publishable_article(), factories.editor()
    with pytest.raises(CommandError, match=sentence):
        call_command("publish_article", article.slug, "--by", by.username, "--at", given)
    assert not Edition.objects.exists()


def test_publish_article_refuses_with_the_findings():
    article, by = factories.publishable_article(disclosure=""), factories.editor()
    with pytest.raises(CommandError) as refused:
        call_command("publish_article", article.slug, "--by", by.username)
    assert "disclosure.missing" in str(refused.value)
    assert refused.value.returncode == 1


def test_who_publishes_must_be_an_account():
    article = factories.publishable_article()
    with pytest.raises(CommandError, match=r"^User “nobody” doesn’t exist\.$"):
        call_command("publish_article", article.slug, "--by", "nobody")


def test_withdraw_article_takes_it_off_with_its_note():
    edition = factories.print_edition(slug="pumps")
    code, said = run("withdraw_article", "pumps", "--by", edition.by.username, "--note", "A wrong dose.")
    assert (code, "is unpublished since" in said) == (0, True)
    assert Edition.objects.resolve("pumps").status == 410
    with pytest.raises(CommandError, match="nothing to unpublish"):
        call_command("withdraw_article", "pumps", "--by", edition.by.username, "--note", "Again.")


@time_machine.travel("2026-11-23T10:00:00+00:00")  # a Monday: no letter is due
def test_the_clock_asks_forgets_and_leaves_a_heartbeat(settings, tmp_path, mailoutbox):
    settings.VAR_DIR = tmp_path
    Subscription.objects.create(email="waiting@example.org", source="the old list")
    Subscription.objects.create(email="stale@example.org", requested_at=timezone.now() - timedelta(days=8))
    code, said = run("clock", "--once")
    assert (code, said.strip()) == (0, "1 mail sent, 1 forgotten.")
    assert [subscription.email for subscription in Subscription.objects.all()] == ["waiting@example.org"]
    assert datetime.fromisoformat((tmp_path / "heartbeat").read_text()).tzinfo is not None


def test_the_demonstration_never_comes_to_a_real_site():
    with pytest.raises(CommandError, match="this is a real site"):
        call_command("demo", "--no-serve")
    assert not Article.objects.exists()


@pytest.mark.parametrize("port", ["0", "70000", "x"])
def test_serve_wants_a_port(port):
    with pytest.raises(CommandError):
        call_command("serve", "--port", port)


OURS = sorted(path.stem for path in Path(commands.__file__).parent.glob("[a-z]*.py"))


@pytest.mark.parametrize("command", OURS)
def test_a_mistaken_argument_is_one_plain_line_without_usage(command, capfd):
    with pytest.raises(SystemExit) as ended:
        load_command_class("articles", command).run_from_argv(["manage.py", command, "--no-such-option"])
    said = capfd.readouterr()
    assert (ended.value.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith(f"{command}: ")
    assert said.err.endswith(f" Run “{command} --help” for what it takes.\n")


def test_a_mistaken_argument_is_named(capfd):
    with pytest.raises(SystemExit):
        load_command_class("articles", "publish_article").run_from_argv(
            ["manage.py", "publish_article", "pumps", "--by", "ed", "--at", "tomorrow"]
        )
    assert capfd.readouterr().err == (
        "publish_article: argument --at: “tomorrow” is not a time. Write it like 2026-11-26T09:00. "
        "Run “publish_article --help” for what it takes.\n"
    )


@pytest.mark.parametrize(
    "command",
    [
        "check_article",
        "check_links",
        "build_issue",
        "approve_issue",
        "publish_article",
        "withdraw_article",
        "import_text",
        "clock",
        "serve",
        "demo",
    ],
)
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command(command, "--help")
    assert ended.value.code == 0
    assert len(capsys.readouterr().out.splitlines()) > 5


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "database is locked",
            "Nothing was changed: the database is locked by another program; try again later.",
        ),
        ("attempt to write a readonly database", "Nothing was changed: the database is read-only for this user."),
        (
            "no such table: articles_article",
            "Nothing was changed: the database is not set up yet; run manage.py migrate.",
        ),
        ("connection refused", "Nothing was changed: the database can’t be reached."),
    ],
)
def test_a_database_that_fails_is_told_in_one_line(monkeypatch, said, told):
    from django.db import OperationalError

    def fail(*args, **kwargs):
        raise OperationalError(f"{said}\nDETAIL: more")

    monkeypatch.setattr(Article.objects, "filter", fail)
    with pytest.raises(CommandError) as refused:
        call_command("check_article", "pumps")
    assert str(refused.value) == told
