"""Setting a finding aside: one editor asks and says why, another agrees. It holds for exactly the text they saw.

And keeping a reference that was retracted, corrected or doubted: one editor says why, and the reviewer reads it.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.models import Acknowledgement, Article, Override, RetractionNotice
from articles.publishing import checks, persons, retractions, snapshot
from articles.publishing.desk import DeskRefused


@transaction.atomic
def ask(article: Article, *, finding: str, message: str, reason: str, by: User, at: datetime | None = None) -> Override:
    """Asks for a finding of the gate to be set aside. Raises DeskRefused with every reason why it cannot be."""
    content = snapshot.content_of(article)
    standing = {(found.id, found.message): found for found in checks.run(article) if found.is_error}
    problems = _problems(by)
    if finding not in checks.MACHINE_MAY_ERR:
        problems.append("This check can’t be overridden. Please fix the problem.")
    elif (finding, message) not in standing:
        problems.append("This check is already clear.")
    elif standing[finding, message].question:
        problems.append("Only a medical reviewer can answer this.")
    if not reason.strip():
        problems.append("Explain why you’re overriding this check. Readers will see it.")
    if problems:
        raise DeskRefused(*problems)
    override, _created = Override.objects.get_or_create(
        article=article,
        digest=snapshot.digest(content),
        finding=finding,
        message=message,
        defaults={"reason": reason.strip(), "asked_by": by, "asked_at": at or timezone.now()},
    )
    return override


@transaction.atomic
def agree(override: Override, *, by: User, at: datetime | None = None) -> Override:
    """Puts it in force. Raises DeskRefused if it is about an earlier text, or if one person would do both."""
    override = Override.objects.select_for_update(of=("self",)).select_related("article").get(pk=override.pk)
    problems = _problems(by)
    if persons.are_one(override.asked_by, by):
        problems.append("You requested this override. A second editor must confirm it.")
    if override.digest != snapshot.digest(snapshot.content_of(override.article)):
        problems.append("The text changed since then. Request the override again.")
    if problems:
        raise DeskRefused(*problems)
    if override.agreed_by_id is None:
        override.agreed_by, override.agreed_at = by, at or timezone.now()
        override.save(update_fields=["agreed_by", "agreed_at"])
    return override


@transaction.atomic
def acknowledge(
    article: Article, notice: RetractionNotice, *, reason: str, by: User, at: datetime | None = None
) -> Acknowledgement:
    """Keeps an editor's reason why a doubtful reference stays in an article; said again, the newer one counts.

    Raises DeskRefused with every reason why it cannot be.
    """
    problems = [] if by.has_perm("articles.publish_article") else ["Only editors can keep a questioned reference."]
    if not reason.strip():
        problems.append("Explain why the reference stays. The reviewer will see it.")
    if notice.pk not in {doubt.state.notice.pk for doubt in retractions.doubts(article)}:
        problems.append("This article no longer cites that paper.")
    if problems:
        raise DeskRefused(*problems)
    decision = {"reason": snapshot.canonical(reason), "by": by, "at": at or timezone.now()}
    known, _created = Acknowledgement.objects.update_or_create(article=article, notice=notice, defaults=decision)
    return known


def _problems(by: User) -> list[str]:
    return [] if by.has_perm("articles.publish_article") else ["Only editors can override a check."]
