"""Who comes to the site in a browser, and what they do in more than one journey: sign in, write, subscribe."""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect

from tests.demo_site import Site

TEXT = [
    ("Paragraph", "Warmth loosens, cold numbs, and both are cheap.[1]"),
    ("Heading 2", "Benefits"),
    ("Paragraph", "Twenty minutes of warmth can ease a stiff morning."),
    ("Heading 2", "Risks"),
    ("Paragraph", "Heat on numb skin can burn without being felt.[1]"),
]


LEFT: dict[tuple[Browser, Site, str], list[Page]] = defaultdict(list)


@contextmanager
def visiting(browser: Browser, site: Site, username: str = "") -> Iterator[Page]:
    """A browser of somebody's own: signed in at the desk, or a stranger's. Complaints of the browser are failures."""
    page = come(browser, site, username)
    complaints: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    def thrown(error: Error) -> None:
        complaints.append(str(error))

    page.on("console", console)
    page.on("pageerror", thrown)
    try:
        yield page
        assert complaints == [], complaints
    except BaseException:
        page.context.close()
        raise
    if page.is_closed():
        page.context.close()
        return
    page.remove_listener("console", console)
    page.remove_listener("pageerror", thrown)
    page.goto("about:blank")
    LEFT[browser, site, username].append(page)


def come(browser: Browser, site: Site, username: str = "") -> Page:
    """A page that nothing is kept in but a sign-in: one that the same person left, because a new one costs more than
    most visits, or a new one.
    """
    if left := LEFT[browser, site, username]:
        page = left.pop()
        page.context.clear_cookies()
        page.goto("/robots.txt")  # an address at which what is kept for the site can be reached
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    else:
        page = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=site.url).new_page()
    if username:
        page.context.add_cookies(signed_in(browser, site, username))
    return page


@cache
def signed_in(browser: Browser, site: Site, username: str) -> list[Any]:
    """The cookies of somebody who has signed in; they do so once, by the form."""
    with visiting(browser, site) as page:
        enter(page, username, site.password(username))
        expect(page.get_by_role("heading", level=1)).to_contain_text("Good")
        return page.context.cookies()


def enter(page: Page, username: str, password: str) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def subscribe(page: Page, address: str) -> None:
    page.get_by_label("Your email address").fill(address)
    page.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your inbox")


def confirm(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("main")).not_to_contain_text("successfully subscribed")
    page.locator("main").get_by_role("button").click()
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


def open_panel(page: Page, name: str) -> None:
    """Brings one of the panels beside an article's text into sight."""
    page.locator(f"#tab-{name}").check()


def open_dashboard(page: Page) -> None:
    """With all that waits unfolded, however much other journeys left there."""
    page.goto("/admin/")
    more = page.locator(".more-waits summary")
    if more.count():
        more.click()


def ask_for_review(page: Page) -> None:
    """Saves what is on the screen, and says yes to the page that asks."""
    page.get_by_role("button", name="Ask for review").click()
    page.get_by_role("heading", level=1, name="Ask for a medical review").wait_for()
    page.get_by_role("button", name="Ask for review").click()
    expect(page.get_by_text("Sent for review.")).to_be_visible()


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publish…").click()
    page.get_by_role("heading", level=1, name="Publish “").wait_for()
    to_fix, now = page.get_by_role("heading", name="to fix first"), page.get_by_role("button", name="Publish now")
    expect(to_fix.or_(now)).to_be_visible()  # what comes after the heading can come later
    expect(to_fix).to_have_count(0)  # or what stands there is told
    now.click()
    expect(page.get_by_text("Published version 1.", exact=True)).to_be_visible()


def choose_author(page: Page) -> None:
    open_panel(page, "details")
    page.locator("#byline-group .select2-selection").first.click()
    page.locator(".select2-search__field").last.fill("a")
    page.locator(".select2-results__option--selectable, .select2-results__option[role=option]").first.click()


def kept_typed(page: Page) -> AbstractContextManager[Any]:
    """Until what is typed meanwhile is kept on the server."""
    return page.expect_response(lambda answer: "autosave" in answer.url and "body" in (answer.request.post_data or ""))
