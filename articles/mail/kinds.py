"""The kinds of mail to one person: how each is worded when it is sent, and what follows from it.

The rooms above register theirs; `articles.apps` loads them.
"""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import TypeVar

from articles.mail.message import Message
from articles.models import OutgoingMail


class Kind(ABC):
    """One kind of mail. `write` says what is in it; the rest is about what happens before and after."""

    name: str

    @abstractmethod
    def write(self, mail: OutgoingMail, at: datetime) -> Message | None:
        """What the mail says now; None where it must not go out any more. May bring `mail.to` up to date.

        Called in the transaction that begins an attempt.
        """

    def has_room(self, at: datetime) -> bool:
        """Whether mails of this kind may go out at this moment; those that may not wait."""
        return True

    def taken(self, mail: OutgoingMail, at: datetime) -> None:  # noqa: B027  nothing, for most kinds
        """What follows when the mail server took it, as far as anyone will ever know."""

    def not_sent(self, mail: OutgoingMail, at: datetime) -> None:  # noqa: B027  nothing, for most kinds
        """What follows when its address takes no mail, or when it could not be sent for a week."""


SomeKind = TypeVar("SomeKind", bound=Kind)

KINDS: dict[str, Kind] = {}


def register(kind: type[SomeKind]) -> type[SomeKind]:
    KINDS[kind.name] = kind()
    return kind
