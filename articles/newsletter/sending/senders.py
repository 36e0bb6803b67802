"""Who sends: each sender has a name, and holds a lock on a file of that name for as long as it lives.

The kernel lets go of a dead process's locks, so a crash on this machine is known at once, and a living sender is never
taken for dead, however slow. What a sender on another machine had in hand is free when its lease ends.
"""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.conf import settings


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "senders"


@contextmanager
def signed_on() -> Iterator[str]:
    """The name of a new sender, alive until the block ends."""
    name = f"{socket.gethostname()[:40]}-{os.getpid()}-{uuid4().hex[:12]}"
    _folder().mkdir(parents=True, exist_ok=True)
    path = _folder() / name
    with open(path, "x") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield name
        path.unlink(missing_ok=True)  # not where it broke off: then the file says that it is dead


def is_dead(name: str) -> bool:
    """Whether a sender of this machine is known to have died; of another machine's nothing is known."""
    if not name or "/" in name:
        return False
    try:
        with open(_folder() / name) as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # another machine's, or alive
        return False
    return True


def sweep() -> None:
    """Removes what dead senders left, once nothing in the ledger names them."""
    from articles.models import Delivery

    if not _folder().exists():
        return
    named = set(Delivery.objects.filter(state=Delivery.CLAIMED).values_list("claimed_by", flat=True))
    for path in _folder().iterdir():
        if path.name not in named and is_dead(path.name):
            path.unlink(missing_ok=True)
