"""When a message that was not taken is tried again, and when no more."""

from datetime import datetime, timedelta
from random import SystemRandom

from articles.mail.smtp_replies import Outcome

FIRST = timedelta(seconds=15)
LONGEST = timedelta(hours=4)
GIVEN_UP_AFTER = timedelta(days=4)  # RFC 5321, 4.5.4.1 asks for four to five days
ATTEMPTS = 25  # fit into four days; after fewer, the message could not be tried: its issue was held, or no sender there
REFUSALS = 5  # of one message, for a reason that is ours, while others are taken
DOUBTS = 5  # attempts after which a message whose answer never comes is not sent once more

draw = SystemRandom()


def delay(attempt: int) -> timedelta:
    """Twice as long after each attempt, by a quarter more or less, so that not all come back at once."""
    return min(FIRST * 2 ** min(attempt - 1, 20), LONGEST) * draw.uniform(0.75, 1.25)


def is_given_up(outcome: Outcome, attempt: int, first_tried_at: datetime, at: datetime) -> bool:
    """Whether a message that was not taken this time stays so."""
    was_tried_long = at - first_tried_at >= GIVEN_UP_AFTER and attempt >= ATTEMPTS
    return was_tried_long or (outcome is Outcome.NOT_US and attempt >= REFUSALS)
