"""From an empty page to a reader's inbox and back, in a browser, on the site as its first command serves it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.factories import picture_bytes
from tests.journeys.conftest import Site

TITLE = "Heat and cold for a sore back"
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
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=site.url)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    if username:
        sign_in(page, site, username)
    yield page
    assert complaints == []
    context.close()


def sign_in(page: Page, site: Site, username: str) -> None:
    page.goto("/admin/")
    page.get_by_label("Name of your account").fill(username)
    page.get_by_label("Password").fill(site.password(username))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Good")


def test_from_an_empty_page_to_a_readers_inbox_and_back(site: Site, browser: Browser, tmp_path: Path) -> None:
    with visiting(browser, site, "author") as page:
        address = write(page, tmp_path)
        expect(page.locator("#findings")).to_contain_text("need a medical reviewer's approval of exactly this text")
        page.get_by_role("button", name="Ask for review").click()
        expect(page.get_by_text("It is on the reviewers' desk now.")).to_be_visible()

    with visiting(browser, site, "editor") as page:
        page.goto(address)
        expect(page.get_by_role("button", name="Print this edition now")).to_be_disabled()

    with visiting(browser, site, "reviewer") as page:
        page.goto("/admin/")
        page.get_by_role("link", name=TITLE).click()
        expect(page.get_by_text("Heat on numb skin can burn")).to_be_visible()
        page.get_by_role("button", name="Sign this text").click()
        expect(page.get_by_text("You have signed this text.")).to_be_visible()

    with visiting(browser, site, "editor") as page:
        page.goto("/admin/")
        page.get_by_role("link", name=TITLE).first.click()
        page.get_by_role("button", name="Print this edition now").click()
        expect(page.get_by_text("Edition 1 is live.", exact=True)).to_be_visible()

    with visiting(browser, site) as page:
        read(page)
        subscribe(page, "reader@example.org")
        mail = site.newest_mail("reader@example.org")
        text = mail.get_body(("plain",))
        assert text is not None
        confirm(page, link(text.get_content(), "subscribe/confirm"))
        leave(page, mail["List-Unsubscribe"].strip(" <>"))


def write(page: Page, tmp_path: Path) -> str:
    """Writes the article as its author, and returns the address of its page on the desk."""
    lead = tmp_path / "lead.png"
    lead.write_bytes(picture_bytes("PNG", (1000, 560)))
    page.goto("/admin/articles/article/add/")
    page.get_by_label("Title:", exact=True).or_(page.locator("#id_title")).first.fill(TITLE)
    page.locator("#id_standfirst").fill("Two old remedies, and what is known about them.")
    type_in_editor(page)
    page.locator("#id_section").select_option(label="Treatments")
    page.locator("#id_picture_file").set_input_files(lead)
    page.locator("#id_picture_alt").fill("A plain green field.")
    for name, value in {"creator": "Inside Pain Medicine", "title": "Green"}.items():
        page.locator(f"#id_credit_{name}").fill(value)
    page.locator("#id_credit_licence").select_option("own-work")
    page.locator("#id_disclosure").fill("None.")
    page.locator("#id_closing_question").fill("Which of the two helps you?")
    choose_author(page)
    page.get_by_text("Add another Reference").click()
    page.locator("#id_references-0-citation").fill("French SD, et al. Cochrane Database Syst Rev. 2006;(1):CD004750.")
    page.locator("#id_references-0-doi").fill("10.1002/14651858.CD004750.pub2")
    page.locator("#id_references-0-position").fill("1")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator("#findings")).to_be_visible()
    return page.url


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


def read(page: Page) -> None:
    page.goto("/treatments/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_role("heading", name="Risks")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Medically reviewed by")
    expect(page.locator("main")).to_contain_text("Which of the two helps you?")
    expect(page.locator("figure").first).to_contain_text("Inside Pain Medicine")
    page.get_by_role("button", name="Reference 1", exact=True).first.click()
    expect(page.locator("#cite-1")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#cite-1")).to_be_hidden()
    assert page.context.cookies() == []
    assert page.locator("script:not([type='application/ld+json'])").count() == 0


def subscribe(page: Page, address: str) -> None:
    page.get_by_label("Your e-mail address").fill(address)
    page.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your inbox")


def confirm(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("main")).not_to_contain_text("successfully subscribed")
    page.get_by_role("button").click()
    expect(page.get_by_text("You have successfully subscribed!")).to_be_visible()


def leave(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("unsubscribed")


def link(text: str, path: str) -> str:
    found = re.search(rf"\S+/{path}/\S+", text)
    assert found, text
    return found[0]
