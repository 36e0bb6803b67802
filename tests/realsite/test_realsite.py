"""The whole of "A real site", and each fault once.

How soon it is back is in the table of `python -m tests.realsite`, which wants a machine to itself; what counts here is
what must not happen.
"""

import json
import subprocess
import sys

import pytest

from tests.needs import left_out
from tests.newsletter.site import ROOT
from tests.realsite import machine

pytestmark = [pytest.mark.campaign, pytest.mark.xdist_group("cluster"), pytest.mark.timeout(2400)]


def test_a_real_site_survives_each_fault_under_load():
    if reason := machine.missing():
        left_out("A machine to throw away", reason)
    command = [sys.executable, "-m", "tests.realsite", "--times", "1", "--json"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=2300)
    rows = json.loads(done.stdout)
    assert [(row["fault"], row["wrong"]) for row in rows if row["wrong"] or not row["times"]] == []
