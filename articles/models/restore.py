"""Restore: that this database came out of a backup, and what a person said about the time since."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class RestoreQuerySet(models.QuerySet["Restore"]):
    def unsettled(self) -> Self:
        """Those after which nobody has said yet that the site may go on: no mail is sent."""
        return self.exclude(answer=Restore.GO_ON)


class Restore(models.Model):
    """One restore. `manage.py restore` writes the row in the same step as the database that it is about."""

    GO_ON, HOLD = "go_on", "hold"
    ANSWERS = [(GO_ON, "Nothing else was sent since the backup: go on"), (HOLD, "Keep everything on hold")]

    backup_at = models.DateTimeField(help_text="The moment of the backup.")
    restored_at = models.DateTimeField()
    events = models.JSONField(default=list, help_text="Sentences: what the journal says happened since the backup.")
    answer = models.CharField(max_length=8, choices=ANSWERS, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = RestoreQuerySet.as_manager()

    class Meta:
        verbose_name = "restored backup"
        ordering = ["-restored_at", "-id"]
        permissions = [("answer_restore", "Can say that mail may leave again after a restore")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | Q(answer__in=["go_on", "hold"], answered_at__isnull=False),
                name="restore_answered_with_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Backup of {self.backup_at:%Y-%m-%d %H:%M}, restored {self.restored_at:%Y-%m-%d %H:%M}"

    @property
    def is_finished(self) -> bool:
        """Whether the journal was applied: then it said something, and be it that nothing happened."""
        return bool(self.events)
