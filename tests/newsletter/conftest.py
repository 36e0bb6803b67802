"""Reading a mail as its reader does."""

import re
from typing import Any


def link_in(mail: Any, purpose: str) -> str:
    """The token of the mail's link that confirms or leaves."""
    path = {"confirm": "/subscribe/confirm/", "unsubscribe": "/unsubscribe/", "not-me": "/subscribe/not-me/"}[purpose]
    words = mail.body + mail.extra_headers.get("List-Unsubscribe", "")
    found = re.search(rf"{path}([^/\s]+)/", words)
    assert found, f"no link to {purpose} in: {mail.body}"
    return found[1]
