"""What every transport can do, and how one says that there is no way out now."""

from typing import Protocol

from articles.mail.mime import Envelope
from articles.mail.smtp_replies import Answer
from articles.refusal import Refused


class Refusal(Refused):
    """There is no way out now; `answer` says why, and whether it is worth trying again."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.said)
        self.answer = answer


class Transport(Protocol):
    """How mails leave. One for each sender; it is kept open from mail to mail."""

    def is_open(self) -> bool: ...

    def open(self) -> None:
        """Makes it ready for a mail. Raises Refusal where it cannot be, with what the server said."""

    def hand_over(self, envelope: Envelope) -> Answer:
        """Hands one mail over and says what became of it. Raises HeaderRefused before anything is sent."""

    def close(self) -> None: ...
