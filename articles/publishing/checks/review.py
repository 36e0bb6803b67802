"""Whether a medical reviewer has signed exactly this text, and whether that still holds.

A text that needs a reviewer needs one in every section: moving it to a section that requires none takes two editors.
"""

from collections.abc import Iterator
from textwrap import shorten

from django.utils import timezone
from django.utils.formats import date_format

from articles.evidence.doses import doses
from articles.evidence.drugs import named
from articles.models import Article, Edition, Review, Section
from articles.publishing import snapshot
from articles.publishing.checks.gate import ERROR, WARNING, Draft, Finding, check


@check("review.missing", "review.stale", "review.withdrawn")
def review(draft: Draft) -> Iterator[Finding]:
    if draft.section is None or not draft.section.requires_review:
        return
    if draft.review is not None:
        return
    message = f"Articles in {draft.section} need a medical reviewer’s sign-off on this version."
    yield Finding("review.missing", ERROR, message, "review")
    given = Review.objects.filter(revision__article=draft.article, decision=Review.APPROVED, carried_from=None)
    back = given.filter(signed_digest=snapshot.signed_digest(draft.content)).exclude(withdrawn_at=None).first()
    if back is not None and back.withdrawn_at is not None:
        day = date_format(timezone.localtime(back.withdrawn_at), "F j, Y")
        message = f"{back.full_name} withdrew their sign-off on this version on {day}. Ask for review again."
        yield Finding("review.withdrawn", WARNING, message, "review")
    elif (before := given.holding().first()) is not None:
        message = (
            f"{before.full_name} signed off on an earlier version on {date_format(before.decided_at, 'F j, Y')}. The "
            "text changed since then, or the reviewer is now an author. Ask for review again."
        )
        yield Finding("review.stale", WARNING, message, "review")


@check("review.moved", "review.dose", "review.page")
def review_elsewhere(draft: Draft) -> Iterator[Finding]:
    """What a section that requires no review, or no section, may not let through all the same, until two editors
    agree.
    """
    asks_none = draft.is_site_page or (draft.section is not None and not draft.section.requires_review)
    if not asks_none or draft.review is not None:
        return
    ways = "Ask for one, or ask a second editor to agree to publish it without."
    if (strict := _required_before(draft)) is not None:
        message = f"This article was in {strict}, which requires a medical review. {ways}"
        yield Finding("review.moved", ERROR, message, "section")
    elif dosed := doses(f"{draft.words}\n{draft.beside}", draft.cards):
        card, sentence = dosed[0]
        text = f"“{shorten(sentence, 120, placeholder=' …')}” gives a dose of {card.name}"
        yield Finding("review.dose", ERROR, f"{text}, and no medical reviewer signed it off. {ways}", "body")
    elif draft.is_site_page and (medicines := named(f"{draft.words}\n{draft.beside}", draft.cards)):
        message = f"This page names {medicines[0].name}, and no medical reviewer signed it off. {ways}"
        yield Finding("review.page", ERROR, message, "body")


def _required_before(draft: Draft) -> Section | None:
    """The section that required a review of the article's last published version or review, whichever is newer.

    Of a text that never came so far and names a medicine: any that it was saved in.
    """
    article = draft.article
    edition = Edition.objects.printed_of(article.pk).select_related("section").first()
    review = Review.objects.filter(revision__article=article).select_related("revision").first()
    if review is not None and (edition is None or review.decided_at > edition.published_at):
        return _strict(review.revision.content["section"])
    if edition is not None:
        return edition.section if edition.section and edition.section.requires_review else None
    return _saved_in(article) if named(draft.words, draft.cards) else None


def _strict(*slugs: str) -> Section | None:
    return Section.objects.filter(slug__in=slugs, requires_review=True).first()


def _saved_in(article: Article) -> Section | None:
    kept = article.revisions.filter(is_autosave=False).order_by().values_list("content__section", flat=True)
    return _strict(*kept.distinct())


@check("review.expired")
def review_due(draft: Draft) -> Iterator[Finding]:
    signed = draft.review
    if signed is not None and signed.due_on and signed.is_due(draft.at):
        day = date_format(signed.due_on, "F j, Y")
        ends = f"expired on {day}" if signed.is_due() else f"expires on {day}, before this version would go live"
        message = f"The review by {signed.full_name} {ends}. Ask for a new one."
        yield Finding("review.expired", ERROR, message, "review")
