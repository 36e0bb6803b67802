"""What the index holds: the editions of articles that are live or will be, learned when they are printed.

A call of the press in its own transaction, so the index is never behind what is printed; `rebuild` makes it anew.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from articles.models import Edition, EditionByline, SearchEntry, SearchWord
from articles.models.page_type import ARTICLE
from articles.richtext.text import plain_text
from articles.search.engines import Text, engine
from articles.search.language import stem, words

AT_ONCE = 200  # editions
WORDS_AT_ONCE = 5_000
SHORTEST_SUGGESTED = 4  # letters


def _wanted(at: datetime) -> QuerySet[Edition]:
    """Editions that are live or will be at some time, with what the index needs of them."""
    still = Q(live_until__isnull=True) | Q(live_until__gt=at) & Q(live_until__gt=F("live_from"))
    return Edition.objects.articles().filter(still).exclude(kind=Edition.WITHDRAWN)


def add(edition: Edition, bylines: list[EditionByline], *, replacing: Edition | None) -> None:
    """Learns an edition that was just printed; the one that it replaces is found until it is live, and then no more.

    That one stays in the index, closed, until `tidy`.
    """
    if replacing is not None:
        SearchEntry.objects.filter(pk=replacing.pk).update(live_until=replacing.live_until)
    if edition.kind != Edition.WITHDRAWN and edition.page_type == ARTICLE:
        _add([(edition, bylines)])


def learn(article_id: int, *, at: datetime | None = None) -> None:
    """Brings the index up to what is printed of one article: new editions in, ended and withdrawn ones out."""
    at = at or timezone.now()
    wanted = {edition.pk: edition for edition in _wanted(at).filter(article=article_id)}
    known = {entry.pk: entry for entry in SearchEntry.objects.filter(article_id=article_id)}
    _forget([pk for pk in known if pk not in wanted])
    for pk, entry in known.items():
        if pk in wanted and entry.live_until != wanted[pk].live_until:
            SearchEntry.objects.filter(pk=pk).update(live_until=wanted[pk].live_until)
    _add_all([pk for pk in wanted if pk not in known])


def tidy(*, at: datetime | None = None) -> int:
    """Drops what has ended: it was found no more already. How many editions."""
    ended = SearchEntry.objects.filter(live_until__lte=at or timezone.now())
    gone = list(ended.values_list("pk", flat=True)[:AT_ONCE])
    with transaction.atomic():
        _forget(gone)
    return len(gone)


def _add_all(edition_ids: list[int]) -> None:
    if edition_ids:
        editions = Edition.objects.filter(pk__in=edition_ids).select_related("section").prefetch_related("bylines")
        _add([(edition, list(edition.bylines.all())) for edition in editions])


def _forget(edition_ids: list[int]) -> None:
    if edition_ids:
        engine().drop(edition_ids)
        SearchEntry.objects.filter(pk__in=edition_ids).delete()


def _add(editions: Iterable[tuple[Edition, list[EditionByline]]]) -> None:
    entries: list[SearchEntry] = []
    texts: list[Text] = []
    seen: set[str] = set()
    for edition, bylines in editions:
        parts = list(map(words, _said(edition, bylines)))
        entries.append(_entry(edition))
        texts.append(Text(edition.pk, *(" ".join(map(stem, part)) for part in parts)))
        seen.update(word for part in parts for word in part if len(word) >= SHORTEST_SUGGESTED)
    SearchEntry.objects.bulk_create(entries)
    engine().add(texts)
    _suggest(sorted(word for word in seen if not word.isdigit()))


def _suggest(found: list[str]) -> None:
    """Keeps words to suggest, most of which are known. As one statement this takes a tenth of what objects take."""
    with connection.cursor() as cursor:
        for first in range(0, len(found), WORDS_AT_ONCE):
            batch = found[first : first + WORDS_AT_ONCE]
            places = ", ".join(["(%s, %s)"] * len(batch))
            cursor.execute(
                f"INSERT INTO articles_searchword (word, length) VALUES {places} ON CONFLICT DO NOTHING",  # noqa: S608
                [value for word in batch for value in (word, len(word))],
            )


def _said(edition: Edition, bylines: list[EditionByline]) -> tuple[str, str, str, str]:
    """Title, names, standfirst and text, in the order of `engines.WEIGHTS`."""
    topics = [topic["name"] for topic in edition.topics]
    names = " ".join([edition.filed_in.name, *topics, *(line.name for line in bylines)])
    return edition.title, names, edition.standfirst, plain_text(edition.body)


def _entry(edition: Edition) -> SearchEntry:
    slugs = "|".join(topic["slug"] for topic in edition.topics)
    return SearchEntry(
        edition=edition,
        article_id=edition.article_id,
        live_from=edition.live_from,
        live_until=edition.live_until,
        first_live_from=edition.first_live_from,
        section=edition.filed_in,
        topics=f"|{slugs}|"[:500],
    )


def rebuild(*, at: datetime | None = None) -> tuple[int, Iterator[int]]:
    """Empties the index, and how many editions it wants; the iterator fills it and yields how many came in each time.

    Cut off anywhere, the next rebuild starts anew; until then what is in the index is found.
    """
    at = at or timezone.now()
    with transaction.atomic():
        engine().clear()
        SearchEntry.objects.all().delete()
        SearchWord.objects.all().delete()
    wanted = list(_wanted(at).order_by("-pk").values_list("pk", flat=True))
    return len(wanted), _fill(wanted)


def _fill(edition_ids: list[int]) -> Iterator[int]:
    for start in range(0, len(edition_ids), AT_ONCE):
        chunk = edition_ids[start : start + AT_ONCE]
        with transaction.atomic():
            there = set(SearchEntry.objects.filter(pk__in=chunk).values_list("pk", flat=True))
            _add_all([pk for pk in chunk if pk not in there])
        yield len(chunk)
