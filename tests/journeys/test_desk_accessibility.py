"""Every page of the desk that this project makes or dresses: axe finds nothing that WCAG 2.2 A or AA asks for."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import AA, violations
from tests.journeys.conftest import Site
from tests.journeys.pages import letter, reported
from tests.journeys.test_main_path import sign_in

OURS = "/admin/articles"
# Who opens what. A list leads to its first line where the address ends on “first”.
PAGES = {
    "author": {"the desk": "/admin/", "a new article": f"{OURS}/article/add/"},
    "reviewer": {
        "reading": f"{OURS}/article/1/change/",
        "reviews": f"{OURS}/review/",
        "a review": f"{OURS}/review/first",
    },
    "editor": {
        "the desk": "/admin/",
        "articles": f"{OURS}/article/",
        "an article": f"{OURS}/article/1/change/",
        "its history": f"{OURS}/article/1/history/",
        "what changed": f"{OURS}/article/1/compare/?old=1",
        "pictures": f"{OURS}/image/",
        "a picture": f"{OURS}/image/first",
        "a picture replaced": f"{OURS}/image/1/replace/",
        "a picture withdrawn": f"{OURS}/image/1/withdraw/",
        "credits": f"{OURS}/imagecredit/?state=all",
        "a credit": f"{OURS}/imagecredit/1/change/",
        "printed": f"{OURS}/edition/",
        "an edition": f"{OURS}/edition/first",
        "reports": f"{OURS}/sentencereport/",
        "a report": f"{OURS}/sentencereport/first",
        "people": f"{OURS}/contributor/",
        "a person": f"{OURS}/contributor/first",
        "medicines": f"{OURS}/drug/",
        "a medicine": f"{OURS}/drug/first",
        "topics": f"{OURS}/topic/",
        "a topic": f"{OURS}/topic/first",
        "glossary": f"{OURS}/term/",
        "a term": f"{OURS}/term/first",
        "retractions": f"{OURS}/retractionnotice/",
        "two steps": "/admin/two-step/",
        "two steps, set up": "/admin/two-step/setup/",
        "password": "/admin/password_change/",
    },
    "newsletter": {
        "letters": f"{OURS}/issue/",
        "a letter": f"{OURS}/issue/first",
        "a letter as sent": f"{OURS}/issue/1/preview/",
        "counts": f"{OURS}/subscription/",
    },
    "admin": {
        "subscribers": f"{OURS}/subscription/",
        "never written to": f"{OURS}/suppression/",
        "bounces": f"{OURS}/bounceevent/",
        "sections": f"{OURS}/section/",
        "a section": f"{OURS}/section/first",
        "accounts": "/admin/auth/user/",
        "an account": "/admin/auth/user/first",
        "roles": "/admin/auth/group/",
    },
}
SIZES = {"phone": (390, 844), "desk": (1280, 900)}


@pytest.fixture(scope="module")
def filled(site: Site, browser: Browser) -> None:
    """A letter, and something that a reader reported."""
    page = browser.new_page()
    letter(site, page)
    reported(site, page)
    page.close()


@pytest.fixture(scope="module", params=PAGES)
def signed_in(request: pytest.FixtureRequest, site: Site, browser: Browser, filled: None) -> Iterator[tuple[str, Page]]:
    page = browser.new_page(
        base_url=site.url
    )  # axe itself writes styles, which the desk's policy has the browser refuse
    sign_in(page, site, request.param)
    yield request.param, page
    page.close()


def test_axe_finds_nothing_on_the_desk(signed_in: tuple[str, Page]) -> None:
    username, page = signed_in
    found = {}
    for name, address in PAGES[username].items():
        opened(page, address)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for size, (width, height) in SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                found[name, scheme, size] = violations(page, tags=AA)
    assert {where: wrong for where, wrong in found.items() if wrong} == {}


def test_no_page_of_the_desk_scrolls_sideways_on_a_phone(signed_in: tuple[str, Page]) -> None:
    username, page = signed_in
    page.set_viewport_size({"width": 390, "height": 844})
    found = {}
    for name, address in PAGES[username].items():
        opened(page, address)
        found[name] = page.evaluate("document.documentElement.scrollWidth")
    assert {name: width for name, width in found.items() if width > 390} == {}


def test_axe_finds_nothing_where_people_sign_in(site: Site, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(site.url + "/admin/")
    assert violations(page, tags=AA) == []
    page.get_by_label("Name of your account").fill("nobody")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page, tags=AA) == []
    page.close()


def opened(page: Page, address: str) -> None:
    response = page.goto(address.removesuffix("first"))
    if address.endswith("first"):
        row = page.locator("#result_list tbody a[href*='/change/']").first
        response = page.goto(str(row.get_attribute("href")))
    assert response, address
    assert response.status == 200, address
    if "/article/" in address and page.locator(".django-ckeditor-widget").count():
        expect(page.locator("iframe.cke_wysiwyg_frame")).to_be_visible()
