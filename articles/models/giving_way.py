"""Changes of the triggers of many tables while a site goes on. Each table is locked until all is done, so a page or a
writer that has one of them and needs another would wait for us while we wait for it: PostgreSQL then ends one of both.
Here it is never the other: we wait for a moment only, let go of everything, and begin again.
"""

import time
from collections.abc import Callable
from functools import wraps

from django.db import OperationalError, connections, transaction

WAIT = "100ms"  # for one table; PostgreSQL looks for those who wait for each other after a second
BUSY = {"55P03", "40P01"}  # lock not available, deadlock detected
PATIENCE = 600.0  # seconds: a backup reads every table for as long as it takes
PAUSE = 0.05


def giving_way(change: Callable[[str], None]) -> Callable[..., None]:
    """In one transaction: all of it, or nothing. Inside another's transaction nobody can begin again."""

    @wraps(change)
    def patiently(using: str = "default") -> None:
        connection, ends_at = connections[using], time.monotonic() + PATIENCE
        is_ours = connection.vendor == "postgresql" and not connection.in_atomic_block
        while True:
            try:
                with transaction.atomic(using), connection.cursor() as cursor:
                    if is_ours:
                        cursor.execute(f"SET LOCAL lock_timeout = '{WAIT}'")
                    return change(using)
            except OperationalError as problem:
                is_busy = getattr(problem.__cause__, "sqlstate", "") in BUSY
                if not is_ours or not is_busy or time.monotonic() > ends_at:
                    raise
            time.sleep(PAUSE)

    return patiently
