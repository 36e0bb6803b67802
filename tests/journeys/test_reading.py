"""One reader's way on a telephone without scripts: a typo in a search, an article, its sources, what they send back."""

import re

from playwright.sync_api import Page, expect

from tests.demo_site import Site, text_of
from tests.journeys.visitors import link

READER = "reader.on.a.phone@example.org"


def test_from_a_slip_in_a_search_to_a_subscription_on_a_phone_without_scripts(site: Site, phone: Page) -> None:
    searched_with_a_slip(phone)
    article = opened_from_the_treatments(phone)
    followed_a_reference(phone)
    answered(phone)
    reported_a_passage(phone)
    phone.goto(article)
    subscribed(site, phone)


def searched_with_a_slip(page: Page) -> None:
    page.goto("/")
    field = page.get_by_label("Search conditions, medicines, treatments").first
    field.fill("zikonotide")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Showing results for “ziconotide”")
    expect(page.locator(".best h2")).to_have_text("Ziconotide")
    expect(page.locator(".hits li").first).to_be_visible()


def opened_from_the_treatments(page: Page) -> str:
    """Filters what was found by its section and opens the first hit; the article's address."""
    expect(page.locator(".hits .kind", has_not_text="Treatments")).not_to_have_count(0)
    page.get_by_text("Narrow the search").tap()
    choices = page.get_by_role("search", name="With choices")
    choices.get_by_label("Section").select_option(label="Treatments")
    choices.get_by_role("button", name="Search").tap()
    page.wait_for_url(re.compile(r"section=treatments"))
    where = page.locator(".hits .kind")
    assert [line for line in where.all_inner_texts() if not line.startswith("Treatments ·")] == []
    expect(page.locator(".hits mark").first).to_have_text(re.compile("ziconotide", re.IGNORECASE))
    title = page.locator(".hits h3 a").first
    words = title.inner_text()
    title.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
    return page.url


def followed_a_reference(page: Page) -> None:
    """It opens where it is cited and leads out to the paper; tapped beside, it closes."""
    page.get_by_role("button", name="Reference 1", exact=True).first.tap()
    card = page.locator("#cite-1")
    expect(card).to_be_visible()
    expect(card.get_by_role("link").first).to_have_attribute("href", re.compile(r"^https://(doi\.org|pubmed\.)"))
    listed = page.locator("#ref-1").inner_text().partition(" ↩")[0]  # the ways back are the list’s own
    assert listed in card.inner_text()
    page.get_by_role("heading", level=1).tap()
    expect(card).to_be_hidden()


def answered(page: Page) -> None:
    page.locator("#question").get_by_role("button", name="Yes").tap()
    expect(page.locator("main")).to_contain_text("You said: Yes.")
    page.get_by_role("link", name="Back to the article").tap()
    expect(page.locator("#question")).to_be_in_viewport()


def reported_a_passage(page: Page) -> None:
    words = page.locator(".body > ul > li").first.inner_text()
    page.get_by_role("link", name="Report it").tap()
    page.get_by_role("group", name="Which passage is it about?").get_by_text(words, exact=True).tap()
    page.get_by_label("What’s wrong, and how do you know?").fill("I do not understand this sentence.")
    page.get_by_label("It is hard to understand").check()
    page.get_by_role("button", name="Send the report").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for telling us")


def subscribed(site: Site, page: Page) -> None:
    page.get_by_label("Your email address").fill(READER)
    page.locator("#join").get_by_role("button", name="Subscribe").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your inbox")
    page.goto(link(text_of(site.newest_mail(READER)), "subscribe/confirm"))
    expect(page.locator("main")).not_to_contain_text("successfully subscribed")
    page.get_by_role("button", name="Yes, subscribe me").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have successfully subscribed!")
