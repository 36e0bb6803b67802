"""The list of page types is whole: every public route is on it, or is no page for a reason that is written down."""

from django.urls import get_resolver

from articles import urls
from tests.journeys.pages import KINDS, NO_PAGES, route

PUBLIC = {pattern.name for pattern in urls.urlpatterns}


def test_every_public_route_is_among_the_page_types_or_is_no_page_for_a_stated_reason() -> None:
    """That a page is of the route that is named here is seen by those who visit it, in test_accessibility.py."""
    reached = {route(kind) for kind in KINDS}
    assert PUBLIC - reached - NO_PAGES.keys() == set()
    assert NO_PAGES.keys() & reached == set()
    assert NO_PAGES.keys() - PUBLIC == set()


def test_nothing_public_stands_outside_the_one_list_of_addresses() -> None:
    others = [str(entry.pattern) for entry in get_resolver().url_patterns if getattr(entry, "urlconf_name", "") != urls]
    assert others == ["admin/"]
