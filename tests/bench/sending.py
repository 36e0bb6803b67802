"""Prints the figures of sending, as a table: `python -m tests.bench.sending [kills|mute|workers|speed|wire|all]`.

On SQLite in a folder of its own, or in the PostgreSQL that `--database` names, which is EMPTIED.
Nothing here is asserted; `tests/newsletter/test_crashes.py` asserts the same of fewer letters.
"""

import argparse
import random
import statistics
import tempfile
import time
from pathlib import Path

from tests.newsletter.nursery import nursery
from tests.newsletter.site import ROOT, Site

READERS, ROUNDS = 10_000, 10


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", nargs="?", default="all", choices=["kills", "mute", "workers", "speed", "wire", "all"])
    parser.add_argument("--readers", type=int, default=READERS)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", default="", help="postgres://…; it is emptied first")
    given = parser.parse_args()
    random.seed(given.seed)
    chosen = {"kills": kills, "mute": mute, "workers": workers, "speed": speed, "wire": wire}
    for name, figure in chosen.items():
        if given.what in (name, "all"):
            with tempfile.TemporaryDirectory(prefix="sending-") as folder:
                print(f"{name:8} {figure(Site(Path(folder), given.database), given)}", flush=True)


def kills(site, given):
    """kill -9 at random points, with a relay that can be asked."""
    return _killed(site, given, askable=True)


def mute(site, given):
    """kill -9 at random points, with a relay that cannot be asked."""
    return _killed(site, given, askable=False)


def _killed(site, given, *, askable):
    site.prepare(given.readers)
    with site.relay() as relay, nursery(ROOT, site.environment(relay)) as processes:
        done = site.send_and_kill(relay, processes, kills=given.kills, askable=askable)
    return done.told()


def wire(site, given):
    """Every letter by every rule of the wire."""
    site.prepare(given.readers)
    found = site.run("wire")
    return f"{found['letters']} letters looked at; problems: {found['problems']}; shared by two: {found['shared']}"


def workers(site, given):
    """Eight processes at once."""
    site.prepare(given.readers)
    with site.relay() as relay:
        started = time.monotonic()
        senders = [site.sender(relay) for _number in range(8)]
        codes = [sender.wait() for sender in senders]
        seconds = time.monotonic() - started
        return f"{site.outcome(relay, kills=0).told()}; 8 processes, exits {set(codes)}, {seconds:.0f} s"


def speed(site, given):
    """Against Django's send_messages over one connection without a ledger, in turns; and the sender's memory."""
    site.prepare(given.readers)
    share = given.readers // ROUNDS
    with site.relay() as for_django, site.relay() as for_us:
        rounds = [
            (site.run("plain", for_django, turn * share, share), site.run("ledger", for_us, share))
            for turn in range(ROUNDS)
        ]
        outcome = site.outcome(for_us, kills=0).told()
    plain, ours = (sum(one[side]["seconds"] for one in rounds) for side in (0, 1))
    middle = statistics.median(django["seconds"] / us["seconds"] for django, us in rounds)
    memory = max(us["megabytes"] for _django, us in rounds)
    size = rounds[0][1]["bytes"]
    return (
        f"send_messages {given.readers / plain:.0f}/s, ledger {given.readers / ours:.0f}/s: {plain / ours:.2f} times "
        f"as fast (median of {ROUNDS} rounds {middle:.2f}); {memory:.0f} MB; letters of {size} bytes; {outcome}"
    )


if __name__ == "__main__":
    main()
