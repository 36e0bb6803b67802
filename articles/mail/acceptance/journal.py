"""Asking the journal of a mail server of one's own: a file with one JSON object for each mail that it took."""

import glob
import gzip
import json
import zlib
from datetime import datetime, timedelta
from pathlib import Path

CLOCKS_DIFFER = timedelta(hours=1)  # at most, between this machine and the mail server's


class Journal:
    """The journal, on this machine or mounted, and what was rotated out of it since.

    A rotated file lies beside it: its name and “.…” or “-…”, as logrotate names them, compressed by gzip or not.
    """

    can_be_asked = True

    def __init__(self, path: Path, settles_within: float) -> None:
        self.path, self.settles_within = path, settles_within

    def knows(self, message_id: str, since: datetime) -> bool | None:
        try:
            # The journal first: what is rotated meanwhile is then met among the others.
            return _holds(self.path, message_id) or any(
                _holds(part, message_id)
                for part in self.path.parent.glob(f"{glob.escape(self.path.name)}[.-]*")
                if part.stat().st_mtime >= (since - CLOCKS_DIFFER).timestamp()
            )
        except (OSError, EOFError, zlib.error):
            return None


def _holds(part: Path, message_id: str) -> bool:
    opened = gzip.open if part.suffix == ".gz" else open
    with opened(part, "rt", encoding="utf-8", errors="replace") as lines:
        return any(_names(line, message_id) for line in lines if message_id in line)


def _names(line: str, message_id: str) -> bool:
    try:
        entry = json.loads(line)
    except ValueError:
        return False
    return isinstance(entry, dict) and entry.get("message_id") == message_id
