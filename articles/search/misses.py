"""What readers searched for in vain, counted for the desk: the words and the day, and nothing of who asked.

Only what is made of letters counts, so that no number and no address is kept. A page that is kept (`page_cache`) is not
made again, so a count says how often such a page was made, which is at most as often as it was asked for. A process
writes once a minute what it counted, in one statement; what it had not written when it ends is lost.
"""

import logging
import re
import threading
import time
from collections import Counter
from datetime import datetime, timedelta

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction
from django.utils import timezone

from articles.models import SearchMiss
from articles.search.language import words

logger = logging.getLogger(__name__)

EVERY = 60.0  # seconds between two writings of a process
MOST_WAITING = 200  # questions in a process
MOST_A_DAY = 1000  # questions in the database
LONGEST = 60  # characters
KEPT = timedelta(days=90)
SHOWN = timedelta(days=30)
_OF_LETTERS = re.compile(r"[^\W\d_](?:[^\W\d_]|[ \-'’\"“”?])*")
INSERT = (
    'INSERT INTO articles_searchmiss (question, "on", count) VALUES {} '
    'ON CONFLICT ("on", question) DO UPDATE SET count = articles_searchmiss.count + excluded.count'
)


class _Waiting:
    """What was counted and not yet written. Shared by all threads, under a lock."""

    def __init__(self) -> None:
        self.lock, self.counted, self.next_writing = threading.Lock(), Counter[str](), 0.0

    def add(self, question: str) -> Counter[str]:
        """What is to be written now, if anything."""
        with self.lock:
            if question in self.counted or len(self.counted) < MOST_WAITING:
                self.counted[question] += 1
            if time.monotonic() < self.next_writing:
                return Counter()
            self.next_writing = time.monotonic() + EVERY
            due, self.counted = self.counted, Counter()
            return due


_waiting = _Waiting()


def note(typed: str, *, at: datetime | None = None) -> None:
    """Counts a question that found nothing. It never fails: a page without this count is a page all the same."""
    question, typed = " ".join(words(typed)), typed.strip()
    if len(typed) > LONGEST or _OF_LETTERS.fullmatch(typed) is None:
        return
    if due := _waiting.add(question):
        try:
            _write(due, at or timezone.now())
        except DatabaseError as problem:
            logger.warning("searches that found nothing could not be counted: %s", type(problem).__name__)


@transaction.atomic
def _write(counted: Counter[str], at: datetime) -> None:
    day = timezone.localdate(at)
    known = set(SearchMiss.objects.using(DEFAULT_DB_ALIAS).filter(on=day).values_list("question", flat=True))
    new = [question for question in counted if question not in known][: max(0, MOST_A_DAY - len(known))]
    rows = [(question, day, counted[question]) for question in [*(known & counted.keys()), *new]]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(
                INSERT.format(", ".join(["(%s, %s, %s)"] * len(rows))), [value for row in rows for value in row]
            )


def frequent(*, at: datetime | None = None) -> list[tuple[str, int]]:
    """What was searched for in vain in the last month, and how often; the most frequent first."""
    return SearchMiss.objects.frequent(timezone.localdate(at) - SHOWN)


def forget(*, at: datetime | None = None) -> int:
    """Deletes what is older than three months. How many rows."""
    gone, _by_model = SearchMiss.objects.filter(on__lt=timezone.localdate(at) - KEPT).delete()
    return gone


def clear() -> None:
    """As in a process that has just begun."""
    global _waiting
    _waiting = _Waiting()
