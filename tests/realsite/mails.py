"""A mail server that is slow, and a backup that is restored: the clock goes on, and nobody gets a mail twice."""

import time
from datetime import datetime

from tests.realsite.disk import BACKUPS, READERS, each_once
from tests.realsite.faults import Found, beat, fault
from tests.realsite.installing import PATIENCE, until
from tests.realsite.load import Load

A_MAIL = 300.0  # seconds that the slow mail server takes for each
WATCHED = 60.0  # seconds, for each repetition: two rounds of the clock
QUIET = 40.0  # seconds: a round of the clock, and more


@fault("mail-slow", 45.0)
def slow_mail_server(site, times):
    """The mail server takes 300 s for each mail: the clock's heartbeat is never older than a round and a half."""
    found = Found()
    site.relay.stop()
    site.relay.start(latency=A_MAIL)
    issue = site.act("issue", READERS)
    with Load(site) as load:
        for _time in range(times):
            end, oldest = time.monotonic() + WATCHED, 0.0
            while time.monotonic() < end:
                oldest = max(oldest, heartbeat_age())
                time.sleep(0.5)
            found.recoveries.append(oldest)
            found.times += 1
    found.answers = load.answers
    found.note = f"oldest heartbeat; {site.act('deliveries', issue)['claimed']} in the server's hands"
    site.relay.stop()
    site.relay.start()
    site.act("hold", issue)
    return found


def heartbeat_age():
    try:
        return time.time() - datetime.fromisoformat(beat().read_text()).timestamp()
    except (FileNotFoundError, ValueError):
        return 0.0


@fault("restore", 60.0)
def restored_backup(site, times):
    """A backup of half an issue is restored when more of it is out: no mail leaves until somebody says so."""
    found = Found()
    for _time in range(times):
        restore_half_an_issue(site, found)
        found.times += 1
    return found


def restore_half_an_issue(site, found):
    issue = half_sent(site)
    with Load(site, saves=0) as load:
        site.manage("backup", str(BACKUPS))
        until(lambda: sent(site, issue) >= READERS * 2 // 3)
        site.unit.stop()
        site.manage("restore", str(BACKUPS), "--replace")
        before, began = len(site.relay.taken()), time.monotonic()
        site.unit.start()
        if until(site.is_whole) is None:
            found.wrong.append("the restored site does not answer")
        found.recoveries.append(time.monotonic() - began)
        time.sleep(QUIET)
        if mails := len(site.relay.taken()) - before:
            found.wrong.append(f"{mails} mails left before anybody answered")
    found.answers += load.answers
    site.manage("after_restore", "--go-on", "--by=administrator")
    if until(lambda: site.act("deliveries", issue)["state"] == "sent", 2 * PATIENCE) is None:
        found.wrong.append(f"not finished: {site.act('deliveries', issue)}")
    each_once(site, issue, found)


def half_sent(site):
    site.relay.stop()
    site.relay.start(latency=0.5)
    issue = site.act("issue", READERS)
    until(lambda: sent(site, issue) >= READERS // 3)
    return issue


def sent(site, issue):
    """How many of its readers have it."""
    first = 1000 * issue
    wanted = {f"reader{number}@example.org" for number in range(first, first + READERS)}
    return sum(entry["to"] in wanted for entry in site.relay.taken())
