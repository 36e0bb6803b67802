"""Every public page type in Chromium: axe with every rule, light and dark; no script, no cookie, no other host."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Site

PAGES = {
    "home": "/",
    "section": "/treatments/",
    "article": "/articles/intrathecal-pumps/",
    "people": "/people/",
    "topics": "/topics/",
    "topic": "/topics/medicines/",
    "empty month": "/archive/2001/01/",
    "month": "/archive/2026/11/",
    "archive": "/archive/",
    "A to Z": "/conditions/a-z/",
    "glossary": "/glossary/",
    "picture credits": "/credits/",
    "corrections": "/corrections/",
    "history": "/articles/intrathecal-pumps/history/",
    "question": "/articles/intrathecal-pumps/answer/",
    "report": "/articles/intrathecal-pumps/report/",
    "report of a passage": "/articles/intrathecal-pumps/report/?e=1&p=1",
    "how we review": "/how-we-review/",
    "subscribe": "/subscribe/",
    "refused link": "/subscribe/confirm/cut/",
    "not found": "/articles/no-such-article/",
}
EVERY_RULE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_nothing_on(address: str, site: Site, page: Page) -> None:
    page.goto(site.url + address)
    assert violations(page) == []


def test_axe_finds_nothing_on_a_person(site: Site, page: Page) -> None:
    page.goto(site.url + "/people/")
    page.locator("main a[href^='/people/']").first.click()
    page.wait_for_url("**/people/*/")
    assert violations(page) == []


def test_axe_finds_nothing_on_the_way_in_and_out_of_the_letter(site: Site, page: Page) -> None:
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    reader = f"axe-{'dark' if is_dark else 'light'}@example.org"  # one address is asked once a day
    found = {}
    page.goto(site.url + "/subscribe/")
    page.get_by_label("Your e-mail address").fill("not an address")
    page.locator("form").first.evaluate("form => form.noValidate = true")
    for name in ("refused address", "check your inbox"):
        page.get_by_role("button", name="Subscribe").click()
        found[name] = (page.locator("h1").inner_text(), violations(page))
        if name == "refused address":
            page.get_by_label("Your e-mail address").fill(reader)
    mail = site.newest_mail(reader)
    text = mail.get_body(("plain",))
    assert text is not None
    confirming = next(word for word in text.get_content().split() if "/subscribe/confirm/" in word)
    for name, address in (("confirm", confirming), ("unsubscribe", mail["List-Unsubscribe"].strip(" <>"))):
        page.goto(address)
        found[name] = (page.locator("h1").inner_text(), violations(page))
        page.get_by_role("button").click()
        found[f"{name} done"] = (page.locator("h1").inner_text(), violations(page))
    assert {name: errors for name, (_title, errors) in found.items() if errors} == {}
    assert len({title for title, _errors in found.values()}) == 6


def test_axe_finds_nothing_on_a_withdrawn_article(site: Site, page: Page) -> None:
    address = site.url + "/articles/suzetrigine/"
    page.goto(address)
    if "withdrawn" not in page.locator("main").inner_text().lower():
        done = site.manage("withdraw_article", "suzetrigine", "--by", "editor", "--note", "For a test.")
        assert done.returncode == 0, done.stderr
        page.goto(address)
    assert "For a test." in page.locator("main").inner_text()
    assert violations(page) == []


def violations(page: Page) -> list[tuple[str, list[Any]]]:
    found = Axe().run(page, options=EVERY_RULE)
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found.response["violations"]]


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_a_visit_brings_no_script_no_cookie_and_nothing_from_elsewhere_on(
    address: str, site: Site, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if "404" not in message.text else None)
    page.goto(site.url + address, wait_until="networkidle")
    assert [url for url in asked if not url.startswith((site.url, "data:"))] == []
    assert [url for url in asked if url.endswith(".js")] == []
    assert page.locator("script:not([type='application/ld+json'])").count() == 0
    assert context.cookies() == []
    assert complaints == []
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways(width: int, site: Site, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    wide = {}
    for name, address in PAGES.items():
        page.goto(site.url + address)
        wide[name] = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert {name: value for name, value in wide.items() if value > width} == {}
