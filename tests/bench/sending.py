"""Prints the figures of sending, as a table: `python -m tests.bench.sending [kills|mute|workers|speed|all]`.

On SQLite in a folder of its own, or in the database that DATABASE_URL names, whose tables of letters and readers are
emptied. Nothing here is asserted; `tests/newsletter/test_crashes.py` asserts the same of fewer letters.
"""

import argparse
import random
import statistics
import tempfile
import time
from pathlib import Path

from tests.newsletter.site import Site

READERS = 10_000


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", nargs="?", default="all", choices=["kills", "mute", "workers", "speed", "all"])
    parser.add_argument("--readers", type=int, default=READERS)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    random.seed(given.seed)
    chosen = {"kills": kills, "mute": mute, "workers": workers, "speed": speed}
    for name, figure in chosen.items():
        if given.what in (name, "all"):
            with tempfile.TemporaryDirectory(prefix="sending-") as folder:
                print(f"{name:8} {figure(Site(Path(folder)), given)}", flush=True)


def kills(site, given):
    """kill -9 at random points, with a relay that can be asked."""
    return _killed(site, given, askable=True)


def mute(site, given):
    """kill -9 at random points, with a relay that cannot be asked."""
    return _killed(site, given, askable=False)


def _killed(site, given, *, askable):
    site.prepare(given.readers)
    with site.relay() as relay:
        done = site.send_and_kill(relay, kills=given.kills, askable=askable)
    return done.told()


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
    ratios = []
    with site.relay() as relay:
        plain = site.run("plain", relay)
    with site.relay() as relay:
        ours = site.run("ledger", relay)
        outcome = site.outcome(relay, kills=0).told()
    ratios.append(plain["seconds"] / ours["seconds"])
    return (
        f"send_messages {given.readers / plain['seconds']:.0f}/s, ledger {given.readers / ours['seconds']:.0f}/s: "
        f"{statistics.median(ratios):.2f} times as fast; {ours['megabytes']:.0f} MB; "
        f"letters of {ours['bytes']} bytes; {outcome}"
    )


if __name__ == "__main__":
    main()
