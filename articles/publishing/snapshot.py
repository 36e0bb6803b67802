"""An article as canonical content, and the digests of it: equal texts have equal digests, on every machine."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from articles.models import Article, Image, found
from articles.models.binding import SIGNED
from articles.richtext import text

Content = dict[str, Any]

COLUMNS = (
    *("title", "slug", "standfirst", "section_id", "body", "closing_question", "disclosure"),
    *("lead_image_id", "lead_caption", "page_type", "hub_of_id", *found.COLUMNS),
)
# Where an article is found, which says nothing about what it says.
PLACED = ("slug", "page_type", "hub_of", "section", "topics")


def content_of(article: Article) -> Content:
    """Everything that would be printed, as plain JSON: strings in NFC with single line ends, lists in printed order."""
    content = written(article)
    return as_shown_now(content, pictures_in(content))


def written(article: Article) -> Content:
    """The same without what the library says of its pictures. The lead picture comes first; captions in the text are
    part of the body already.
    """
    lead = [(article.lead_image_id, "lead", article.lead_caption)] if article.lead_image_id else []
    places = lead + [(pk, "text", "") for pk in text.picture_ids(article.body)]
    return {
        "title": article.title,
        "slug": article.slug,
        "standfirst": article.standfirst,
        **{name: getattr(article, name) for name in found.COLUMNS},
        "page_type": article.page_type,
        "hub_of": article.hub_of.slug if article.hub_of else "",
        "section": article.section.slug if article.section else "",
        "topics": list(article.topics.order_by("name").values("name", "slug")),
        "byline": [
            {"id": pk, "name": name, "credentials": credentials}
            for pk, name, credentials in article.byline.values_list(
                "contributor", "contributor__name", "contributor__credentials"
            )
        ],
        "body": article.body,
        "closing_question": article.closing_question,
        "disclosure": article.disclosure,
        "references": list(article.references.values("citation", "doi", "pmid", "url")),
        "pictures": [{"id": pk, "place": place, "caption": caption} for pk, place, caption in places],
    }


def has_same_columns(article: Article, other: Article) -> bool:
    """Whether two readings of an article agree on what `written` takes from its own row."""
    return all(getattr(article, name) == getattr(other, name) for name in COLUMNS)


def pictures_in(content: Content) -> dict[int, Image]:
    """The pictures that it shows and that the library has, with what it takes to show them, by id."""
    return Image.objects.with_credit().in_bulk([picture["id"] for picture in content["pictures"]])


def as_shown_now(content: Content, pictures: Mapping[int, Image]) -> Content:
    """A content, written or kept, with what the library says of its pictures today.

    A picture that was replaced counts as the one that is shown now, which no reviewer saw who signed the former.
    """
    shown = [{**place, **_as_shown(pictures.get(place["id"]))} for place in content["pictures"]]
    return canonical({**content, "pictures": shown})


def with_lead(content: Content, image: Image | None) -> Content:
    """The same with another lead picture, or none; the caption stays."""
    caption = next((each["caption"] for each in content["pictures"] if each["place"] == "lead"), "")
    lead = [] if image is None else [{"id": image.pk, "place": "lead", "caption": caption}]
    places = lead + [each for each in content["pictures"] if each["place"] != "lead"]
    return as_shown_now({**content, "pictures": places}, pictures_in({"pictures": places}))


def _as_shown(image: Image | None) -> dict[str, str]:
    if image is None:
        return {"digest": "", "alt": ""}
    return {"digest": image.present.digest, "alt": "" if image.present.is_decorative else image.present.alt}


def canonical(value: Any) -> Any:
    """Plain JSON with every string in NFC, with single line ends, without control characters, trimmed."""
    if isinstance(value, str):
        single = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n")
        return text.UNSEEN.sub("", single).strip()
    if isinstance(value, list):
        return [canonical(item) for item in value]
    if isinstance(value, dict):
        return {key: canonical(item) for key, item in value.items()}
    return value


def digest(content: Content) -> str:
    """SHA-256, as hex, of the content's JSON with sorted keys."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def signed_digest(content: Content) -> str:
    """SHA-256, as hex, of the part that a reviewer vouches for."""
    return digest(signed(content))


def signed(content: Content) -> Content:
    return {key: content[key] for key in SIGNED}


def says_other(before: Content, after: Content) -> bool:
    """Whether a reader of one content is told something else by the other; a new address or section is no news."""
    return digest(_said(before)) != digest(_said(after))


def _said(content: Content) -> Content:
    return {key: value for key, value in content.items() if key not in PLACED}
