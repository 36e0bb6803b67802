"""Every page of the desk: axe finds nothing, it fits into 320 px however it is spaced, the keyboard reaches all."""

from functools import cache

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.demo_site import ROOT, Site
from tests.journeys.axe import brought_along, violations
from tests.journeys.desk_pages import PAGES, opened, wrong_with
from tests.journeys.pages import reported
from tests.journeys.visitors import come

FRAME = "<iframe title='A frame' srcdoc='<img src=x>'></iframe>"
EVERY_PAGE = [(username, name) for username, pages in PAGES.items() for name in pages]


@cache
def desk_of(username: str, site: Site, browser: Browser) -> Page:
    """One page for all that somebody opens, on a desk with a label, and to which a reader has reported something."""
    report(site, browser)
    return brought_along(come(browser, site, username))


@cache
def report(site: Site, browser: Browser) -> None:
    page = browser.new_page()
    reported(site, page)
    page.close()
    imported = site.manage("import_labels", str(ROOT / "tests/evidence/labels/naproxen.xml"))
    assert imported.returncode == 0, imported.stderr


@pytest.mark.parametrize("in_every_way", [False, pytest.param(True, marks=pytest.mark.campaign)])
@pytest.mark.parametrize(("username", "name"), EVERY_PAGE)
def test_nothing_is_wrong_with_any_page_of_the_desk(
    username: str, name: str, in_every_way: bool, site: Site, browser: Browser
) -> None:
    page = desk_of(username, site, browser)
    opened(page, PAGES[username][name])
    assert not (wrong := wrong_with(page, in_every_way=in_every_way)), wrong


def test_axe_is_asked_about_what_stands_in_a_frame_too(site: Site, browser: Browser) -> None:
    page = browser.new_page(base_url=site.url)
    page.goto("/")
    page.locator("main").evaluate(
        "main => { main.innerHTML = `<iframe title='A frame' srcdoc='<img src=x>'></iframe>`; }"
    )
    expect(page.frame_locator("iframe").locator("img")).to_be_attached()
    assert violations(page, rules=["image-alt"]) == [("image-alt", ["iframe img"])]
    page.close()
