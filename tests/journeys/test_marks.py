"""What the checks find is marked in the text: from the list to the place and back, and mended there."""

from playwright.sync_api import Browser, Page, expect

from tests.demo_site import Site
from tests.journeys.axe import violations
from tests.journeys.test_desk import EDITOR_READY
from tests.journeys.visitors import visiting

TEXT = "iframe.cke_wysiwyg_frame"
# The wrong sentence stands there twice, once with a number that a tag cuts in two.
WORDS = (
    "<p>𝒜 pump. Ziconotide, an NSAID, helps some people.[<strong>1</strong>]</p>"
    "<h3>Benefits</h3><p>It may help. Ziconotide, an NSAID, helps some people.</p>"
)
PAINTED = """() => {
  const { CSS: css } = CKEDITOR.instances.id_body.window.$;
  return [...css.highlights.get("must-fix")].map((range) => range.toString());
}"""
DATA = "CKEDITOR.instances.id_body.getData()"


def test_findings_are_marked_in_the_sentence_and_mended_there(site: Site, browser: Browser) -> None:
    with visiting(browser, site, "author") as page:
        page.goto("/admin/articles/article/add/")
        page.locator("#id_title").fill("A pump for the marks")
        page.frame_locator(TEXT).locator("body").click()
        page.evaluate(EDITOR_READY)
        page.evaluate("words => CKEDITOR.instances.id_body.setData(words)", WORDS)
        page.get_by_role("button", name="Save").first.click()
        item = page.locator("[data-number]", has_text="is not an NSAID").first
        expect(item).to_be_visible()
        number = item.get_attribute("data-number")
        mark = page.get_by_role("button", name=f"Finding {number}: go to the list")
        expect(mark).to_be_visible()
        painted = page.evaluate(PAINTED)
        assert painted.count("Ziconotide, an NSAID, helps some people.") >= 1
        assert "Benefits" in painted
        assert "<mark" not in page.evaluate(DATA)
        mark.click()
        expect(item.locator("a, button").first).to_be_focused()
        item.get_by_role("link", name="Go to it").press("Enter")
        assert selected(page) == "Ziconotide, an NSAID, helps some people."
        page.keyboard.press("Alt+f")
        assert violations(page, ".side") == violations(page, ".marks") == []

        item.get_by_role("button", name="Replace with").click()
        expect(page.locator(".checked-at")).to_contain_text("Ctrl+Z takes it back.")
        assert page.evaluate(DATA).count("an NSAID") == 1
        page.keyboard.press("Control+z")
        assert page.evaluate(DATA).count("an NSAID") == 2
        page.get_by_role("button", name="Make it a heading 2").click()
        expect(page.locator("[data-number]", has_text="skips a level")).to_have_count(0)
        page.get_by_role("button", name="Insert a sentence").first.click()
        expect(page.locator("[data-number]", has_text="has a boxed warning")).to_have_count(0)
        assert "<h2>Benefits</h2>" in page.evaluate(DATA)
        page.close()


def selected(page: Page) -> str:
    return str(page.evaluate("CKEDITOR.instances.id_body.window.$.getSelection().toString()")).strip()
