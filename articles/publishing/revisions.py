"""Saved states and what is being typed: bring one back, keep a draft of the form, offer it after a crash."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, Byline, Contributor, Image, Opening, Reference, Revision, Section, Topic, found
from articles.numbers import positive
from articles.publishing import desk, merging, reading, snapshot
from articles.publishing.snapshot import Content
from articles.richtext import text
from articles.richtext.sanitizer import clean

# Plain fields that an autosave keeps, and `body`.
TYPED = ("title", "standfirst", "closing_question", "disclosure", *found.COLUMNS)
AUTOSAVES_KEPT = 5  # of one person on one article; saves and editions are all kept
MOST_NAMES = 5  # of those who have an article open
IS_OPEN_FOR = timedelta(seconds=90)  # after a browser last said so


@transaction.atomic
def restore(revision: Revision, *, by: User, at: datetime | None = None) -> Revision:
    """Makes a saved state, or what somebody typed, the working copy again; what stood there stays a revision.

    People, topics and pictures that are not there any more are left out; the address stays the present one.
    """
    article = Article.objects.select_for_update(of=("self",)).get(pk=revision.article_id)
    desk.keep_revision(article, by=by, at=at)
    content = revision.content
    for name in (*TYPED, "body"):
        setattr(article, name, content[name])
    article.section = Section.objects.filter(slug=content["section"]).first()
    lead = next((picture for picture in content["pictures"] if picture["place"] == "lead"), None)
    article.lead_image = Image.objects.filter(pk=lead["id"]).first() if lead else None
    article.lead_caption = lead["caption"] if lead else ""
    article.topics.set(Topic.objects.filter(slug__in=[topic["slug"] for topic in content["topics"]]))
    _replace_byline(article, content["byline"])
    records = {(row.citation, row.doi, row.pmid): row.record for row in article.references.all()}
    article.references.all().delete()
    Reference.objects.bulk_create(
        Reference(
            article=article,
            position=position,
            record=records.get((reference["citation"], reference["doi"], reference["pmid"]), {}),
            **reference,
        )
        for position, reference in enumerate(content["references"], 1)
    )
    return desk.save(article, by=by, at=at)


def _replace_byline(article: Article, lines: list[dict[str, Any]]) -> None:
    known = set(Contributor.objects.filter(pk__in=[line["id"] for line in lines]).values_list("pk", flat=True))
    article.byline.all().delete()
    Byline.objects.bulk_create(
        Byline(article=article, contributor_id=line["id"], position=position)
        for position, line in enumerate(lines, 1)
        if line["id"] in known
    )


@transaction.atomic
def autosave(
    article: Article, typed: Mapping[str, str], *, by: User, at: datetime | None = None, based_on: str = ""
) -> Revision | None:
    """Keeps what somebody is typing, beside the working copy and not in it. None where it adds nothing to that.

    `typed` maps the names in `TYPED` and `body` to the form's present words; what
    somebody else saved since the form was opened (its digest: `based_on`) is merged, so that to bring it back undoes
    nothing of theirs but what both wrote.
    """
    article = Article.everything.select_for_update(of=("self",)).select_related("section").get(pk=article.pk)
    present = snapshot.content_of(article)
    content = _beside(article, present, content_with(present, typed), based_on)
    digest = snapshot.digest(content)
    own = article.revisions.filter(by=by, is_autosave=True)
    if digest == snapshot.digest(present):
        own.delete()
        return None
    newest = own.order_by("-number").first()
    if newest is not None and newest.digest == digest:
        return newest
    kept = desk.add_revision(article, content, by=by, at=at, is_autosave=True)
    thin(article, by=by)
    return kept


def _beside(article: Article, present: Content, typed: Content, based_on: str) -> Content:
    """What was typed, put beside what was saved meanwhile."""
    if not based_on or based_on == snapshot.digest(present):
        return typed
    base = reading.revision_of(article, based_on)
    if base is None:
        return typed
    before, theirs = merging.parts_of(base.content), merging.parts_of(present)
    mine = before | {name: typed[name] for name in (*TYPED, "body")}
    merged = merging.merge(before, mine, theirs).parts
    return snapshot.canonical({**present, **{name: merged[name] for name in (*TYPED, "body")}})


def saved_since(article: Article, based_on: str) -> Revision | None:
    """What was saved last, if the form that is open began from another text (its digest)."""
    newest = article.revisions.filter(is_autosave=False).select_related("by").defer("content").first()
    return newest if newest is not None and based_on and newest.digest != based_on else None


@transaction.atomic
def begin(typed: Mapping[str, str], *, key: str, by: User, at: datetime | None = None) -> Article | None:
    """The draft that a form begins with its first words: an article, and what is typed as an autosave beside it.

    `key` is the form's own: however often it is sent, and however late an answer comes, it begins one draft of one
    person. None where there is no word yet. Its address is made when it is saved, of the whole title.
    """
    words = content_with(NOTHING, typed)
    if not KEY.fullmatch(key) or not any(_has_word(words[name]) for name in (*TYPED, "body")):
        return None
    article = begun(key, by=by) or _new(words["title"], key, by, at)
    autosave(article, typed, by=by, at=at)
    return article


def begun(key: str, *, by: User) -> Article | None:
    """The draft that a person's form with this key began, if it did."""
    return Article.everything.filter(draft_key=key, created_by=by).first() if KEY.fullmatch(key) else None


KEY = re.compile(r"[\w-]{1,64}", re.ASCII)
NOTHING: Content = dict.fromkeys((*TYPED, "body"), "")


def _new(title: str, key: str, by: User, at: datetime | None) -> Article:
    at, longest = at or timezone.now(), Article._meta.get_field("title").max_length
    try:
        with transaction.atomic():
            article = Article.objects.create(
                title=title[:longest], draft_key=key, created_by=by, created_at=at, changed_at=at
            )
    except IntegrityError:  # the same form twice at the same moment
        return Article.everything.get(draft_key=key, created_by=by)
    desk.keep_revision(article, by=by, at=at)
    return article


def _has_word(html: str) -> bool:
    return any(letter.isalnum() for letter in text.plain_text(html))


def typed_in(form: Mapping[str, str]) -> dict[str, str]:
    """Those fields of an article’s form that are kept while they are typed."""
    return {name: form[name] for name in (*TYPED, "body") if name in form}


def content_with(content: Content, typed: Mapping[str, str]) -> Content:
    """A content with the words of a form in place of its own, cleaned as if they were saved."""
    words: Content = {name: typed[name] for name in TYPED if name in typed}
    if "title" in words:
        words["title"] = " ".join(words["title"].split())
    if "body" in typed:
        words["body"] = clean(typed["body"])
    return snapshot.canonical({**content, **words})


def thin(article: Article, *, by: User, keep: int = AUTOSAVES_KEPT) -> None:
    """Drops all but the newest of what somebody typed into an article; after a save `keep=0` drops it all."""
    own = article.revisions.filter(by=by, is_autosave=True)
    newest = own.order_by("-number").values_list("pk", flat=True)[:keep]
    own.exclude(pk__in=list(newest)).delete()


def drop_saved(article: Article, *, by: User, numbers: str | None) -> None:
    """Drops what somebody typed, once it is saved: what the saved form had kept (its `numbers`, "7,9"), and nothing
    that was typed in another tab. A form that doesn’t say has kept it all.
    """
    if numbers is None:
        thin(article, by=by, keep=0)
        return
    own = article.revisions.filter(by=by, is_autosave=True)
    own.filter(number__in=list(filter(None, map(positive, numbers[:1000].split(","))))).delete()


def unsaved(article: Article, *, by: User) -> Revision | None:
    """What somebody typed after the last save and did not save, if it differs from what is there."""
    typed = article.revisions.filter(by=by, is_autosave=True).order_by("-number").first()
    if typed is None or typed.digest == snapshot.digest(snapshot.content_of(article)):
        return None
    return typed


def note_open(article: Article, *, by: User, at: datetime | None = None) -> None:
    """Notes that somebody has the article open."""
    Opening.objects.update_or_create(article=article, user=by, defaults={"seen_at": at or timezone.now()})


def others_at(article: Article, *, by: User, at: datetime | None = None) -> list[str]:
    """The names of those who have the article open besides somebody; of many, some and how many more."""
    at = at or timezone.now()
    here = article.openings.filter(seen_at__gt=at - IS_OPEN_FOR).exclude(user=by).select_related("user")
    names = [opening.user.get_full_name() or opening.user.get_username() for opening in here.order_by("pk")]
    more = len(names) - MOST_NAMES
    return [*sorted(names[:MOST_NAMES]), *([f"{more} more"] if more > 0 else [])]
