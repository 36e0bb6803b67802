"""Two browsers on one article, a tab that dies, a session that ends: no word is lost, and nobody is overwritten."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.demo_site import Site
from tests.journeys.visitors import kept_typed, open_panel, visiting

DRAFT = "/admin/articles/article/"
EDITOR_READY = """() => new Promise((done) => {
  const editor = CKEDITOR.instances.id_body;
  if (editor.status === "ready") done(); else editor.on("instanceReady", () => done());
})"""


@pytest.fixture
def draft(site: Site, browser: Browser) -> Iterator[str]:
    """The address of the demonstration's draft on the desk."""
    with visiting(browser, site, "editor") as page:
        page.goto(DRAFT + "?q=Heat")
        page.get_by_role("link", name="Heat, cold and the evidence").click()
        yield page.url


def write(page: Page, words: str) -> None:
    page.locator("#id_standfirst").fill(words)


def test_two_browsers_cannot_overwrite_each_other(site: Site, browser: Browser, draft: str) -> None:
    with visiting(browser, site, "author") as one, visiting(browser, site, "editor") as two:
        one.goto(draft)
        two.goto(draft)
        write(one, "Written by the author.")
        write(two, "Written by the editor.")
        expect(two.locator("[data-others]")).to_have_text(
            re.compile("author has this article open, too"), timeout=40_000
        )
        one.get_by_role("button", name="Save").first.click()
        expect(one.locator(".messagelist")).to_contain_text("Saved.")
        two.get_by_role("button", name="Save").first.click()
        expect(two.locator(".stale")).to_contain_text("Written by the author.")
        expect(two.locator("#id_standfirst")).to_have_value("Written by the editor.")
        two.get_by_label("Keep both").check()
        two.get_by_role("button", name="Save").first.click()
        expect(two.locator(".messagelist")).to_contain_text("Saved.")
        open_panel(two, "history")
        two.get_by_role("link", name="All revisions").click()
        two.get_by_role("link", name="What changed").first.click()
        expect(two.locator(".difference ins").first).to_contain_text("author")


def test_a_tab_that_dies_loses_no_word(site: Site, browser: Browser, draft: str) -> None:
    with visiting(browser, site, "author") as page:
        page.goto(draft)
        with kept_typed(page):
            write(page, "Typed in a tab that died.")
        page.close(run_before_unload=False)
    with visiting(browser, site, "author") as page:
        page.goto(draft)
        expect(page.locator(".held").first).to_contain_text("You have unsaved changes")
        expect(page.locator("#id_standfirst")).not_to_have_value("Typed in a tab that died.")
        page.locator(".held").first.get_by_role("button", name="Restore").click()
        expect(page.locator("#id_standfirst")).to_have_value("Typed in a tab that died.")


def test_a_new_article_in_a_tab_that_died_waits_on_the_desk_for_any_machine(site: Site, browser: Browser) -> None:
    with visiting(browser, site, "author") as page:
        page.goto("/admin/articles/article/add/")
        expect(page.locator("iframe.cke_wysiwyg_frame")).to_be_visible()
        title = page.locator("#id_title")
        title.press_sequentially("Walking with")
        page.wait_for_url(re.compile(r"/article/\d+/change/"))
        expect(title).to_be_focused()
        title.press_sequentially(" a sore knee")
        with page.expect_response(keeps("Short and often.")) as kept:
            page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").fill("Short and often.")
        assert kept.value.ok
        page.close(run_before_unload=False)
    with visiting(browser, site, "author") as page:
        page.goto("/admin/")
        page.get_by_role("link", name="Walking with").click()
        expect(page.locator(".held").first).to_contain_text("You have unsaved changes")
        page.locator(".held").first.get_by_role("button", name="Restore").click()
        expect(page.locator("#id_title")).to_have_value("Walking with a sore knee")
        expect(page.locator("#id_body")).to_have_value(re.compile("Short and often"))
        expect(page.locator("#id_slug")).to_have_value("walking-with-a-sore-knee")


def keeps(words: str) -> Callable[[Response], bool]:
    """Whether an answer says that these words are kept."""
    return lambda answer: "/autosave/" in answer.url and words in (answer.request.post_data or "")


def test_a_new_article_goes_on_in_its_own_draft_and_is_saved_into_it(site: Site, browser: Browser) -> None:
    with visiting(browser, site, "author") as page:
        page.goto("/admin/articles/article/add/")
        page.locator("#id_title").fill("Swimming with a stiff neck")
        page.wait_for_url(re.compile(r"/article/\d+/change/"))
        began = page.url
        page.locator("#id_standfirst").fill("Written after the draft had begun.")
        page.get_by_role("button", name="Save").first.click()
        expect(page.locator(".messagelist")).to_contain_text("Saved.")
        assert page.url == began
        expect(page.locator(".held:visible")).to_have_count(0)
        page.goto(DRAFT + "?q=Swimming")
        expect(page.get_by_role("link", name="Swimming with a stiff neck")).to_have_count(1)


def test_an_empty_new_article_leaves_nothing_on_the_desk(site: Site, browser: Browser) -> None:
    with visiting(browser, site, "author") as page:
        page.goto(DRAFT)
        before = page.locator("#result_list tbody tr").count()
        page.clock.install()
        page.goto(DRAFT + "add/")
        expect(page.locator("iframe.cke_wysiwyg_frame")).to_be_visible()
        page.evaluate(EDITOR_READY)
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
        page.locator("#id_title").fill(" … ")
        page.clock.fast_forward("01:00")
        assert page.url.endswith("/add/")
        page.goto(DRAFT)
        expect(page.locator("#result_list tbody tr")).to_have_count(before)
        assert sent == []
        page.close()  # and its clock with it


def test_words_survive_a_session_that_ended(site: Site, browser: Browser, draft: str) -> None:
    with visiting(browser, site, "author") as page:
        page.goto(draft)
        write(page, "Typed before the sign-in ended.")
        page.context.clear_cookies(name="desk")
        page.get_by_role("button", name="Save").first.click()
        page.get_by_label("Username").fill("author")
        page.get_by_label("Password").fill(site.password("author"))
        page.get_by_role("button", name="Sign in").click()
        page.goto(draft)
        page.locator("[data-held]").get_by_role("button", name="Restore").click()
        expect(page.locator("#id_standfirst")).to_have_value("Typed before the sign-in ended.")


def test_words_in_another_language_are_marked_in_the_editor(site: Site, browser: Browser) -> None:
    with visiting(browser, site, "author") as page:
        page.goto("/admin/articles/article/add/")
        page.locator("#id_title").fill("A word for pain")
        text = page.frame_locator("iframe.cke_wysiwyg_frame").locator("body")
        text.click()
        page.keyboard.type("In French it is la douleur")
        for _letter in "la douleur":
            page.keyboard.press("Shift+ArrowLeft")
        page.locator(".cke_button__language").click()
        page.frame_locator("iframe.cke_panel_frame").get_by_role("menuitemcheckbox", name="French").click()
        expect(text.locator("span[lang=fr]")).to_have_text("la douleur")
        page.get_by_role("button", name="Save").first.click()
        expect(page.locator(".messagelist")).to_contain_text("Saved.")
        expect(text.locator("span[lang=fr]")).to_have_text("la douleur")
        assert 'In French it is <span dir="ltr" lang="fr">la douleur</span>' in page.evaluate(
            "CKEDITOR.instances.id_body.getData()"
        )
