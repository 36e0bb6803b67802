"""What is done on the desk, done by keyboard alone: no test here touches anything."""

from functools import cache

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.demo_site import Site
from tests.journeys.desk_pages import OURS, opened
from tests.journeys.visitors import come

MIGRAINE = "Migraine is more than a headache"  # printed twice, so there is something to compare
TEXT = "iframe.cke_wysiwyg_frame"
FOCUSED = """() => {
  let at = document;
  while (at.activeElement.contentDocument) at = at.activeElement.contentDocument;
  return at.activeElement;
}"""
RING = "getComputedStyle(document.activeElement).outlineStyle"
RING_IN_FRAMES = f"""() => {{
  const one = ({FOCUSED})();
  return `${{getComputedStyle(one).outlineStyle}} ${{one.textContent.trim()}}`;
}}"""
CARET = """([tag, number]) => {
  const there = CKEDITOR.instances.id_body;
  const at = there.createRange();
  at.setStart(there.editable().find(tag).getItem(number), 0);
  at.collapse(true);
  there.focus();
  at.select();
}"""


@cache
def editors(browser: Browser, site: Site) -> Page:
    return come(browser, site, "editor")


@pytest.fixture
def page(browser: Browser, site: Site) -> Page:
    page = editors(browser, site)
    page.set_viewport_size({"width": 1280, "height": 900})
    return page


def press_until(page: Page, key: str, wanted: Locator) -> None:
    """Presses a key until the focus stands there."""
    for _press in range(150):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {wanted}")


def press_on(page: Page, key: str) -> None:
    """Presses a key at which CKEditor moves the focus, a little later; on a busy machine it can miss a key."""
    page.evaluate(f"window.focusedBefore = ({FOCUSED})()")
    for _press in range(3):
        page.keyboard.press(key)
        for _attempt in range(200):
            if page.evaluate(f"window.focusedBefore !== ({FOCUSED})()"):
                return
            page.wait_for_timeout(10)
    raise AssertionError(f"{key} does not move the focus")


def tab_to(page: Page, wanted: Locator) -> None:
    press_until(page, "Tab", wanted)


def test_the_front_page_leads_from_a_lane_to_what_waits(page: Page) -> None:
    page.goto("/admin/")
    first = page.get_by_role("region", name="Waiting for you").get_by_role("link").first
    address = str(first.get_attribute("href"))
    tab_to(page, first)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_the_menu_of_the_account_opens_and_is_out_of_the_way_once_left(page: Page) -> None:
    page.goto("/admin/")
    tab_to(page, page.locator("#user-tools summary"))
    page.keyboard.press("Enter")
    for name in ("View site", "Change password", "Your notifications", "Two-step sign-in"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name=name)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Log out")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Write an article")).to_be_focused()
    expect(page.get_by_role("button", name="Log out")).to_be_hidden()


def test_two_saved_states_are_chosen_and_compared(page: Page) -> None:
    page.goto(f"{OURS}/article/")
    page.get_by_role("link", name=MIGRAINE).press("Enter")
    page.goto(page.url.split("?")[0].replace("/change/", "/history/"))
    older = page.locator("[name=old]")
    tab_to(page, page.locator("[name=old]:checked"))
    page.keyboard.press("ArrowUp")
    expect(older.first).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(older.nth(1)).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Compare"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"What changed in “{MIGRAINE}”")
    expect(page.locator("main :is(ins, del)").nth(2)).to_be_visible()  # the first two say which is which
    tab_to(page, page.get_by_role("button", name="Restore revision"))
    assert page.evaluate(RING) == "solid"


def test_pictures_are_brought_in_from_the_drop_zone(page: Page) -> None:
    page.on("filechooser", lambda _chooser: None)  # Chromium tells of choosers from here on, not from around the key
    page.goto(f"{OURS}/image/")
    field = page.get_by_label("Upload pictures")
    tab_to(page, field)
    assert page.evaluate(RING) == "solid"
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    assert chooser.value.is_multiple()
    chooser.value.set_files({"name": "broken.png", "mimeType": "image/png", "buffer": b"no picture"})
    expect(page.locator(".drop [role=status]")).not_to_be_empty()
    expect(page.locator(".outcome.refused")).to_be_visible()
    expect(field).to_be_focused()


def test_the_point_that_a_crop_keeps_is_moved_with_the_arrow_keys(page: Page) -> None:
    opened(page, f"{OURS}/image/first")
    left = page.get_by_label("Focal point, from the left")
    before = float(left.input_value())
    tab_to(page, page.locator(".focal-point"))
    assert page.evaluate(RING) == "solid"
    page.keyboard.press("ArrowRight")
    assert float(left.input_value()) > before


def written(page: Page, text: str, *caret: object) -> None:
    """A new article's text, in CKEditor, and where one writes in it."""
    opened(page, f"{OURS}/article/add/")
    page.evaluate("text => new Promise((done) => CKEDITOR.instances.id_body.setData(text, done))", text)
    page.evaluate(CARET, list(caret))
    expect(page.locator(".cke_focus")).to_be_visible()


def test_tab_leaves_the_editor_and_alt_f10_goes_to_its_buttons_as_the_line_under_it_says(page: Page) -> None:
    written(page, "<p>One</p><p>Two</p>", "p", 1)
    expect(page.locator("#id_body_helptext")).to_contain_text("Alt+F10")
    page.keyboard.press("Alt+F10")
    expect(page.locator(".cke_combo__format a")).to_be_focused()
    assert page.evaluate(RING) == "solid"
    page.keyboard.press("ArrowRight")
    expect(page.locator("a.cke_button__bold")).to_be_focused()
    assert page.evaluate(RING) == "solid"
    page.keyboard.press("Escape")
    expect(page.locator(TEXT)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="Checks")).to_be_focused()


def to_button(page: Page, name: str, group: str) -> None:
    """From the text to one of the editor's buttons, over the first of its group."""
    page.keyboard.press("Alt+F10")
    expect(page.locator(".cke_combo__format a")).to_be_focused()
    tab_to(page, page.locator(f"a.cke_button__{group}"))
    press_until(page, "ArrowRight", page.locator(f"a.cke_button__{name}"))


@pytest.mark.parametrize(
    ("name", "box"), [("findlink", "dialog[open]"), ("table", ".cke_dialog")], ids=["link", "table"]
)
def test_a_dialog_of_the_editor_keeps_the_keyboard_shows_it_and_gives_it_back(page: Page, name: str, box: str) -> None:
    written(page, "<p>One</p>", "p", 0)
    to_button(page, name, "findlink")
    page.keyboard.press("Enter")
    dialog = page.locator(box)
    expect(dialog).to_be_visible()
    for _stop in range(8):  # more than it has
        expect(dialog.locator(":focus")).to_have_count(1)
        assert page.evaluate(RING) == "solid"
        press_on(page, "Tab")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator(TEXT)).to_be_focused()


def test_a_link_is_made_without_a_mouse(page: Page) -> None:
    written(page, "<p>One</p>", "p", 0)
    to_button(page, "findlink", "findlink")
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox", name="Search this site, or an address")).to_be_focused()
    page.keyboard.type("https://example.org/pumps")
    page.keyboard.press("Enter")
    expect(page.frame_locator(TEXT).get_by_role("link")).to_have_attribute("href", "https://example.org/pumps")
    expect(page.locator(TEXT)).to_be_focused()


def test_a_paragraph_becomes_a_heading_by_the_list_of_formats(page: Page) -> None:
    written(page, "<p>One</p>", "p", 0)
    page.keyboard.press("Alt+F10")
    page.keyboard.press("Enter")
    expect(page.locator("iframe.cke_panel_frame")).to_be_focused()
    for _line in range(20):
        ring, line = page.evaluate(RING_IN_FRAMES).split(" ", 1)
        assert ring != "none", line
        if line == "Heading 2":
            break
        press_on(page, "ArrowDown")
    page.keyboard.press("Enter")
    expect(page.frame_locator(TEXT).locator("h2")).to_have_text("One")


def test_what_a_right_click_offers_opens_with_shift_f10(page: Page) -> None:
    written(page, "<table><tbody><tr><td>1</td></tr></tbody></table>", "td", 0)
    page.keyboard.press("Shift+F10")
    expect(page.locator("iframe.cke_panel_frame")).to_be_focused()
    for _line in range(3):
        assert not page.evaluate(RING_IN_FRAMES).startswith("none")
        press_on(page, "ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator(TEXT)).to_be_focused()


def test_arrow_keys_lead_out_of_a_table_that_ends_the_text(page: Page) -> None:
    written(page, "<p>One</p><table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>", "td", 0)
    page.keyboard.press("Tab")
    expect(page.locator(TEXT)).to_be_focused()
    page.keyboard.press("ArrowDown")  # to the end of what Tab selected
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="Checks")).to_be_focused()


def test_a_picture_of_the_library_is_chosen_for_the_text(page: Page) -> None:
    written(page, "<p>One</p>", "p", 0)
    to_button(page, "picture", "findlink")
    page.keyboard.press("Enter")
    chooser = page.locator("dialog.picture-chooser")
    expect(chooser.locator(".picture-grid button").first).to_be_visible()
    tab_to(page, chooser.locator(".picture-grid button").first)
    assert page.evaluate(RING) == "solid"
    page.keyboard.press("Enter")
    expect(page.frame_locator(TEXT).locator("figure")).to_have_count(1)
    expect(chooser).to_be_hidden()
