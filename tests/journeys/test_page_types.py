"""The list of page types is whole: every public route is on it, or is no page for a reason that is written down."""

from pathlib import Path
from urllib.parse import urlsplit

from django.urls import get_resolver, resolve
from playwright.sync_api import Browser

from articles import urls
from tests.journeys.conftest import demonstration
from tests.journeys.pages import KINDS, NO_PAGES

PUBLIC = {pattern.name for pattern in urls.urlpatterns}


def test_every_public_route_is_among_the_page_types_or_is_no_page_for_a_stated_reason(
    tmp_path: Path, browser: Browser
) -> None:
    """On a site of its own: some of the pages can be reached once only, as the last of a subscription."""
    page = browser.new_page()
    reached = set()
    with demonstration(tmp_path) as site:
        for kind, reach in KINDS.items():
            reach(site, page)
            route = resolve(urlsplit(page.url).path).url_name if kind != "not found" else "article"
            reached.add(route)
    page.close()
    assert PUBLIC - reached - NO_PAGES.keys() == set()
    assert NO_PAGES.keys() & reached == set()
    assert NO_PAGES.keys() - PUBLIC == set()


def test_nothing_public_stands_outside_the_one_list_of_addresses() -> None:
    others = [str(entry.pattern) for entry in get_resolver().url_patterns if getattr(entry, "urlconf_name", "") != urls]
    assert others == ["admin/"]
