"""From an empty page to a reader's inbox and back, in a browser, on the site as its first command serves it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.demo_site import Site
from tests.factories import picture_bytes
from tests.journeys.visitors import (
    ask_for_review,
    choose_author,
    confirm,
    link,
    open_dashboard,
    open_panel,
    publish,
    subscribe,
    type_in_editor,
    visiting,
)

TITLE = "Heat and cold for a sore back"
SCRIPTS = "all => all.map((one) => one.src || one.outerHTML)"


@pytest.mark.main_path
def test_from_an_empty_page_to_a_readers_inbox_and_back(site: Site, browser: Browser, tmp_path: Path) -> None:
    with visiting(browser, site, "author") as page:
        address = write(page, tmp_path)
        expect(page.locator("#checks")).to_contain_text("need a medical reviewer’s sign-off on this version")
        ask_for_review(page)

    with visiting(browser, site, "editor") as page:
        page.goto(address)
        page.get_by_role("button", name="Publish…").click()
        expect(page.get_by_role("heading", name="to fix first")).to_be_visible()

    with visiting(browser, site, "reviewer") as page:
        open_dashboard(page)
        page.get_by_role("link", name=TITLE).click()
        expect(page.get_by_text("Heat on numb skin can burn")).to_be_visible()
        page.get_by_role("button", name="Sign off", exact=True).click()
        expect(page.get_by_text("You signed off on this version.")).to_be_visible()

    with visiting(browser, site, "editor") as page:
        open_dashboard(page)
        expect(page.get_by_role("link", name=TITLE).first).to_be_visible()
        page.get_by_role("link", name=TITLE).first.click()
        publish(page)

    with visiting(browser, site) as page:
        read(page, site)
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
    open_panel(page, "details")
    page.locator("#id_section").select_option(label="Treatments")
    open_panel(page, "picture")
    page.locator("#id_picture_file").set_input_files(lead)
    page.locator("#id_picture_alt").fill("A plain green field.")
    for name, value in {"creator": "Inside Pain Medicine", "title": "Green"}.items():
        page.locator(f"#id_credit_{name}").fill(value)
    page.locator("#id_credit_license").select_option("own-work")
    open_panel(page, "details")
    page.locator("#id_disclosure").fill("Nobody paid for this text.")
    page.locator("#id_closing_question").fill("Which of the two helps you?")
    choose_author(page)
    open_panel(page, "references")
    page.get_by_text("Add another Reference").click()
    page.locator("#id_references-0-citation").fill("Doe J. Cold packs and warmth. J Pain. In press.")
    page.locator("#id_references-0-doi").fill("10.1002/14651858.CD004750.pub2")
    page.locator("#id_references-0-position").fill("1")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator("#checks")).to_be_visible()
    return page.url


def read(page: Page, site: Site) -> None:
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
    scripts = page.locator("script:not([type='application/ld+json'])").evaluate_all(SCRIPTS)
    assert len(scripts) == 1, scripts
    assert re.fullmatch(re.escape(site.url) + r"/static/articles/search(\.\w+)?\.js", scripts[0])


def leave(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("main").get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("unsubscribed")
