"""Did the mail server take a mail? Asked after a crash, where it can be asked, so that nobody gets it twice.

RELAY_JOURNAL names what is asked: a file (`journal`), or an http(s) address with `{message_id}` in it (`http`). Mails
in a folder are looked up in the folder, Mailgun is asked for its events (`mailgun`). Otherwise, and with every other
provider, nobody knows.
"""

from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Protocol

from django.conf import settings

from articles.mail.acceptance import mailgun
from articles.mail.acceptance.http import HttpLookup
from articles.mail.acceptance.journal import Journal
from articles.mail.eml_folder import EmlFolder

ASKED_FOR = timedelta(days=1)  # a mail server that could say what it took, and gives no answer


class Acceptance(Protocol):
    """`settles_within`: seconds after a connection broke until a mail that is not known by then will never be."""

    settles_within: float
    can_be_asked: bool

    def knows(self, message_id: str, since: datetime) -> bool | None:
        """Whether it took the mail, which was first tried at `since`; None where it cannot say now."""


class NoLookup:
    """A mail server that nobody can ask."""

    settles_within, can_be_asked = 0.0, False

    def knows(self, message_id: str, since: datetime) -> bool | None:
        return None


class FolderLookup:
    """Mails that are files: what lies there was taken."""

    settles_within, can_be_asked = 0.0, True

    def knows(self, message_id: str, since: datetime) -> bool | None:
        return EmlFolder().place(message_id).exists()


def configured() -> Acceptance:
    """The one that the settings name."""
    journal, settles = settings.RELAY_JOURNAL, settings.RELAY_SETTLES
    if journal.startswith(("http://", "https://")):
        return HttpLookup(journal, settles)
    if journal:
        return Journal(Path(journal), settles)
    if settings.EMAIL_BACKEND == "anymail.backends.mailgun.EmailBackend":
        return mailgun.configured()
    return FolderLookup() if settings.EMAIL_BACKEND.endswith(".EmlFolder") else NoLookup()


class Verdict(Enum):
    """What became of a mail that was begun, and of which nobody saw the end."""

    TAKEN = "taken"
    NOT_TAKEN = "not taken"
    NOT_KNOWN_YET = "not known yet"
    NEVER_KNOWN = "never known"


def verdict(message_id: str, *, since: datetime, at: datetime) -> Verdict:
    """Asks the mail server for a mail that was first tried at `since`."""
    asked = configured()
    knows = asked.knows(message_id, since)
    if knows is not None:
        return Verdict.TAKEN if knows else Verdict.NOT_TAKEN
    return Verdict.NOT_KNOWN_YET if asked.can_be_asked and at < since + ASKED_FOR else Verdict.NEVER_KNOWN
