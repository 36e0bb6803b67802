"""Asking a mail server over HTTP: 200 where it took a mail, 404 where it did not."""

import urllib.error
import urllib.request
from datetime import datetime
from urllib.parse import quote

TIMEOUT = 20  # seconds


class HttpLookup:
    """`address` holds `{message_id}`."""

    can_be_asked = True

    def __init__(self, address: str, settles_within: float) -> None:
        self.address, self.settles_within = address, settles_within

    def knows(self, message_id: str, since: datetime) -> bool | None:
        asked = self.address.replace("{message_id}", quote(message_id, safe=""))
        try:
            with urllib.request.urlopen(asked, timeout=TIMEOUT) as answer:  # noqa: S310  an administrator's
                return True if answer.status == 200 else None
        except urllib.error.HTTPError as problem:
            return False if problem.code == 404 else None
        except (OSError, ValueError):
            return None
