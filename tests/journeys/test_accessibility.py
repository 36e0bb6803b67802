"""Every type of public page in Chromium: axe with every rule in every scheme and width, the keyboard, spacing, targets.

`tests/ACCESSIBILITY.md` says which criterion each test is for.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import looks
from tests.journeys.axe import violations
from tests.journeys.conftest import Site
from tests.journeys.keyboard import walked
from tests.journeys.pages import KINDS, PUMPS, went

SCHEMES = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
}
WIDTHS = (320, 768, 1280)


@dataclass(frozen=True)
class Opened:
    """A page as it came, and what its coming asked for and left behind."""

    page: Page
    asked: list[str]
    complaints: list[str]


@pytest.fixture(scope="module", params=KINDS.values(), ids=KINDS.keys())
def opened(request: pytest.FixtureRequest, site: Site, browser: Browser) -> Iterator[Opened]:
    """One visit to each type of page; every test looks at it in its own light."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    found = Opened(context.new_page(), [], [])
    found.page.on("request", lambda asked: found.asked.append(asked.url))
    found.page.on(
        "console", lambda said: found.complaints.append(said.text) if "status of 4" not in said.text else None
    )
    request.param(site, found.page)
    found.page.wait_for_load_state("networkidle")
    yield found
    context.close()


@pytest.fixture
def page(opened: Opened) -> Page:
    opened.page.emulate_media(**SCHEMES["light"], reduced_motion="no-preference")
    wide(opened.page, 1280)
    return opened.page


def wide(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})


def test_a_visit_brings_no_script_no_cookie_and_nothing_from_elsewhere(opened: Opened, site: Site) -> None:
    assert [url for url in opened.asked if not url.startswith((site.url, "data:"))] == []
    assert [url for url in opened.asked if url.endswith(".js")] == []
    assert opened.page.locator("script:not([type='application/ld+json'])").count() == 0
    assert opened.page.context.cookies() == []
    assert opened.complaints == []


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES.keys())
def test_axe_finds_nothing_at_any_width(scheme: dict[str, str], page: Page) -> None:
    page.emulate_media(**scheme)
    found = {}
    for width in WIDTHS:
        wide(page, width)
        found[width] = violations(page)
    assert {width: wrong for width, wrong in found.items() if wrong} == {}


def test_nothing_scrolls_sideways_and_nothing_is_cut_off_however_the_text_is_spaced(page: Page) -> None:
    """320 px are 1280 at 400% zoom."""
    found = {}
    for spacing in (looks.SPACE_BACK, looks.SPACE_OUT):
        page.evaluate(spacing)
        for width in WIDTHS:
            wide(page, width)
            found[spacing, width] = page.evaluate(looks.TOO_WIDE) + page.evaluate(looks.CUT_OFF)
    page.evaluate(looks.SPACE_BACK)
    assert {where: wrong for where, wrong in found.items() if wrong} == {}


def test_whatever_is_touched_is_44_px_high_and_wide(page: Page) -> None:
    found = []
    for width in (320, 1280):
        wide(page, width)
        found += page.evaluate(looks.TOO_SMALL)
    assert found == []


def test_the_keyboard_comes_to_everything_in_order_and_shows_where_it_is(page: Page) -> None:
    assert walked(page) == []


def test_nothing_moves_for_those_who_asked_for_rest(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(looks.MOVING) == []


@pytest.fixture
def article(site: Site, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    went(page, site.url + PUMPS)
    yield page
    context.close()


def test_the_first_tab_offers_to_skip_to_the_text(article: Page) -> None:
    article.keyboard.press("Tab")
    expect(article.get_by_role("link", name="Skip to the text")).to_be_in_viewport()
    article.keyboard.press("Enter")
    article.keyboard.press("Tab")
    assert article.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("opens", ["sup button", ".term"])
def test_references_and_terms_open_and_close_by_keyboard_and_give_the_focus_back(opens: str, article: Page) -> None:
    button = article.locator(f".body {opens}").first
    card = article.locator(f"#{button.get_attribute('popovertarget')}")
    button.focus()
    article.keyboard.press("Enter")
    expect(card).to_be_visible()
    assert violations(article) == []
    article.keyboard.press("Tab")
    assert card.evaluate("card => card.contains(document.activeElement)")
    article.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(button).to_be_focused()
    article.keyboard.press("Space")
    article.keyboard.press("Space")
    expect(card).to_be_hidden()
