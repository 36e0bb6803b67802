"""What medical reviewers answered to the questions of a text: which answers count, and what a sign-off still lacks.

An answer counts for its question wherever the sentence stands in the article. The question is another one, and is asked
again, when the sentence changes, or `why` it was asked, which names what it rests on (the class on a medicine's entry).
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.models import Article, Review, ReviewAnswer
from articles.publishing import snapshot
from articles.publishing.wording import folded

if TYPE_CHECKING:
    from articles.publishing.checks.gate import Asked, Question


@dataclass(frozen=True)
class Given:
    """An answer that was just given: `answer` is one of `ReviewAnswer.ANSWERS`; `note` says what is wrong."""

    answer: str = ReviewAnswer.CORRECT
    note: str = ""


Answers = Mapping[str, Given]  # by the key of the question


def key(finding: str, question: "Question") -> str:
    """A question's name: the same for the same words, however they are spaced, quoted or capitalized."""
    asked = [finding, *map(_words, (question.subject, question.sentence, question.why))]
    return hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()


def _words(text: str) -> str:
    return " ".join(folded(snapshot.canonical(text)).translate(QUOTES).split())


QUOTES = str.maketrans("“”„‘’", '"""\'\'')


def counting(article: Article, keys: Collection[str]) -> dict[str, ReviewAnswer]:
    """The answer that counts to each of the questions that has one.

    Of each reviewer the newest: a “wrong” until they take it back, a “correct” while their review holds and they are
    no author. One “wrong” outweighs every “correct”.
    """
    if not keys:
        return {}
    rows = ReviewAnswer.objects.filter(review__revision__article=article, digest__in=keys).select_related("review")
    newest = {(row.digest, row.review.reviewer_id): row for row in rows.order_by("review__decided_at", "pk")}
    authors = set(article.authors.values_list("pk", flat=True)) if newest else set()
    counts: dict[str, ReviewAnswer] = {}
    for (digest, reviewer), row in newest.items():
        holds = row.review.withdrawn_at is None and reviewer not in authors
        if not row.is_correct or (holds and (digest not in counts or counts[digest].is_correct)):
            counts[digest] = row
    return counts


def all_correct(questions: Iterable["Asked"]) -> dict[str, Given]:
    """For a reviewer who read them all and found each sentence right."""
    return {asked.key: Given() for asked in questions}


def problems(
    questions: Iterable["Asked"], given: Answers, *, decision: str, reviewer: int | None = None
) -> dict[str, str]:
    """What the answers of a reviewer lack for their decision: a sentence for each such question, by its key."""
    is_approval = decision == Review.APPROVED
    sentences = {asked.key: _problem(asked, given.get(asked.key), is_approval, reviewer) for asked in questions}
    return {key: sentence for key, sentence in sentences.items() if sentence}


def _problem(asked: "Asked", given: Given | None, is_approval: bool, reviewer: int | None) -> str:
    subject, before = asked.question.subject, asked.answer
    if given and given.answer not in dict(ReviewAnswer.ANSWERS):
        return f"Choose one of the two answers about {subject}."
    if given and given.answer == ReviewAnswer.WRONG and not given.note.strip():
        return f"Say what’s wrong about {subject}."
    if not is_approval:
        return ""
    if given and given.answer == ReviewAnswer.WRONG:
        return f"You answered “Wrong” about {subject}, so you can’t sign off. Request changes."
    if before and not before.is_correct and (given is None or before.review.reviewer_id != reviewer):
        who = before.review.full_name
        return f"{who} answered “Wrong” about {subject}. The sentence has to change, or {who} has to answer again."
    return "" if given or before else f"Answer the question about {subject} first."


def record(review: Review, questions: Iterable["Asked"], given: Answers) -> None:
    """Keeps the answers of a review."""
    rows = [_row(review, asked, given[asked.key]) for asked in questions if asked.key in given]
    ReviewAnswer.objects.bulk_create(rows)


def _row(review: Review, asked: "Asked", given: Given) -> ReviewAnswer:
    return ReviewAnswer(
        review=review,
        digest=asked.key,
        finding=asked.finding.id,
        subject=asked.question.subject,
        sentence=asked.question.sentence,
        why=asked.question.why,
        answer=given.answer,
        note=snapshot.canonical(given.note) if given.answer == ReviewAnswer.WRONG else "",
    )


def carry_over(review: Review, before: Iterable["Asked"], after: Iterable["Asked"]) -> None:
    """Keeps the reviewer's answers on sentences in which only a typo was fixed, for a sign-off that was carried over.

    The n-th question of a check about a subject is the same one as before, if there are as many.
    """
    old, new = _grouped(before), _grouped(after)
    alike = [group for group in new if len(old[group]) == len(new[group])]
    pairs = [pair for group in alike for pair in zip(old[group], new[group], strict=True)]
    answered = [
        (now, was.answer)
        for was, now in pairs
        if was.key != now.key and was.answer and was.answer.review.reviewer_id == review.reviewer_id
    ]
    record(review, [now for now, _ in answered], {now.key: Given(row.answer, row.note) for now, row in answered})


def _grouped(questions: Iterable["Asked"]) -> dict[tuple[str, str], list["Asked"]]:
    groups = defaultdict(list)
    for asked in questions:
        groups[asked.finding.id, asked.question.subject].append(asked)
    return groups
