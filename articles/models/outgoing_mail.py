"""Mails to one person that wait to be sent (`articles.mail.outbox`)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.subscription import Subscription


class OutgoingMail(models.Model):
    """One mail in line; its row goes when the mail server has taken it."""

    kind = models.CharField(max_length=30)
    to = models.EmailField(max_length=254)
    subscription = models.ForeignKey(Subscription, models.CASCADE, null=True, blank=True, related_name="mails")
    digest = models.CharField(max_length=64, unique=True, help_text="HMAC-SHA-256 of kind, key and address.")
    context = models.JSONField(default=dict, help_text="What its wording needs: ids and short words, no address.")
    queued_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(default=timezone.now, help_text="When it is sent, or tried again.")
    began_at = models.DateTimeField(null=True, blank=True, help_text="When it was first tried.")
    doubts = models.PositiveSmallIntegerField(default=0, help_text="Attempts of which nobody knows how they ended.")

    class Meta:
        verbose_name = "outgoing mail"
        verbose_name_plural = "outgoing mail"
        ordering = ["id"]
        indexes = [models.Index(fields=["next_at"], name="outgoing_mail_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(began_at__isnull=False) | Q(doubts=0), name="outgoing_mail_doubted_once_it_was_begun"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
