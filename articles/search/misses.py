"""What readers searched for in vain, counted for the desk: the words and the day, and nothing of who asked.

Only what is made of letters counts, so that no number and no address is kept. A page that is kept (`page_cache`) is not
made again, so a count says how often such a page was made, which is at most as often as it was asked for.
"""

import re
from collections import Counter
from datetime import date, datetime, timedelta

from django.db import DEFAULT_DB_ALIAS, transaction
from django.utils import timezone

from articles.models import SearchMiss
from articles.search.language import words
from articles.tally import Tally, add_to

MOST_WAITING = 200  # questions in a process
MOST_A_DAY = 1000  # questions in the database
LONGEST = 60  # characters
KEPT = timedelta(days=90)
SHOWN = timedelta(days=30)
_OF_LETTERS = re.compile(r"[^\W\d_](?:[^\W\d_]|[ \-'’\"“”?])*")


def note(typed: str, *, at: datetime | None = None) -> None:
    """Counts a question that found nothing."""
    question, typed = " ".join(words(typed)), typed.strip()
    if len(typed) <= LONGEST and _OF_LETTERS.fullmatch(typed):
        tally.add((timezone.localdate(at), question))


@transaction.atomic
def _write(counted: Counter[tuple[date, str]]) -> None:
    days = {day for day, _question in counted}
    known = set(SearchMiss.objects.using(DEFAULT_DB_ALIAS).filter(on__in=days).values_list("on", "question"))
    of_day = Counter(day for day, _question in known)
    rows = []
    for (day, question), times in counted.items():
        if (day, question) not in known:
            of_day[day] += 1
            if of_day[day] > MOST_A_DAY:
                continue
        rows.append((day, question, times))
    add_to(SearchMiss, ("on", "question"), rows)


tally = Tally(_write, most=MOST_WAITING)


def frequent(*, at: datetime | None = None) -> list[tuple[str, int]]:
    """What was searched for in vain in the last month, and how often; the most frequent first."""
    return SearchMiss.objects.frequent(timezone.localdate(at) - SHOWN)


def forget(*, at: datetime | None = None) -> int:
    """Deletes what is older than three months. How many rows."""
    gone, _by_model = SearchMiss.objects.filter(on__lt=timezone.localdate(at) - KEPT).delete()
    return gone
