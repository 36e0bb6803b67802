"""A save that began from an older state: the form is put onto what was saved meanwhile, before anybody reads it.

What only one side changed is merged (`publishing.merging`). What both changed is shown side by side, and the save
waits until it is decided; the form is then still what its writer sent.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.forms.models import model_to_dict
from django.utils import timezone

from articles.evidence import citations
from articles.models import Article, Image, Revision, Section, Topic
from articles.numbers import positive
from articles.publishing import comparison, desk, merging, pictures, reading, revisions, snapshot
from articles.publishing.merging import Conflict, Parts
from articles.publishing.merging_references import COLUMNS, Source, source_of
from articles.richtext.blocks import blocks
from articles.richtext.sanitizer import clean

CHOICE = "keep-"  # before a conflict's key, in the name of its field
PLACES: dict[str, type[Model]] = {"section": Section, "hub_of": Topic}  # chosen by number, kept by slug
UPLOAD = "upload"  # in place of the lead picture's number where one is sent with the form


@dataclass
class Rebased:
    """A form that was put onto a newer state, which somebody else saved, or the same person in another tab."""

    based_on: str  # digest of what the form was opened with
    newer: Revision | None
    conflicts: list[Conflict]
    mine: snapshot.Content  # as it was sent
    is_decided: bool  # the writer chose between both

    def whose(self, user: Any) -> str:
        return f"what {who_saved(self.newer, user)}" if self.newer else "what changed meanwhile"

    def problem(self, user: Any) -> str:
        return (
            f"Your text and {self.whose(user)} differ in the same place. Choose what to keep, then save again. "
            "Nothing is lost: both stay in the history."
        )

    def shown(self) -> list[dict[str, Any]]:
        """Each conflict as two texts, with what is on one side alone marked."""
        return [_shown(conflict) for conflict in self.conflicts]

    def keep_mine(self, article: Article, *, by: Any) -> None:
        """A decision can leave words out: what the writer had sent stays in the history."""
        if self.is_decided:
            desk.add_revision(article, self.mine, by=by)


def who_saved(saved: Revision, user: Any) -> str:
    """Who saved a state, and when, to somebody: “Tom Beck saved at 20:50”."""
    by: Any = saved.by
    who = "an import" if by is None else by.get_full_name() or by.get_username()
    who = "you saved in another tab" if by == user else f"{who} saved"
    return f"{who} at {timezone.localtime(saved.at):%H:%M}"


def rebase(request: Any, article: Article) -> Rebased | None:
    """Puts the form that was sent onto what is saved now; None where it began from that."""
    base = request.POST.get("based_on", "")
    stored = snapshot.content_of(article)
    if not base or base == snapshot.digest(stored):
        return None
    post: Any = request.POST.copy()
    post["body"], problems = pictures.bring_in_data(post.get("body", ""), by=request.user)
    for problem in problems:
        messages.warning(request, f"{problem} It was left out of the text.")
    revision = reading.revision_of(article, base)
    theirs = merging.parts_of(stored)
    mine = _sent(
        post, merging.parts_of(revision.content) if revision else theirs, bool(request.FILES.get("picture_file"))
    )
    choices = {name.removeprefix(CHOICE): value for name, value in post.items() if name.startswith(CHOICE)}
    merged = merging.merge(merging.parts_of(revision.content) if revision else None, mine, theirs, choices)
    _write(post, mine if merged.conflicts else merged.parts, mine, article)
    if not merged.conflicts:
        post["based_on"] = snapshot.digest(stored)
    request.POST = post
    newer = article.revisions.filter(is_autosave=False).select_related("by").defer("content").first()
    return Rebased(base, newer, merged.conflicts, _content(stored, mine), bool(choices))


def _content(stored: snapshot.Content, mine: Parts) -> snapshot.Content:
    """What was sent as a content, for the history: its words and sources, around them what is saved now."""
    content = revisions.content_with(stored, {name: mine[name] for name in (*revisions.TYPED, "body")})
    sources = [dict(zip(COLUMNS, source, strict=True)) for source in mine["references"]]
    return {**content, "section": mine["section"], "references": sources}


# The form as parts ----------------------------------------------------------------------------------------------------


def _sent(post: Any, base: Parts, has_upload: bool) -> Parts:
    """What a form holds. A field that it hasn't is as it was."""
    words = {name: post.get(name, base[name]) for name in (*revisions.TYPED, "slug")}
    typed = snapshot.canonical({**words, "title": " ".join(words["title"].split()), "body": clean(post["body"])})
    topics = Topic.objects.filter(pk__in=filter(None, map(positive, post.getlist("topics")))).order_by("name")
    picture = UPLOAD if has_upload else str(positive(post.get("lead_image", "")) or "")
    return {
        **typed,
        "page_type": post.get("page_type", base["page_type"]),
        **{name: _slug(model, post[name]) if name in post else base[name] for name, model in PLACES.items()},
        "topics": list(topics.values_list("slug", flat=True)),
        "lead": (picture, snapshot.canonical(post.get("lead_caption", ""))) if picture else ("", ""),
        "byline": [int(row["contributor"]) for row in _rows(post, "byline") if positive(row.get("contributor", ""))],
        "references": [source for row in _rows(post, "references") if any(source := _source(row))],
    }


def _slug(model: type[Model], number: str) -> str:
    found = model._default_manager.filter(pk=positive(number)).values_list("slug", flat=True).first()
    return str(found or "")


def _source(row: Mapping[str, str]) -> Source:
    given = {name: snapshot.canonical(row.get(name, "")) for name in COLUMNS}
    for name, bare in (("doi", citations.bare_doi), ("pmid", citations.bare_pmid)):
        given[name] = bare(given[name]) or given[name]
    return source_of(given)


def _rows(post: Any, prefix: str) -> list[dict[str, str]]:
    """The rows of an inline that are to stay, in their order."""
    rows = []
    for number in range(min(positive(post.get(f"{prefix}-TOTAL_FORMS", "")) or 0, 1000)):
        begin = f"{prefix}-{number}-"
        rows.append({name.removeprefix(begin): value for name, value in post.items() if name.startswith(begin)})
    staying = [row for row in rows if not row.get("DELETE")]
    return sorted(staying, key=lambda row: positive(row.get("position", "")) or 0)


# Parts as the form ----------------------------------------------------------------------------------------------------


def _write(post: Any, parts: Parts, mine: Parts, article: Article) -> None:
    """Writes parts into the form; what is as it was sent stays as it was typed."""
    for name in (*revisions.TYPED, "slug", "page_type", "body"):
        if parts[name] != mine[name]:
            post[name] = parts[name]
    for name, model in PLACES.items():
        if parts[name] != mine[name]:
            post[name] = str(model._default_manager.filter(slug=parts[name]).values_list("pk", flat=True).first() or "")
    if parts["topics"] != mine["topics"]:
        topics = Topic.objects.filter(slug__in=parts["topics"]).values_list("pk", flat=True)
        post.setlist("topics", [str(pk) for pk in topics])
    if parts["lead"] != mine["lead"]:
        post["lead_image"], post["lead_caption"] = parts["lead"]
    byline, references = list(article.byline.all()), list(article.references.all())
    _write_rows(post, "byline", article, byline, [{"contributor": str(pk)} for pk in parts["byline"]])
    sources = [dict(zip(COLUMNS, source, strict=True)) for source in parts["references"]]
    _write_rows(post, "references", article, references, sources)


def _write_rows(
    post: Any, prefix: str, article: Article, stored: Sequence[Model], wanted: Sequence[Mapping[str, str]]
) -> None:
    """An inline with these rows: those that are stored keep their number, the stored ones that are not wanted go."""
    if f"{prefix}-TOTAL_FORMS" not in post:
        return
    left = list(enumerate(wanted, 1))
    rows: list[dict[str, Any]] = []
    for each in stored:
        values = {name: str(value) for name, value in model_to_dict(each).items() if value is not None}
        match = next((row for row in left if row[1].items() <= values.items()), None)
        if match is not None:
            left.remove(match)
        rows.append(values | ({"position": match[0]} if match else {"DELETE": "on"}))
    rows += [{"article": str(article.pk), "position": position, **values} for position, values in left]
    for name in [name for name in post if name.startswith(f"{prefix}-")]:
        del post[name]
    for name, number in {"TOTAL": len(rows), "INITIAL": len(stored), "MIN_NUM": 0, "MAX_NUM": 1000}.items():
        post[f"{prefix}-{name}_FORMS"] = str(number)
    for number, row in enumerate(rows):
        for name, value in row.items():
            post[f"{prefix}-{number}-{name}"] = str(value)


# Both side by side ----------------------------------------------------------------------------------------------------


def _shown(conflict: Conflict) -> dict[str, Any]:
    theirs, mine = (list(_lines(conflict.field, side)) for side in (conflict.theirs, conflict.mine))
    pieces = list(comparison.pieces(theirs, mine))
    while pieces and not pieces[-1].text.strip():
        pieces.pop()  # the end of the last line
    return {
        "label": conflict.label,
        "name": f"{CHOICE}{conflict.key}",
        "theirs": [piece for piece in pieces if piece.kind != comparison.ADDED],
        "mine": [piece for piece in pieces if piece.kind != comparison.REMOVED],
        "has_theirs": bool(conflict.theirs),
        "has_mine": bool(conflict.mine),
        "can_keep_both": conflict.can_keep_both,
    }


def _lines(field: str, side: str) -> Iterator[str]:
    if field == "body":
        yield from (block.line for block in blocks(side))
    elif field == "lead" and side:
        number, _blank, caption = side.partition(" ")
        yield from filter(None, (_picture(number), caption))
    elif side:
        yield from _names(field, side)


def _names(field: str, side: str) -> Iterable[str]:
    if field in PLACES:
        return PLACES[field]._default_manager.filter(slug=side).values_list("name", flat=True)
    return side.split("\n")


def _picture(number: str) -> str:
    if number == UPLOAD:
        return "The picture you chose to upload"
    image = Image.objects.filter(pk=positive(number)).first()
    return f"Picture {number}: {image.alt or 'no alt text'}" if image else f"Picture {number}"
