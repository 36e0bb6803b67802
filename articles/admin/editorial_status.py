"""The side column of an article's page: its status, the checks, the reviews."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles import wall_clock
from articles.admin import pasted
from articles.models import Article, Contributor, Correction, Edition, Image, Override, Review, SentenceReport
from articles.publishing import checks, currency, links, retractions, revisions, snapshot, typos
from articles.readers import opens
from articles.richtext import text
from articles.richtext.render import page_html
from articles.views import media
from articles.views.forms import AnswersForm

# The form field that a finding is about.
ANCHORS = {
    "byline": "#byline-group",
    "references": "#references-group",
    "review": "#review",
    "doubts": "#doubts",
    "body": "#id_body",
    "lead_image": "#id_lead_image",
}
# Of the lead picture, by what a finding’s id begins with.
FIELDS_OF_LEAD = {"credit": "#id_credit_license", "alt": "#id_picture_alt"}
RECENT = 6  # revisions that are listed beside the text


@dataclass(frozen=True)
class StatusLabel:
    """A status in words, and its shape (desk.css)."""

    words: str
    shape: str


@dataclass(frozen=True)
class Noted:
    """A finding as the list shows it: its number, the field or page that mends it."""

    number: int
    finding: checks.Finding
    anchor: str
    way_in: str | None

    @property
    def is_error(self) -> bool:
        return self.finding.is_error


def status_label(article: Any) -> StatusLabel:
    """The status of an article from `with_state()`."""
    if article.deleted_at:
        return StatusLabel("Deleted", "withdrawn")
    if article.is_withdrawn:
        return StatusLabel("Unpublished", "withdrawn")
    if article.scheduled_for:
        when = date_format(timezone.localtime(article.scheduled_for), "F j, H:i")
        return StatusLabel(f"Scheduled for {when}", "scheduled")
    if article.live_number:
        if article.is_printed:
            return StatusLabel(f"Published version {article.live_number}", "live")
        return StatusLabel(f"Published version {article.live_number}, with unpublished changes", "half")
    if article.submitted_at:
        return StatusLabel("Waiting for medical review", "waiting")
    if article.is_signed:
        return StatusLabel("Signed off, not published", "signed")
    if article.last_decision == Review.CHANGES:
        return StatusLabel("Changes requested", "changes")
    return StatusLabel("Draft", "draft")


def context(article: Any, user: Any, unsent: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Everything that the side column of an article's page shows to one user; `unsent` is the form of a review that
    was refused.
    """
    draft = checks.Draft.of(article, at=article.scheduled_for)
    noted = checked(draft, user)
    content, digest = draft.content, noted["digest"]
    saved = list(article.revisions.filter(is_autosave=False).select_related("by").defer("content")[:RECENT])
    newest = saved[0] if saved else None
    is_kept = newest is not None and newest.digest == digest
    return {
        "status": {
            "label": status_label(article),
            **noted,
            "revision": newest,
            "recent": list(zip(saved, [*saved[1:], None], strict=False)),  # without any, nothing
            "is_kept": is_kept,
            "unsaved": revisions.unsaved(article, by=user),
            "doubts": retractions.doubts(article, content["references"], draft.states),
            "stale": list(_stale(draft)) if user.has_perm("articles.add_sourcenote") else [],
            "reports": _reports(article, user),
            "typo_rule": typos.RULE,
            **_sign_offs(draft, user),
            "live": _live(article),
            "opens": f"{opens.this_week(article):,}" if article.live_number else "",
            "scheduled": article.scheduled_for,
            "earliest": f"{timezone.localtime():%Y-%m-%dT%H:%M}",
            "repeated_day": wall_clock.repeated_day(timezone.now()),
            "severities": Correction.SEVERITIES,
            "preview_link": _preview_link(newest) if is_kept else "",
            "reviewers": reviewers_by_mail(article) if user.has_perm("articles.submit_article") else [],
            "can_submit": user.has_perm("articles.submit_article"),
            **_review_form(draft, user, unsent),
            "reading": reading(article, content) if not user.has_perm("articles.change_article") else None,
        }
    }


def checked(draft: checks.Draft, user: Any) -> dict[str, Any]:
    """What `checks.html` shows of a draft, saved or not."""
    findings = [finding for finding in checks.examine(draft) if not finding.waits]
    ways_in = pasted.ways_in(draft.article)
    digest = snapshot.digest(draft.content)
    asked = Override.objects.filter(article=draft.article, digest=digest, agreed_by=None)
    return {
        "findings": [
            Noted(number, finding, _anchor(finding), ways_in.get(finding.message))
            for number, finding in enumerate(findings, 1)
        ],
        "errors": sum(finding.is_error for finding in findings),
        "waiting": [each for each in draft.questions if each.answer is None],
        "digest": digest,
        "overridable": checks.MACHINE_MAY_ERR,
        "asked": asked.select_related("asked_by"),
        "can_publish": user.has_perm("articles.publish_article"),
    }


def _anchor(finding: checks.Finding) -> str:
    of_lead = FIELDS_OF_LEAD.get(finding.id.partition(".")[0]) if finding.where == "lead_image" else None
    return of_lead or ANCHORS.get(finding.where, f"#id_{finding.where}")


def _live(article: Any) -> Edition | None:
    """The published version: its address and the digest of what was saved as it."""
    live = Edition.objects.live().filter(article=article).select_related("revision")
    return (
        live.select_related("hub_of").only("article", "slug", "page_type", "hub_of", "revision__digest").first()
        if article.live_number
        else None
    )


def _sign_offs(draft: checks.Draft, user: Any) -> dict[str, Any]:
    """Who signed what of the article."""
    reviews = Review.objects.filter(revision__article=draft.article).select_related("revision")
    reviews = reviews.defer("revision__content")
    first_hand = list(reviews.holding().filter(carried_from=None).select_related("reviewer"))
    return {
        "sign_off": draft.review,
        "signed_before": next(iter(first_hand), None),
        "own_sign_off": next((review for review in first_hand if review.reviewer.user_id == user.pk), None),
        "reviews": reviews.prefetch_related("answers")[:5],
    }


def _review_form(draft: checks.Draft, user: Any, unsent: Mapping[str, str] | None) -> dict[str, Any]:
    """What a medical reviewer who is signed in answers and decides."""
    reviewer = _reviewer(user)
    if reviewer is None:
        return {"can_sign": False}
    form = AnswersForm(unsent, questions=draft.questions, reviewer=reviewer)
    if unsent is not None and form.is_valid():
        form.ask_for_answers(unsent.get("decision", ""))
    return {"can_sign": True, "questions": form.rows(), "comments": (unsent or {}).get("comments", "")}


def signing(user: Any) -> dict[str, bool]:
    return {"can_sign": _reviewer(user) is not None}


def _reviewer(user: Any) -> Contributor | None:
    """As whom somebody signs off."""
    if not user.has_perm("articles.sign_off_article"):
        return None
    return Contributor.objects.filter(user=user, is_medical_reviewer=True).first()


def _reports(article: Article, user: Any) -> QuerySet[SentenceReport] | list[SentenceReport]:
    if not user.has_perm("articles.view_sentencereport"):
        return []
    return SentenceReport.objects.on(article.pk).open()


def _stale(draft: checks.Draft) -> Iterator[tuple[currency.Stale, str]]:
    """Old and superseded sources, each with the form of the note on it."""
    references = draft.content["references"]
    for source in draft.stale:
        if source.note is not None:
            yield source, reverse("admin:articles_sourcenote_change", args=[source.note.pk])
        else:
            about = {name: references[source.number - 1][name] for name in ("citation", "doi", "pmid")}
            yield source, f"{reverse('admin:articles_sourcenote_add')}?{urlencode(about)}"


def _preview_link(revision: Any) -> str:
    return str(settings.SITE_URL) + reverse("preview", args=[links.for_preview(revision)])


def reviewers_by_mail(article: Article) -> QuerySet[Contributor]:
    """Medical reviewers with an address and no closed account, none of them an author of the article."""
    known = Contributor.objects.reachable().filter(is_medical_reviewer=True).exclude(email="")
    return known.exclude(pk__in=article.authors.values("pk")).order_by("name")


def reading(article: Article, content: snapshot.Content) -> dict[str, Any]:
    """The text as readers will see it, for users who may read but not change it."""
    shown = [article.lead_image_id, *text.picture_ids(article.body)]
    images = Image.objects.select_related("credit").in_bulk([pk for pk in shown if pk])
    media.let_in(images.values())
    figures = {
        pk: render_to_string("articles/figure.html", {"image": image}) for pk, image in images.items() if image.is_shown
    }
    body = page_html(article.body, figures=figures, references=len(content["references"]))
    lead = images.get(article.lead_image_id) if article.lead_image_id else None
    return {"lead": lead, "body": body.html, "references": retractions.marked(content["references"])}
