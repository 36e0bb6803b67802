"""Answering the question at the end of an article with one tap. Only totals are kept."""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from articles.models import AnswerTally, Edition
from articles.readers import visitor_dedupe
from articles.readers.visitor_dedupe import Visitor
from articles.richtext import text

MOST_IN_AN_HOUR = 60  # answers from one network; a ward or a waiting room shares one
COUNTED, TOO_MANY, CHANGED = "counted", "too many", "changed"


def question_key(question: str) -> str:
    """Eight characters that tell one wording from another, for the form: a changed question is not answered by it."""
    return hashlib.sha256(question.encode()).hexdigest()[:8]


def can_be_answered(edition: Edition) -> bool:
    return text.is_yes_or_no(edition.closing_question)


@transaction.atomic
def answer(edition: Edition, choice: str, *, key: str, visitor: Visitor, at: datetime | None = None) -> str:
    """Counts one of `AnswerTally.ANSWERS`. COUNTED, TOO_MANY from this network, or CHANGED since the page was opened.

    A second answer of the day from the same browser on the same network changes nothing and is COUNTED all the same:
    a person who shares a device learns nothing about who answered on it before.
    """
    if choice not in dict(AnswerTally.ANSWERS):
        raise ValueError(f"“{choice}” isn’t one of the three answers.")
    if key != question_key(edition.closing_question):
        return CHANGED
    if visitor_dedupe.in_an_hour("answer", visitor, at=at) >= MOST_IN_AN_HOUR:
        return TOO_MANY
    about = f"{edition.article_id} {edition.closing_question}"
    if visitor_dedupe.leave("answer", about, visitor, at=at):
        _count(edition, choice)
    return COUNTED


def _count(edition: Edition, choice: str) -> None:
    own = {"article_id": edition.article_id, "question": edition.closing_question}
    if not AnswerTally.objects.filter(**own).update(**{choice: F(choice) + 1}):
        try:
            with transaction.atomic():
                AnswerTally.objects.create(**own, **{choice: 1})
        except IntegrityError:  # the first two answers at the same moment
            AnswerTally.objects.filter(**own).update(**{choice: F(choice) + 1})


def tally(edition: Edition) -> AnswerTally:
    """The totals of an edition's question; zeros where nobody has answered it yet."""
    own = {"article_id": edition.article_id, "question": edition.closing_question}
    return AnswerTally.objects.filter(**own).first() or AnswerTally(**own)
