"""`Edition.objects.live()` as SQL, for the few queries that are written by hand."""

from articles.models.page_type import ARTICLE

# Over `edition`, with the moment (UTC) twice.
LIVE = (
    "edition.live_from <= %s AND (edition.live_until IS NULL OR edition.live_until > %s) "
    "AND edition.kind <> 'withdrawn'"
)
LISTED_BY = ["live_from", "live_until", "kind", "page_type"]  # the columns that it asks
LISTED = f"{LIVE} AND edition.page_type = '{ARTICLE}'"  # the same of `articles()`
