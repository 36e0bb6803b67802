"""The article's own screen in a browser: by keyboard, its panels, and what becomes of words that are not saved yet."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.demo_site import Site
from tests.journeys.test_desk import EDITOR_READY
from tests.journeys.visitors import open_panel, visiting

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
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("Saved.")


def test_publishing_is_one_key_away_and_asks_first(page: Page) -> None:
    page.locator("#id_standfirst").fill("Typed just now.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Publish “Why does the weather hurt?”")
    expect(page.frame_locator("[aria-label=Preview] iframe").locator("body")).to_contain_text("Typed just now.")


@pytest.mark.parametrize(("mark", "made"), [("##", "h2"), ("-", "ul li"), ("1.", "ol li"), (">", "blockquote p")])
def test_a_mark_at_a_lines_start_makes_structure(page: Page, mark: str, made: str) -> None:
    page.evaluate("CKEDITOR.instances.id_body.setData('<p>Before.</p>')")
    page.frame_locator(TEXT).get_by_text("Before.").click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type(f"{mark} A line")
    expect(page.frame_locator(TEXT).locator(made)).to_have_text(re.compile("^A line$"))
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("Saved.")


def test_the_first_finding_is_one_key_away_and_leads_to_its_field(page: Page) -> None:
    open_panel(page, "details")
    page.locator("#id_closing_question").focus()
    page.keyboard.press("Alt+f")
    expect(page.locator("#panel-checks")).to_be_visible()
    expect(page.locator("[data-findings] .notes li a").first).to_be_focused()
    page.get_by_role("link", name="Go to it").first.press("Enter")
    expect(page.locator("[data-findings] :focus")).to_have_count(0)


def test_what_only_saving_keeps_is_not_left_without_a_warning(page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    open_panel(page, "details")
    page.locator("#id_slug").press_sequentially("x")
    page.get_by_role("link", name="Pictures", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("picture")
    assert asked == ["beforeunload"]
    page.close()


def test_nothing_goes_sideways_and_a_new_article_is_short(page: Page) -> None:
    for address in (page.url, "/admin/articles/article/add/"):
        for width in (320, 390, 768, 1024, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (address, width)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.evaluate("document.documentElement.scrollHeight") <= 1800
