"""Who comes to the site in a browser, and what they do in more than one journey: sign in, write, subscribe."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from playwright.sync_api import Browser, Page, StorageState, expect

from tests.demo_site import Site

TEXT = [
    ("Paragraph", "Warmth loosens, cold numbs, and both are cheap.[1]"),
    ("Heading 2", "Benefits"),
    ("Paragraph", "Twenty minutes of warmth can ease a stiff morning."),
    ("Heading 2", "Risks"),
    ("Paragraph", "Heat on numb skin can burn without being felt."),
]


@contextmanager
def visiting(browser: Browser, site: Site, username: str = "") -> Iterator[Page]:
    """A browser of somebody's own: signed in at the desk, or a stranger's. Complaints of the browser are failures."""
    state = signed_in(browser, site, username) if username else None
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=site.url, storage_state=state)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        yield page
        assert complaints == []
    finally:
        context.close()


@cache
def signed_in(browser: Browser, site: Site, username: str) -> StorageState:
    """What a browser keeps once somebody has signed in; they do so once, by the form."""
    with visiting(browser, site) as page:
        enter(page, username, site.password(username))
        expect(page.get_by_role("heading", level=1)).to_contain_text("Good")
        return page.context.storage_state()


def enter(page: Page, username: str, password: str) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Name of your account").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def subscribe(page: Page, address: str) -> None:
    page.get_by_label("Your e-mail address").fill(address)
    page.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your inbox")


def confirm(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("main")).not_to_contain_text("successfully subscribed")
    page.get_by_role("button").click()
    expect(page.get_by_text("You have successfully subscribed!")).to_be_visible()


def link(text: str, path: str) -> str:
    found = re.search(rf"\S+/{path}/\S+", text)
    assert found, text
    return found[0]


def type_in_editor(page: Page) -> None:
    editor = page.frame_locator("iframe.cke_wysiwyg_frame")
    editor.locator("body").click()
    for kind, words in TEXT:
        if kind != "Paragraph":
            page.locator(".cke_combo__format .cke_combo_button").click()
            choice = page.frame_locator("iframe.cke_panel_frame").get_by_role("option", name=kind)
            choice.click()
        page.keyboard.type(words)
        page.keyboard.press("Enter")


def choose_author(page: Page) -> None:
    page.locator("#byline-group .select2-selection").first.click()
    page.locator(".select2-search__field").last.fill("a")
    page.locator(".select2-results__option--selectable, .select2-results__option[role=option]").first.click()
