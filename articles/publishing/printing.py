"""How a revision becomes an edition: its columns, its byline, its place after the edition before. Called by the press
alone, which asks the gate first; and the same for previews, without writing anything. Whether an address is free.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.utils import timezone

from articles.models import (
    Article,
    Contributor,
    Edition,
    EditionByline,
    EditionPicture,
    EditionTopic,
    Review,
    Revision,
    Section,
    Topic,
    found,
)
from articles.models.course import Course
from articles.models.page_type import PAGE
from articles.models.taxonomy import is_fixed
from articles.publishing import snapshot
from articles.richtext import text
from articles.search import index

LONGEST_TEXT_FOR_SEARCH = 200_000  # characters


def print_edition(
    article: Article,
    revision: Revision,
    review: Review | None,
    *,
    authors: Mapping[int, Contributor],
    earlier: Course,
    replacing: Edition | None,
    by: User,
    at: datetime,
    note: str,
    kind: str,
    corrections: list[dict[str, str]],
    set_aside: list[dict[str, str]] | None = None,
    answers: list[dict[str, str]] | None = None,
    is_typo: bool = False,
) -> Edition:
    """`authors` are those of its byline, by id; `earlier` is the course of the article until now; `replacing` is the
    edition whose place it takes at that moment, if any, with its revision.

    `is_typo`: what is mended changes nothing for a reader, so the day of the last change stays as it was.
    """
    changed_at = at
    if replacing is not None:
        replacing.end(at)
        if is_typo or not snapshot.says_other(replacing.revision.content, revision.content):
            changed_at = replacing.changed_at
    edition = Edition(
        number=earlier.number + 1,
        kind=kind,
        note=note,
        corrections=corrections,
        erratum_id=uuid4() if kind == Edition.CORRECTION else None,
        by=by,
        published_at=timezone.now(),
        live_from=at,
        first_live_from=earlier.first or at,
        changed_at=changed_at,
        review=review,
        set_aside=set_aside or [],
        answers=answers or [],
        **_columns(revision),
    )
    edition.save(force_insert=True)
    _relate(edition, revision, authors, replacing)
    return edition


def _relate(
    edition: Edition, revision: Revision, authors: Mapping[int, Contributor], replacing: Edition | None
) -> None:
    """The rows beside an edition: who wrote it, its pictures, its topics, and what a search finds it by."""
    bylines = _bylines(edition, revision, authors)
    EditionByline.objects.bulk_create(bylines)
    EditionPicture.objects.bulk_create(_pictures(edition, revision))
    index.add(edition, bylines, replacing=replacing)
    filed = Topic.objects.filter(slug__in=[topic["slug"] for topic in edition.topics]).values_list("pk", flat=True)
    EditionTopic.objects.bulk_create(EditionTopic(edition=edition, topic_id=topic) for topic in filed)


def address_taken(slug: str, *, of: Article, page_type: str) -> str:
    """A sentence about what an address belongs to, an article that was public there or another page of the site; empty
    if it is free.
    """
    if page_type == PAGE and is_address_of_the_site(slug):
        return f"“/{slug}/” is the address of another page of this site. Choose a different address."
    title = Edition.objects.held_by_others(slug, but_of=of.pk).values_list("title", flat=True).first()
    if title is None:
        return ""
    return f"“{slug}” is an address of “{title}”, and links lead there. Choose a different address."


def is_address_of_the_site(slug: str) -> bool:
    """Whether a page of the site's own program, or a section, is at the address that a site page would have."""
    return is_fixed(slug) or Section.objects.filter(slug=slug).exists()


def take_off_the_schedule(edition: Edition) -> None:
    """Its predecessor stays live as if it had never been planned."""
    until, start = edition.live_until, edition.live_from
    edition.end(start)
    before = Edition.objects.filter(article=edition.article_id, live_until=start, live_from__lt=start).first()
    if before is not None:
        before.live_until = until
        before.save(update_fields=["live_until"])
    index.learn(edition.article_id)


def _pictures(edition: Edition, revision: Revision) -> list[EditionPicture]:
    """Where its pictures stand, each that the library has (which alone have a digest)."""
    found = [picture for picture in revision.content["pictures"] if picture["digest"]]
    places = dict.fromkeys((picture["id"], picture["place"]) for picture in found)
    return [EditionPicture(edition=edition, image_id=pk, place=place) for pk, place in places]


def _columns(revision: Revision) -> dict[str, Any]:
    """What an edition of a revision says, as its columns."""
    content = revision.content
    lead = next((one for one in content["pictures"] if one["place"] == "lead" and one["digest"]), None)
    plain = text.plain_text(content["body"])
    words = f"{content['title']}\n{content['standfirst']}\n{plain}"
    return {
        "article": revision.article,
        "revision": revision,
        "hub_of": Topic.objects.get(slug=content["hub_of"]) if content["hub_of"] else None,
        "section": _section(revision),
        "lead_image_id": lead["id"] if lead else None,
        "lead_caption": lead["caption"] if lead else "",
        "signed_pictures": content["pictures"],
        "search_text": words[:LONGEST_TEXT_FOR_SEARCH],
        "minutes": text.reading_minutes(plain),
        **{key: content[key] for key in ("slug", "page_type", "topics", "title", "standfirst", "body")},
        **{key: content[key] for key in ("closing_question", "disclosure", "references", *found.COLUMNS)},
    }


def _section(revision: Revision) -> Section | None:
    own = revision.article.section
    if own is not None and own.slug == revision.content["section"]:
        return own
    return Section.objects.filter(slug=revision.content["section"]).first()


def _bylines(edition: Edition, revision: Revision, authors: Mapping[int, Contributor]) -> list[EditionByline]:
    return [
        EditionByline(
            edition=edition,
            contributor=authors[line["id"]],
            position=position,
            name=line["name"],
            credentials=line["credentials"],
        )
        for position, line in enumerate(revision.content["byline"])
        if line["id"] in authors
    ]


def proof(revision: Revision) -> tuple[Edition, list[EditionByline]]:
    """A revision as it would be printed now, with its authors: for previews. Nothing is written."""
    now = timezone.now()
    before = Edition.objects.live(now).filter(article=revision.article).first()
    edition = Edition(
        number=(before.number if before else 0) + 1,
        kind=Edition.UPDATE if before else Edition.FIRST,
        live_from=now,
        first_live_from=before.first_live_from if before else now,
        changed_at=now,
        corrections=before.corrections if before else [],
        review=Review.objects.approving(revision.article, revision.signed_digest).select_related("reviewer").first(),
        **_columns(revision),
    )
    edition.slug = edition.slug or "draft"  # the page's links need an address, and lead nowhere before it is published
    authors = Contributor.objects.in_bulk([line["id"] for line in revision.content["byline"]])
    return edition, _bylines(edition, revision, authors)
