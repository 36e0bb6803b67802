"""Course: what was printed of an article by a moment, and what is planned after it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Course:
    """What was printed of an article by a moment `at`: the number of the last edition (0 if there is none), when the
    first and the newest one go live, and when the next one that is scheduled does.
    """

    at: datetime
    number: int
    first: datetime | None
    newest: datetime | None
    planned: datetime | None
