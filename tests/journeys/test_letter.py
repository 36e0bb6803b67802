"""The letter's way: two readers subscribe, an issue is built and approved, stops itself at a correction, is mended for
the rest; one click unsubscribes; and a correction for safety reaches exactly who was sent the error.
"""

import re
import time
from collections.abc import Callable
from email.message import EmailMessage
from typing import TypeVar
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Site
from tests.journeys.test_main_path import visiting

Found = TypeVar("Found")
TITLE = "Physical therapy when everything hurts"
WRONG, RIGHT = "Soreness for a day or two", "Soreness for up to two days"
WEEKLY, CORRECTION = "Read this letter on our pages", "A safety correction"  # words of the two kinds of letter
FIRST, SECOND = "first.of.two@example.org", "second.of.two@example.org"


def test_a_letter_stops_at_a_correction_and_the_correction_reaches_exactly_who_had_the_error(
    site: Site, browser: Browser
) -> None:
    for reader in (FIRST, SECOND):
        subscribed(site, browser, reader)
    made = site.manage("build_issue")
    assert made.returncode == 0, made.stderr
    mended_on_the_desk(site, browser)

    with visiting(browser, site, "newsletter") as chief:
        issue = opened(chief, "Draft")
        chief.get_by_role("button", name="Approve it").click()
        served = waited_for(lambda: letters(site, WEEKLY), "the first letter")
        had_it = next(iter(served))
        corrected(site, browser)
        waited_for(lambda: state(chief, issue) == "Held", "the issue to hold itself")
        expect(chief.locator("#reasons")).to_contain_text("was corrected since")
        assert set(letters(site, WEEKLY)) == {had_it}
        chief.get_by_role("button", name="Mend it for the rest").click()
        chief.get_by_role("link", name=re.compile(r"^Issue \d+$")).last.click()
        chief.get_by_role("button", name="Approve it").click()
        both = waited_for(lambda: found if len(found := letters(site, WEEKLY)) == 2 else None, "the rest")

    [other] = set(both) - {had_it}
    reads_well_and_leads_to_the_article(browser, both[other])
    leaves_with_one_click(both[other])

    with visiting(browser, site, "newsletter") as chief:
        chief.goto("/admin/articles/issue/")
        if (draft := chief.get_by_role("button", name="Draft the mail")).count():
            draft.first.click()
        else:  # the clock was faster
            chief.locator("#result_list").get_by_role("link", name=re.compile("Physical therapy")).first.click()
        chief.get_by_role("button", name="Send it to 1 reader").click()
        told = waited_for(lambda: letters(site, CORRECTION), "the correction")
    assert set(told) == {had_it}
    assert WRONG in text_of(told[had_it])


def subscribed(site: Site, browser: Browser, reader: str) -> None:
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    page.goto("/articles/migraine/")
    page.get_by_label("Your e-mail address").fill(reader)
    page.get_by_role("button", name="Subscribe").click()
    asked = text_of(site.newest_mail(reader))
    page.goto(next(word for word in asked.split() if "/subscribe/confirm/" in word))
    page.get_by_role("button", name="Yes, subscribe me").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have successfully subscribed!")
    assert context.cookies() == []
    context.close()


def mended_on_the_desk(site: Site, browser: Browser) -> None:
    """The article's text put right and signed, not yet printed."""
    with visiting(browser, site, "editor") as page:
        address = article(page)
        expect(page.locator("iframe.cke_wysiwyg_frame")).to_be_visible()
        words = f"CKEDITOR.instances.id_body.getData().replace({WRONG!r}, {RIGHT!r})"
        page.evaluate(f"CKEDITOR.instances.id_body.setData({words})")
        page.wait_for_timeout(500)
        page.get_by_role("button", name="Save").first.click()
        expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
        page.get_by_role("button", name="Ask for review").click()
    with visiting(browser, site, "reviewer") as page:
        page.goto(address)
        page.get_by_role("button", name="Sign this text").click()
        expect(page.get_by_text("You have signed this text.")).to_be_visible()


def corrected(site: Site, browser: Browser) -> None:
    with visiting(browser, site, "editor") as page:
        article(page)
        page.get_by_text("Print as a correction…").click()
        page.locator("#was").fill(WRONG)
        page.locator("#now").fill(RIGHT)
        page.locator("#why").fill("We read our source again.")
        page.locator("#severity").select_option("safety")
        page.get_by_role("button", name="Print the correction").click()
        expect(page.get_by_text("is live as a correction")).to_be_visible()


def article(page: Page) -> str:
    """Opens the article on the desk; its address there."""
    page.goto("/admin/articles/article/?q=Physical+therapy")
    page.get_by_role("link", name=TITLE).first.click()
    return page.url.partition("?")[0]


def opened(page: Page, standing: str) -> str:
    """Opens the newest issue, which stands so; its address."""
    page.goto("/admin/articles/issue/")
    page.locator("#result_list tbody th a").first.click()
    expect(page.locator("[data-standing]")).to_have_text(standing)
    return page.url


def state(page: Page, issue: str) -> str:
    page.goto(issue)
    return page.locator("[data-standing]").inner_text().strip()


def letters(site: Site, said: str) -> dict[str, EmailMessage]:
    """The mails to the two readers whose text says something, by reader; the newest of each."""
    found = {}
    for mail in site.mails():
        if mail["To"] in (FIRST, SECOND) and said in text_of(mail) and mail["List-Id"]:
            found[str(mail["To"])] = mail
    return found


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def waited_for(look: Callable[[], Found | None], what: str) -> Found:
    end = time.monotonic() + 180
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.5)
    raise AssertionError(f"waited in vain for {what}")


def reads_well_and_leads_to_the_article(browser: Browser, mail: EmailMessage) -> None:
    html = mail.get_body(("html",))
    assert html is not None
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_content(html.get_content())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name=re.compile(TITLE)).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    context.close()


def leaves_with_one_click(mail: EmailMessage) -> None:
    """As a mail program does it (RFC 8058): a post without a cookie, to which no redirect answers."""
    address = re.findall(r"<(https?:[^>]+)>", mail["List-Unsubscribe"])[0]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    with urlopen(Request(address, data=b"List-Unsubscribe=One-Click", method="POST"), timeout=30) as answer:
        assert (answer.status, answer.url, answer.headers["Set-Cookie"]) == (200, address, None)
