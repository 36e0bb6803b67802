"""Both bodies of a mail, from the two templates of its name; and a whole mail to one person, made of them.

Every mail wears one dress (`mail/_dress.html`). It is written as a style sheet and stands in the tags of what is sent,
for many programs that show mail keep nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import css_inline
from django.conf import settings
from django.template.loader import render_to_string

from articles.mail.message import Message
from articles.richtext.text import on_one_line

INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=False)
KEPT = ' data-css-inline="keep"'  # marks the styles for dark and narrow screens, which cannot stand in the tags
AUTOMATIC = {"Auto-Submitted": "auto-generated"}  # RFC 3834: no holiday note answers it


@dataclass(frozen=True)
class Bodies:
    """What a mail says, twice: in plain words, and as a page."""

    text: str
    html: str


def rendered(template: str, context: Mapping[str, Any]) -> Bodies:
    """The bodies of `articles/mail/TEMPLATE.txt` and `.html`, with what stands at the head and foot of every mail."""
    whole = {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "postal_address": settings.POSTAL_ADDRESS,
        **context,
    }
    page = render_to_string(f"articles/mail/{template}.html", whole)
    return Bodies(render_to_string(f"articles/mail/{template}.txt", whole), INLINER.inline(page).replace(KEPT, ""))


def written(template: str, subject: str, *, headers: Mapping[str, str] = AUTOMATIC, **context: Any) -> Message:
    """A mail to one person. A subject that quotes a title is on one line, whatever the title is."""
    bodies = rendered(template, {"subject": subject, **context})
    return Message(on_one_line(subject), bodies.text, bodies.html, dict(headers))
