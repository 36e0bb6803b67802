"""What a restored database is from its first moment: marked as one, with its issues on hold, and with ids of its own.

Links and Message-IDs that went out after the backup name rows that the restore lost. Their ids are passed over: a link
of somebody who is not known any more must not unsubscribe the next person who signs up.
"""

from datetime import datetime

from articles.backup.engines import Engine
from articles.models import Contributor, Delivery, Issue, OutgoingMail, Restore, Revision, Subscription

NAMED_OUTSIDE = (Contributor, Delivery, Issue, OutgoingMail, Revision, Subscription)  # in links, Message-IDs, addresses
PASSED_OVER = 10_000_000  # ids: more than a site gives out between two backups
ON_HOLD = "The site was restored from a backup."


def statements(kind: Engine, *, backup_at: datetime, restored_at: datetime) -> list[str]:
    """In SQL, because it happens where no model is loaded: inside the step that brings the database back."""
    restored, issue = Restore._meta.db_table, Issue._meta.db_table
    now = kind.moment(restored_at)
    return [
        f"INSERT INTO {restored} (backup_at, restored_at, events, answer) "  # noqa: S608
        f"VALUES ({kind.moment(backup_at)}, {now}, '[]', '')",
        f"UPDATE {issue} SET state = '{Issue.HELD}', held_at = {now}, reason = '{ON_HOLD}' "  # noqa: S608
        f"WHERE state IN ('{Issue.APPROVED}', '{Issue.SENDING}')",
        *(statement for model in NAMED_OUTSIDE for statement in kind.skip_ids(model._meta.db_table, PASSED_OVER)),
    ]
