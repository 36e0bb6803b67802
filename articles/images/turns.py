"""One large picture at a time is in memory, over all processes of a site on one machine.

Four photographs of 24 megapixels at once took one process to 900 MB; in turns they take 230, since `serve` has memory
given back at once (`management/lifeline.py`). Small ones need no turn. `tests/bench/pictures.py --at-once 4` measures.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

from articles.refusal import Refused

LARGE = 3_000_000  # pixels; a screen has two million
PATIENCE = 30.0  # seconds: about ten photographs
LOOKS_EVERY = 0.02  # seconds: shorter than the pause that another process makes between two pictures


class Busy(Refused):
    """Others had their turns for longer than a person should wait."""


@contextmanager
def turn(pixels: int) -> Iterator[None]:
    """Waits while another large picture is at work; the kernel ends the turn of a process that died. Raises Busy."""
    if pixels <= LARGE:
        yield
        return
    with open(Path(settings.VAR_DIR) / "picture.lock", "w") as lock:
        end = time.monotonic() + PATIENCE
        while not _is_ours(lock):
            if time.monotonic() >= end:
                raise Busy("The server is busy with other pictures. Try again in a minute.")
            time.sleep(LOOKS_EVERY)
        yield


def _is_ours(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
