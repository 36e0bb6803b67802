"""Puts a real site on a machine that is thrown away, breaks it under load in every known way, and prints a table.

    python -m tests.realsite [--times N] [--only FAULT]... [--json]

Needs root on Linux, and nginx-light, postgresql and redis-server. All of it ends with the command, however that ends:
processes, network, files. 40 reads, 2 subscriptions and a save a second go on all the while, on loopback.
"""

import argparse
import json
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.realsite import machine

A_FAULT = 15 * 60  # seconds for one of them, at most; what takes longer hangs
HEADS = ("fault", "times", "requests", "failed", "put off", "slowest", "limit", "")


def arguments(names):
    parser = argparse.ArgumentParser(prog="python -m tests.realsite", description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=3, help="repetitions of each fault")
    parser.add_argument("--only", action="append", choices=names, metavar="FAULT", help=", ".join(names))
    parser.add_argument("--json", action="store_true", help="print one JSON document on stdout")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def main():
    from tests.realsite import disk, mails  # noqa: F401  they add theirs
    from tests.realsite.faults import FAULTS

    given = arguments(list(FAULTS))
    if given.inside:
        return inside(given, [FAULTS[name] for name in given.only or FAULTS])
    if reason := machine.missing():
        print(reason, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="realsite-") as folder:
        command = [sys.executable, "-m", "tests.realsite", "--inside", "/srv/realsite", *sys.argv[1:]]
        return machine.run_inside(Path(folder), command, seconds=A_FAULT * len(given.only or FAULTS))


def inside(given, faults):
    from tests.realsite.installing import installed

    def say(words):
        print(f"{time.strftime('%H:%M:%S')}  {words}", file=sys.stderr, flush=True)

    given.inside.mkdir(mode=0o755, parents=True)
    rows = []
    with installed(given.inside, say) as site:
        for fault in faults:
            say(fault.what)
            rows.append(row(fault, attempt(fault, site, given.times)))
            if not given.json:
                show(rows)
    if given.json:
        print(json.dumps(rows, indent=1))
    return int(not all(found["passed"] for found in rows))


def show(rows):
    """The last row of the table, with the heads of the columns above the first."""
    if len(rows) == 1:
        print(line({name: name for name in HEADS}))
    print(line(rows[-1]))
    for sentence in rows[-1]["wrong"]:
        print(f"    {sentence}")
    sys.stdout.flush()


def attempt(fault, site, times):
    """What it found. A fault whose own steps fail is one that did not pass, and the next is tried all the same."""
    from tests.realsite.faults import Found

    try:
        site.act("forget")
        return fault.run(site, times)
    except Exception as problem:
        traceback.print_exc()
        return Found(wrong=[f"{type(problem).__name__}: {problem}"])


def row(fault, found):
    slowest = max(found.recoveries, default=0.0)
    wrong = [*found.wrong]
    if found.failed:
        for answer in found.failed[:3]:
            wrong.append(f"{answer.kind} got {answer.status or answer.problem} after {answer.took:.2f} s")
    return {
        "fault": fault.name,
        "what": fault.what,
        "times": found.times,
        "requests": len(found.answers),
        "failed": len(found.failed),
        "put_off": len(found.put_off),
        "slowest": round(slowest, 2),
        "limit": fault.limit,
        "passed": not wrong and found.times > 0 and slowest <= fault.limit,
        "wrong": wrong,
        "note": found.note,
    }


def line(found):
    cells = [found.get(name.replace(" ", "_"), found.get(name, "")) for name in HEADS[:-1]]
    verdict = {True: "pass", False: "FAIL"}.get(found.get("passed"), "")
    return f"{cells[0]:16}" + "".join(f"{cell!s:>10}" for cell in [*cells[1:], verdict]) + f"  {found.get('note', '')}"


if __name__ == "__main__":
    sys.exit(main())
