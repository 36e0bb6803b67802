"""Names are suggested while a reader types, to the eye, by the keyboard and to a screen reader."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.demo_site import Site
from tests.journeys.axe import brought_along, violations


@pytest.fixture
def page(site: Site, browser: Browser) -> Iterator[Page]:
    page = brought_along(browser.new_page(base_url=site.url))
    yield page
    page.close()


def test_a_name_is_chosen_by_the_keyboard_and_leads_to_its_page(page: Page) -> None:
    page.goto("/")
    field = page.get_by_role("combobox", name="Search conditions, medicines, treatments")
    field.press_sequentially("tram")
    option = page.get_by_role("option", name="Tramadol Medicine")
    expect(option).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    assert violations(page) == []
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    field.press("Escape")
    expect(option).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("ad")
    expect(option).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**/medicines/tramadol/")


def test_what_is_typed_is_searched_for_whatever_is_suggested(page: Page) -> None:
    page.goto("/search/")
    field = page.get_by_label("What are you looking for?")
    field.press_sequentially("tramado")
    expect(page.get_by_role("option", name="Tramadol Medicine")).to_be_visible()
    field.press("Enter")
    page.wait_for_url("**/search/?q=tramado*")
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_name_is_chosen_by_a_tap(page: Page) -> None:
    page.goto("/")
    page.get_by_role("combobox").first.press_sequentially("tram")
    page.get_by_role("option", name="Tramadol Medicine").click()
    page.wait_for_url("**/medicines/tramadol/")
