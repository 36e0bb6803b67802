"""The commands about readers: what they print holds no address that was not asked for."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.mail import suppression
from articles.models import Subscription, Suppression
from tests import factories
from tests.newsletter.conftest import reader

pytestmark = pytest.mark.django_db


def run(*arguments):
    """Exit code and what stands on stdout."""
    out = StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=out)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("email,confirmed_at\nreader@example.org,2024-01-01\nnone,\nlater@example.org,\n")
    factories.UserFactory(username="admin", role="Site administrator")
    factories.UserFactory(username="editor", role="Newsletter editor")
    return path


def test_import_subscribers_names_the_rows_that_it_left_out(path):
    code, said = run("import_subscribers", str(path), "--by", "admin")
    assert (code, Subscription.objects.count()) == (1, 2)
    assert said == (
        "1 imported with their consent, 1 asked by email, 0 already on the list, 1 skipped.\n"
        "  line 3: This isn’t an email address we can write to.\n"
    )


def test_import_subscribers_prints_one_json_document(path):
    code, said = run("import_subscribers", str(path), "--by", "admin", "--json", "--dry-run")
    assert (code, Subscription.objects.count()) == (1, 0)
    assert json.loads(said) == {
        "file": str(path),
        "dry_run": True,
        "imported": 1,
        "to_be_asked": 1,
        "known": 0,
        "left_out": [{"line": 3, "why": "This isn’t an email address we can write to."}],
        "unused_columns": [],
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--by", "editor"], "Only a site administrator may import or export addresses."),
        (["--by", "nobody"], "User “nobody” doesn’t exist."),
    ],
)
def test_import_subscribers_asks_who_it_is(arguments, words, path):
    with pytest.raises(CommandError, match=words):
        run("import_subscribers", str(path), *arguments)
    assert not Subscription.objects.exists()


def test_a_list_that_is_not_there_is_one_sentence(path, tmp_path):
    with pytest.raises(CommandError, match="can’t be read"):
        run("import_subscribers", str(tmp_path / "none.csv"), "--by", "admin")


def test_export_and_erase_subscriber():
    reader()
    code, said = run("export_subscriber", " READER@example.org ")
    assert (code, json.loads(said)["address"]) == (0, "reader@example.org")
    code, said = run("erase_subscriber", "Reader@example.org")
    assert (code, said.split(".")[0], Subscription.objects.count()) == (0, "Erased", 0)
    assert "reader" not in said.lower()
    with pytest.raises(CommandError, match="No subscription"):
        run("export_subscriber", "reader@example.org")
    assert run("erase_subscriber", "reader@example.org")[1].startswith("There was no subscription.")
    with pytest.raises(CommandError, match="doesn’t look like"):
        run("erase_subscriber", "reader")


def test_lift_suppression_is_for_a_site_administrator(path):
    suppression.add(suppression.digest("victim@example.org"), "not_me")
    with pytest.raises(CommandError, match="Only a site administrator"):
        run("lift_suppression", "victim@example.org", "--by", "editor")
    assert run("lift_suppression", "Victim+1@example.org", "--by", "admin")[0] == 0
    assert not Suppression.objects.exists()
    with pytest.raises(CommandError, match="isn’t on the list"):
        run("lift_suppression", "victim@example.org", "--by", "admin")
