"""The unit of systemd, read by systemd itself."""

import re
import shutil
import subprocess
import sys

import pytest

from tests.management.serving import ROOT
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


def test_the_unit_starts_a_command_that_is_there_and_gives_it_time_to_stop():
    said = dict(re.findall(r"^(\w+)=(.*)$", UNIT.read_text(), re.M))
    from articles.management import supervisor

    assert said["ExecStart"].split()[1:] == ["manage.py", "serve"]
    assert int(said["TimeoutStopSec"]) > 2 * supervisor.GRACE, "the server and the clock, one after the other"
    assert shutil.which(said["ExecReload"].split()[0])
