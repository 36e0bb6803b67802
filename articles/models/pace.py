"""Pace: how fast letters may go, kept where every sender on every machine sees it, and where no restart forgets it."""

from django.db import models
from django.db.models import Q


class Pace(models.Model):
    """One row: the moment of the next free slot. Taking the slot moves it on (`newsletter.delivery.pace`)."""

    next_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="pace_is_one")]

    def __str__(self) -> str:
        return f"Next message not before {self.next_at:%H:%M:%S}"
