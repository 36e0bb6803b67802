"""One large picture at a time is in memory, and one that would wait too long is refused in a sentence."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from articles.images import intake, renditions, turns
from articles.images.renditions import Look
from tests import factories

BUSY = "The server is busy with other pictures. Try again in a minute."
LARGE = (2000, 1600)  # more than three million pixels
HOLD = """
import fcntl, sys, time
with open(sys.argv[1], "w") as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def busy(monkeypatch):
    """Another picture is at work, and nobody waits for long."""
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    with turns.turn(turns.LARGE + 1):
        yield


@pytest.fixture(scope="module")
def large():
    return factories.picture_bytes("JPEG", LARGE)


def test_large_pictures_are_decoded_and_encoded_one_after_another(monkeypatch, large):
    at_work, most = [], []

    def work(*args):
        at_work.append(1)
        most.append(len(at_work))
        time.sleep(0.02)
        at_work.pop()

    monkeypatch.setattr(intake, "_accepted", work)
    monkeypatch.setattr(renditions, "_made", work)

    def upload():
        intake.accept(large)
        renditions.make(b"", Look(*LARGE), packets=renditions.NO_CREDIT)

    with ThreadPoolExecutor(4) as pool:
        for upload_of_one in [pool.submit(upload) for _number in range(4)]:
            upload_of_one.result()
    assert most == [1] * 8


def test_a_large_picture_is_refused_where_it_would_wait_too_long(busy, large):
    with pytest.raises(intake.RefusedPicture) as refusal:
        intake.accept(large)
    assert str(refusal.value) == BUSY


def test_a_small_picture_waits_for_nobody(busy):
    accepted = intake.accept(factories.picture_bytes("JPEG", (400, 300)))
    assert renditions.make(accepted.data, Look(400, 300), packets=renditions.NO_CREDIT)


def test_a_process_that_is_killed_in_its_turn_keeps_nobody_waiting(monkeypatch, settings, large):
    monkeypatch.setattr(turns, "PATIENCE", 120.0)
    command = [sys.executable, "-c", HOLD, str(settings.VAR_DIR / "picture.lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        ends = threading.Timer(0.2, other.kill)
        ends.start()
        assert intake.accept(large).width == LARGE[0]
        assert other.wait() < 0
