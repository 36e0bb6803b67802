"""The clock's sender of single mails: within a second or two after they are in line."""

from datetime import timedelta

from articles.mail import sender
from articles.mail.recurring import Recurring

AT_ONCE = 1.0  # seconds
AT_A_TIME = 20  # mails


class Postman(Recurring):
    is_called = "sender of single emails"
    may_take = timedelta(minutes=15)
    ends_within = 8.0

    def work(self) -> float:
        sender.send_due(most=AT_A_TIME, stop=self.stop)
        return AT_ONCE
