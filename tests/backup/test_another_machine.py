"""The commands, in processes of their own: from one machine’s SQLite file to a place where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def manage(var: Path, *arguments: str) -> str:
    settings = {"DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "pain_site.settings"}
    env = {**os.environ, **settings, "VAR_DIR": str(var)}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True).stdout


def test_a_site_comes_back_on_an_empty_machine_and_waits_for_a_word(tmp_path, migrated):
    first, second, backups = tmp_path / "first", tmp_path / "second", str(tmp_path / "backups")
    first.mkdir()
    shutil.copyfile(migrated, first / "site.sqlite3")
    assert "Verified." in manage(first, "backup", backups)
    said = manage(second, "restore", backups)
    assert f"The journal at {second / 'journal.jsonl'} doesn’t know of this backup" in said
    assert "Nothing is sent until a site administrator answers" in said
    assert "No mail is sent until somebody answers." in manage(second, "after_restore")
