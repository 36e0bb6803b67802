"""What both storages promise, the folder and the bucket: whole files under exactly their names, and plain errors."""

import socket
import threading
from datetime import timedelta

import pytest
from botocore.config import Config
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from articles.images import bucket as bucket_module
from articles.images.storage import StorageAway, put
from tests.images.conftest import put_into
from tests.needs import free_port

pytestmark = pytest.mark.xdist_group("bucket")


@pytest.fixture(params=["folder", "bucket"])
def storage(request):
    """Pictures are kept in each in turn."""
    if request.param == "bucket":
        request.getfixturevalue("in_bucket")
    return default_storage


def content(name):
    with default_storage.open(name) as file:
        return file.read()


def test_a_file_is_kept_read_replaced_and_removed(storage):
    put("pictures/ab/x.jpg", b"first")
    put("pictures/ab/x.jpg", b"second")
    assert storage.exists("pictures/ab/x.jpg")
    assert (content("pictures/ab/x.jpg"), storage.size("pictures/ab/x.jpg")) == (b"second", 6)
    assert timezone.now() - storage.get_modified_time("pictures/ab/x.jpg") < timedelta(minutes=1)
    assert storage.save("pictures/ab/y.jpg", ContentFile(b"other")) == "pictures/ab/y.jpg"
    assert storage.listdir("pictures") == (["ab"], [])
    assert sorted(storage.listdir("pictures/ab")[1]) == ["x.jpg", "y.jpg"]
    storage.delete("pictures/ab/x.jpg")
    storage.delete("pictures/ab/x.jpg")
    assert not storage.exists("pictures/ab/x.jpg")


def test_a_file_that_is_not_there_is_told_as_in_a_folder(storage):
    for ask in (storage.open, storage.size, storage.get_modified_time):
        with pytest.raises(FileNotFoundError):
            ask("pictures/none.jpg")


def test_whether_it_can_be_written_is_tried_without_leaving_anything(storage):
    storage.try_writing()
    assert not any(storage.listdir(""))


def test_eight_threads_write_and_read_at_once(storage):
    wrong = []

    def work(number):
        for turn in range(5):
            name, data = f"pictures/{number}/{turn}", bytes([number]) * 1000
            put(name, data)
            if content(name) != data:
                wrong.append(name)

    threads = [threading.Thread(target=work, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(storage.listdir("pictures")[0]) == 8


def test_files_are_below_the_prefix_and_say_what_they_are(in_bucket):
    put("pictures/ab/x.jpg", b"data")
    assert in_bucket.names() == ["site/media/pictures/ab/x.jpg"]
    told = in_bucket.client.head_object(Bucket=in_bucket.name, Key="site/media/pictures/ab/x.jpg")
    assert told["ContentType"] == "image/jpeg"


def test_no_name_leads_out_of_the_prefix(in_bucket):
    with pytest.raises(ValueError, match="outside"):
        put("../other-site/x.jpg", b"data")


def test_a_file_in_the_bucket_has_no_address(in_bucket):
    with pytest.raises(ValueError, match="no address"):
        default_storage.url("pictures/ab/x.jpg")


@pytest.mark.parametrize("why", ["nobody answers", "no such bucket", "no keys"])
def test_a_bucket_that_cannot_be_used_is_told_in_every_call(bucket, settings, monkeypatch, why):
    if why == "nobody answers":
        bucket.endpoint = f"http://127.0.0.1:{free_port()}"
    bucket.name = "another-bucket" if why == "no such bucket" else bucket.name
    put_into(bucket.url, settings, monkeypatch)
    if why == "no keys":
        monkeypatch.delenv("AWS_ACCESS_KEY_ID")
        monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")  # there they would come from a machine's role
    calls = [
        lambda: put("pictures/x.jpg", b"data"),
        lambda: default_storage.open("pictures/x.jpg"),
        lambda: default_storage.listdir("pictures"),
        default_storage.try_writing,
    ]
    if why == "nobody answers":
        calls += [lambda: default_storage.exists("x"), lambda: default_storage.delete("x")]
        calls += [lambda: default_storage.size("x"), lambda: default_storage.get_modified_time("x")]
    for call in calls:
        default_storage.pause.answered()  # each call finds out by itself
        with pytest.raises(StorageAway, match=r"the bucket (cannot|refuses)"):
            call()


def test_a_bucket_that_hangs_is_waited_for_once_and_asked_again_later(bucket, settings, monkeypatch):
    quick = bucket_module.CONFIG.merge(Config(read_timeout=0.2, retries={"total_max_attempts": 1, "mode": "standard"}))
    put_into(bucket.url, settings, monkeypatch)
    put("pictures/x.jpg", b"data")
    monkeypatch.setattr(bucket_module, "CONFIG", quick)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        bucket.endpoint = f"http://127.0.0.1:{mute.getsockname()[1]}"
        put_into(bucket.url, settings, monkeypatch)
        default_storage.pause.seconds = 3600.0
        with pytest.raises(StorageAway, match="cannot be asked"):
            default_storage.open("pictures/x.jpg")
        for _reader in range(20):
            with pytest.raises(StorageAway, match="a moment ago"):
                default_storage.open("pictures/x.jpg")
        default_storage.pause.seconds = 0.0
        default_storage.pause.failed()
        with pytest.raises(StorageAway, match="cannot be asked"):
            default_storage.open("pictures/x.jpg")


def test_a_file_that_is_missing_or_an_answer_that_refuses_is_no_reason_to_pause(in_bucket):
    for _time in range(2):
        with pytest.raises(FileNotFoundError):
            default_storage.open("pictures/none.jpg")
