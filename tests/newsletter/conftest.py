"""Reading a mail as its reader does."""

import re
from typing import Any


def link_in(mail: Any, purpose: str) -> str:
    """The token of the mail's link that confirms or leaves."""
    path = {"confirm": "/subscribe/confirm/", "unsubscribe": "/unsubscribe/"}[purpose]
    found = re.search(rf"{path}([^/\s]+)/", mail.body)
    assert found, f"no link to {purpose} in: {mail.body}"
    return found[1]
