"""What every page asks for and rarely changes, kept in the process while the state of the public site is the same:
sections, medicines, the glossary, pages about the site itself, lengths of lists. All requests share the very objects,
so nobody changes them.

Each value is kept with the number that `public_state` had before it was read. The press and the gate never look here:
they ask the database.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from django.utils import timezone

from articles import public_state, replica, site_pages
from articles.metrics import CACHE_LOOKUPS
from articles.models import Drug, Edition, Section, Term, Topic
from articles.models.taxonomy import TopicTree

MOST = 1000  # values of one state, and lengths of lists: of these there are as many as topics and months
Value = TypeVar("Value")
LOOKUPS = [CACHE_LOOKUPS.labels("process", result) for result in ("miss", "hit")]


class _State(NamedTuple):
    """What is kept of one state of the site. The next gets another one: what was read late is dropped with the old."""

    number: int | None
    values: dict[str, Any]


_kept = _State(None, {})


def by_state(name: str, read: Callable[[], Value]) -> Value:
    """What `read` returns, from the primary database: once for all threads as long as the public site stays the same.

    Two threads may read it at once. Where the state is not known, or this thread is in a transaction, nothing is kept.
    """
    global _kept
    number = public_state.current()  # before the rows: what is committed while they are read drops the value
    state = _kept
    if number != state.number or number is None:
        state = _kept = _State(number, {})
    is_hit = name in state.values
    LOOKUPS[is_hit].inc()
    if is_hit:
        value: Value = state.values[name]
        return value
    with replica.primary():  # a standby may lag behind the number
        value = read()
    if len(state.values) >= MOST:
        state.values.clear()
    state.values[name] = value
    return value


def sections() -> tuple[Section, ...]:
    return by_state("sections", lambda: tuple(Section.objects.all()))


class HousePage(NamedTuple):
    """A published page about the site itself: its address, its title, and the last part of the address."""

    address: str
    title: str
    slug: str


def house_pages() -> tuple[HousePage, ...]:
    """Those that are public now: the required ones in their order, then the others by title."""
    now = timezone.now()

    def read() -> list[tuple[HousePage, datetime, datetime | None]]:
        """Those that are or will be: no change of the clock asks for them again."""
        places = {page.slug: place for place, page in enumerate(site_pages.REQUIRED)}
        columns = ("page_type", "title", "slug", "live_from", "live_until")
        pages = Edition.objects.site_pages().exclude(kind=Edition.WITHDRAWN)
        rows = [
            (HousePage(each.get_absolute_url(), each.title, each.slug), each.live_from, each.live_until)
            for each in (pages.at(now) | pages.scheduled(now)).only(*columns)
        ]
        return sorted(rows, key=lambda row: (places.get(row[0].slug, len(places)), row[0].title))

    kept = by_state("house pages", read)
    return tuple(page for page, start, end in kept if start <= now and (end is None or now < end))


def missing_pages() -> list[site_pages.SitePage]:
    """The pages that a site needs and that are not public now."""
    public = {page.slug for page in house_pages()}
    return [page for page in site_pages.REQUIRED if page.slug not in public]


def medicines() -> tuple[Drug, ...]:
    """The cards that readers may see, by name."""
    return by_state("medicines", lambda: tuple(Drug.objects.public()))


class KnownTopic(NamedTuple):
    """What machines are told of a topic: its MeSH ID and its page there, and whether that is of a condition."""

    mesh_id: str
    mesh_url: str
    is_condition: bool


def topics() -> dict[str, KnownTopic]:
    """Every topic by its address. One with a MeSH ID is a condition where its section has reviews and no risks."""

    def read() -> dict[str, KnownTopic]:
        tree = TopicTree(Topic.objects.all())
        of_conditions = {section.pk for section in sections() if section.requires_review and not section.requires_risks}
        return {
            topic.slug: KnownTopic(
                topic.mesh_id, topic.mesh_url, bool(topic.mesh_id) and tree.section_id(topic) in of_conditions
            )
            for topic in sorted(tree, key=lambda topic: topic.slug)
        }

    return by_state("topics as machines know them", read)


def glossary() -> tuple[Term, ...]:
    """Every term."""
    return by_state("terms", lambda: tuple(Term.objects.all()))


def terms(keys: Iterable[str]) -> list[Term]:
    """The terms with these keys, in their order."""
    terms = {term.slug: term for term in glossary()}
    return [terms[key] for key in keys if key in terms]


def next_change(after: datetime) -> datetime | None:
    """`Edition.objects.next_change`."""
    kept = by_state("next change", dict[str, tuple[datetime, datetime | None]])
    since, change = kept.get("found", (None, None))
    if since is None or after < since or (change is not None and change <= after):
        with replica.primary():
            change = Edition.objects.next_change(after)
        kept["found"] = after, change
    return change


def totals() -> dict[str, int]:
    """The lengths of lists that were counted, by the names of the lists. Asked for before a list is read, and what is
    counted then is put in: it stays there as long as the public site stays the same.
    """
    if replica.is_read():  # these rows may be older than the number
        return {}
    counted = by_state("totals", dict[str, int])
    if len(counted) >= MOST:
        counted.clear()
    return counted


def clear() -> None:
    """As in a process that has just begun."""
    global _kept
    _kept = _State(None, {})
