"""A comment on a selected sentence is sent from beside the text, and nothing that is being typed is left."""

from playwright.sync_api import Browser, expect

from tests.demo_site import Site
from tests.journeys.test_desk import DRAFT, EDITOR_READY
from tests.journeys.visitors import kept_typed, open_panel, visiting

SELECT = """() => {
  const editor = CKEDITOR.instances.id_body, range = editor.createRange();
  range.selectNodeContents(new CKEDITOR.dom.element(editor.editable().$.querySelector("h2")));
  editor.focus();
  editor.getSelection().selectRanges([range]);
}"""


def test_a_comment_on_selected_words_is_answered_and_resolved(site: Site, browser: Browser) -> None:
    with visiting(browser, site, "author") as author, visiting(browser, site, "editor") as editor:
        author.goto(DRAFT + "?q=Heat")
        author.get_by_role("link", name="Heat, cold and the evidence").click()
        author.wait_for_url("**/change/**")
        address = author.url
        author.evaluate(EDITOR_READY)
        saved = author.locator("#id_standfirst").input_value()
        with kept_typed(author):
            author.locator("#id_standfirst").fill("Typed and not saved.")
        author.evaluate(SELECT)
        quote = author.get_by_label("About these words (empty: the whole text)")
        expect(quote).to_have_value("Benefits")
        open_panel(author, "history")
        author.get_by_label("Comment", exact=True).fill("Is there more than one?")
        author.get_by_role("button", name="Comment", exact=True).click()
        expect(author.locator("[data-comments]")).to_contain_text("Is there more than one?")
        expect(author.locator("#id_standfirst")).to_have_value("Typed and not saved.")
        with kept_typed(author):
            author.locator("#id_standfirst").fill(saved)  # so that the next visitor is offered nothing
        editor.goto(address)
        comments = editor.locator("[data-comments]")
        open_panel(editor, "history")
        expect(comments.locator("blockquote")).to_have_text("Benefits")
        comments.get_by_text("Answer…").click()
        comments.get_by_label("Your answer").fill("Three of them.")
        comments.get_by_role("button", name="Answer").click()
        expect(comments).to_contain_text("Three of them.")
        comments.get_by_role("button", name="Resolve").click()
        expect(comments).to_contain_text("Resolved")
        expect(comments.get_by_role("button", name="Reopen")).to_be_visible()
