"""Every page of the desk: axe finds nothing, it fits into 320 px however it is spaced, the keyboard reaches all."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Site
from tests.journeys.desk_pages import PAGES, come_to, fitted, opened, seen
from tests.journeys.pages import letter, reported
from tests.journeys.test_main_path import sign_in


@pytest.fixture(scope="module")
def filled(site: Site, browser: Browser) -> None:
    """A letter, and something that a reader reported."""
    page = browser.new_page()
    letter(site, page)
    reported(site, page)
    page.close()


@pytest.fixture(scope="module", params=PAGES)
def signed_in(request: pytest.FixtureRequest, site: Site, browser: Browser, filled: None) -> Iterator[tuple[str, Page]]:
    page = browser.new_page(base_url=site.url)
    sign_in(page, site, request.param)
    yield request.param, page
    page.close()


def of_each_page(username: str, page: Page, look: Callable[[Page], object]) -> dict[str, object]:
    """What a look at each page of somebody finds wrong."""
    found = {}
    for name, address in PAGES[username].items():
        opened(page, address)
        found[name] = look(page)
    return {name: wrong for name, wrong in found.items() if wrong}


def test_axe_finds_nothing_on_the_desk(signed_in: tuple[str, Page]) -> None:
    assert of_each_page(*signed_in, seen) == {}


def test_no_page_of_the_desk_scrolls_sideways_or_cuts_off_at_320_px(signed_in: tuple[str, Page]) -> None:
    assert of_each_page(*signed_in, fitted) == {}


def test_the_keyboard_comes_to_everything_on_the_desk_in_order_and_shows_where_it_is(
    signed_in: tuple[str, Page],
) -> None:
    assert of_each_page(*signed_in, come_to) == {}
