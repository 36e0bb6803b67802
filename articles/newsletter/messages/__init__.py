"""What a mail says: subject, text, HTML and headers. Nothing is sent here (see `newsletter.sending`)."""

from articles.newsletter.messages.bodies import written
from articles.newsletter.messages.confirmations import (
    already_subscribed,
    clock_stood_still,
    confirmation,
    key,
    move,
    moved,
)
from articles.newsletter.messages.desk import alarm
from articles.newsletter.messages.letter import Item, Letter, letter, message_id
from articles.newsletter.messages.message import HeaderRefused, Message

__all__ = [
    "HeaderRefused",
    "Item",
    "Letter",
    "Message",
    "alarm",
    "already_subscribed",
    "clock_stood_still",
    "confirmation",
    "key",
    "letter",
    "message_id",
    "move",
    "moved",
    "written",
]
