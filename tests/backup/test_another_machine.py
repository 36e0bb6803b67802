"""The commands, in processes of their own: from one machine’s SQLite file to a place where there is none."""

import os
import shutil
from contextlib import AbstractContextManager
from pathlib import Path

from tests.conftest import ROOT
from tests.newsletter.nursery import Nursery, nursery


def machine(var: Path) -> AbstractContextManager[Nursery]:
    settings = {"DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "pain_site.settings"}
    return nursery(ROOT, {**os.environ, **settings, "VAR_DIR": str(var)})


def manage(processes: Nursery, *arguments: str) -> str:
    done = processes.command(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_site_comes_back_on_an_empty_machine_and_waits_for_a_word(tmp_path, migrated):
    first, second, backups = tmp_path / "first", tmp_path / "second", str(tmp_path / "backups")
    first.mkdir()
    shutil.copyfile(migrated, first / "site.sqlite3")
    with machine(first) as processes:
        assert "Verified." in manage(processes, "backup", backups)
    with machine(second) as processes:
        said = manage(processes, "restore", backups)
        assert f"The journal at {second / 'journal.jsonl'} doesn’t know of this backup" in said
        assert "Nothing is sent until a site administrator answers" in said
        assert "No mail is sent until somebody answers." in manage(processes, "after_restore")
