"""Every type of public page in Chromium: visited once, and looked at in every way.

`tests/ACCESSIBILITY.md` says which criterion each look is for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Browser, Page, expect

from tests.demo_site import Site
from tests.journeys import looks
from tests.journeys.axe import COLORS, SIZES, Viewer, brought_along, violations
from tests.journeys.keyboard import walked
from tests.journeys.pages import KINDS, PUMPS, route, went

WIDTHS = (320, 768, 1280)  # pixels; 320 are 1280 at 400% zoom
SCHEMES = {
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colors": {"color_scheme": "light", "forced_colors": "active"},
}
SEARCH_MODULE = re.compile(r"/static/articles/search(\.\w+)?\.js$")
FIT = (looks.TOO_WIDE, looks.CUT_OFF)
OUTER = "found => found.map((one) => one.outerHTML)"


@dataclass
class Reader:
    """A reader's browser, and what the pages asked it for and left in it since it was last wiped."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def wipe(self) -> None:
        self.page.context.clear_cookies()
        self.asked.clear()
        self.complaints.clear()


@cache
def reader_in(browser: Browser) -> Reader:
    """One browser goes from page to page: starting another for each costs more than the visit."""
    found = Reader(brought_along(browser.new_page()))
    found.page.on("request", lambda asked: found.asked.append(asked.url))
    found.page.on(
        "console", lambda said: found.complaints.append(said.text) if "status of 4" not in said.text else None
    )
    return found


@pytest.fixture
def reader(browser: Browser) -> Reader:
    found = reader_in(browser)
    found.wipe()
    seen_as(found.page, WIDTHS[-1])
    return found


def seen_as(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="no-preference")


def looked_at(page: Page, *, in_every_way: bool) -> Iterator[tuple[str, object]]:
    """Each look at a page, and what it finds wrong.

    axe asks every rule where the window is narrowest; there those that read colors in each scheme; and those that read
    sizes where it is widest. In every way, it asks all of them each time, in between, too.
    """
    viewer = Viewer(page, asks_all=in_every_way)
    for width in WIDTHS:
        seen_as(page, width)
        if in_every_way or width != WIDTHS[1]:
            yield f"axe, {width} px", viewer.look(SIZES)
        yield f"fit, {width} px", page.evaluate(looks.together(*FIT))
        yield f"fit, {width} px, text spaced out", page.evaluate(looks.spaced_out(*FIT))
        yield f"targets, {width} px", page.evaluate(looks.TOO_SMALL)
        if width == WIDTHS[0]:
            for name, scheme in SCHEMES.items():
                page.emulate_media(**scheme)
                yield f"axe, {name}", viewer.look(COLORS, scheme=name)
    yield "keyboard", walked(page)
    page.emulate_media(reduced_motion="reduce")
    yield "motion", page.evaluate(looks.MOVING)


def brought(reader: Reader, site: Site) -> Iterator[tuple[str, object]]:
    """What came with a page, on the way to it and at every look."""
    yield "visit, from elsewhere", [url for url in reader.asked if not url.startswith((site.url, "data:"))]
    yield "visit, script files", [url for url in reader.asked if url.endswith(".js") and not SEARCH_MODULE.search(url)]
    yield "visit, scripts", reader.page.locator("script:not([type='application/ld+json'], [src])").evaluate_all(OUTER)
    yield "visit, cookies", reader.page.context.cookies()
    yield "visit, complaints", reader.complaints


@pytest.mark.parametrize("in_every_way", [False, pytest.param(True, marks=pytest.mark.campaign)])
@pytest.mark.parametrize("kind", KINDS)
def test_every_reader_can_use_a_page_and_it_brings_nothing_but_itself(
    kind: str, in_every_way: bool, site: Site, reader: Reader
) -> None:
    KINDS[kind](site, reader.page)
    assert resolve(urlsplit(reader.page.url).path).url_name == route(kind)
    looks_at = (*looked_at(reader.page, in_every_way=in_every_way), *brought(reader, site))
    wrong = [f"{look}: {found}" for look, found in looks_at if found]
    assert not wrong, "\n".join(wrong)


FAINT_IN_THE_DARK = """<!doctype html><html lang="en"><title>Faint</title><main><h1>Words</h1><p>Faint.</p></main>
<style>@media (prefers-color-scheme: dark) { p { color: #777; background: #666; } }</style></html>"""


def test_words_that_are_faint_in_one_scheme_alone_are_found_each_time(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(FAINT_IN_THE_DARK)
    viewer = Viewer(page)
    assert viewer.look(COLORS) == []
    page.emulate_media(**SCHEMES["dark"])
    found = [("color-contrast", ["p"])]
    assert viewer.look(COLORS, scheme="dark") == viewer.look(COLORS, scheme="dark") == found
    page.close()


LINKS = '<style>:focus { outline: 3px solid }</style><body><a href="#1">1</a> <a href="#2">2</a> <a href="#3">3</a>'
WALKS = {
    "links": ("", []),
    "a link without a ring": ("[href='#2'] { outline: none !important }", ["no ring"]),
    "a link that is faint": ("[href='#2'] { opacity: 0.5 }", ["faint"]),
    "a link out of sight": ("[href='#2'] { position: fixed; left: -99px }", ["out of sight"]),
}


@pytest.mark.parametrize("name", WALKS)
def test_a_walk_by_keyboard_sees_what_is_wrong_at_each_stop(name: str, browser: Browser) -> None:
    style, wrong = WALKS[name]
    page = browser.new_page()
    page.set_content(f"{LINKS}<style>{style}</style>")
    assert [problems for _name, problems in walked(page)] == ([wrong] if wrong else [])
    page.close()


TRAP = """onkeydown="if (event.key === 'Tab') event.preventDefault()\""""


@pytest.mark.parametrize("change", ['tabindex="1"', TRAP])
def test_a_walk_by_keyboard_sees_a_wrong_order_and_a_trap(change: str, browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(LINKS.replace('href="#2"', f'href="#2" {change}'))
    assert "3 expected" in dict(walked(page))
    page.close()


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


@pytest.mark.parametrize("opens", ["sup button", ".term button"])
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
