"""A backup: the database and its files at one moment, each file once, whole or not at all."""

import errno
import fcntl
import json
import shutil
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.backup import making, manifest, restoring
from articles.backup.engines import engine
from articles.backup.refusal import BackupRefused
from articles.mail import alarms, journal
from articles.models import CreditEvidence, Image, Subscription
from articles.models.documents import documents
from articles.publishing import pictures
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def picture():
    """One with its original, its renditions and the letter that proves its credit."""
    editor = factories.editor()
    image = pictures.store(factories.picture_bytes("JPEG", (700, 400)), name="pump.jpg", alt="A pump.", by=editor)
    credit = factories.CreditFactory(image=image)
    letter = documents().save("letter.pdf", default_storage.open(image.file.name))
    CreditEvidence.objects.create(
        credit=credit, by=editor, document=letter, document_digest="0" * 64, file_digest=image.digest
    )
    pictures.render(Image.objects.with_credit().get())
    return Image.objects.get()


def everything_in(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {".lock"}


def test_a_backup_holds_the_database_and_every_file_that_it_names(backups, picture):
    made = making.backup(backups)
    found = manifest.read(backups / made.name)
    names = {str(kept) for kept in found.files}
    assert f"media/{picture.file.name}" in names
    assert "documents/letter.pdf" in names
    served = default_storage.listdir(f"renditions/{picture.digest[:24]}/{picture.rendered}")[1]
    assert len(names) == len(served) + 2 > 5
    assert everything_in(backups) == {
        *(f"files/{kept.sha256[:2]}/{kept.sha256}" for kept in found.files),
        *(f"{made.name}/{name}" for name in ("manifest.json", "SHA256SUMS", engine().file)),
    }
    assert ["articles", "0001_initial"] in found.migrations
    assert found.gone == []


def entries(*days_ago):
    """A journal with one entry from each of these days."""
    now = timezone.now()
    lines = [{"at": (now - timedelta(days=days)).isoformat(), "what": "mailed", "days": days} for days in days_ago]
    journal.path().write_text("".join(f"\n{json.dumps(line)}" for line in lines))


def kept():
    found = journal.read(journal.path(), since=timezone.now() - timedelta(days=3650))
    return [entry.facts.get("days", entry.what) for entry in found]


def test_a_backup_takes_from_the_journal_what_is_older_than_it_is_kept_for(backups, settings, capsys):
    settings.JOURNAL_DAYS = 30
    entries(50, 40, 31, 29, 1)
    call_command("backup", backups)
    assert kept() == [29, 1, "backup"]
    assert "3 journal entries were removed: they are older than 30 days and than every backup here." in (
        capsys.readouterr().out
    )
    call_command("backup", backups)
    assert "removed" not in capsys.readouterr().out


def test_but_nothing_that_the_oldest_backup_beside_it_would_need(backups, settings):
    settings.JOURNAL_DAYS = 30
    first = making.backup(backups, at=timezone.now() - timedelta(days=45))
    entries(50, 40, 31, 29, 1)
    assert making.backup(backups).forgotten == 1
    assert kept() == [40, 31, 29, 1, "backup"]
    shutil.rmtree(backups / first.name)
    assert making.backup(backups).forgotten == 2


def test_a_journal_that_cannot_be_shortened_spoils_no_backup(backups, monkeypatch, caplog):
    def fails(before):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(journal, "shorten", fails)
    assert manifest.read(backups / making.backup(backups).name).gone == []
    assert "The journal could not be shortened" in caplog.text


def test_what_the_manifest_tells_of_the_secret_key_is_not_the_key(backups, settings):
    made = making.backup(backups)
    assert settings.SECRET_KEY not in (backups / made.name / "manifest.json").read_text()


def test_the_moment_of_the_last_one_is_remembered_where_one_was_made(backups):
    assert making.last() is None
    at = timezone.now()
    making.backup(backups, at=at)
    assert making.last() == at


def test_a_second_backup_stores_only_what_is_new(backups, picture):
    first = making.backup(backups)
    again = making.backup(backups)
    assert (first.added > 5, again.added) == (True, 0)
    pictures.store(factories.picture_bytes("JPEG", (60, 40)), name="b.jpg", alt="", by=factories.editor())
    third = making.backup(backups)
    assert len(third.manifest.files) > len(first.manifest.files)
    assert third.added == len({kept.sha256 for kept in third.manifest.files}) - first.added


def test_a_stored_file_that_went_bad_is_stored_again(backups, picture):
    first = making.backup(backups)
    place = backups / "files" / first.manifest.files[0].sha256[:2] / first.manifest.files[0].sha256
    place.write_bytes(b"rotten")
    making.backup(backups)
    assert manifest.sha256(place) == place.name


def test_a_picture_whose_file_is_gone_is_named_and_the_rest_is_kept(backups, picture, capsys):
    default_storage.delete(picture.file.name)
    call_command("backup", str(backups))
    said = capsys.readouterr()
    assert f"media/{picture.file.name}" in said.err
    assert "Verified." in said.out


def full(*args, **kwargs):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_nothing_half_done_and_says_so_in_one_sentence(backups, picture, monkeypatch):
    making.backup(backups)
    before = everything_in(backups)
    pictures.store(factories.picture_bytes("JPEG", (60, 40)), name="b.jpg", alt="", by=factories.editor())
    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(CommandError, match=r"^No backup was made in .*: there’s no room left on the disk\.$"):
        call_command("backup", str(backups))
    assert everything_in(backups) == before


def test_a_disk_that_is_full_at_the_last_moment_takes_back_what_was_added(backups, picture, monkeypatch):
    monkeypatch.setattr(manifest.Manifest, "write", full)
    with pytest.raises(BackupRefused):
        making.backup(backups)
    assert everything_in(backups) == set()


def test_what_a_killed_backup_left_goes_with_the_next(backups, picture):
    (backups / ".part-killed").mkdir(parents=True)
    (backups / ".part-killed" / "database.sqlite3").write_bytes(b"half")
    (backups / "files" / "ab").mkdir(parents=True)
    (backups / "files" / "ab" / ".part-killed").write_bytes(b"half")
    making.backup(backups)
    assert not [name for name in everything_in(backups) if ".part-" in name]


def test_two_backups_into_one_folder_at_once_are_one(backups):
    backups.mkdir()
    with (backups / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BackupRefused, match="Another backup is being written"):
            making.backup(backups)


def test_a_backup_ends_the_alarm_of_a_journal_that_could_not_be_written(backups):
    alarms.ring(journal.ALARM, "It can’t be written.")
    making.backup(backups)
    assert not alarms.is_open(journal.ALARM)


def test_what_is_written_while_the_files_are_copied_is_not_in_it(backups):
    factories.subscription("before@example.org")

    def meanwhile(files):
        factories.subscription("after@example.org")
        return files

    making.backup(backups, watch=meanwhile)
    assert Subscription.objects.count() == 2
    restoring.restore(backups, replace=True)
    assert Subscription.objects.get().email == "before@example.org"
