"""A draft is deleted after one question, and one key brings it back."""

import re

from playwright.sync_api import Browser, expect

from tests.demo_site import Site
from tests.journeys.test_desk import DRAFT
from tests.journeys.visitors import open_panel, visiting


def test_a_draft_is_deleted_brought_back_and_deleted_from_the_list(site: Site, browser: Browser) -> None:
    with visiting(browser, site, "author") as page:
        page.goto(DRAFT + "add/")
        page.locator("#id_title").fill("Ice on a sprain")
        page.get_by_role("button", name="Save").first.click()
        expect(page.locator(".messagelist")).to_contain_text("Saved.")

        page.locator("#id_title").fill("Ice on a fresh sprain")
        open_panel(page, "details")
        page.get_by_role("button", name="Delete…").click()
        page.get_by_role("button", name="Delete the draft").click()
        expect(page.get_by_role("status")).to_contain_text("“Ice on a fresh sprain” was deleted.")
        row = page.locator("#result_list tbody tr", has_text="Ice on a fresh sprain")
        expect(row).to_have_count(0)
        page.get_by_role("button", name="Undo").press("Enter")
        expect(page.locator(".messagelist")).to_contain_text("“Ice on a fresh sprain” is back.")

        row.get_by_role("checkbox").check()
        page.get_by_label("With the chosen").select_option("delete")
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("button", name="Delete", exact=True).click()
        page.goto(DRAFT + "?state=deleted")
        expect(row).to_contain_text(re.compile("Goes for good on .* Put back"))
