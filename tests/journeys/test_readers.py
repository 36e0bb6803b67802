"""What readers send back, without a script: an answer with one tap, and a correction from their report to the page."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect

from tests.demo_site import Site
from tests.journeys.visitors import ask_for_review, open_dashboard, visiting

PUMPS = "/articles/intrathecal-pumps/"
BLOCKS = "/articles/nerve-blocks/"
READER = "reader.of.blocks@example.org"


def test_a_question_is_answered_with_one_tap(phone: Page) -> None:
    phone.goto(PUMPS)
    phone.locator("#question").get_by_role("button", name="Not sure").tap()
    expect(phone.locator("main")).to_contain_text("You said: Not sure.")
    expect(phone.locator(".bars li").last).to_contain_text(" of ")
    phone.get_by_role("link", name="Back to the article").tap()
    expect(phone).to_have_url(re.compile(PUMPS + "#question$"))


def test_a_correction_goes_from_a_readers_report_to_the_page(site: Site, browser: Browser, phone: Page) -> None:
    wrong = reported(phone)
    with visiting(browser, site, "editor") as page:
        open_dashboard(page)
        page.get_by_role("link", name=wrong[:40]).click()
        expect(page.get_by_role("complementary", name="Status and answer")).to_contain_text(
            "stays out of the newsletter"
        )
        report = page.url
        page.get_by_role("link", name="Open the article").click()
        expect(page.locator(".wanted")).to_contain_text(wrong)
        corrected_in_the_editor(page, wrong)
        article = page.url.partition("?")[0]
        ask_for_review(page)
    signed(site, browser, article)
    with visiting(browser, site, "editor") as page:
        page.goto(article)
        page.get_by_role("button", name="Publish as a correction…").click()
        page.locator("#was").fill(wrong)
        page.locator("#now").fill("What we say now.")
        page.locator("#why").fill("A reader told us.")
        page.locator("#severity").select_option("safety")
        page.get_by_role("button", name="Publish the correction").click()
        expect(page.get_by_text("as a correction.")).to_be_visible()
        page.goto(report)
        page.locator("#outcome").select_option("corrected")
        page.locator("#fixed_in").select_option(index=1)
        page.locator("#answer").fill("You were right. We print it as a correction.")
        page.get_by_role("button", name="Answer", exact=True).click()
        expect(page.locator(".messagelist")).to_contain_text("will get it by email")
        open_dashboard(page)
        expect(page.locator(f"#content a[href='{urlsplit(report).path}']")).to_have_count(0)
    told(site, phone, wrong)


def reported(page: Page) -> str:
    """A reader reports a passage; its words."""
    page.goto(BLOCKS)
    page.get_by_role("link", name="Report it").tap()
    page.wait_for_url("**/report/**")
    chosen = page.locator("label.pick").filter(has_text="A nerve block places medicine")
    words = chosen.inner_text()
    chosen.tap()
    page.get_by_label("What’s wrong, and how do you know?").fill("My own label says something else.")
    page.get_by_label("It could harm someone").check()
    page.get_by_label("Your email address").fill(READER)
    page.get_by_role("button", name="Send the report").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for telling us")
    return words


def corrected_in_the_editor(page: Page, wrong: str) -> None:
    expect(page.locator("iframe.cke_wysiwyg_frame")).to_be_visible()
    assert wrong[:30] in marked(page)
    page.evaluate("CKEDITOR.instances.id_body.insertHtml('<p>What we say now.</p>')")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")


def marked(page: Page) -> str:
    """The words that the editor has selected, once it is there."""
    for _attempt in range(100):
        if words := page.evaluate("window.CKEDITOR?.instances.id_body?.getSelection()?.getSelectedText() || ''"):
            return str(words)
        page.wait_for_timeout(100)
    raise AssertionError("nothing is selected")


def signed(site: Site, browser: Browser, article: str) -> None:
    with visiting(browser, site, "reviewer") as page:
        page.goto(article)
        expect(page.locator("#reports")).to_contain_text("My own label says something else.")
        page.get_by_role("button", name="Sign off", exact=True).click()
        expect(page.get_by_text("You signed off on this version.")).to_be_visible()


def told(site: Site, page: Page, wrong: str) -> None:
    for address in (BLOCKS, "/corrections/"):
        page.goto(address)
        expect(page.locator("del").first).to_have_text(wrong)
        expect(page.locator("main")).to_contain_text("A reader told us.")
    expect(page.locator(".figures")).to_contain_text("Answered")
    feed = page.request.get("/feed/").text()
    assert "A reader told us." in feed
    mail = site.newest_mail(READER).get_body(("plain",))
    assert mail is not None
    assert "You were right. We print it as a correction." in mail.get_content()
