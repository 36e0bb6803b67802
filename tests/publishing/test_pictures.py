"""The library takes a picture once, with every file, or not at all; its files carry the credit of the database."""

import errno
import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from PIL import Image as Pixels

from articles.images import drawing, intake, licenses, metadata, renditions, storage, turns
from articles.images.intake import RefusedPicture
from articles.models import Image, ImageCredit
from articles.publishing import evidence, pictures
from articles.publishing.evidence import EvidenceRefused
from articles.publishing.pictures import PicturesRefused, files, receivers
from tests import factories

pytestmark = pytest.mark.django_db

LARGE = (2000, 1600)  # pictures of more than three million pixels take turns


def stored(size=(700, 350), **kwargs):
    return pictures.store(factories.picture_bytes("JPEG", size), name="pump.jpg", **kwargs)


def files_of(image):
    """What is on the disk, by stamp."""
    root = Path(default_storage.path(renditions.folder_for(image.digest)))
    return {one.name: sorted(file.name for file in one.iterdir()) for one in root.iterdir()} if root.exists() else {}


def credits_in_files_of(image):
    root = Path(default_storage.path(renditions.folder_for(image.digest)))
    return {metadata.read(file.read_bytes()) for file in root.rglob("*.*")}


def planned(image):
    return sorted(spec.file for spec in renditions.plan(image.look))


def every_file(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


# Coming in ------------------------------------------------------------------------------------------------------------


def test_a_stored_picture_has_its_files_before_anybody_asks_for_them():
    image = stored((1300, 700), alt="A pump.")
    assert (image.width, image.height, image.format, image.alt) == (1300, 700, "JPEG", "A pump.")
    assert files_of(image) == {image.rendered: planned(image)}
    assert {f"{width}.avif" for width in (320, 640, 960, 1280)} <= set(planned(image))
    assert default_storage.exists(image.file.name)
    assert not image.is_shown


def test_the_same_bytes_are_stored_once():
    data = factories.picture_bytes("PNG", (50, 40))
    assert pictures.store(data, name="a.png") == pictures.store(data, name="b.png")
    assert Image.objects.count() == 1


def test_the_same_upload_is_known_even_if_it_would_be_encoded_otherwise_today(monkeypatch):
    data = factories.picture_bytes("PNG", (50, 40))
    before = pictures.store(data, name="a.png")
    monkeypatch.setattr(intake, "LONGEST_SIDE", 30)
    assert intake.accept(data).digest != before.digest
    assert pictures.store(data, name="b.png") == before


def test_what_is_refused_leaves_nothing_behind(settings):
    with pytest.raises(RefusedPicture):
        pictures.store(b"GIF89a<script>alert(1)</script>", name="x.gif")
    assert not Image.objects.exists()
    assert not Path(settings.MEDIA_ROOT).exists()


@pytest.mark.parametrize("fails_at", range(1, 8))
def test_a_disk_that_fills_up_leaves_no_row_and_no_file(monkeypatch, settings, fails_at):
    """It fails at every write in turn, in the middle of the file."""
    write, calls = os.fsync, []

    def fsync(number):
        calls.append(number)
        if len(calls) == fails_at:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(number)

    monkeypatch.setattr(storage.os, "fsync", fsync)
    with pytest.raises(PicturesRefused) as refused:
        stored()
    assert len(calls) == fails_at
    assert [*refused.value.problems] == [
        "“pump.jpg” couldn’t be saved (No space left on device). Try again when there is room."
    ]
    assert not Image.objects.exists()
    assert every_file(settings) == []


@pytest.fixture
def busy(monkeypatch):
    """For a while another large picture is at work, and nobody waits for long."""
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    return lambda: turns.turn(turns.LARGE + 1)


def test_a_picture_whose_files_could_not_be_made_in_time_leaves_neither_row_nor_file(busy, settings):
    accepted = intake.accept(factories.picture_bytes("JPEG", LARGE))
    with busy(), pytest.raises(PicturesRefused, match="busy with other pictures"):
        pictures.keep(accepted, name="pump.jpg")
    assert not Image.objects.exists()
    assert every_file(settings) == []


def test_files_that_could_not_be_made_in_time_are_left_to_the_clock(busy):
    image = pictures.store(factories.picture_bytes("JPEG", LARGE), name="pump.jpg")
    files.remove_all(image)
    with busy():
        receivers.bring_up_to_date(image.pk)
    assert not pictures.is_rendered(image)
    receivers.bring_up_to_date(image.pk)
    assert pictures.is_rendered(image)


def test_a_disk_that_fills_up_leaves_no_half_document(monkeypatch, settings):
    credit = factories.CreditFactory()

    def fsync(number):
        raise OSError(errno.ENOSPC, "No space left on device")

    def kept():
        return {path for path in Path(settings.DOCUMENTS_ROOT).rglob("*") if path.is_file()}

    before = kept()
    monkeypatch.setattr(storage.os, "fsync", fsync)
    with pytest.raises(EvidenceRefused) as refused:
        evidence.record(credit, by=factories.editor(), document=b"A letter without room.", document_name="letter.txt")
    assert [*refused.value.problems] == [
        "The document couldn’t be saved (No space left on device). Nothing was saved. Try again when there is room."
    ]
    assert not credit.evidence.exists()
    assert kept() == before


def test_a_row_that_cannot_be_written_leaves_no_file(monkeypatch, settings):
    def fail(**kwargs):
        raise RuntimeError("the database went away")

    monkeypatch.setattr(Image.objects, "get_or_create", fail)
    with pytest.raises(RuntimeError):
        stored()
    assert every_file(settings) == []


def test_a_failed_upload_takes_nothing_from_a_picture_that_was_there(monkeypatch, settings):
    image = stored()
    before = every_file(settings)
    Image.objects.filter(pk=image.pk).update(original="0" * 64)
    monkeypatch.setattr(files, "remove", lambda names: pytest.fail("something was removed"))
    monkeypatch.setattr(Image.objects, "filter", lambda *a, **k: Image.objects.none())
    assert stored() == image
    assert every_file(settings) == before


def test_a_large_file_is_on_the_disk_before_it_has_its_name(monkeypatch, settings):
    seen = []
    replace = os.replace
    monkeypatch.setattr(storage.os, "fsync", lambda number: seen.append(("sync", os.fstat(number).st_size > 0)))
    monkeypatch.setattr(storage.os, "replace", lambda part, path: (seen.append("name"), replace(part, path)))
    storage.put("pictures/x.jpg", b"xyz")
    assert seen == [("sync", True), "name"]


# Twins ----------------------------------------------------------------------------------------------------------------


def as_bytes(picture, format, **kwargs):
    out = BytesIO()
    picture.save(out, format, **kwargs)
    return out.getvalue()


def test_a_twin_is_found_by_its_bytes_and_by_its_look():
    data = drawing.draw("channel", seed=1)
    first = pictures.store(data, name="a.png")
    pictures.store(drawing.draw("tide", seed=2), name="b.png")
    [same] = pictures.twins(intake.accept(data))
    assert (same.image, same.same_bytes, same.distance) == (first, True, 0)
    smaller = Pixels.open(BytesIO(data)).convert("RGB").resize((800, 450))
    [alike] = pictures.twins(intake.accept(as_bytes(smaller, "JPEG", quality=60)))
    assert (alike.image, alike.same_bytes) == (first, False)
    assert pictures.twins(intake.accept(drawing.draw("weather", seed=3))) == []


def test_looking_for_twins_asks_three_times_at_most(django_assert_max_num_queries):
    data = drawing.draw("channel", seed=1)
    for number in range(4):
        picture = Pixels.open(BytesIO(data)).convert("RGB").resize((400 + 10 * number, 225))
        pictures.store(as_bytes(picture, "JPEG"), name="x")
    with django_assert_max_num_queries(3):
        assert len(pictures.twins(intake.accept(data))) == 4


# The credit inside ----------------------------------------------------------------------------------------------------


def expected(credit, **kwargs):
    said = licenses.metadata(credit, **kwargs)
    return metadata.FoundCredit(
        title=said.title,
        creator=said.creator,
        rights=said.rights,
        usage_terms=said.usage_terms,
        license_url=said.web_statement,
        credit_line=said.credit_line,
    )


def test_every_file_carries_the_credit(django_capture_on_commit_callbacks):
    image = stored((1300, 700))
    with django_capture_on_commit_callbacks(execute=True):
        credit = ImageCredit.objects.create(image=image, title="Pump", creator="Jane Doe", license="own-work")
    image = Image.objects.with_credit().get()
    assert image.is_shown
    assert credits_in_files_of(image) == {expected(credit), expected(credit, cropped=True)}
    assert "cropped" in expected(credit, cropped=True).credit_line
    assert files_of(image) == {image.rendered: planned(image)}
    assert "card-50-50-640.avif" in planned(image)


def test_a_mended_credit_is_in_every_file_and_no_picture_is_encoded_for_it(
    django_capture_on_commit_callbacks, monkeypatch
):
    credit = factories.CreditFactory(image=stored((1300, 700)))
    before = files_of(Image.objects.get())
    monkeypatch.setattr(renditions, "make", None)
    with django_capture_on_commit_callbacks(execute=True):
        credit.creator = "Jane Q. Doe"
        credit.save()
    image = Image.objects.with_credit().get()
    assert credits_in_files_of(image) == {expected(credit), expected(credit, cropped=True)}
    assert "Jane Q. Doe" in expected(credit).credit_line
    [(stamp, names)] = files_of(image).items()
    assert stamp == image.rendered
    assert {stamp: names}.keys() != before.keys()
    assert [names] == list(before.values())


def test_a_credit_that_is_too_long_for_its_place_is_encoded_anew(django_capture_on_commit_callbacks):
    credit = factories.CreditFactory(image=stored((400, 300)))
    with django_capture_on_commit_callbacks(execute=True):
        credit.title, credit.creator = "x" * 200, "y" * 200
        credit.save()
    image = Image.objects.with_credit().get()
    assert credits_in_files_of(image) == {expected(credit), expected(credit, cropped=True)}
    assert image.is_shown


def test_a_credit_changed_behind_our_back_holds_the_picture_back_until_its_files_say_so(
    django_capture_on_commit_callbacks,
):
    factories.CreditFactory(image=stored())
    ImageCredit.objects.update(creator="Another")
    image = Image.objects.with_credit().get()
    assert image.hidden_reason == "files"
    with django_capture_on_commit_callbacks(execute=True):
        pictures.render(image)
    image = Image.objects.with_credit().get()
    assert image.is_shown
    assert {found.creator for found in credits_in_files_of(image)} == {"Another"}


def test_a_credit_that_changes_while_files_are_made_wins(monkeypatch):
    credit = factories.CreditFactory(image=stored())
    ImageCredit.objects.update(creator="First")
    make, done = files._make, []

    def slow(image, **kwargs):
        written = make(image, **kwargs)
        if not done:
            ImageCredit.objects.update(creator="Second")
        done.append(image)
        return written

    monkeypatch.setattr(files, "_make", slow)
    pictures.render(credit.image)
    image = Image.objects.with_credit().get()
    assert len(done) == 2
    assert image.is_shown
    [folder] = [Path(default_storage.path(renditions.folder_for(image.digest, image.rendered)))]
    assert {metadata.read(file.read_bytes()).creator for file in folder.iterdir()} == {"Second"}


def test_a_moved_focal_point_cuts_new_cards_and_removes_the_old(django_capture_on_commit_callbacks):
    image = factories.CreditFactory(image=stored((1300, 700))).image
    with django_capture_on_commit_callbacks(execute=True):
        image.focal_x = 0.1
        image.save()
    image.refresh_from_db()
    [names] = files_of(image).values()
    assert names == planned(image)
    assert "card-10-50-640.webp" in names


def test_a_license_that_forbids_crops_removes_them(django_capture_on_commit_callbacks):
    credit = factories.CreditFactory(image=stored((1300, 700)))
    with django_capture_on_commit_callbacks(execute=True):
        credit.license = "cc-by-nd-4.0"
        credit.save()
    image = Image.objects.with_credit().get()
    [names] = files_of(image).values()
    assert names == planned(image)
    assert not any("card" in name for name in names)


def test_staff_see_a_picture_whatever_its_credit(django_capture_on_commit_callbacks):
    image = stored()
    data, content_type = pictures.preview_bytes(image, 640)
    with Pixels.open(BytesIO(data)) as read:
        assert (read.size, content_type) == ((640, 320), "image/jpeg")
    with django_capture_on_commit_callbacks(execute=True):
        pictures.withdraw(image, by=factories.editor(), reason="A claim.")
    image.refresh_from_db()
    assert pictures.preview_bytes(image)[1] == "image/jpeg"


# render_images --------------------------------------------------------------------------------------------------------


def run(capsys, *arguments):
    call_command("render_images", *arguments)
    return capsys.readouterr().out.strip()


def test_what_is_missing_is_made_and_only_that(capsys):
    whole, broken = stored((400, 267)), stored((420, 280))
    for name in default_storage.listdir(renditions.folder_for(broken.digest, broken.rendered))[1]:
        if name.startswith("320"):
            default_storage.delete(f"{renditions.folder_for(broken.digest, broken.rendered)}/{name}")
    kept = Path(default_storage.path(renditions.folder_for(whole.digest, whole.rendered))) / "320.jpg"
    os.utime(kept, (1, 1))  # long ago: the clock of files is coarse
    before = kept.stat().st_mtime_ns
    assert run(capsys) == "2 pictures: 1 rendered (3 files), 1 as they were, 0 failed. 0 old files removed."
    assert run(capsys) == "2 pictures: 0 rendered (0 files), 2 as they were, 0 failed. 0 old files removed."
    assert kept.stat().st_mtime_ns == before
    assert pictures.is_rendered(Image.objects.with_credit().get(pk=broken.pk))
    assert run(capsys, "--all").startswith("2 pictures: 2 rendered (6 files)")
    assert kept.stat().st_mtime_ns > before


def test_pictures_of_before_get_their_files(capsys):
    image = factories.CreditFactory(image=stored()).image
    files.remove_all(image)
    Image.objects.update(rendered="")
    assert not Image.objects.with_credit().get().is_shown
    run(capsys)
    assert Image.objects.with_credit().get().is_shown


def test_a_picture_whose_file_is_lost_is_named_and_the_others_are_made(capsys):
    from django.core.management.base import CommandError

    lost, other = stored((400, 267)), stored((420, 280))
    for image in (lost, other):
        files.remove_all(image)
    default_storage.delete(lost.file.name)
    with pytest.raises(CommandError, match=f"Picture {lost.pk}: The file of"):
        call_command("render_images")
    assert pictures.is_rendered(Image.objects.with_credit().get(pk=other.pk))


def test_what_a_killed_upload_left_is_swept_away_after_an_hour(settings):
    image = factories.CreditFactory(image=stored()).image
    before = set(every_file(settings))
    for name in (
        f"renditions/{'a' * 24}/{'b' * 12}/320.jpg",
        f"{renditions.folder_for(image.digest)}/{'c' * 12}/320.jpg",
        f"{renditions.folder_for(image.digest, image.rendered)}/{storage.PART}xyz",
        "pictures/aa/left.jpg",
    ):
        storage.put(name, b"left")
    assert pictures.sweep() == 0
    assert pictures.sweep(at=datetime.now(UTC) + timedelta(hours=2)) == 4
    assert set(every_file(settings)) == before
