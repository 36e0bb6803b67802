"""What stands against a picture: its credit, what its license asks, rights that end, no words for who cannot see it."""

import re
from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Image
from articles.publishing.checks import mends
from articles.publishing.checks.gate import ERROR, WARNING, Draft, Finding, check
from articles.richtext import text


@check("credit.missing")
def missing_credits(draft: Draft) -> Iterator[Finding]:
    for picture, where in draft.pictures:
        if getattr(picture, "credit", None) is None:
            message = f"{_named(picture, where)} has no credit. Add its creator and license."
            yield Finding("credit.missing", ERROR, message, where, mends=mends.picture_form(picture.pk, where))
    for pk in draft.missing_pictures:
        yield Finding("credit.missing", ERROR, f"Picture {pk} in the text isn’t in the library. Remove it.", "body")
    for source in draft.text.images:
        yield Finding("credit.missing", ERROR, about_pasted(source), "body")


def about_pasted(source: str) -> str:
    """What the finding about a raw `<img>` says."""
    return f"A pasted picture ({source or 'no address'}) has no credit. Add it to the library or remove it."


def _named(picture: Image, where: str) -> str:
    return "The lead picture" if where == "lead_image" else f"The picture “{picture}” in the text"


@check("credit.incomplete", "credit.no_derivatives", "credit.ended", "credit.ends")
def credits(draft: Draft) -> Iterator[Finding]:
    """What the license asks for and the credit does not state; what it forbids; and rights that end on a day."""
    day = timezone.localdate(draft.at)
    for picture, where in draft.pictures:
        credit = getattr(picture, "credit", None)
        if credit is None:
            continue
        name = _named(picture, where)
        for problem in credit.problems(day):
            message = (
                f"The credit of {name[0].lower()}{name[1:]} {problem.says} Until it’s fixed, readers can’t see the "
                "picture."
            )
            form = mends.picture_form(picture.pk, where)
            yield Finding(f"credit.{problem.kind}", ERROR, message, where, mends=form)
        if credit.rights_end_on and not credit.has_ended(day):
            end = date_format(credit.rights_end_on, "F j, Y")
            message = f"{name} disappears on {end}, when our rights to it end. Plan a replacement."
            yield Finding("credit.ends", WARNING, message, where)


@check("picture.withdrawn")
def withdrawn_pictures(draft: Draft) -> Iterator[Finding]:
    for picture, where in draft.pictures:
        if picture.withdrawn_at is not None:
            message = f"The picture “{picture}” was taken down, so readers can’t see it. Remove it or choose another."
            yield Finding("picture.withdrawn", ERROR, message, where)


@check("credit.waiting")
def waiting_credit(draft: Draft) -> Iterator[Finding]:
    for credit in draft.article.waiting_credits.waiting():
        message = f"An old credit line has no picture: “{credit.raw}”. Add the picture or dismiss the line."
        yield Finding("credit.waiting", WARNING, message, "lead_image")


FILE_NAME = re.compile(
    r"^\S+\.(jpe?g|png|gif|webp|avif|tiff?|bmp|heic|svg)$|^(img|dsc|dscn|image|photo|picture)[-_ ]?\d+$", re.IGNORECASE
)


@check("alt.missing")
def alternative_text(draft: Draft) -> Iterator[Finding]:
    for picture, where in draft.pictures:
        alt = picture.alt.strip()
        name = _named(picture, where)
        if picture.is_decorative:
            continue
        if not alt:
            message = f"{name} has no alt text. Describe it, or mark it as decorative."
            yield Finding("alt.missing", ERROR, message, where, mends=mends.picture_form(picture.pk, where))
        elif FILE_NAME.match(alt):
            message = f"{name} has a file name (“{alt}”) as its alt text. Describe what the picture shows."
            yield Finding("alt.missing", ERROR, message, where, mends=mends.picture_form(picture.pk, where))


_MEDIA = {"video": "video", "audio": "recording"}


@check("media.transcript", "media.link")
def media(draft: Draft) -> Iterator[Finding]:
    """A video or a recording is at its host; those who cannot see, hear or load it have its transcript."""
    for medium in text.media(draft.body):
        name, places = f"The {_MEDIA[medium.kind]} “{medium.caption}”", (medium.caption,) if medium.caption else ()
        if not medium.transcript:
            message = f"{name} has no transcript. Write one under it, for readers who can’t see or hear it."
            yield Finding("media.transcript", ERROR, message, "body", places=places)
        if not medium.is_linked:
            message = f"{name} has no link. Link its caption to where it can be played."
            yield Finding("media.link", ERROR, message, "body", places=places)


@check("drawing.missing", "drawing.unchecked")
def labeled_drawings(draft: Draft) -> Iterator[Finding]:
    """A drawing explains medicine, so somebody who knows it has to have looked at it."""
    for pk in draft.text.drawing_ids:
        drawing = draft.drawings.get(pk)
        if drawing is None:
            yield Finding("drawing.missing", ERROR, f"Drawing {pk} in the text doesn’t exist. Remove it.", "body")
        elif not drawing.checker:
            message = f"Nobody has checked the drawing “{drawing}”. Have a medical reviewer check it."
            yield Finding("drawing.unchecked", ERROR, message, "body")
