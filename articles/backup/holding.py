"""The marks that a restored database carries from its first moment: it came out of a backup, and its issues wait."""

from datetime import datetime

from articles.backup.engines import Engine
from articles.models import Issue, Restore

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
    ]
