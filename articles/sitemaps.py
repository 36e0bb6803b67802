"""The sitemap (sitemaps.org 0.9) with image entries: what is live, and when each page truly changed last; and beside it
the news of two days, for those who ask every few minutes.

One file while everything fits into it; above that an index of files: the other pages first, then the articles, oldest
first, so that only the last file changes with what is published.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import cache
from articles.models import Contributor, Edition, EditionPicture, Image, Issue, Section, Topic
from articles.models.edition import EditionQuerySet
from articles.views.http_caching import conditional

LIMIT = 5_000  # addresses in one file; the protocol allows 50,000, which take a second to write
NEWS_FOR = timedelta(days=2)  # Google News reads nothing older
SHOWN = Coalesce("image__replaced_by", "image")  # the picture that stands in a place today
NEWS_LIMIT = 1_000  # addresses, as Google News reads
PLACE = "0name0"  # stands for an article's name in an address
OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n'
)
NEWS_OPENING = OPENING.replace("image", "news").replace("/1.1", "/0.9")


@dataclass(frozen=True)
class Address:
    """One page: its path, and when it changed last, if we know."""

    path: str
    changed_at: datetime | None = None


@dataclass(frozen=True)
class Plan:
    """What there is to list: the other pages, how many articles, and when any of it changed last."""

    pages: tuple[Address, ...]
    articles: int
    changed_at: datetime | None

    @property
    def files(self) -> int:
        if self.is_one_file:
            return 1
        return -(-len(self.pages) // LIMIT) - (-self.articles // LIMIT)

    @property
    def is_one_file(self) -> bool:
        return len(self.pages) + self.articles <= LIMIT

    def part(self, number: int) -> tuple[tuple[Address, ...], range]:
        """What stands in a file (from 1 on): pages, and which of the articles."""
        if self.is_one_file:
            return self.pages, range(self.articles)
        start = (number - 1) * LIMIT
        pages = self.pages[start : start + LIMIT]
        start -= -(-len(self.pages) // LIMIT) * LIMIT
        return pages, range(0) if pages else range(start, start + LIMIT)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    now = timezone.now()
    plan = _plan(now)
    return _answer(request, _file(plan, 1, now) if plan.is_one_file else _index(plan.files), plan)


@require_safe
def part(request: HttpRequest, number: int) -> HttpResponseBase:
    """One file of the index."""
    now = timezone.now()
    plan = _plan(now)
    if not 1 <= number <= plan.files:
        raise Http404
    return _answer(request, _file(plan, number, now), plan)


@require_safe
def news(request: HttpRequest) -> HttpResponseBase:
    """The articles of the last two days, whatever their section."""
    now = timezone.now()
    content = NEWS_OPENING + "".join(_news(now)) + "</urlset>\n"
    return conditional(request, content.encode(), content_type="application/xml", changed_at=None)


def _plan(now: datetime) -> Plan:
    """Worked out once until something is published, or the clock publishes something."""

    def made() -> Plan:
        pages = tuple(_pages(now))
        changed_at = _newest([Edition.objects.last_change(now), *(page.changed_at for page in pages)])
        return Plan(pages, _originals(now).count(), changed_at)

    return cache.by_state(f"sitemap until {cache.next_change(now)}", made)


def _answer(request: HttpRequest, content: str, plan: Plan) -> HttpResponseBase:
    return conditional(request, content.encode(), content_type="application/xml", changed_at=plan.changed_at)


def _index(files: int) -> str:
    listed = "".join(
        f"<sitemap><loc>{_whole(reverse('sitemap-part', args=[number]))}</loc></sitemap>\n"
        for number in range(1, files + 1)
    )
    opening = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    )
    return f"{opening}\n{listed}</sitemapindex>\n"


def _file(plan: Plan, number: int, now: datetime) -> str:
    pages, articles = plan.part(number)
    written = _writer()
    lines = [written(_whole(page.path), page.changed_at) for page in pages]
    if articles:
        lines += _articles(articles.start, len(articles), now)
    return OPENING + "".join(lines) + "</urlset>\n"


def _whole(path: str) -> str:
    return escape(f"{settings.SITE_URL}{path}")


def _writer() -> Callable[..., str]:
    """Writes an entry; the time zone is looked up once."""
    zone = timezone.get_current_timezone()

    def entry(address: str, changed_at: datetime | None, more: str = "") -> str:
        changed = (
            f"<lastmod>{changed_at.astimezone(zone).isoformat(timespec='seconds')}</lastmod>" if changed_at else ""
        )
        return f"<url><loc>{address}</loc>{changed}{more}</url>\n"

    return entry


# Articles -------------------------------------------------------------------------------------------------------------


def _originals(now: datetime) -> EditionQuerySet:
    return Edition.objects.live(now).articles().originals()


def _articles(first: int, most: int, now: datetime) -> Iterator[str]:
    live = _originals(now)
    rows = list(live.oldest_first(first, most).values_list("pk", "slug", "changed_at", "first_live_from"))
    if not rows:
        return
    pictures = _pictures(live.first_live_between(rows[0][3], rows[-1][3]))
    opening, closing = _whole(reverse("article", args=[PLACE])).split(PLACE)  # an address is made once and filled in
    written = _writer()
    for pk, slug, changed_at, _at in rows:
        yield written(f"{opening}{slug}{closing}", changed_at, "".join(pictures[pk]))


def _pictures(editions: QuerySet[Edition]) -> dict[int, list[str]]:
    """The entries of each edition's pictures, the lead picture's first: of what is shown in their places today."""
    places = EditionPicture.objects.filter(edition__in=editions.values("pk")).annotate(shown=SHOWN)
    images = Image.objects.select_related("credit").filter(pk__in=places.values("shown"))
    entries = {image.pk: _image(image) for image in images if image.is_shown}
    shown = dict.fromkeys(places.order_by("place", "pk").values_list("edition_id", "shown"))
    found: dict[int, list[str]] = defaultdict(list)
    for edition, image in shown:
        if image in entries:
            found[edition].append(entries[image])
    return found


def _news(now: datetime) -> Iterator[str]:
    """The articles of two days, the newest first."""
    name, written = escape(settings.SITE_NAME), _writer()
    opening = f"<news:news><news:publication><news:name>{name}</news:name><news:language>en</news:language>"
    editions = _originals(now).first_live_between(now - NEWS_FOR, now).newest(NEWS_LIMIT)
    for slug, title, changed_at, at in editions.values_list("slug", "title", "changed_at", "first_live_from"):
        if at > now - NEWS_FOR:
            moment = timezone.localtime(at).isoformat(timespec="seconds")
            more = f"</news:publication><news:publication_date>{moment}</news:publication_date>"
            title = f"<news:title>{escape(title)}</news:title></news:news>"
            yield written(_whole(reverse("article", args=[slug])), changed_at, f"{opening}{more}{title}")


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
    for page in Edition.objects.live(now).site_pages().only("page_type", "slug", "changed_at").order_by("slug"):
        yield Address(page.get_absolute_url(), page.changed_at)
    yield Address(reverse("medicines"), _newest(medicine.changed_at for medicine in cache.medicines()))
    for medicine in cache.medicines():
        yield Address(medicine.get_absolute_url(), medicine.changed_at)
    yield from _sections(now)
    yield from _topics(now)
    yield from _people(now)
    yield from _months(now)
    yield from _issues()


def _sections(now: datetime) -> Iterator[Address]:
    changed = Edition.objects.articles().last_changes("section", now)
    for section in Section.objects.all():
        yield Address(section.get_absolute_url(), changed.get(section.pk))
        yield Address(reverse("a-to-z", args=[section.slug]))


def _topics(now: datetime) -> Iterator[Address]:
    changed, tree = Edition.objects.articles().last_changes("filed_under__topic", now), Topic.objects.tree()
    written = Edition.objects.exclude(hub_of=None).last_changes("hub_of", now)
    waiting = tree.under(None)
    for topic in waiting:
        waiting += tree.under(topic)
        moments = [written.get(topic.pk), *(changed.get(below.pk) for below in tree.whole(topic))]
        yield Address(topic.get_absolute_url(), _newest(moments))


def _people(now: datetime) -> Iterator[Address]:
    written = Edition.objects.last_changes("bylines__contributor", now)
    signed = Edition.objects.last_changes("review__reviewer", now)
    for person in Contributor.objects.public():
        yield Address(person.get_absolute_url(), _newest([written.get(person.pk), signed.get(person.pk)]))


def _months(now: datetime) -> Iterator[Address]:
    changed = Edition.objects.articles().last_changes_by_month(now)
    for month, _count in Edition.objects.live(now).articles().months():
        yield Address(reverse("archive-month", args=[month.year, month.month]), changed.get(month))


def _issues() -> Iterator[Address]:
    sent = list(Issue.objects.public().values_list("number", "approved_at"))
    yield Address(reverse("newsletter"), _newest(approved_at for _number, approved_at in sent))
    for number, approved_at in sent:
        yield Address(reverse("issue", args=[number]), approved_at)


def _newest(moments: Any) -> datetime | None:
    return max(filter(None, moments), default=None)
