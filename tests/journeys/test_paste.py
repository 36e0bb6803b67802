"""An old page is pasted into a new article, in a browser: read, accounted for, and put back raw at one click."""

from playwright.sync_api import Browser, Page, expect

from tests.demo_site import Site
from tests.importing.test_pasting import OLD_PAGE
from tests.journeys.axe import violations
from tests.journeys.test_desk import EDITOR_READY
from tests.journeys.visitors import visiting

PASTE = """([html, text]) => {
  const editor = CKEDITOR.instances.id_body;
  editor.focus();
  const transfer = new DataTransfer();
  if (html) transfer.setData("text/html", html);
  transfer.setData("text/plain", text);
  const about = { clipboardData: transfer, bubbles: true, cancelable: true };
  editor.editable().$.dispatchEvent(new editor.window.$.ClipboardEvent("paste", about));
}"""


def paste(page: Page, html: str, text: str) -> None:
    page.evaluate(PASTE, [html, text])


def test_a_paste_is_an_import_that_can_be_taken_back(site: Site, browser: Browser) -> None:
    with visiting(browser, site, "author") as page:
        page.goto("/admin/articles/article/add/")
        text = page.frame_locator("iframe.cke_wysiwyg_frame").locator("body")
        text.click()
        page.evaluate(EDITOR_READY)
        paste(page, OLD_PAGE, "What a pump does")
        account = page.get_by_role("region", name="What was pasted")
        expect(account).to_contain_text("2 parts left out.")
        expect(account).to_contain_text("Left out: subscribe box “You have Successfully Subscribed!”")
        expect(page.locator("#id_title")).to_have_value("What a pump does")
        expect(page.locator("#id_closing_question")).to_have_value("Would you want a pump?")
        expect(text).not_to_contain_text("Flickr")
        assert violations(page, ".pasted") == []

        account.get_by_role("button", name="Use the raw paste").click()
        expect(text).to_contain_text("You have Successfully Subscribed!")
        expect(page.locator("#id_title")).to_have_value("")

        page.keyboard.press("Control+a")
        paste(page, "", "Take these:\n\n• One\n• Two")
        expect(text.locator("li")).to_have_text(["One", "Two"])

        page.route("**/read-paste/", lambda route: route.fulfill(body="Sign in again"))
        paste(page, "<p>No network</p><p>at all</p>", "")
        expect(page.locator(".pasted-said")).to_contain_text("so it was pasted as it is.")
        expect(text).to_contain_text("No network")
        page.close()
