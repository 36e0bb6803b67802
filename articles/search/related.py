"""What to read next: live articles that share a text's topics and the words of its title, found in one query; and kept,
so that no reader waits for that query, which takes the longer the more is published.
"""

from datetime import datetime

from django.utils import timezone

from articles.models import Edition, ReadNext
from articles.models.cards import Card, ranked
from articles.search.engines import Narrowing, engine
from articles.search.language import STOP_WORDS, stem, words
from articles.search.questions import Alternative, Question

MOST_ASKED = 20  # words
SHOWN = 3
KEPT = 8  # so that enough are left when some were unpublished
AT_ONCE = 50  # editions in one round of the clock, each a search


def related(edition: Edition, *, most: int = SHOWN, at: datetime | None = None) -> list[Card]:
    """The nearest live editions of other articles, the nearest first."""
    names = " ".join(topic["name"] for topic in edition.topics)
    asked = [word for word in words(f"{names} {edition.title}") if word not in STOP_WORDS and len(word) > 2]
    clauses = tuple((Alternative((stem(word),)),) for word in dict.fromkeys(asked[:MOST_ASKED]))
    if not clauses:
        return []
    sql, values = engine().ranked(
        Question(clauses, any_will_do=True), Narrowing(), at=at or timezone.now(), limit=most + 1
    )
    return [other for other in ranked(sql, values) if other.article_id != edition.article_id][:most]


def catch_up(*, most: int = AT_ONCE) -> int:
    """The clock's round: looks what is nearest to some of the live editions, first of those of which that isn't known,
    then of those where it is known for longest, from before something was printed; drops what ended. For how many.
    """
    now = timezone.now()
    ReadNext.objects.filter(edition__live_until__lte=now).delete()
    live = Edition.objects.live(now).articles()
    unknown = live.filter(read_next=None).order_by("-first_live_from", "-id").values_list("pk", flat=True)
    ids = list(unknown[:most])
    newest = Edition.objects.order_by("-pk").values_list("published_at", flat=True).first()
    printed_at = max(
        filter(None, (live.last_change(now), newest)), default=None
    )  # some are live from a day in the past
    if printed_at is not None and len(ids) < most:
        old = ReadNext.objects.filter(looked_at__lte=printed_at, edition__live_from__lte=now).order_by("looked_at")
        ids += old.values_list("pk", flat=True)[: most - len(ids)]
    known = dict(ReadNext.objects.filter(pk__in=ids).values_list("pk", "articles"))
    nearest = {
        edition.pk: [other.article_id for other in related(edition, most=KEPT)]
        for edition in Edition.objects.filter(pk__in=ids).only("topics", "title", "article")
    }
    other = [ReadNext(pk=pk, articles=found, looked_at=now) for pk, found in nearest.items() if known.get(pk) != found]
    # The others are only noted as looked at: a page that shows them stays as it is.
    ReadNext.objects.filter(pk__in=nearest.keys() - {row.pk for row in other}).update(looked_at=now)
    values = ["articles", "looked_at"]
    ReadNext.objects.bulk_create(other, update_conflicts=True, unique_fields=["edition"], update_fields=values)
    return len(nearest)
