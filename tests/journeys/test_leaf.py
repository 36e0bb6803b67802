"""The article's own screen by keyboard, in a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.demo_site import Site
from tests.journeys.test_desk import EDITOR_READY
from tests.journeys.visitors import visiting

TEXT = "iframe.cke_wysiwyg_frame"
END_OF_FIRST = """() => {
  const there = CKEDITOR.instances.id_body;
  const at = there.createRange();
  at.moveToElementEditEnd(there.editable().findOne("p"));
  there.focus();
  at.select();
}"""


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


def test_a_slash_opens_the_blocks_and_a_callout_chosen_there_is_what_readers_get(page: Page) -> None:
    text = page.frame_locator(TEXT)
    page.evaluate(END_OF_FIRST)
    page.keyboard.press("Enter")
    page.keyboard.type("/6 weeks")
    expect(page.get_by_role("status").filter(has_text="Enter keeps “/6 weeks” as text.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(text.locator("p", has_text="/6 weeks")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("/cau")
    expect(page.get_by_role("option")).to_have_text(["Caution"])
    page.keyboard.press("Enter")
    page.keyboard.type("Warm it slowly.")
    for _line in range(2):
        page.keyboard.press("Enter")
    page.keyboard.type("Outside.")
    expect(text.locator("aside.caution")).to_have_text("Warm it slowly.")
    page.keyboard.press("Control+Enter")
    shown = page.frame_locator("[aria-label=Preview] iframe").locator("aside.caution-box")
    expect(shown).to_have_text("Caution Warm it slowly.")
    page.close()


def test_the_list_of_keys_is_one_key_away_and_gives_the_text_back(page: Page) -> None:
    page.evaluate(END_OF_FIRST)
    page.keyboard.press("Enter")  # at a line's start “/” alone opens the blocks
    page.keyboard.press("Control+/")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys.locator("dt")).to_contain_text(["Ctrl+S", "Ctrl+Enter", "Alt+F", "/"])
    page.keyboard.press("Escape")
    expect(page.locator(".cke_focus")).to_be_visible()
    page.get_by_role("button", name="Keys").press("Enter")
    expect(keys).to_be_visible()
    page.close()


def test_publishing_is_one_key_away_and_asks_first(page: Page) -> None:
    page.locator("#id_standfirst").fill("Typed just now.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Publish “Why does the weather hurt?”")
    expect(page.frame_locator("[aria-label=Preview] iframe").locator("body")).to_contain_text("Typed just now.")
    page.close()
