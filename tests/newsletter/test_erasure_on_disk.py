"""The whole of `var/` is searched, byte by byte, after `erase_subscriber`: the real command on a real file.

Another process keeps the database open, as the site does, so that its log does not go by itself.
"""

import os
import shutil
import subprocess
import sys

from tests.newsletter.nursery import nursery
from tests.newsletter.site import ROOT

NAME = b"quite-unmistakable"
PEOPLE = """
from django.contrib.auth.models import Group, User
User.objects.create_user("admin").groups.add(Group.objects.get(name="Site administrator"))
from articles.mail import sender
from articles.newsletter.subscriptions import requests
from articles.newsletter.subscriptions.consent import Consent
from articles.models import Subscription
Subscription.objects.create(email="other@example.org")
requests.subscribe("quite-unmistakable@example.org", consent=Consent("Yes.", "/"))
sender.send_due()
"""
SERVER = """
import sqlite3, sys
kept_open = sqlite3.connect(sys.argv[1])
kept_open.execute("SELECT count(*) FROM articles_subscription").fetchone()
print("open", flush=True)
sys.stdin.read()
"""


def test_nothing_under_var_names_whoever_was_erased(migrated, tmp_path):
    var = tmp_path / "var"
    environment = {"VAR_DIR": str(var), "SECRET_KEY": "k" * 60, "PATH": os.environ["PATH"], "DATABASE_URL": ""}
    environment["DJANGO_SETTINGS_MODULE"] = "pain_site.settings"

    def manage(*arguments):
        done = processes.command(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    var.mkdir()
    shutil.copy(migrated, var)
    command = [sys.executable, "-c", SERVER, str(var / "site.sqlite3")]
    with (
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server,
        nursery(ROOT, environment) as processes,
    ):
        assert server.stdout.readline() == b"open\n"
        processes.run(PEOPLE)
        rows = "".join(f"reader{number}@example.org,2024-01-01\n" for number in range(3000))
        (tmp_path / "list.csv").write_text("email,confirmed_at\n" + rows)
        manage("import_subscribers", str(tmp_path / "list.csv"), "--by", "admin")
        assert naming(var) == {"database", "mail"}
        assert manage("erase_subscriber", "Quite-Unmistakable@example.org").startswith("Erased.")
        assert naming(var) == set()
    assert b"reader2999@example.org" in (var / "site.sqlite3").read_bytes()


def naming(var):
    kinds = {".eml": "mail", ".sqlite3": "database", ".sqlite3-wal": "database"}
    files = [path for path in var.rglob("*") if path.is_file() and NAME in path.read_bytes().lower()]
    return {kinds.get(path.suffix, path.name) for path in files}
