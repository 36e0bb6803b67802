"""The letter from the first mail to the last: subscribed, built, stopped by a correction, mended, sent, opened, left;
and a safety correction that goes to whoever was sent the error.

The site is served without its clock, which is turned by hand, so that the test and not time decides when it looks.
"""

import json
import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from http.client import HTTPResponse
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.demo_site import Site
from tests.journeys.engines import firefox
from tests.journeys.visitors import ask_for_review, confirm, link, open_dashboard, subscribe, visiting

ARTICLE = "What a boxed warning is, and what it is not"
ADDRESS = "/articles/boxed-warning/"
WRONG, RIGHT = "It does not forbid the medicine.", "It does not forbid its use."
UNSAFE, SAFE = "It says what you", "It tells of a serious risk, and what you"
DEMO_READERS = {"amal@example.org", "rowan@example.org", "teodora@example.org"}
INTRODUCTION = "This week: one box, and what it says."
LEAVER, LATECOMER = "ines.reads@example.org", "late@example.org"


def test_the_letter_reaches_each_reader_once_and_a_correction_whoever_had_the_error(
    quiet: Site, browser: Browser
) -> None:
    join(quiet, browser, LEAVER)
    number = built(quiet)
    scheduled_and_undone(quiet, browser, number)
    assert approved(quiet, browser, number) == "Approved. It goes to 4 subscribers."

    corrected(quiet, browser, WRONG, RIGHT, "factual")
    assert "1 issue under way" in manage(quiet, "clock", "--once")
    assert letters(quiet, ARTICLE) == []
    refused = quiet.manage("send_issue", str(number))
    assert refused.returncode == 1
    assert f"Issue {number} is on hold: “{ARTICLE}” has been corrected" in refused.stderr

    mended = mend(quiet, browser, number)
    assert approved(quiet, browser, mended) == "Approved. It goes to 4 subscribers."
    assert manage(quiet, "send_issue", str(mended)) == f"Issue {mended}: 4 delivered to the mail server.\n"
    manage(quiet, "clock", "--once")
    sent = letters(quiet, ARTICLE)
    assert sorted(mail["To"] for mail in sent) == sorted({*DEMO_READERS, LEAVER})

    own = next(mail for mail in sent if mail["To"] == LEAVER)
    open_letter(quiet, browser, own)
    leave_with_one_click(own)
    join(quiet, browser, LATECOMER)

    corrected(quiet, browser, UNSAFE, SAFE, "safety")
    manage(quiet, "clock", "--once")
    tell(quiet, browser, mended + 1)
    told = letters(quiet, f"Please read: we were wrong about safety in “{ARTICLE}”")
    assert sorted(mail["To"] for mail in told) == sorted(DEMO_READERS)
    for mail in told:
        for words in (UNSAFE, SAFE, "A reader saw it."):
            assert words in plain(mail)


def manage(site: Site, *arguments: str) -> str:
    done = site.manage(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def letters(site: Site, subject: str) -> list[EmailMessage]:
    """Every mail of a subject that went out, as its reader has it."""
    read = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes
    found = [read(path.read_bytes()) for path in (site.var / "mail").glob("*.eml")]
    return [mail for mail in found if mail["Subject"] == subject]


def join(site: Site, browser: Browser, address: str) -> None:
    with visiting(browser, site) as page:
        page.goto(ADDRESS)
        subscribe(page, address)
        manage(site, "clock", "--once")
        body = site.newest_mail(address).get_body(("plain",))
        assert body is not None
        confirm(page, link(body.get_content(), "subscribe/confirm"))
        assert page.context.cookies() == []


def built(site: Site) -> int:
    """The week's letter, which the demonstration drafted: there is one a week, however often it is built."""
    issue = json.loads(manage(site, "build_issue", "--json"))
    assert issue == json.loads(manage(site, "build_issue", "--json")) | {"until": issue["until"]}
    assert issue["state"] == "draft"
    assert [article["title"] for article in issue["articles"]] == [ARTICLE]
    return int(issue["number"])


def scheduled_and_undone(site: Site, browser: Browser, number: int) -> None:
    """What is typed is kept, saved before it is shown, and still there when the approval was undone."""
    with visiting(browser, site, "newsletter") as page:
        to_issue(page, number)
        page.locator("#id_introduction").fill(INTRODUCTION)
        expect(page.locator("[data-autosave]")).to_contain_text("Draft saved")
        page.get_by_role("button", name="Approve…").click()
        expect(page.frame_locator("iframe.phone").get_by_text(INTRODUCTION)).to_be_visible()
        page.get_by_text("Schedule…").click()
        page.get_by_label("Send on").fill("2090-11-30T09:00")
        page.get_by_role("button", name="Choose this time").click()
        expect(
            page.get_by_role("heading", name="Send to 4 subscribers on Thursday, November 30, 2090 at 09:00?")
        ).to_be_visible()
        page.get_by_role("button", name="Approve and schedule").click()
        expect(page.locator(".messagelist")).to_contain_text("on Thursday, November 30, 2090 at 09:00.")
        assert "1 issue under way" in manage(site, "clock", "--once")
        assert letters(site, ARTICLE) == []
        page.get_by_role("button", name="Undo the approval").click()
        expect(page.locator(".messagelist")).to_have_text(
            "The approval was undone. Nothing was sent, and the issue is a draft again."
        )
        expect(page.locator("#id_introduction")).to_have_value(INTRODUCTION)


@pytest.mark.campaign
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # what Firefox's driver brings along
def test_an_approval_is_undone_in_firefox_at_320_pixels_without_script(quiet: Site, tmp_path: Path) -> None:
    number = built(quiet)
    with firefox(str(tmp_path / "firefox.log")) as editor:
        editor.open(quiet.url + "/admin/")
        editor.write("//input[@name='username']", "newsletter")
        editor.write("//input[@name='password']", quiet.password("newsletter"))
        editor.click("//input[@type='submit'] | //button[.='Sign in']")
        editor.open(quiet.url + "/admin/articles/issue/")
        editor.click(f"//table[@id='result_list']//a[.='{number}']")
        editor.write("//textarea[@name='introduction']", INTRODUCTION)
        editor.click("//button[normalize-space()='Approve…']")
        assert editor.read("//h2[@id='question']") == "Send to 3 subscribers now?"
        editor.click("//button[normalize-space()='Approve and send']")
        editor.click("//button[starts-with(normalize-space(), 'Undo the approval')]")
        assert "Nothing was sent" in editor.read("//ul[@class='messagelist']")
        assert editor.read("//textarea[@name='introduction']") == INTRODUCTION
        assert editor.measure("document.documentElement.scrollWidth <= window.innerWidth")
        editor.open(quiet.url + "/robots.txt")
    assert quiet.manage("send_issue", str(number)).returncode == 1
    assert letters(quiet, ARTICLE) == []


def approved(site: Site, browser: Browser, number: int) -> str:
    with visiting(browser, site, "newsletter") as page:
        to_issue(page, number)
        expect(page.locator("#readers")).to_contain_text("4 subscribers as of now.")
        page.get_by_role("button", name="Approve…").click()
        expect(page.get_by_role("heading", name="Send to 4 subscribers now?")).to_be_visible()
        page.get_by_role("button", name="Approve and send").click()
        return page.locator(".messagelist").inner_text().strip()


def to_issue(page: Page, number: int) -> None:
    page.goto("/admin/articles/issue/")
    page.locator("#result_list").get_by_role("link", name=str(number), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(rf"(issue|Correction) {number}"))


def corrected(site: Site, browser: Browser, was: str, now: str, severity: str) -> None:
    """An editor mends the standfirst, a reviewer signs it anew, an editor prints it as a correction."""
    with visiting(browser, site, "editor") as page:
        to_article(page)
        standfirst = page.locator("#id_standfirst")
        standfirst.fill(standfirst.input_value().replace(was, now))
        page.get_by_role("button", name="Save").first.click()
        ask_for_review(page)
    with visiting(browser, site, "reviewer") as page:
        open_dashboard(page)
        page.get_by_role("link", name=ARTICLE).first.click()
        page.get_by_role("button", name="Sign off", exact=True).click()
        expect(page.get_by_text("You signed off on this version.")).to_be_visible()
    with visiting(browser, site, "editor") as page:
        to_article(page)
        page.get_by_role("button", name="Publish as a correction…").click()
        for name, words in {"was": was, "now": now, "why": "A reader saw it."}.items():
            page.locator(f"#{name}").fill(words)
        page.locator("#severity").select_option(severity)
        page.get_by_role("button", name="Publish the correction").click()
        expect(page.get_by_text("as a correction.")).to_be_visible()


def to_article(page: Page) -> None:
    page.goto("/admin/articles/article/?q=boxed")
    page.locator("#result_list").get_by_role("link", name=ARTICLE).click()


def mend(site: Site, browser: Browser, number: int) -> int:
    """The issue says why it stopped; its mended form is the next number."""
    with visiting(browser, site, "newsletter") as page:
        to_issue(page, number)
        expect(page.locator("[data-label]")).to_contain_text("On hold")
        expect(page.locator("#reasons")).to_contain_text(f"“{ARTICLE}” has been corrected")
        expect(page.get_by_role("button", name="Resume")).to_be_disabled()
        page.get_by_role("button", name="Send a corrected issue to the rest").click()
        expect(
            page.get_by_text(f"Issue {number + 1} is the corrected issue for the remaining subscribers.")
        ).to_be_visible()
        return number + 1


def open_letter(site: Site, browser: Browser, mail: EmailMessage) -> None:
    """As a mail program shows it; its link leads to the article as it was corrected."""
    html = mail.get_body(("html",))
    assert html is not None
    with visiting(browser, site) as page:
        page.set_content(html.get_content())
        expect(page.get_by_role("heading", name=ARTICLE)).to_be_visible()
        expect(page.locator("body")).to_contain_text(RIGHT)
        expect(page.locator("body")).to_contain_text(INTRODUCTION)
        page.get_by_role("link", name=ARTICLE).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(ARTICLE)
        expect(page.locator("main")).to_contain_text(RIGHT)


def leave_with_one_click(mail: EmailMessage) -> None:
    """What a mail program sends for its own button (RFC 8058): a post without cookie, answered without redirect."""
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = mail["List-Unsubscribe"].split(",")[0].strip(" <>")
    answer: HTTPResponse = urlopen(Request(address, data=b"List-Unsubscribe=One-Click", method="POST"), timeout=60)
    assert (answer.status, answer.url, answer.headers["Set-Cookie"]) == (200, address, None)
    assert "unsubscribed" in answer.read().decode()


def tell(site: Site, browser: Browser, number: int) -> None:
    """The clock has drafted the mail; before it goes, the page says how many it reaches, then by itself how it went."""
    with visiting(browser, site, "newsletter") as page:
        to_issue(page, number)
        expect(page.locator("#readers")).to_contain_text(
            "3 subscribers who received, or may have received, the article before it was corrected"
        )
        page.get_by_role("button", name="Send to 3 subscribers…").click()
        expect(page.get_by_role("heading", name="Send to 3 subscribers now?")).to_be_visible()
        page.get_by_role("button", name="Approve and send").click()
        expect(page.locator(".messagelist")).to_have_text("Approved. It goes to 3 subscribers.")
        assert manage(site, "send_issue", str(number)) == f"Issue {number}: 3 delivered to the mail server.\n"
        expect(page.locator("#progress")).to_contain_text("3 of 3")


def plain(mail: EmailMessage) -> str:
    """Its plain text on one line."""
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())
