"""The unit of systemd, read by systemd itself."""

import re
import shutil
import subprocess
import sys

import pytest

from articles.management import lifeline
from tests.management.serving import ROOT, Serve, empty_site
from tests.needs import program
from tests.pain_site.deploy.proxies import DEPLOY, replaced

UNIT = DEPLOY / "pain-medicine.service"
EXPOSED = 15  # tenths, of 100; 12 by systemd 252. What is left is the network, which the site is there for


@pytest.fixture
def unit(tmp_path):
    """The file as it is, but for the folder in which the site lies."""
    program("systemd-analyze", "apt-get install systemd")
    text = replaced(
        UNIT.read_text(), (r"ExecStart=/opt/pain-medicine/\.venv/bin/python", f"ExecStart={sys.executable}")
    )
    (tmp_path / UNIT.name).write_text(replaced(text, ("/opt/pain-medicine", ROOT)))
    return tmp_path / UNIT.name


def analyze(*arguments):
    return subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True, timeout=60)


def test_systemd_reads_the_unit_without_a_complaint(unit):
    done = analyze("verify", "--man=no", str(unit))
    assert (done.returncode, [line for line in done.stderr.splitlines() if UNIT.name in line]) == (0, [])


def test_a_word_that_systemd_does_not_know_would_be_a_complaint(unit):
    unit.write_text(unit.read_text().replace("Restart=always", "Restart=allways"))
    assert UNIT.name in analyze("verify", "--man=no", str(unit)).stderr


def test_the_service_can_reach_little_beside_the_network(unit):
    done = analyze("security", "--offline=yes", f"--threshold={EXPOSED}", str(unit))
    assert done.returncode == 0, done.stdout


# What the desk does that nothing else does: it decodes and encodes every format.
TAKES_A_PICTURE = """
import io; from PIL import Image; from articles.images import intake
for format in ("JPEG", "PNG", "WEBP", "AVIF", "GIF"):
    Image.new("RGB", (400, 300), "teal").save(file := io.BytesIO(), format)
    assert intake.accept(file.getvalue()).width == 400
"""
IS_CONFINED = "import os; os.chroot('/')"


def confined(unit, *command, **more):
    here = [sys.executable, "-m", "tests.pain_site.deploy.confined", str(unit), sys.executable]
    return subprocess.Popen([*here, *command], cwd=ROOT, stdin=subprocess.DEVNULL, **more)


def test_the_site_needs_no_system_call_that_the_unit_refuses(unit, migrated, shared_folder, tmp_path):
    (tmp_path / "var").mkdir()
    site, socket = empty_site(tmp_path / "var", migrated, shared_folder), f"unix:{tmp_path / 'sock'}"
    env = site.environment(HOST=socket, TRUSTED_PROXIES="1", WORKERS="1")
    with open(tmp_path / "log", "w") as log:
        process = confined(unit, "manage.py", "serve", env=env, umask=0o077, stdout=log, stderr=log)
    try:
        serve = Serve(process, socket, None)
        serve.eventually(serve.answers)
        assert (tmp_path / "sock").stat().st_mode & 0o777 == 0o660, "its group gets in, whatever the unit's UMask"
    finally:
        process.terminate()
        process.wait(120)
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_a_picture_is_taken_in_and_root_is_refused_what_only_root_may(unit):
    assert confined(unit, "-c", TAKES_A_PICTURE).wait(60) == 0
    assert confined(unit, "-c", IS_CONFINED, stderr=subprocess.DEVNULL).wait(60) == 1


def test_the_unit_starts_a_command_that_is_there_and_gives_it_time_to_stop():
    said = dict(re.findall(r"^(\w+)=(.*)$", UNIT.read_text(), re.M))
    assert said["ExecStart"].split()[1:] == ["manage.py", "serve"]
    assert (said["Restart"], said["RestartSec"]) == ("always", "100ms"), "the site is away meanwhile"
    assert int(said["TimeoutStopSec"]) > 2 * lifeline.GRACE, "the server and the clock, one after the other"
    assert shutil.which(said["ExecReload"].split()[0])
