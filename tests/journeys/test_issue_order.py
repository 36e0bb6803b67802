"""The articles of a draft change their order by keyboard, and without script by their numbers."""

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.demo_site import Site
from tests.journeys.test_letter import built, manage, to_issue
from tests.journeys.visitors import visiting

TAKE_IN = """
from articles.models import Edition, Issue, IssueItem
issue = Issue.objects.get(state="draft")
others = Edition.objects.live().exclude(issue_items__issue=issue)[:2]
for place, edition in enumerate(others, 2):
    IssueItem.objects.create(issue=issue, edition=edition, position=place)
"""


@pytest.fixture
def draft(quiet: Site) -> int:
    """A draft of three articles; its number."""
    number = built(quiet)
    manage(quiet, "shell", "-v0", "-c", TAKE_IN)
    return number


def order(page: Page) -> list[str]:
    chosen = page.locator("#items-group tr.form-row:not(.empty-form) select[name$=-edition] option:checked")
    return [one.strip() for one in chosen.all_inner_texts()]


def in_the_letter(site: Site) -> list[str]:
    return [article["title"] for article in json.loads(manage(site, "build_issue", "--json"))["articles"]]


def test_an_article_moves_up_by_keyboard_and_stays_there_once_saved(quiet: Site, browser: Browser, draft: int) -> None:
    with visiting(browser, quiet, "newsletter") as page:
        to_issue(page, draft)
        before = order(page)
        rows = page.locator("#items-group tr.form-row:not(.empty-form)")
        up = rows.nth(2).get_by_role("button", name="up")
        expect(rows.first.get_by_role("button", name="up")).to_be_disabled()
        expect(rows.nth(2).get_by_role("button", name="down")).to_be_disabled()
        up.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        wanted = [before[2], before[0], before[1]]
        assert order(page) == wanted
        expect(page.get_by_role("status").last).to_have_text(f"{before[2]}: place 1 of 3. Save to keep this.")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == f"Move {before[2]} down"
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".messagelist")).to_contain_text("Saved.")
        assert order(page) == wanted
        page.locator("#id_items-0-position").fill("9")
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".messagelist")).to_contain_text("Saved.")
        assert order(page) == [*wanted[1:], wanted[0]]
    assert len(in_the_letter(quiet)) == 3
