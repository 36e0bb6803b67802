"""Moments in a page: as readers read them, and as machines do."""

from datetime import datetime

from django import template
from django.utils.dateformat import format as worded
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

register = template.Library()


@register.filter
def instant(at: datetime) -> str:
    """ISO 8601 to the second with the offset from UTC, as HTML and Open Graph read it.

    HTML allows three digits of a second; a database's six would make the page invalid.
    """
    return localtime(at).isoformat(timespec="seconds")


@register.filter
def moment(at: datetime, words: str = "F j, Y") -> SafeString:
    """A `time` element: `words` in Django's date format, and the instant."""
    return format_html('<time datetime="{}">{}</time>', instant(at), worded(localtime(at), words))
