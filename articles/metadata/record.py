"""The record of trust beside each article: who signed which text, on what it rests, whose its pictures are.

Its form is `article-record-1.json`, a JSON Schema (draft 2020-12) that is served as it lies here.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from articles.evidence import citations
from articles.images import licenses
from articles.models import Edition, Image, LinkHealth, Review
from articles.publishing import retractions, snapshot
from articles.richtext import text

HOW_TO_CHECK = (
    "signed_digest is the SHA-256, as hex, of signed_text written as JSON in UTF-8: keys sorted, no space between "
    "tokens, letters not escaped. In Python: hashlib.sha256(json.dumps(record['signed_text'], sort_keys=True, "
    "ensure_ascii=False, separators=(',', ':')).encode()).hexdigest(). digest is made in the same way of everything "
    "that is published, the byline and the disclosure included. Two versions in history with the same digest are the "
    "same text; keep a copy of this file to see later whether anything was changed."
)
SCHEMA = Path(__file__).parent / "article-record-1.json"


@cache
def schema() -> dict[str, Any]:
    return dict(json.loads(SCHEMA.read_text(encoding="utf-8")))


def of(edition: Edition) -> dict[str, Any]:
    """The record of a live edition or of a tombstone, as plain JSON. Asks the database the same few times for any."""
    printed = list(Edition.objects.printed_of(edition.article_id).select_related("review", "revision"))
    facts = {
        "$schema": settings.SITE_URL + reverse("record-schema"),
        "url": settings.SITE_URL + edition.get_absolute_url(),
        "state": "withdrawn" if edition.kind == Edition.WITHDRAWN else "live",
        "page_type": edition.page_type,
        "title": edition.title,
        "first_published_elsewhere": _elsewhere(edition),
        "first_published_at": _moment(edition.first_live_from),
        "changed_at": _moment(edition.changed_at),
        "history": [_printed(published) for published in printed],
        "corrections": edition.corrections,
        "how_to_check": HOW_TO_CHECK,
    }
    if edition.kind == Edition.WITHDRAWN:
        return {**facts, "withdrawn_reason": edition.note}
    return {**facts, **_vouched(edition)}


def _vouched(edition: Edition) -> dict[str, Any]:
    return {
        "digest": edition.revision.digest,
        "signed_digest": edition.revision.signed_digest,
        "signed_text": snapshot.signed(edition.revision.content),
        "authors": [{"name": byline.name, "credentials": byline.credentials} for byline in edition.bylines.all()],
        "disclosure": edition.disclosure,
        "review": _review(edition.review) if edition.review else None,
        "set_aside": edition.set_aside,
        "answers": [_answer(answer) for answer in edition.answers],
        "references": _references(edition.references),
        "pictures": [_picture(image) for image in _pictures(edition)],
    }


def _elsewhere(edition: Edition) -> dict[str, str] | None:
    if not edition.first_published_url:
        return None
    return {"name": edition.first_published_in, "url": edition.first_published_url}


def _moment(at: Any) -> str:
    return str(timezone.localtime(at).isoformat())


def _printed(edition: Edition) -> dict[str, Any]:
    return {
        "edition": edition.number,
        "kind": edition.kind,
        "digest": edition.revision.digest,
        "live_from": _moment(edition.live_from),
        "live_until": _moment(until) if (until := edition.live_until) and until <= timezone.now() else None,
        "note": edition.note,
        "signed_by": edition.review.full_name if edition.review else None,
    }


def _review(review: Review) -> dict[str, Any]:
    """`holds`: the sign-off is for exactly the text that is live (the press saw to that), and neither taken back nor
    overdue today.
    """
    return {
        "reviewer": review.name,
        "credentials": review.credentials,
        "interests": review.interests,
        "signed_at": _moment(review.decided_at),
        "due_on": review.due_on.isoformat() if review.due_on else None,
        "holds": review.holds(),
        "withdrawn_at": _moment(review.withdrawn_at) if review.withdrawn_at else None,
        "after_slip": review.carried_from_id is not None,
    }


def _answer(answer: dict[str, str]) -> dict[str, str]:
    return {name: answer[name] for name in ("finding", "subject", "sentence", "why", "reviewer", "on")}


def _references(references: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Each with where it stands now: what became of the paper, and since when its link, if any, does not answer."""
    broken = LinkHealth.objects.broken().values_list("url", "failing_since") if references else []
    since = {url: day.isoformat() for url, day in broken if day}
    return [
        {
            "number": number,
            **reference,
            "notice": state.as_dict() if state else None,
            "not_answering_since": next((since[url] for url in _links(reference) if url in since), None),
        }
        for number, (reference, state) in enumerate(zip(references, retractions.states(references), strict=True), 1)
    ]


def _links(reference: dict[str, str]) -> list[str]:
    doi, pmid, url = reference["doi"], reference["pmid"], reference["url"]
    links = [citations.doi_url(doi) if doi else "", citations.pmid_url(pmid) if pmid else "", url]
    return [link for link in links if link]


def _pictures(edition: Edition) -> list[Image]:
    """In the order in which the page shows them; one without a complete credit is not shown, and not told of."""
    ids = [edition.lead_image_id, *text.picture_ids(edition.body)]
    images = Image.objects.select_related("credit").in_bulk([pk for pk in ids if pk])
    return [images[pk] for pk in dict.fromkeys(ids) if pk in images and images[pk].is_shown]


def _picture(image: Image) -> dict[str, Any]:
    credit = image.credit
    license = licenses.LICENSES[credit.license]
    return {
        "url": settings.SITE_URL + image.full.url(image.full.width),
        "title": credit.title,
        "description": credit.description,
        "creator": credit.creator,
        "creator_url": credit.creator_url,
        "source": credit.source,
        "source_url": credit.source_url,
        "license": license.name,
        "license_url": license.url,
        "modifications": credit.modifications,
        "credit": licenses.attribution_text(credit),
    }
