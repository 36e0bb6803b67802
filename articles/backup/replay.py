"""What the journal knows of the time after a backup, applied to the restored database: who left, and what was sent.

Who left stays out, who was erased is erased again, and a message that a mail server took is never sent again. To
apply it twice changes nothing more. Where the journal leaves a doubt, the restored site writes to fewer people: a
reader who moved to another address is not written to at the old one, and has to subscribe again with the new.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from articles.backup import replayed_issues, replayed_readers
from articles.mail import journal
from articles.mail.journal import Entry
from articles.mail.kinds import KINDS
from articles.models import OutgoingMail

OVERLAP = timedelta(minutes=10)  # a line is written before its transaction ends, and none takes so long
UNKNOWN = (
    "The journal at {path} doesn’t know of this backup, so it may lack what happened since {at}: who unsubscribed, who "
    "was erased, which issues went out."
)
NOTHING = "The journal knows of nothing that happened after the backup."


@transaction.atomic
def apply(entries: Iterable[Entry], *, since: datetime, at: datetime) -> list[str]:
    """Applies the entries of journals around a backup's moment and later. What that was, in sentences for a person."""
    entries = list(entries)
    with journal.together():
        sentences = [*replayed_issues.apply(entries, at=at), *_mails(entries), *replayed_readers.apply(entries)]
    if not any(entry.what == journal.BACKUP and entry.facts.get("moment") == since.isoformat() for entry in entries):
        moment = date_format(timezone.localtime(since), "F j, Y, H:i")
        return [UNKNOWN.format(path=journal.path(), at=moment), *sentences]
    return sentences or [NOTHING]


def _mails(entries: list[Entry]) -> list[str]:
    """Takes single mails out of the line that had been sent."""
    gone = 0
    for entry in entries:
        if entry.what == journal.MAILED:
            waiting = OutgoingMail.objects.filter(digest=entry.facts.get("mail"), queued_at__lte=entry.at)
            for mail in waiting.select_related("subscription"):
                if mail.kind in KINDS:
                    KINDS[mail.kind].taken(mail, entry.at)
                mail.delete()
                gone += 1
    were = "email was" if gone == 1 else "emails were"
    return [f"{gone} single {were} sent after the backup and won’t be sent again."] if gone else []
