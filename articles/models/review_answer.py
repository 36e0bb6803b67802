"""ReviewAnswer: a medical reviewer's word on one sentence of a text, about which a check asked."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.review import Review


class ReviewAnswer(models.Model):
    """A part of its review, which says who answered and when. `digest` is of the finding, subject, sentence and why."""

    CORRECT, WRONG = "correct", "wrong"
    ANSWERS = [(CORRECT, "Correct as written"), (WRONG, "Wrong")]

    review = models.ForeignKey(Review, models.PROTECT, related_name="answers")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the question.")
    finding = models.CharField(max_length=60, help_text="The id of the check that asked.")
    subject = models.TextField(help_text="The medicine, procedure or source that the question is about.")
    sentence = models.TextField()
    why = models.TextField("why it was asked")
    answer = models.CharField(max_length=7, choices=ANSWERS)
    note = models.TextField(blank=True, help_text="What is wrong.")

    class Meta:
        verbose_name = "answer"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "digest"], name="reviewanswer_once"),
            models.CheckConstraint(
                condition=Q(answer="correct") | Q(answer="wrong") & ~Q(note=""), name="reviewanswer_wrong_says_what"
            ),
        ]
        indexes = [models.Index(fields=["digest"], name="reviewanswer_to_a_question")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_answer_display()}"

    @property
    def is_correct(self) -> bool:
        return self.answer == self.CORRECT

    def as_printed(self) -> dict[str, Any]:
        """What an edition keeps of it: whose word the sentence rests on."""
        on = timezone.localdate(self.review.decided_at).isoformat()
        asked = {name: getattr(self, name) for name in ("digest", "finding", "subject", "sentence", "why")}
        return {**asked, "reviewer": self.review.full_name, "on": on}
