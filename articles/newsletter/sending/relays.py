"""Asking the mail server whether it took a letter, where it can be asked: what makes a crash leave no double.

RELAY_JOURNAL names what is asked: a file into which the own relay writes one JSON object for each mail it took, with
its `message_id`; or an http(s) address with `{message_id}` in it, which answers 200 where the relay took that mail and
404 where it did not. Mails in a folder are asked for in the folder, Mailgun by its events. Otherwise, with every
other provider too, nobody knows.
"""

import json
import urllib.error
import urllib.request
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from django.conf import settings

from articles.newsletter.sending import mailgun

ANSWERS_WITHIN = 20  # seconds


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
    """The journal of an own relay, on this machine or mounted."""

    can_be_asked = True

    def __init__(self, path: Path, settles_within: float) -> None:
        self.path, self.settles_within = path, settles_within

    def knows(self, message_id: str, since: datetime) -> bool | None:
        try:
            with open(self.path, encoding="utf-8", errors="replace") as lines:
                return any(_names(line, message_id) for line in lines if message_id in line)
        except OSError:
            return None


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
