"""Invitation: an address that was asked to join the newsroom. Its row goes when it is accepted or withdrawn."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class Invitation(models.Model):
    LIFE = timedelta(days=7)

    email = models.EmailField("email address", help_text="The link goes here. Use an address that only they read.")
    first_name = models.CharField("first name", max_length=150)
    last_name = models.CharField("last name", max_length=150)
    role = models.CharField(max_length=150)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField("sent", default=timezone.now, help_text="A link sent earlier doesn’t work.")

    class Meta:
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="invitation_once_for_an_address",
                violation_error_message="This address has an open invitation. Send that one again, or withdraw it.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name} ({self.email})"

    @property
    def expires_at(self) -> datetime:
        return self.sent_at + self.LIFE
