"""Asking the mail server whether it took a letter, where it can be asked: what makes a crash leave no double.

RELAY_JOURNAL names what is asked: a file into which the own relay writes one JSON object for each mail it took, with
its `message_id`; or an http(s) address with `{message_id}` in it, which answers 200 where the relay took that mail and
404 where it did not. Mails in a folder are asked for in the folder, Mailgun by its events. Otherwise, with every
other provider too, nobody knows.
"""

import glob
import gzip
import json
import urllib.error
import urllib.request
import zlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from django.conf import settings

from articles.newsletter.sending import mailgun

ANSWERS_WITHIN = 20  # seconds
CLOCKS_DIFFER = timedelta(hours=1)  # at most, between this machine and the relay's


class Relay(Protocol):
    """`settles_within`: seconds after a connection broke until what a relay does not know it will never know."""

    settles_within: float
    can_be_asked: bool

    def knows(self, message_id: str, since: datetime) -> bool | None:
        """Whether it took the letter, which was first tried at `since`; None where it cannot say now."""


class Mute:
    """A mail server that nobody can ask."""

    settles_within, can_be_asked = 0.0, False

    def knows(self, message_id: str, since: datetime) -> bool | None:
        return None


class Journal:
    """The journal of an own relay, on this machine or mounted, and what was rotated out of it since.

    A rotated file stands beside it: its name and “.…” or “-…”, as logrotate names them, compressed by gzip or not.
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


class Lookup:
    """A relay that answers over HTTP."""

    can_be_asked = True

    def __init__(self, address: str, settles_within: float) -> None:
        self.address, self.settles_within = address, settles_within

    def knows(self, message_id: str, since: datetime) -> bool | None:
        asked = self.address.replace("{message_id}", quote(message_id, safe=""))
        try:
            with urllib.request.urlopen(asked, timeout=ANSWERS_WITHIN) as answer:  # noqa: S310  an administrator's
                return True if answer.status == 200 else None
        except urllib.error.HTTPError as problem:
            return False if problem.code == 404 else None
        except (OSError, ValueError):
            return None


class Folder:
    """Mails that are files: what lies there was taken."""

    settles_within, can_be_asked = 0.0, True

    def __init__(self) -> None:
        from articles.newsletter.sending.door import EmlFolder

        self.folder = EmlFolder()

    def knows(self, message_id: str, since: datetime) -> bool | None:
        return self.folder.place(message_id).exists()


def relay() -> Relay:
    """The one that the settings name."""
    journal, settles = settings.RELAY_JOURNAL, settings.RELAY_SETTLES
    if journal.startswith(("http://", "https://")):
        return Lookup(journal, settles)
    if journal:
        return Journal(Path(journal), settles)
    if settings.EMAIL_BACKEND == "anymail.backends.mailgun.EmailBackend":
        return mailgun.configured()
    return Folder() if settings.EMAIL_BACKEND.endswith(".EmlFolder") else Mute()
