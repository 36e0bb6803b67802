"""The site with its files in a bucket: what is uploaded is served, changed and taken down as from a folder."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from articles.images import copying, metadata
from articles.images.bucket import BucketStorage
from articles.models import CreditEvidence, Image
from articles.publishing import evidence, pictures
from articles.views import readiness
from pain_site import logs
from tests import factories
from tests.images.conftest import put_into
from tests.needs import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("bucket")]


def uploaded():
    stored = pictures.store(factories.picture_bytes("JPEG", (660, 360)), name="pump.jpg", alt="A pump.")
    factories.CreditFactory(image=stored)
    factories.print_edition(lead_image=stored, in_section="news", signed=False)
    return Image.objects.with_credit().get(pk=stored.pk)


def test_a_picture_is_stored_served_and_asked_about(client, in_bucket):
    image = uploaded()
    assert f"site/media/{image.file.name}" in in_bucket.names()
    answer = client.get(image.rendition_url(640))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert metadata.read(answer.content).creator == image.credit.creator
    again = client.get(image.rendition_url(640), headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_credit_is_exchanged_and_files_with_the_old_one_go(client, in_bucket, django_capture_on_commit_callbacks):
    image = uploaded()
    with django_capture_on_commit_callbacks(execute=True):
        pictures.render(image)
    before = client.get(image.rendition_url(640))
    with django_capture_on_commit_callbacks(execute=True):
        image.credit.creator = "John Roe"
        image.credit.save()
    image = Image.objects.with_credit().get(pk=image.pk)
    answer = client.get(image.rendition_url(640))
    assert metadata.read(answer.content).creator == "John Roe"
    assert answer["ETag"] != before["ETag"]
    rendered = [key for key in in_bucket.names() if key.startswith("site/media/renditions/")]
    assert {key.split("/")[4] for key in rendered} == {image.rendered}


def test_a_picture_that_is_taken_down_leaves_no_file_to_serve(client, in_bucket, django_capture_on_commit_callbacks):
    image = uploaded()
    with django_capture_on_commit_callbacks(execute=True):
        pictures.withdraw(image, by=factories.editor(), reason="A claim.")
    assert client.get(image.rendition_url(640)).status_code == 410
    assert not any(key.startswith("site/media/renditions/") for key in in_bucket.names())


def test_an_upload_that_fails_half_way_leaves_nothing_in_the_bucket(in_bucket, monkeypatch):
    written = []
    put = pictures.library.put

    def failing(name, data):
        if len(written) == 3:
            raise OSError(28, "No space left")
        written.append(name)
        put(name, data)

    monkeypatch.setattr(pictures.library, "put", failing)
    with pytest.raises(pictures.PicturesRefused, match="No space left"):
        uploaded()
    assert in_bucket.names() == []


def test_an_upload_during_which_the_bucket_goes_away_is_refused_in_words(in_bucket, settings, monkeypatch):
    written = []
    put = pictures.library.put

    def put_twice(name, data):
        if len(written) == 2:
            in_bucket.endpoint = f"http://127.0.0.1:{free_port()}"
            put_into(in_bucket.url, settings, monkeypatch)
        written.append(name)
        put(name, data)

    monkeypatch.setattr(pictures.library, "put", put_twice)
    with pytest.raises(pictures.PicturesRefused, match="the bucket"):
        uploaded()
    assert not Image.objects.exists()


def test_a_takedown_holds_while_the_bucket_is_away_and_its_files_go_later(
    client, in_bucket, settings, monkeypatch, django_capture_on_commit_callbacks
):
    image, there = uploaded(), in_bucket.url
    in_bucket.endpoint = f"http://127.0.0.1:{free_port()}"
    put_into(in_bucket.url, settings, monkeypatch)
    with django_capture_on_commit_callbacks(execute=True):
        pictures.withdraw(image, by=factories.editor(), reason="A claim.")
    assert client.get(image.rendition_url(640)).status_code == 410
    put_into(there, settings, monkeypatch)
    pictures.sweep(at=timezone.now() + timedelta(hours=2))
    assert in_bucket.names() == [f"site/media/{image.file.name}"]


def test_pictures_asked_for_while_the_bucket_is_away_are_one_entry_and_its_return_another(client, in_bucket, log):
    address = uploaded().rendition_url(640)
    client.raise_request_exception = False
    storages["default"].pause.seconds = 0.0  # so that each request asks the bucket
    log.begin("json")
    with pytest.MonkeyPatch.context() as outage:
        outage.setattr(BucketStorage, "_client", property(lost))
        answers = {client.get(address).status_code for _picture in range(20)}
    assert (answers, client.get(address).status_code) == ({503}, 200)
    assert [(entry["level"], entry["event"]) for entry in log.entries() if entry["level"] != "info"] == [
        ("error", "The bucket is lost (EndpointConnectionError): no picture can be shown or stored until it is back"),
        ("warning", "The bucket is back"),
    ]


def lost(storage):
    raise EndpointConnectionError(endpoint_url="http://bucket")


def test_a_bucket_that_refuses_is_a_few_entries_a_minute_and_no_traceback(client, in_bucket, log):
    address = uploaded().rendition_url(640)
    client.raise_request_exception = False
    log.begin("json")
    with pytest.MonkeyPatch.context() as locked:
        locked.setattr(BucketStorage, "_client", property(refused))
        answers = {client.get(address).status_code for _picture in range(20)}
    entries = [(entry["event"], "exception" in entry) for entry in log.entries() if entry["level"] != "info"]
    assert (answers, entries) == ({503}, [("The bucket refuses (AccessDenied)", False)] * logs.MOST)


def refused(storage):
    raise ClientError({"Error": {"Code": "AccessDenied"}}, "GetObject")


def test_render_images_finds_what_is_missing_in_the_bucket(client, in_bucket):
    image = uploaded()
    call_command("render_images", stdout=StringIO())
    image.refresh_from_db()
    lost = image.rendition_url(640).removeprefix("/media/")
    in_bucket.client.delete_object(Bucket=in_bucket.name, Key=f"site/media/{lost}")
    assert client.get(f"/media/{lost}").status_code == 404
    call_command("render_images", stdout=StringIO())
    assert client.get(f"/media/{lost}").status_code == 200


def test_a_document_is_private_in_the_bucket_and_a_download_for_the_desk(client, in_bucket):
    editor = factories.editor()
    seen = evidence.record(uploaded().credit, by=editor, document=b"A letter.", document_name="letter.txt")
    assert in_bucket.read(f"site/documents/{seen.document.name}") == b"A letter."
    client.force_login(editor)
    answer = client.get(reverse("admin:articles_imagecredit_document", args=[seen.pk]))
    assert b"".join(answer.streaming_content) == b"A letter."
    assert client.get(f"/media/documents/{seen.document.name}").status_code == 404


def test_a_bucket_that_does_not_answer_is_503_for_pictures_and_pages_go_on(client, in_bucket, settings, monkeypatch):
    image = uploaded()
    edition = factories.print_edition(lead_image=image)
    in_bucket.endpoint = f"http://127.0.0.1:{free_port()}"
    put_into(in_bucket.url, settings, monkeypatch)
    client.raise_request_exception = False
    answer = client.get(image.rendition_url(640))
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "60", "no-store")
    assert "Our file storage isn’t available" in answer.content.decode()
    assert client.get(edition.get_absolute_url()).status_code == 200
    with pytest.raises(pictures.PicturesRefused, match="the bucket"):
        pictures.store(factories.picture_bytes("JPEG", (400, 300)), name="b.jpg")
    assert Image.objects.count() == 1
    with pytest.raises(evidence.EvidenceRefused, match="the bucket"):
        evidence.keep(b"A letter.")


def test_health_knows_a_bucket_without_our_pictures_and_one_that_cannot_be_written(in_bucket, settings, monkeypatch):
    assert (readiness.media(), readiness._MediaWriting()()) == ("", "")
    uploaded()
    assert (readiness.media(), readiness.disk()) == ("", "")
    put_into(in_bucket.url.replace("/site", "/another-site"), settings, monkeypatch)
    assert "Nothing is in MEDIA_STORAGE" in readiness.media()
    in_bucket.endpoint = f"http://127.0.0.1:{free_port()}"
    put_into(in_bucket.url, settings, monkeypatch)
    assert readiness._MediaWriting()().startswith("Nothing can be written (the bucket")


# From a folder into the bucket ----------------------------------------------------------------------------------------


@pytest.fixture
def filled(settings, tmp_path, monkeypatch):
    """A site that kept a picture and a document in folders, and is to use a bucket now."""
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    monkeypatch.setattr(CreditEvidence._meta.get_field("document"), "storage", documents_in(settings.DOCUMENTS_ROOT))
    image = uploaded()
    evidence.record(image.credit, by=factories.editor(), document=b"A letter.", document_name="letter.txt")
    return image


def documents_in(folder: Path):
    from articles.models.documents import PrivateStorage

    return PrivateStorage(location=folder, file_permissions_mode=0o600)


def copy(settings, *arguments):
    out = StringIO()
    call_command("copy_media", str(settings.MEDIA_ROOT), "--documents", str(settings.DOCUMENTS_ROOT), stdout=out)
    return out.getvalue()


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_is_copied_whole_and_a_second_time_nothing(client, filled, bucket, settings, monkeypatch):
    (settings.MEDIA_ROOT / "pictures" / ".part-abc").write_bytes(b"half")
    (settings.MEDIA_ROOT / "notes.txt").write_text("not ours")
    kept = {name: data for name, data in files_of(settings.MEDIA_ROOT).items() if "part" not in name and "/" in name}
    kept = {f"media/{name}": data for name, data in kept.items()}
    kept |= {f"documents/{name}": data for name, data in files_of(settings.DOCUMENTS_ROOT).items()}
    put_into(bucket.url, settings, monkeypatch)
    assert copy(settings) == (
        f"{len(kept)} files: {len(kept)} copied, 0 there already, 0 failed. The folders are unchanged.\n"
    )
    assert {key: bucket.read(key) for key in bucket.names()} == {f"site/{name}": data for name, data in kept.items()}
    assert f"0 copied, {len(kept)} there already, 0 failed" in copy(settings)
    assert client.get(filled.rendition_url(640)).status_code == 200


def test_a_copy_that_was_cut_off_or_damaged_is_finished_by_the_next(filled, bucket, settings, monkeypatch):
    put_into(bucket.url, settings, monkeypatch)
    copy(settings)
    lost, damaged = bucket.names()[:2]
    bucket.client.delete_object(Bucket=bucket.name, Key=lost)
    bucket.client.put_object(Bucket=bucket.name, Key=damaged, Body=b"half")
    assert "files: 2 copied" in copy(settings)
    assert bucket.read(damaged) != b"half"


def test_an_original_that_was_damaged_in_the_folder_is_named(filled, bucket, settings, monkeypatch):
    (settings.MEDIA_ROOT / filled.file.name).write_bytes(b"rot")
    put_into(bucket.url, settings, monkeypatch)
    with pytest.raises(CommandError, match=f"{filled.file.name}: copied, but it was damaged"):
        copy(settings)


def test_a_bucket_that_goes_away_ends_the_copy_with_one_line(filled, bucket, settings, monkeypatch):
    bucket.endpoint = f"http://127.0.0.1:{free_port()}"
    put_into(bucket.url, settings, monkeypatch)
    with pytest.raises(CommandError, match=r"0 of .* the bucket .*Run this again"):
        copy(settings)


def test_a_file_that_goes_while_it_is_copied_is_no_failure(filled, bucket, settings, monkeypatch):
    put_into(bucket.url, settings, monkeypatch)
    names = copying.names
    monkeypatch.setattr(copying, "names", lambda folder: [*names(folder), "pictures/gone.jpg"])
    assert "0 failed" in copy(settings)


def test_nothing_is_copied_onto_itself_or_from_nowhere(settings, tmp_path, bucket, monkeypatch):
    with pytest.raises(CommandError, match="where pictures are kept now"):
        copy(settings)
    put_into(bucket.url, settings, monkeypatch)
    with pytest.raises(CommandError, match="is not a folder"):
        copy(settings)


def test_a_copy_that_reads_back_as_other_bytes_is_named_and_no_other_suffers(filled, bucket, settings, monkeypatch):
    put_into(bucket.url, settings, monkeypatch)
    put = BucketStorage.put
    harmed = filled.file.name

    def put_half(storage, name, data):
        put(storage, name, data[:10] if name == harmed else data)

    monkeypatch.setattr(BucketStorage, "put", put_half)
    with pytest.raises(CommandError, match=f"{harmed}: what was copied reads back as other bytes"):
        copy(settings)
    kept = {f"site/media/{name}": data for name, data in files_of(settings.MEDIA_ROOT).items() if name != harmed}
    assert {key: bucket.read(key) for key in kept} == kept
