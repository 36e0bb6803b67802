"""The sitemap (sitemaps.org 0.9) with news and image entries: what is live, and when each page truly changed last.

One file while everything fits into it; above that an index of files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Case, QuerySet, TextField, Value, When
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import cache
from articles.models import Contributor, Edition, Image, Section, Topic
from articles.richtext import text
from articles.views.http_caching import conditional

FILES = "files of the sitemap"  # the name under which their number is kept
LIMIT = 50_000  # addresses in one file, by the protocol
NEWS_FOR = timedelta(days=2)  # Google News reads nothing older
PICTURE = "data-picture"  # a text without it has no picture
PLACE = "0name0"  # stands for an article's name in an address
IN_MEMORY = 500  # editions whose texts are read at once
OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n'
)


@dataclass(frozen=True)
class Address:
    """One page: its path, and when it changed last, if we know."""

    path: str
    changed_at: datetime | None = None


class Row(NamedTuple):
    """What an article's entry is made of; its text only where that has pictures in it."""

    slug: str
    title: str
    pictured: str
    lead_image: int | None
    changed_at: datetime
    first_live_from: datetime


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """The index asks for no page where the number of files is known: it names only them."""
    now, totals = timezone.now(), cache.totals()
    files = totals.get(FILES)
    if files is not None and files > 1:
        return _answer(request, _index(files), now)
    pages = list(_pages(now))
    files = -(-(len(pages) + Edition.objects.live(now).count()) // LIMIT)
    totals[FILES] = files
    return _answer(request, _file(pages, 1, now) if files <= 1 else _index(files), now)


@require_safe
def part(request: HttpRequest, number: int) -> HttpResponseBase:
    """One file of the index: the pages first, then the articles in the order in which they were printed."""
    now = timezone.now()
    pages = list(_pages(now))
    if not 1 <= number <= max(1, -(-(len(pages) + Edition.objects.live(now).count()) // LIMIT)):
        raise Http404
    return _answer(request, _file(pages, number, now), now)


def _answer(request: HttpRequest, content: str, now: datetime) -> HttpResponseBase:
    changed_at = Edition.objects.last_change(now)
    return conditional(request, content.encode(), content_type="application/xml", changed_at=changed_at)


def _index(files: int) -> str:
    listed = "".join(
        f"<sitemap><loc>{_whole(reverse('sitemap-part', args=[number]))}</loc></sitemap>\n"
        for number in range(1, files + 1)
    )
    opening = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    )
    return f"{opening}\n{listed}</sitemapindex>\n"


def _file(pages: list[Address], number: int, now: datetime) -> str:
    start, stop = (number - 1) * LIMIT, number * LIMIT
    editions = Edition.objects.live(now).order_by("pk")[max(0, start - len(pages)) : max(0, stop - len(pages))]
    lines = [_url(page.path, page.changed_at) for page in pages[start:stop]]
    return OPENING + "".join([*lines, *_articles(editions, now)]) + "</urlset>\n"


def _whole(path: str) -> str:
    return escape(f"{settings.SITE_URL}{path}")


def _url(path: str, changed_at: datetime | None) -> str:
    return _entry(_whole(path), changed_at)


def _entry(address: str, changed_at: datetime | None, more: str = "") -> str:
    lastmod = f"<lastmod>{timezone.localtime(changed_at).isoformat(timespec='seconds')}</lastmod>" if changed_at else ""
    return f"<url><loc>{address}</loc>{lastmod}{more}</url>\n"


# Articles -------------------------------------------------------------------------------------------------------------


def _articles(editions: QuerySet[Edition], now: datetime) -> Iterator[str]:
    """An entry for each; a part of them is read at a time, with the texts of those alone that have pictures in them."""
    pictured = Case(When(body__contains=PICTURE, then="body"), default=Value(""), output_field=TextField())
    rows = editions.annotate(pictured=pictured).values_list(*Row._fields)
    left = (Row(*row) for row in rows.iterator(chunk_size=IN_MEMORY))
    while batch := list(islice(left, IN_MEMORY)):
        yield from _entries(batch, now)


def _entries(editions: list[Row], now: datetime) -> Iterator[str]:
    shown = [
        [edition.lead_image, *(text.picture_ids(edition.pictured) if edition.pictured else ())] for edition in editions
    ]
    wanted = {pk for ids in shown for pk in ids if pk}
    images = Image.objects.select_related("credit").in_bulk(wanted) if wanted else {}
    opening, closing = _whole(reverse("article", args=[PLACE])).split(PLACE)  # an address is made once and filled in
    for edition, ids in zip(editions, shown, strict=True):
        pictures = [images[pk] for pk in dict.fromkeys(ids) if pk in images and images[pk].is_shown]
        more = _news(edition) if edition.first_live_from > now - NEWS_FOR else ""
        yield _entry(f"{opening}{edition.slug}{closing}", edition.changed_at, more + "".join(map(_image, pictures)))


def _news(edition: Row) -> str:
    name, published = escape(settings.SITE_NAME), timezone.localtime(edition.first_live_from)
    return (
        f"<news:news><news:publication><news:name>{name}</news:name><news:language>en</news:language></news:publication>"
        f"<news:publication_date>{published.isoformat(timespec='seconds')}</news:publication_date>"
        f"<news:title>{escape(edition.title)}</news:title></news:news>"
    )


def _image(image: Image) -> str:
    return f"<image:image><image:loc>{_whole(image.full.url(image.full.width))}</image:loc></image:image>"


# The other pages ------------------------------------------------------------------------------------------------------


def _pages(now: datetime) -> Iterator[Address]:
    """The same few queries, however much there is. A page about the house itself has no day that we know."""
    changed = Edition.objects.last_change(now)
    yield Address("/", changed)
    for name in ("topics", "archive", "people", "credits"):
        yield Address(reverse(name), changed)
    for name in ("glossary", "corrections", "how-we-review"):
        yield Address(reverse(name))
    yield from _sections(now)
    yield from _topics(now)
    yield from _people(now)
    yield from _months(now)


def _sections(now: datetime) -> Iterator[Address]:
    changed = Edition.objects.last_changes("section", now)
    for section in Section.objects.all():
        yield Address(section.get_absolute_url(), changed.get(section.pk))
        yield Address(reverse("a-to-z", args=[section.slug]), changed.get(section.pk))


def _topics(now: datetime) -> Iterator[Address]:
    changed, tree = Edition.objects.last_changes("filed_under__topic", now), Topic.objects.tree()
    waiting = tree.under(None)
    for topic in waiting:
        waiting += tree.under(topic)
        yield Address(topic.get_absolute_url(), _newest(changed.get(below.pk) for below in tree.whole(topic)))


def _people(now: datetime) -> Iterator[Address]:
    written = Edition.objects.last_changes("bylines__contributor", now)
    signed = Edition.objects.last_changes("review__reviewer", now)
    for person in Contributor.objects.public():
        yield Address(person.get_absolute_url(), _newest([written.get(person.pk), signed.get(person.pk)]))


def _months(now: datetime) -> Iterator[Address]:
    changed = Edition.objects.last_changes_by_month(now)
    for month, _count in Edition.objects.live(now).months():
        yield Address(reverse("archive-month", args=[month.year, month.month]), changed.get(month))


def _newest(moments: Any) -> datetime | None:
    return max(filter(None, moments), default=None)
