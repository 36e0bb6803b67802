"""A restore: verified before anything is touched, and everything or nothing."""

import json
import shutil

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from articles.backup import holding, making, manifest, restoring
from articles.backup.engines import engine
from articles.backup.refusal import BackupRefused
from articles.backup.store import Store
from articles.models import Image, Restore, Subscription
from articles.publishing import pictures
from tests import factories
from tests.needs import on_postgresql

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept(backups):
    """A backup with a picture; then the site changes."""
    image = pictures.store(
        factories.picture_bytes("JPEG", (700, 400)), name="pump.jpg", alt="A pump.", by=factories.editor()
    )
    pictures.render(Image.objects.with_credit().get(pk=image.pk))
    factories.subscription("before@example.org")
    made = making.backup(backups)
    factories.subscription("after@example.org")
    return made


def readers():
    return sorted(Subscription.objects.values_list("email", flat=True))


def test_everything_is_as_it_was_files_included(backups, kept):
    files = {one.name: default_storage.open(one.name).read() for one in kept.manifest.files}
    shutil.rmtree(default_storage.location)
    restoring.restore(backups, replace=True)
    assert readers() == ["before@example.org"]
    assert {name: default_storage.open(name).read() for name in files} == files
    assert Restore.objects.get().backup_at == kept.manifest.moment


def test_a_copy_that_a_killed_restore_left_goes_with_the_next(backups, kept, settings):
    left = settings.VAR_DIR / ".restore-killed"
    left.mkdir()
    (left / "database.sqlite3").write_bytes(b"half")
    restoring.restore(backups, replace=True)
    assert [path.name for path in settings.VAR_DIR.glob(".restore-*")] == (
        [".restore-killed"] if on_postgresql() else []
    )


def test_a_file_that_differs_from_the_backup_is_put_right(backups, kept):
    name = kept.manifest.files[0].name
    whole = default_storage.open(name).read()
    with open(default_storage.path(name), "wb") as file:
        file.write(whole[:-1] + b"?")
    restoring.restore(backups, replace=True)
    assert default_storage.open(name).read() == whole


def test_a_database_that_is_not_empty_is_left_alone(backups, kept):
    with pytest.raises(CommandError, match=r"^The database isn’t empty\. Add --replace"):
        call_command("restore", str(backups))
    assert readers() == ["after@example.org", "before@example.org"]


def test_an_older_backup_is_restored_by_its_name(backups, kept):
    making.backup(backups)
    call_command("restore", str(backups), "--replace", "--backup", kept.name)
    assert readers() == ["before@example.org"]
    with pytest.raises(BackupRefused, match="holds no backup called 2020"):
        restoring.restore(backups, name="2020", replace=True)


def test_a_folder_without_a_backup_is_refused(tmp_path):
    with pytest.raises(BackupRefused, match="holds no backup"):
        restoring.restore(tmp_path / "nothing", replace=True)


def test_another_secret_key_is_refused_unless_it_is_lost(backups, kept, settings):
    settings.SECRET_KEY = "another key, which is as long as any that is good enough for a site"
    with pytest.raises(BackupRefused, match="made with another SECRET_KEY"):
        restoring.restore(backups, replace=True)
    assert len(readers()) == 2
    restoring.restore(backups, replace=True, other_key=True)
    assert readers() == ["before@example.org"]


def written_anew(folder, **facts):
    """The manifest with other facts, as another release might have written it."""
    found = json.loads((folder / "manifest.json").read_text()) | facts
    (folder / "manifest.json").write_text(json.dumps(found))
    sums = {name: manifest.sha256(folder / name) for name in ("manifest.json", engine().file)}
    (folder / "SHA256SUMS").write_text("".join(f"{digest}  {name}\n" for name, digest in sums.items()))


def test_a_backup_of_a_newer_release_is_refused(backups, kept):
    written_anew(backups / kept.name, migrations=[["articles", "0001_initial"], ["articles", "0999_later"]])
    with pytest.raises(BackupRefused, match=r"newer release, which has articles\.0999_later"):
        restoring.restore(backups, replace=True)
    written_anew(backups / kept.name, format=2)
    with pytest.raises(BackupRefused, match="written by a newer release"):
        restoring.restore(backups, replace=True)


def test_a_backup_of_another_kind_of_database_is_refused(backups, kept):
    folder = backups / kept.name
    (folder / engine().file).rename(folder / "database.other")
    written = (folder / "SHA256SUMS").read_text().replace(engine().file, "database.other")
    facts = (folder / "manifest.json").read_text().replace(engine().file, "database.other")
    (folder / "manifest.json").write_text(facts)
    before = written.splitlines()[0].split()[0]
    (folder / "SHA256SUMS").write_text(written.replace(before, manifest.sha256(folder / "manifest.json")))
    with pytest.raises(
        BackupRefused, match=r"holds database\.other, and DATABASE_URL names a database of another kind"
    ):
        restoring.restore(backups, replace=True)


def test_a_restore_that_fails_half_way_changes_no_row(backups, kept, monkeypatch):
    monkeypatch.setattr(holding, "statements", lambda *args, **kwargs: ["UPDATE no_such_table SET a = 1"])
    with pytest.raises(BackupRefused):
        restoring.restore(backups, replace=True)
    assert readers() == ["after@example.org", "before@example.org"]
    assert not Restore.objects.exists()


# Damage ---------------------------------------------------------------------------------------------------------------


def flipped(path, place):
    """A file with one bit turned over, and back."""
    whole = path.read_bytes()
    place %= len(whole)
    path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    return lambda: path.write_bytes(whole)


def test_a_flipped_byte_anywhere_in_a_backup_is_refused_by_the_name_of_its_file(backups, kept):
    store = Store(backups)
    files = [store.place(one.sha256) for one in kept.manifest.files]
    files += [backups / kept.name / name for name in ("manifest.json", "SHA256SUMS", engine().file)]
    assert len(files) > 5
    for path in files:
        for place in (0, path.stat().st_size // 2, -1):
            put_back = flipped(path, place)
            with pytest.raises(BackupRefused) as refused:
                restoring.restore(backups, replace=True)
            assert path.name in str(refused.value), (path, place)
            put_back()
    assert readers() == ["after@example.org", "before@example.org"]
    restoring.restore(backups, replace=True)


@pytest.mark.parametrize("name", ["manifest.json", "SHA256SUMS"])
def test_what_describes_a_backup_is_watched_to_the_byte(backups, kept, name):
    path = backups / kept.name / name
    for place in range(0, path.stat().st_size, 1 if name == "SHA256SUMS" else 101):
        put_back = flipped(path, place)
        with pytest.raises(BackupRefused, match=name):
            manifest.read(path.parent)
        put_back()
    manifest.read(path.parent)


def test_a_file_that_is_missing_is_named(backups, kept):
    place = Store(backups).place(kept.manifest.files[0].sha256)
    place.unlink()
    with pytest.raises(BackupRefused, match=f"{place.name} is missing .* It is media/"):
        restoring.restore(backups, replace=True)


# An empty database ----------------------------------------------------------------------------------------------------


def test_an_empty_database_of_postgresql_is_filled_without_further_words(needs_postgresql, backups, kept):
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    restoring.restore(backups)
    assert readers() == ["before@example.org"]
