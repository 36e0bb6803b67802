"""The clock's sender of single mails: within a second or two after they are in line."""

import logging
from datetime import timedelta

from django.db import DatabaseError

from articles.mail import sender
from articles.mail.recurring import Recurring

logger = logging.getLogger(__name__)

AT_ONCE = 1.0  # seconds
AT_A_TIME = 20  # mails


class Postman(Recurring):
    is_called = "sender of single emails"
    may_take = timedelta(minutes=15)
    ends_within = 8.0

    def work(self) -> float:
        try:
            sender.send_due(most=AT_A_TIME, stop=self.stop)
        except DatabaseError:
            logger.warning("The database could not be reached; single mails wait")
        except Exception:
            logger.exception("Single mails could not be sent; trying again")
        return AT_ONCE
