"""Asking Mailgun whether it took a message: its events, by Message-ID, with the settings that django-anymail reads.

GET /v3/DOMAIN/events, basic authentication (Mailgun's documentation, “Events” and “Event Polling”). Any event but
“rejected” says that the message was taken. Events reach the store late and out of order, so that none means “not taken”
only after half an hour; and they are kept for a day on the smallest plan, so that later on it means nothing.
"""

import json
import urllib.request
from base64 import b64encode
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils import timezone

ANSWERS_WITHIN = 20  # seconds
KEPT_FOR = timedelta(days=1)
SKEW = timedelta(minutes=5)  # of two clocks
READ_AT_MOST = 1_000_000  # bytes


class Mailgun:
    """The domain of a Mailgun account."""

    settles_within, can_be_asked = 1800.0, True

    def __init__(self, key: str, domain: str, api: str) -> None:
        self.key = key
        self.address = f"{api.rstrip('/')}/{quote(domain, safe='')}/events"

    def knows(self, message_id: str, since: datetime) -> bool | None:
        try:
            events = self._events(message_id.strip("<>"), since - SKEW)
            if any(event["event"] != "rejected" for event in events if _is_about(event, message_id)):
                return True
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return None  # not reached, or no answer of Mailgun's
        return False if timezone.now() - since < KEPT_FOR else None

    def _events(self, message_id: str, begin: datetime) -> list[Any]:
        asked = {"message-id": message_id, "begin": f"{begin.timestamp():.0f}", "ascending": "yes", "limit": "300"}
        request = urllib.request.Request(f"{self.address}?{urlencode(asked)}")  # noqa: S310  an administrator's
        request.add_header("Authorization", "Basic " + b64encode(f"api:{self.key}".encode()).decode())
        with urllib.request.urlopen(request, timeout=ANSWERS_WITHIN) as answer:  # noqa: S310
            return list(json.loads(answer.read(READ_AT_MOST))["items"])


def _is_about(event: dict[str, Any], message_id: str) -> bool:
    return bool(event["message"]["headers"]["message-id"].strip("<>") == message_id.strip("<>"))


def configured() -> Mailgun:
    """As the settings name it; where they name no domain, mail goes from that of its sender, as in django-anymail."""
    from anymail.utils import get_anymail_setting  # a provider is loaded only where one is used

    def setting(name: str, default: str = "") -> str:
        return str(get_anymail_setting(name, esp_name="Mailgun", allow_bare=True, default=default) or default)

    domain = setting("sender_domain") or parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return Mailgun(setting("api_key"), domain, setting("api_url", "https://api.mailgun.net/v3"))
