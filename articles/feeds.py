"""The feeds, Atom (RFC 4287) and JSON Feed 1.1: what is live, newest first, whole; a correction moves their dates.

An entry is worked out once and kept by all that it is made of: an edition never changes, and little is looked up beside
it.
"""

import json
from datetime import datetime
from typing import Any, NamedTuple
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from articles import cache
from articles.evidence import citations
from articles.models import Edition, EditionByline, EditionPicture, Image, Topic
from articles.models.edition import EditionQuerySet
from articles.richtext.sanitizer import clean_page
from articles.richtext.text import UNSEEN
from articles.views.article_page import page_context
from articles.views.http_caching import conditional

ENTRIES = 20
MOST_KEPT = 200  # entries; one takes some ten kilobytes
# What tells an edition from another one with its number: a backup that is restored gives numbers out again.
FROZEN = ("revision__digest", "live_from", "first_live_from", "changed_at")


class _Generator(SimplerXMLGenerator):
    """Writes words without the characters that XML has no place for: one in somebody's name would break the feed."""

    def characters(self, content: str) -> None:
        super().characters(UNSEEN.sub("", content))

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802  SAX's name
        super().startElement(name, AttributesImpl({key: UNSEEN.sub("", value) for key, value in attrs.items()}))


class _Atom(Atom1Feed):
    """Whole texts as `content`, every picture and its credit as Media RSS 1.5.1 words them.

    The feed's own date is that of the last change, also when something was withdrawn.
    """

    changed_at: datetime | None = None

    def write(self, outfile: Any, encoding: str) -> None:
        handler = _Generator(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def root_attributes(self) -> Any:
        return {**super().root_attributes(), "xmlns:media": "http://search.yahoo.com/mrss/"}

    def latest_post_date(self) -> datetime:
        return self.changed_at or datetime.fromtimestamp(0, timezone.get_current_timezone())

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        for name, address in item["authors"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.addQuickElement("uri", address)
            handler.endElement("author")
        super().add_item_elements(handler, {**item, "description": None})  # which Django would call HTML
        handler.addQuickElement("summary", item["description"], {"type": "text"})
        handler.addQuickElement("content", str(item["content"]), {"type": "html"})
        for image in item["pictures"]:
            self._add_picture(handler, image)

    def _add_picture(self, handler: Any, picture: "Picture") -> None:
        handler.startElement("media:content", {**picture.file, "medium": "image", "type": "image/jpeg"})
        handler.addQuickElement("media:title", picture.title)
        handler.addQuickElement("media:description", picture.alt)
        handler.addQuickElement("media:credit", picture.creator, {"role": "author", "scheme": "urn:ebu"})
        handler.addQuickElement("media:copyright", picture.credit_line, {"url": picture.license})
        handler.endElement("media:content")


class Picture(NamedTuple):
    """A picture as Media RSS words it."""

    file: dict[str, str]
    title: str
    alt: str
    creator: str
    credit_line: str
    license: str


class Entry(NamedTuple):
    """An article, in the words of both feeds."""

    id: str
    url: str
    title: str
    summary: str
    content: str
    image: str
    pictures: tuple[Picture, ...]
    authors: tuple[tuple[str, str], ...]  # name and address
    tags: tuple[str, ...]
    published_at: datetime
    changed_at: datetime


class Place(NamedTuple):
    """What a feed is of: everything, a section or a topic."""

    path: str
    name: str
    summary: str
    editions: EditionQuerySet

    @property
    def title(self) -> str:
        return ": ".join(filter(None, (settings.SITE_NAME, self.name)))

    @property
    def address(self) -> str:
        return f"{settings.SITE_URL}{self.path}"


def _place(section: str, topic: str) -> Place:
    """By one of the two slugs; without any, everything. A topic has the articles of those beneath it, too."""
    every = Edition.objects.articles()
    if topic:
        tree = Topic.objects.tree()
        if (about := tree.find(topic)) is None:
            raise Http404
        return Place(about.get_absolute_url(), about.name, about.definition, every.about(tree.whole(about)))
    if section:
        own = next((known for known in cache.sections() if known.slug == section), None)
        if own is None:
            raise Http404
        return Place(own.get_absolute_url(), own.name, own.summary, every.in_section(own))
    return Place("/", "", "", every)


def _newest(place: Place) -> tuple[list[Entry], datetime | None]:
    """Its newest entries, and when any of it changed last."""
    every, until = place.editions, cache.next_change(timezone.now())
    changed_at = cache.by_state(f"last change in {place.path} until {until}", lambda: every.last_change())
    newest = every.live().newest(ENTRIES).values_list("pk", "section__name", "review__withdrawn_at", *FROZEN)
    parts = {row[0]: row for row in newest}
    moments = [changed_at, *(withdrawn_at for _pk, _section, withdrawn_at, *_frozen in parts.values())]
    return _entries(parts), max((at for at in moments if at), default=None)


_kept: dict[tuple[Any, ...], Entry] = {}  # replaced whole, never changed


def _entries(parts: dict[int, tuple[Any, ...]]) -> list[Entry]:
    """The entries of editions, of each of which some of its parts are known; the others are looked up for all."""
    global _kept
    keys: dict[int, list[Any]] = {pk: [settings.SITE_URL, timezone.localdate(), *part] for pk, part in parts.items()}
    lines = EditionByline.objects.filter(edition__in=keys).order_by("edition_id", "position")
    for pk, address in lines.values_list("edition", "contributor__slug"):
        keys[pk].append(address)
    places = EditionPicture.objects.filter(edition__in=keys).order_by("edition_id", "place", "pk")
    for place in places.select_related("image__credit", "image__replaced_by__credit"):
        keys[place.edition_id].append((place.place, *_face(place.image), *_face(place.image.present)))
    known = _kept
    missing = [pk for pk, key in keys.items() if tuple(key) not in known]
    if missing:
        editions = Edition.objects.for_page().in_bulk(missing)
        made = {tuple(keys[pk]): _entry(edition) for pk, edition in editions.items()}
        known = {**known, **made}
        _kept = known if len(known) <= MOST_KEPT else made
    return [known[tuple(key)] for key in keys.values()]


def _face(image: Image) -> tuple[Any, ...]:
    """Everything that the library says of a picture."""
    credit = getattr(image, "credit", None)
    columns = (*vars(image).items(), *(vars(credit).items() if credit else ()))
    return tuple(value for name, value in columns if not name.startswith("_"))


@require_safe
def atom(request: HttpRequest, slug: str = "", topic: str = "") -> HttpResponseBase:
    """Everything, or one section or topic by its slug."""
    place = _place(slug, topic)
    entries, changed_at = _newest(place)
    feed = _Atom(
        title=place.title,
        link=place.address,
        description=None,
        subtitle=place.summary or None,
        feed_url=settings.SITE_URL + request.path,
        language="en",
        feed_guid=place.address,
        feed_copyright=f"© {settings.SITE_NAME}; pictures as credited",
    )
    feed.changed_at = changed_at
    for entry in entries:
        feed.add_item(
            title=entry.title,
            link=entry.url,
            description=entry.summary,
            unique_id=entry.id,
            pubdate=entry.published_at,
            updateddate=entry.changed_at,
            categories=entry.tags,
            authors=entry.authors,
            content=entry.content,
            pictures=entry.pictures,
        )
    return conditional(
        request, feed.writeString("utf-8").encode(), content_type=feed.content_type, changed_at=changed_at
    )


@require_safe
def json_feed(request: HttpRequest, slug: str = "", topic: str = "") -> HttpResponseBase:
    """The same as JSON Feed 1.1 (jsonfeed.org)."""
    place = _place(slug, topic)
    entries, changed_at = _newest(place)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": place.title,
        "home_page_url": place.address,
        "feed_url": settings.SITE_URL + request.path,
        **({"description": place.summary} if place.summary else {}),
        "icon": settings.SITE_URL + static("articles/icon-512.png"),
        "favicon": settings.SITE_URL + static("articles/icon-192.png"),
        "language": "en",
        "authors": [{"name": settings.SITE_NAME, "url": settings.SITE_URL + "/"}],
        "items": [_item(entry) for entry in entries],
    }
    content = json.dumps(feed, ensure_ascii=False).encode()
    return conditional(request, content, content_type="application/feed+json", changed_at=changed_at)


def _item(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.content,
        "summary": entry.summary,
        **({"image": entry.image} if entry.image else {}),
        "date_published": timezone.localtime(entry.published_at).isoformat(),
        "date_modified": timezone.localtime(entry.changed_at).isoformat(),
        "authors": [{"name": name, "url": address} for name, address in entry.authors],
        "tags": entry.tags,
    }


# Entries --------------------------------------------------------------------------------------------------------------


def _entry(edition: Edition) -> Entry:
    """Of an edition fetched with `for_page()`."""
    context, lead = page_context(edition, in_place=False), edition.lead_picture
    return Entry(
        id=_id(edition),
        url=_address(edition),
        title=edition.title,
        summary=edition.standfirst,
        content=str(_text(edition, context)),
        image=f"{settings.SITE_URL}{lead.url}" if lead is not None and lead.is_shown else "",
        pictures=tuple(map(_picture, context["pictures"])),
        authors=tuple((str(line), _person(line)) for line in edition.bylines.all()),
        tags=(edition.filed_in.name, *(topic["name"] for topic in edition.topics)),
        published_at=edition.first_live_from,
        changed_at=edition.changed_at,
    )


def _picture(image: Image) -> Picture:
    credit, shape = image.credit.metadata(), image.full
    url = f"{settings.SITE_URL}{shape.url(shape.width)}"
    file = {"url": url, "width": str(shape.width), "height": str(shape.height)}
    return Picture(file, credit.title, image.alt, credit.creator, credit.credit_line, credit.web_statement)


def _id(edition: Edition) -> str:
    """Stays when the article's address changes (a tag URI, RFC 4151)."""
    host = settings.SITE_URL.partition("://")[2].partition(":")[0]
    return f"tag:{host},{edition.first_live_from:%Y-%m-%d}:article-{edition.article_id}"


def _person(line: Any) -> str:
    return settings.SITE_URL + str(line.contributor.get_absolute_url())


def _text(edition: Edition, context: dict[str, Any]) -> str:
    """Corrections first, then the standfirst, the pictures with their credits, the text, and what it rests on."""
    corrections = format_html_join(
        "",
        "<p><strong>Corrected on {}.</strong> It said: {} It should say: {} Why: {}</p>",
        (
            (correction["on"], correction["was"] or "–", correction["now"], correction["why"])
            for correction in edition.corrections
        ),
    )
    lead = render_to_string("articles/figure.html", {"image": edition.lead_picture}) if edition.lead_picture else ""
    caption = format_html("<figcaption>{}</figcaption>", edition.lead_caption) if edition.lead_caption else ""
    figure = format_html("<figure>{}{}</figure>", lead, caption) if lead else ""
    whole = format_html(
        "{}{}<p>{}</p>{}{}{}{}<p>Disclosure: {}</p>",
        _withdrawn(edition),
        corrections,
        edition.standfirst,
        figure,
        context["body"],
        _references(edition),
        _overridden(edition),
        edition.disclosure,
    )
    return clean_page(whole, base=_address(edition))


def _withdrawn(edition: Edition) -> str:
    at = edition.review.withdrawn_at if edition.review else None
    day = date_format(timezone.localtime(at), "F j, Y") if at else ""
    return format_html("<p><strong>Review withdrawn on {}.</strong></p>", day) if day else ""


def _overridden(edition: Edition) -> str:
    """What two editors decided against an automatic check, as on the page."""
    return format_html_join(
        "",
        "<p>Two editors overrode an automatic check: “{}” Their reason: {}</p>",
        ((one["message"], one["reason"]) for one in edition.set_aside),
    )


def _references(edition: Edition) -> str:
    listed = format_html_join("", "<li>{}</li>", ((_reference(one),) for one in edition.references))
    return format_html("<h2>References</h2><ol>{}</ol>", listed) if listed else ""


def _reference(reference: dict[str, str]) -> str:
    links = {
        f"doi:{reference['doi']}": reference["doi"] and citations.doi_url(reference["doi"]),
        f"PubMed {reference['pmid']}": reference["pmid"] and citations.pmid_url(reference["pmid"]),
        reference["url"]: reference["url"],
    }
    links_html = format_html_join("", ' <a href="{}">{}</a>', ((url, name) for name, url in links.items() if url))
    return format_html("{}{}", reference["citation"], links_html)


def _address(edition: Edition) -> str:
    return str(settings.SITE_URL) + edition.get_absolute_url()
