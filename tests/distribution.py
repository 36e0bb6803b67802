"""How the tests of a run are shared out among its processes: a file in one piece, and the files of a group together.

What takes longest is shared out first. While one process prepares the demonstration for the journeys at the desk,
another does what does not wait for it.
"""

from pathlib import PurePosixPath

from xdist.scheduler import LoadScopeScheduling

READING = ("test_accessibility.py", "test_weight.py")  # journeys that only read
LEAKS = "tests/admin/test_leaks.py"  # the longest file: each of its tests is a piece of its own
FIRST = ("desk", LEAKS, "reading")


def group(nodeid: str) -> str:
    """What runs in one process, one after another: Chromium and the site are started twice and not oftener."""
    path = PurePosixPath(nodeid.partition("::")[0])
    if path.parts[1] == "journeys":
        return "reading" if path.name in READING else "desk"
    if path.parts[1] == "demonstration":
        return "demonstration"
    return nodeid if str(path) == LEAKS else str(path)


def turn(nodeid: str) -> int:
    """The place of a test in the order of a run; those of one place keep the order in which they were collected."""
    known = group(nodeid).partition("::")[0]
    return FIRST.index(known) if known in FIRST else len(FIRST)


class Distribution(LoadScopeScheduling):
    """Overrides what pytest-xdist's documentation of custom schedulers says is to be overridden."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)
