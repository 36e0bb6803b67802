"""What a reader comes for, found on a screen of 320 px without scripts: help for a pain, a medicine's warning, a way to
answer. In Chromium each time, in Firefox by `-m campaign`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.demo_site import Site, text_of
from tests.journeys.engines import WIDTH, Reader, chromium, firefox
from tests.journeys.visitors import link

# What Firefox's driver brings along speaks to Python as it was.
FIREFOX = [pytest.mark.campaign, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture(params=["chromium", pytest.param("firefox", marks=FIREFOX)])
def reader(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Reader]:
    if request.param == "firefox":
        with firefox(str(tmp_path / "firefox.log")) as found:
            yield found
    else:
        browser: Browser = request.getfixturevalue("browser")
        with chromium(browser) as found:
            yield found


def test_a_person_with_sciatica_finds_what_helps(site: Site, reader: Reader) -> None:
    reader.open(site.url + "/search/")
    reader.write("//main//input[@name='q']", "siatica")
    reader.click("//main//form//button")
    arrived(reader, "Showing results for “sciatica”")
    reader.click("//ol[contains(@class, 'hits')]//a[starts-with(@href, '/articles/sciatica/')]")
    arrived(reader, "Sciatica: when a nerve in the back hurts down the leg")
    reader.click("//summary[.='In this article']")
    reader.click("//details//a[contains(., 'What helps')]")
    assert reader.read("//h2[contains(., 'What helps')]/following-sibling::*")
    top = "document.querySelector(':target').getBoundingClientRect().top"
    assert 0 <= reader.measure(top) < 200


def test_somebody_who_was_given_tramadol_reads_its_warning_in_plain_words(site: Site, reader: Reader) -> None:
    reader.open(site.url + "/medicines/")
    reader.click("//main//a[@href='/medicines/tramadol/']")
    arrived(reader, "Tramadol")
    warning = reader.read("//section[@id='warning']")
    assert warning.startswith("Boxed warning")
    assert "Slowed or stopped breathing." in warning


def test_a_passage_is_reported_from_the_article(site: Site, reader: Reader) -> None:
    reader.open(site.url + "/articles/sciatica/")
    reader.click("//a[.='Report it']")
    reader.click("(//label[contains(@class, 'pick')])[3]")
    reader.write("//textarea", "My own doctor told me something else.")
    reader.click("//label[contains(., 'It is hard to understand')]")
    reader.click("//main//button[contains(., 'Send the report')]")
    arrived(reader, "Thank you for telling us")


def test_a_subscriber_is_welcomed(site: Site, reader: Reader, request: pytest.FixtureRequest) -> None:
    address = f"reader.in.{request.node.callspec.params['reader']}@example.org"
    reader.open(site.url + "/articles/sciatica/")
    reader.write("//input[@id='email']", address)
    reader.click("//button[.='Subscribe']")
    arrived(reader, "Check your inbox")
    reader.open(link(text_of(site.newest_mail(address)), "subscribe/confirm"))
    reader.click("//main//button[.='Yes, subscribe me']")
    arrived(reader, "You have successfully subscribed!")


def arrived(reader: Reader, title: str) -> None:
    """On a page of this title, none of which lies beside the screen."""
    assert reader.read("//h1") == title
    screen = "[innerWidth, document.documentElement.scrollWidth - document.documentElement.clientWidth]"
    assert reader.measure(screen) == [WIDTH, 0]
