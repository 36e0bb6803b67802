"""The article's own screen by keyboard, in a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.demo_site import Site
from tests.journeys.test_desk import EDITOR_READY
from tests.journeys.visitors import visiting

TEXT = "iframe.cke_wysiwyg_frame"


@pytest.fixture
def page(site: Site, browser: Browser) -> Iterator[Page]:
    with visiting(browser, site, "editor") as page:
        page.goto("/admin/articles/article/?q=weather")
        page.get_by_role("link", name="Why does the weather hurt?").click()
        expect(page.locator(TEXT)).to_be_visible()
        page.evaluate(EDITOR_READY)
        yield page


def test_saving_by_keyboard_leaves_the_cursor_where_it_was(page: Page) -> None:
    page.frame_locator(TEXT).locator("p").first.click()
    page.keyboard.press("End")
    page.keyboard.type(" One")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    expect(page.locator(".cke_focus")).to_be_visible()
    page.keyboard.type(" two.")
    expect(page.frame_locator(TEXT).locator("body")).to_contain_text("One two.")
    with page.expect_navigation():
        page.keyboard.press("Control+s")


def test_publishing_is_one_key_away_and_asks_first(page: Page) -> None:
    page.locator("#id_standfirst").fill("Typed just now.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Publish “Why does the weather hurt?”")
    expect(page.frame_locator("[aria-label=Preview] iframe").locator("body")).to_contain_text("Typed just now.")
    page.close()
