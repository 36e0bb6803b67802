"""What happens on the desk before print: saving, submitting for review, signing off, asking for changes."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Article, Contributor, Edition, Review, Revision, SafeguardChange, Section, SettledAccount
from articles.publishing import (
    checks,
    knowledge,
    notices,
    persons,
    retractions,
    review_answers,
    review_mails,
    snapshot,
    typos,
)
from articles.publishing.checks import Asked
from articles.publishing.printing import take_off_the_schedule
from articles.publishing.review_answers import Answers
from articles.refusal import Refused

DELETED = "This draft was deleted. Put it back from the list of deleted drafts to go on with it."
SIGNED_BY_YOU = "You signed off on this text as its medical reviewer, so another editor must publish it."


class DeskRefused(Refused):
    """Something on the desk that cannot be done."""


class SignOffRefused(DeskRefused):
    """A review that cannot be recorded; `answers` has the sentences about answers by the key of their question."""

    def __init__(self, *problems: str, answers: Mapping[str, str]) -> None:
        super().__init__(*dict.fromkeys([*problems, *answers.values()]))
        self.answers = answers


@transaction.atomic
def save(article: Article, *, by: User | None, at: datetime | None = None) -> Revision:
    """Keeps the working copy as it stands, with its byline and references, as a revision; raises its version.

    Related rows (byline, references, topics) must be in the database before. A save that changes no word keeps the
    newest revision instead of adding an equal one. Raises DeskRefused where words don’t fit.
    """
    if problems := too_long({column.name: getattr(article, column.attname) for column in Article._meta.fields}):
        raise DeskRefused(*problems)
    at = at or timezone.now()
    if article.pk is None:
        article.created_by, article.created_at = by, at
    if not article.slug:
        article.slug = Article.objects.free_slug(article.title.removeprefix(Article.PLACEHOLDER))
    article.changed_at = at
    article.save()
    if not Article.objects.filter(pk=article.pk).update(version=F("version") + 1):
        raise DeskRefused(DELETED)
    article.refresh_from_db(fields=["version"])
    return keep_revision(article, by=by, at=at)


def too_long(words: Mapping[str, Any]) -> list[str]:
    """A sentence about each part of an article that its column has no room for. SQLite would keep it all the same."""
    room = {column.name: (column.verbose_name, column.max_length) for column in Article._meta.fields}
    return [
        f"The {room[name][0]} has {len(value):,} characters, and {room[name][1]:,} fit."
        for name, value in words.items()
        if name in room and isinstance(value, str) and len(value) > (room[name][1] or len(value))
    ]


@transaction.atomic(savepoint=False)
def keep_revision(
    article: Article, *, by: User | None, at: datetime | None = None, content: snapshot.Content | None = None
) -> Revision:
    """The revision of exactly what is in the database now: the newest one if it is the same, else a new one.

    `content` is given by a caller that has read it in the same transaction.
    """
    content = content or snapshot.content_of(article)
    digest = snapshot.digest(content)
    newest = article.revisions.filter(is_autosave=False).order_by("-number").first()
    if newest is not None and newest.digest == digest:
        return newest
    return add_revision(article, content, by=by, at=at)


def add_revision(
    article: Article,
    content: snapshot.Content,
    *,
    by: User | None,
    at: datetime | None = None,
    is_autosave: bool = False,
) -> Revision:
    """Writes a revision under the article's next number. The article's row is locked: two at once take two numbers."""
    Article.everything.select_for_update().values_list("pk").get(pk=article.pk)
    number = article.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    return Revision.objects.create(
        article=article,
        number=number + 1,
        content=content,
        digest=snapshot.digest(content),
        signed_digest=snapshot.signed_digest(content),
        by=by,
        at=at or timezone.now(),
        is_autosave=is_autosave,
    )


@transaction.atomic
def submit(article: Article, *, by: User, at: datetime | None = None) -> Revision:
    """Puts the article before its reviewers: it waits on their desk until one of them decides."""
    if not by.has_perm("articles.submit_article"):
        raise DeskRefused("You don’t have permission to submit articles for review.")
    revision = keep_revision(article, by=by, at=at)
    if not Article.objects.filter(pk=article.pk).update(submitted_at=at or timezone.now()):
        raise DeskRefused(DELETED)
    article.refresh_from_db(fields=["submitted_at"])
    return revision


@transaction.atomic
def sign_off(
    revision: Revision,
    *,
    by: User,
    reviewer: Contributor | None = None,
    decision: str = Review.APPROVED,
    comments: str = "",
    answers: Answers | None = None,
    at: datetime | None = None,
    due_on: Any = None,
) -> Review:
    """Records a medical reviewer's decision on exactly this revision, with their credentials as they are today.

    `reviewer` defaults to the contributor whose account `by` is. An approval needs an answer to each of `questions`
    that has none yet. Raises SignOffRefused with every reason at once.
    """
    at = at or timezone.now()
    reviewer = reviewer or Contributor.objects.filter(user=by).select_related("user").first()
    if reviewer is None:
        raise DeskRefused("Your account isn’t linked to a contributor, so you can’t sign off.")
    reasons = [*_reasons_of_account(by, reviewer), *_reasons_of_text(revision, reviewer, decision)]
    asked = _answered_or_refuse(revision, reviewer, decision, answers or {}, reasons)
    return _decide(revision, reviewer, decision, comments, at, due_on, asked, answers or {})


@transaction.atomic
def sign_off_by_link(
    revision: Revision,
    *,
    reviewer: Contributor,
    decision: str,
    comments: str = "",
    answers: Answers | None = None,
    at: datetime | None = None,
) -> Review:
    """The decision of a reviewer who has no account, on the revision that the link in their mail names. A link can be
    used again to take a sign-off back, or when there are new questions since.

    `publishing.links.open_review` has said who they are. Raises SignOffRefused with every reason at once.
    """
    reasons = _reasons_of_text(revision, reviewer, decision)
    before = Review.objects.filter(revision=revision, reviewer=reviewer)
    is_signed = before.holding().exists()
    if before.exists() and not (is_signed and (decision == Review.CHANGES or is_asked_again(revision))):
        reasons.append("You already reviewed this version. This link can’t be used again.")
    asked = _answered_or_refuse(revision, reviewer, decision, answers or {}, reasons)
    return _decide(revision, reviewer, decision, comments, at or timezone.now(), None, asked, answers or {})


def questions(revision: Revision) -> list[Asked]:
    """What only a medical reviewer can decide in a revision, each with the answer that counts."""
    return checks.Draft.of(revision.article, revision.content).questions


def is_asked_again(revision: Revision) -> bool:
    """Whether there are questions that nobody answered yet, such as after the entry of a medicine changed."""
    return any(asked.answer is None for asked in questions(revision))


def _answered_or_refuse(
    revision: Revision, reviewer: Contributor, decision: str, given: Answers, reasons: list[str]
) -> list[Asked]:
    """The questions of the revision, unless the text or the answers stand against the decision."""
    asked = questions(revision) if given or decision == Review.APPROVED else []
    if given.keys() - {each.key for each in asked}:
        reasons = [*reasons, "The questions changed since you opened the text. Please look at them again."]
    problems = review_answers.problems(asked, given, decision=decision, reviewer=reviewer.pk)
    if reasons or problems:
        raise SignOffRefused(*reasons, answers=problems)
    return asked


def _decide(
    revision: Revision,
    reviewer: Contributor,
    decision: str,
    comments: str,
    at: datetime,
    due_on: Any,
    asked: list[Asked],
    given: Answers,
) -> Review:
    if not Article.objects.filter(pk=revision.article_id).update(submitted_at=None):
        raise DeskRefused(DELETED)
    if decision == Review.CHANGES:
        _take_back(revision, reviewer, at)
    review = Review.objects.create(
        revision=revision,
        reviewer=reviewer,
        signed_digest=revision.signed_digest,
        name=reviewer.name,
        credentials=reviewer.credentials,
        interests=reviewer.interests,
        decision=decision,
        comments=comments,
        decided_at=at,
        due_on=(due_on or _due_on(revision, at)) if decision == Review.APPROVED else None,
    )
    review_answers.record(review, asked, given)
    is_approval = decision == Review.APPROVED
    notices.reviewed(revision.article, reviewer, approved=is_approval, comments=comments, by=reviewer.user, at=at)
    return review


def _take_back(revision: Revision, reviewer: Contributor, at: datetime) -> None:
    """Ends the reviewer's sign-offs of this text; what was scheduled with one comes off the schedule."""
    reviews = list(Review.objects.taken_back_by(revision, reviewer, at))
    planned = list(Edition.objects.scheduled(at).filter(review__in=reviews).order_by("-live_from"))
    for edition in planned:
        take_off_the_schedule(edition)
    for review in reviews:
        review.withdrawn_at = at
        review.save(update_fields=["withdrawn_at"])
    if reviews:
        review_mails.tell_withdrawn(reviews, planned, at=at)


def _due_on(revision: Revision, at: datetime) -> date:
    """The day by which the text is reviewed again: so many months later as its section says."""
    section, day = revision.article.section, timezone.localdate(at)
    months = day.month - 1 + (section.review_months if section else Section.REVIEW_MONTHS)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@transaction.atomic
def carry_over(
    article: Article, *, by: User, content: snapshot.Content | None = None, signed: Review | None = None
) -> Review:
    """Lets a sign-off (the last one) stand for a content (the working copy), if all that changed is a typo.

    Raises DeskRefused with every change that is more. Reviewers see it the next time they look.
    """
    if not by.has_perm("articles.publish_article"):
        raise DeskRefused("You don’t have permission to keep a sign-off after a typo fix.")
    content = content or snapshot.content_of(article)
    signed_off = Review.objects.holding().filter(revision__article=article, carried_from=None)
    if signed is not None:
        signed_off = signed_off.filter(pk=signed.carried_from_id or signed.pk)
    first = signed_off.exclude(reviewer__in=article.authors.all()).select_related("revision", "reviewer__user").first()
    if first is None:
        raise DeskRefused("No one has signed off on an earlier version of this article.")
    if persons.is_contributor(by, first.reviewer):
        raise DeskRefused(SIGNED_BY_YOU)
    if own := _own_work(article, first.reviewer):
        raise DeskRefused(*own)
    if found := typos.problems(first.revision.content, content, names=medicine_names(), terms=term_names()):
        raise DeskRefused(*found)
    revision = keep_revision(article, by=by, content=content)
    known = Review.objects.approving(article, revision.signed_digest).first()
    if known is not None:
        return known
    carried = Review.objects.create(
        revision=revision,
        signed_digest=revision.signed_digest,
        carried_from=first,
        carried_by=by,
        **{name: getattr(first, name) for name in CARRIED},
    )
    review_answers.carry_over(carried, questions(first.revision), questions(revision))
    return carried


def _own_work(article: Article, reviewer: Contributor) -> list[str]:
    """Why a reviewer is no second person for an article: they wrote on it, under whatever name."""
    traces = persons.traces_of(contributor=reviewer)
    if any(traces & persons.traces_of(contributor=author) for author in article.authors.select_related("user")):
        return [f"{reviewer} is an author of this article, and no one can sign off on their own work."]
    if any(traces & persons.traces_of(user=user) for user in _writers(article)):
        return [f"{reviewer} edited this article, and no one can sign off on their own work."]
    return []


def medicine_names() -> list[str]:
    return [name for card in knowledge.medicines() if not card.is_class for name in card.names]


def term_names() -> list[str]:
    return [name for term in knowledge.terms() for name in term.names]


CARRIED = ("reviewer", "name", "credentials", "interests", "decision", "decided_at", "due_on")


def _reasons_of_account(by: User, reviewer: Contributor) -> list[str]:
    reasons = []
    if not by.has_perm("articles.sign_off_article"):
        reasons.append("You don’t have permission to sign off on articles.")
    if reviewer.user_id != by.pk:
        reasons.append("Only the reviewer can sign off, from their own account.")
    return reasons


def _reasons_of_text(revision: Revision, reviewer: Contributor, decision: str) -> list[str]:
    article = revision.article
    if decision == Review.CHANGES and Review.objects.taken_back_by(revision, reviewer, timezone.now()).exists():
        return []  # a sign-off can always be taken back, also by who reviews no more, and of a text that is live
    reasons = []
    if not reviewer.is_medical_reviewer:
        reasons.append(f"{reviewer} isn’t a medical reviewer.")
    if decision == Review.APPROVED and (settled := SafeguardChange.objects.account_settles_at(reviewer)) is not None:
        when = date_format(timezone.localtime(settled), "F j, Y, H:i")
        reasons.append(
            f"The password, email address or two-step sign-in of {reviewer}’s account was changed. They can sign off "
            f"after {when}, or once the change is confirmed."
        )
    elif decision == Review.APPROVED and SettledAccount.objects.differing(reviewer):
        reasons.append(
            f"The password or two-step sign-in of {reviewer}’s account was changed outside the desk. They are told "
            "within minutes, and can sign off a day later."
        )
    reasons += _own_work(article, reviewer)
    if has_changed_since(revision):
        reasons.append("The text changed since you opened it. Please read the new version.")
    if decision == Review.APPROVED:
        reasons += retractions.reasons_against_signing(article, revision.content["references"])
    return reasons


def _writers(article: Article) -> QuerySet[User]:
    """Everybody who saved a text of it."""
    return User.objects.filter(pk__in=article.revisions.values("by"))


def has_changed_since(revision: Revision) -> bool:
    """Whether what a reviewer vouches for differs between the working copy and a revision of it."""
    return snapshot.signed_digest(snapshot.content_of(revision.article)) != revision.signed_digest
