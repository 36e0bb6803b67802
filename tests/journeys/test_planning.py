"""An editor plans: finds an article by the keyboard, and moves what is scheduled with and without the mouse."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.demo_site import Site
from tests.journeys.visitors import visiting


@pytest.fixture
def editor(site: Site, browser: Browser) -> Iterator[Page]:
    with visiting(browser, site, "editor") as page:
        yield page


def test_an_editor_finds_an_article_and_moves_it_by_mouse_by_keyboard_and_back(site: Site, editor: Page) -> None:
    monday = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    site.manage("publish_article", "migraine", "--by", "editor", "--at", f"{monday}T09:00")

    editor.goto("/admin/")
    editor.keyboard.press("Control+k")
    editor.keyboard.type("more than a headache")
    editor.keyboard.press("Enter")
    found = editor.get_by_role("region", name="Articles").get_by_role("listitem")
    expect(found.filter(has_text="Migraine is more")).to_contain_text("Scheduled for")

    editor.goto("/admin/calendar/")
    slot = editor.locator(".slot.article", has_text="Migraine").filter(has=editor.get_by_text("Move…"))
    slot.drag_to(editor.locator(f"[data-day='{monday + timedelta(days=2)}']"))
    moved = editor.get_by_role("status")
    expect(moved).to_contain_text(re.compile(r"was moved to Wednesday, .* 09:00"))

    slot.get_by_role("link", name="Move…").focus()
    editor.keyboard.press("Enter")
    when = editor.get_by_label("Publish on")
    expect(when).to_have_value(f"{monday + timedelta(days=2)}T09:00")
    when.fill(f"{monday + timedelta(days=3)}T10:30")
    editor.keyboard.press("Enter")
    expect(moved).to_contain_text("Thursday")
    moved.get_by_role("button", name="Undo").press("Enter")
    expect(moved).to_contain_text("Wednesday")
