"""Runs the tests under other clocks, one run each: `python -m tests.bench.clocks [ARGUMENTS OF PYTEST]`.

Needs Debian's `faketime`. Servers and browsers that a test starts see the same clock. Prints how each run ended. What
`faketime` cannot move is left out: the kernel's clock, by which files get their age and processes wait for each other.

With Debian 12's `faketime`, `time.sleep` raises EINVAL where the distance is longer than the machine has run: what
sleeps so fails under these clocks, and that says nothing about the product.
"""

import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
CLOCKS = {  # the moment at which a run begins, in UTC
    "the last minutes of a year": "2026-12-31 23:52",
    "a Thursday as the newsletter is due": "2027-06-10 08:55",
    "as summer time begins in New York": "2027-03-14 06:55",
    "as summer time ends in Berlin": "2027-10-31 00:55",
    "a Sunday, late, in a week 53": "2033-01-02 23:50",
}

KERNELS = [
    "tests/publishing/test_pictures.py::test_what_a_killed_upload_left_is_swept_away_after_an_hour",
    "tests/newsletter/test_collecting.py::test_the_clock_of_a_running_site_reads_the_mailbox_by_itself",
]


def main(arguments: list[str]) -> int:
    if shutil.which("faketime") is None:
        print("faketime is missing: apt-get install faketime", file=sys.stderr)
        return 2
    worst = 0
    for name, moment in CLOCKS.items():
        begins = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        ahead = int(begins.timestamp() - time.time())
        # A fixed distance, as `faketime` adds it to every clock but the one that only counts.
        env = os.environ | {"DONT_FAKE_MONOTONIC": "1"}
        command = ["faketime", "-f", f"{ahead:+d}s", sys.executable, "-m", "pytest", "-rfE", *arguments]
        command += [f"--deselect={test}" for test in KERNELS]
        done = subprocess.run(command, cwd=ROOT, env=env, check=False, stdout=subprocess.PIPE, text=True)
        failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED tests", "ERROR tests"))]
        print(f"{name} ({moment} UTC): {done.stdout.splitlines()[-1]}", *failed, sep="\n  ", flush=True)
        worst = max(worst, done.returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
