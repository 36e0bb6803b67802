"""Which requests may read the standby of the database (`articles.replica`), and what the primary is asked after it."""

from collections.abc import Callable

from django.db import Error
from django.http import Http404, HttpRequest, HttpResponseBase

from articles import replica

# Not here: forms and what is behind keys, which show what was just done; health and figures; pictures, because one that
# is taken down is gone at the next request.
PAGES = frozenset(
    {"home", "section", "article", "history", "record", "topics", "topic", "glossary", "a-to-z", "search", "credits"}
    | {"suggest"}
    | {"medicines", "medicine"}
    | {"archive", "archive-year", "archive-month", "corrections", "people", "person", "newsletter", "issue"}
    | {"feed", "section-feed", "json-feed", "section-json-feed", "topic-feed", "topic-json-feed"}
    | {"sitemap", "sitemap-part", "sitemap-news"}
)


def may_lag(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.method in ("GET", "HEAD") and match is not None and match.url_name in PAGES


class FromTheReplica:
    """Middleware inside all others, which read the primary. It is there where `DATABASE_REPLICA_URL` is set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with replica.reading(lambda: may_lag(request)):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """What the standby could not answer, or does not know yet, the primary answers within the same request."""
        had_read_it, match = replica.turn_to_primary(), request.resolver_match
        if not had_read_it or match is None or not isinstance(exception, (Error, Http404)):
            return None
        if isinstance(exception, Error):
            replica.lost()
        return match.func(request, *match.args, **match.kwargs)
