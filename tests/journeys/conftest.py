"""What every journey needs: the demonstration, served, and a browser that visits it."""

import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import greenlet
import psutil
import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests import needs
from tests.demo_site import ROOT, Site, own_copy, served, wait_for
from tests.management.serving import PATIENCE
from tests.newsletter.nursery import nursery

HERE = Path(__file__).parent
READING = ("test_accessibility.py", "test_article.py", "test_suggestions.py", "test_weight.py")  # which only read
STUCK = 540  # seconds: a busy machine takes five minutes for the longest journey
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys run one after another in two processes, so that Chromium and the site are started twice and not oftener.

    One that Chromium left without an answer is run once more. One that fails is not.
    """
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.xdist_group("reading" if item.path.name in READING else "desk"))
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun="TargetClosedError"))
            item.add_marker(pytest.mark.timeout(3 * STUCK))  # for both runs, and the site before them


class Chromium:
    """Chromium, started when it is first asked for, and once more where it had to be ended."""

    def __init__(self, playwright: Playwright) -> None:
        self.playwright, self.started = playwright, list[Browser]()

    def running(self) -> Browser:
        if not self.started or not self.started[-1].is_connected():
            path = needs.chromium()
            browser = self.playwright.chromium.launch(executable_path=path, args=CHROMIUM)
            browser.on("context", lambda opened: opened.set_default_timeout(PATIENCE * 1000))
            self.started.append(browser)
        return self.started[-1]

    def close(self) -> None:
        for browser in self.started:
            if browser.is_connected():
                browser.close()

    @staticmethod
    def kill() -> None:
        for process in psutil.Process().children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                if "--remote-debugging-pipe" in process.cmdline():
                    process.kill()


@pytest.fixture(autouse=True)
def chromium_answers(request: pytest.FixtureRequest) -> Iterator[None]:
    """Now and then Chromium stops answering, and most calls of Playwright wait for it without end.

    Then it is said where the test waits, in a greenlet aside where faulthandler does not look; and Chromium is killed,
    which ends the test.
    """
    aside, capture = greenlet.getcurrent(), request.config.pluginmanager.getplugin("capturemanager")

    def end() -> None:
        with capture.global_and_fixture_disabled():
            print(f"{request.node.nodeid} waits:", file=sys.stderr)
            traceback.print_stack(aside.gr_frame)
        Chromium.kill()

    timer = threading.Timer(STUCK, end)
    timer.start()
    yield
    timer.cancel()


@pytest.fixture(scope="session")
def chromium(needs_chromium: None) -> Iterator[Chromium]:
    expect.set_options(timeout=PATIENCE * 1000)  # a busy machine is slow without anything being wrong
    with sync_playwright() as playwright:
        made = Chromium(playwright)
        yield made
        made.close()


@pytest.fixture
def browser(chromium: Chromium) -> Browser:
    return chromium.running()


@pytest.fixture(scope="session")
def site(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, served by the site's own command."""
    with (
        own_copy(shared_folder, tmp_path_factory.mktemp("site")) as found,
        served(found, "manage.py", "serve", "--port", found.port),
    ):
        yield found


SERVER = """
import os
os.dup2(os.open({log!r}, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
from django.core.management import call_command
call_command("runserver", {port!r}, use_reloader=False, skip_checks=True)
"""


@pytest.fixture
def quiet(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration without a clock: the test and not time decides when it looks, by many a command.

    What serves it, and each command, is forked from a process that has the product loaded.
    """
    with own_copy(shared_folder, tmp_path_factory.mktemp("quiet")) as found:
        env = found.env | {"DJANGO_SETTINGS_MODULE": "pain_site.settings", "NEWSLETTER_UNDO": "0"}
        with nursery(ROOT, env) as processes:
            server = processes.start(SERVER.format(log=str(found.log), port=found.port))
            try:
                wait_for(found.url + "/health/ready", lambda: processes.is_alive(server), found.log)
                yield replace(found, processes=processes)
            finally:
                processes.kill(server)


@pytest.fixture
def phone(site: Site, browser: Browser) -> Iterator[Page]:
    """A reader's telephone with scripts switched off; nothing that they visit leaves a cookie on it."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        java_script_enabled=False,
        base_url=site.url,
    )
    yield context.new_page()
    assert context.cookies() == []
    context.close()
