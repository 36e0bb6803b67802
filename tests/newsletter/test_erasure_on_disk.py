"""The whole of `var/` is searched, byte by byte, after `erase_subscriber`: the real command on a real file."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAME = b"quite-unmistakable"
ADMINISTRATOR = """
from django.contrib.auth.models import Group, User
User.objects.create_user("admin").groups.add(Group.objects.get(name="Site administrator"))
"""
READER = """
from articles.newsletter import wishes
from articles.newsletter.consent import Consent
from articles.models import Subscription
Subscription.objects.create(email="other@example.org")
wishes.subscribe("quite-unmistakable@example.org", consent=Consent("Yes.", "/"))
wishes.answer()
"""


def test_nothing_under_var_names_whoever_was_erased(tmp_path):
    var = tmp_path / "var"
    environment = {"VAR_DIR": str(var), "SECRET_KEY": "k" * 60, "PATH": os.environ["PATH"], "DATABASE_URL": ""}

    def manage(*arguments):
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    manage("migrate", "--verbosity", "0")
    server = sqlite3.connect(var / "site.sqlite3")  # as the site does, it keeps the log of the database from going
    server.execute("SELECT count(*) FROM articles_subscription").fetchone()
    manage("shell", "-c", ADMINISTRATOR)
    rows = "".join(f"reader{number}@example.org,2024-01-01\n" for number in range(3000))
    (tmp_path / "list.csv").write_text("email,confirmed_at\n" + rows)
    manage("import_subscribers", str(tmp_path / "list.csv"), "--by", "admin")
    manage("shell", "-c", READER)
    assert naming(var) == {"database", "mail"}
    assert manage("erase_subscriber", "Quite-Unmistakable@example.org").startswith("Erased.")
    assert naming(var) == set()
    server.close()
    assert b"reader2999@example.org" in (var / "site.sqlite3").read_bytes()


def naming(var):
    kinds = {".eml": "mail", ".sqlite3": "database", ".sqlite3-wal": "database"}
    files = [path for path in var.rglob("*") if path.is_file() and NAME in path.read_bytes().lower()]
    return {kinds.get(path.suffix, path.name) for path in files}
