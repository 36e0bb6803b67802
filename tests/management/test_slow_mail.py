"""A mail server that takes five minutes for each mail, behind the real supervisor: the clock goes on meanwhile.

It takes two minutes, and next to no CPU: `python -m pytest -n 0 -s -m campaign tests/management/test_slow_mail.py`.
"""

import subprocess
import sys
import time
from datetime import UTC, datetime
from itertools import pairwise

import psutil
import pytest

from tests.management.serving import served, soon
from tests.needs import free_port
from tests.newsletter.site import ROOT

pytestmark = [pytest.mark.campaign, pytest.mark.timeout(600)]

A_MAIL, WATCHED = 300.0, 100.0  # seconds
MOST = 60.0  # seconds of silence: two rounds of the clock; ten minutes are late
WAITING = """
import django; django.setup()
from django.utils import timezone
from articles.newsletter import heartbeat
from tests.newsletter.mailing import approved_issue
approved_issue(readers=3)
heartbeat.tell(timezone.now())  # a single mail to ADMINS
"""


def silence(site):
    """Seconds since the clock last went round, as it says itself."""
    return (datetime.now(UTC) - datetime.fromisoformat((site.folder / "heartbeat").read_text())).total_seconds()


def conversations(process, port):
    """How many mails it has in hand: one over each connection to the mail server."""
    found = process.net_connections("tcp")
    return sum(socket.status == psutil.CONN_ESTABLISHED and socket.raddr.port == port for socket in found)


def test_five_minutes_a_mail_never_make_the_clock_late_and_nobody_restarts_it(site):
    env = site.environment(ADMINS="ops@example.org")
    subprocess.run([sys.executable, "-c", WAITING], cwd=ROOT, env=env, check=True)
    with site.relay(latency=A_MAIL) as relay:
        mail = {"EMAIL_URL": f"smtp://127.0.0.1:{relay.port}", "ADMINS": "ops@example.org"}
        with served(site, free_port(), **mail) as running:
            clock, silences = running.clock, []
            assert soon(lambda: conversations(clock, relay.port) == 2, 60), "a letter and a single mail"
            running.eventually((site.folder / "heartbeat").exists)
            end = time.monotonic() + WATCHED
            while time.monotonic() < end:
                silences.append(silence(site))
                time.sleep(1)
            assert conversations(clock, relay.port) == 2, "it still has both in hand"
            assert running.clock == clock
            assert running.stop() == []
        assert relay.taken() == []
    print(f"\nlongest silence in {WATCHED:.0f} s, with {A_MAIL:.0f} s a mail: {max(silences):.0f} s")
    assert sum(after < before for before, after in pairwise(silences)) >= 2, "it went round"
    assert max(silences) < MOST
