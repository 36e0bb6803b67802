"""Two browsers behind the few things that a reader does, so that one journey is walked in both, without scripts.

The screen is 320 px wide: that of a small phone, and that of 1280 px at a zoom of 400%. Playwright drives Chromium;
Debian's Firefox is driven by Mozilla's own Marionette.
"""

import importlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from playwright.sync_api import Browser, Page

from tests import needs

WIDTH, HEIGHT, ZOOM = 320, 512, 4


class Reader(Protocol):
    """What a reader does; places on a page are XPath, which both browsers know."""

    def open(self, address: str) -> None: ...
    def click(self, place: str) -> None: ...
    def write(self, place: str, words: str) -> None: ...
    def read(self, place: str) -> str: ...
    def measure(self, expression: str) -> Any: ...


class InChromium:
    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str) -> None:
        self.page.goto(address)

    def click(self, place: str) -> None:
        self.page.locator(f"xpath={place}").first.click()

    def write(self, place: str, words: str) -> None:
        self.page.locator(f"xpath={place}").first.fill(words)

    def read(self, place: str) -> str:
        return self.page.locator(f"xpath={place}").first.inner_text()

    def measure(self, expression: str) -> Any:
        return self.page.evaluate(expression)


class InFirefox:
    def __init__(self, marionette: Any) -> None:
        self.marionette = marionette

    def open(self, address: str) -> None:
        self.marionette.navigate(address)
        self._zoom()

    def click(self, place: str) -> None:
        self._shown(place).click()
        self._zoom()

    def write(self, place: str, words: str) -> None:
        self._shown(place).send_keys(words)

    def read(self, place: str) -> str:
        return str(self.marionette.find_element("xpath", place).text)

    def measure(self, expression: str) -> Any:
        return self.marionette.execute_script(f"return {expression}")

    def _zoom(self) -> None:
        """Again on each page: kept for the next is only what somebody zoomed by hand."""
        with self.marionette.using_context("chrome"):
            self.marionette.execute_script(f"ZoomManager.zoom = {ZOOM}")

    def _shown(self, place: str) -> Any:
        return next(one for one in self.marionette.find_elements("xpath", place) if one.is_displayed())


@contextmanager
def chromium(browser: Browser) -> Iterator[Reader]:
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, java_script_enabled=False)
    yield InChromium(context.new_page())
    assert context.cookies() == []
    context.close()


@contextmanager
def firefox(log: str) -> Iterator[Reader]:
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        needs.left_out("Firefox", "apt-get install firefox-esr")
    try:
        driver = importlib.import_module("marionette_driver.marionette")
    except ImportError:
        needs.left_out("The driver of Firefox", "pip install marionette_driver==3.7.1")
    prefs = {"javascript.enabled": False, "browser.zoom.siteSpecific": False}
    marionette = driver.Marionette(bin=program, headless=True, prefs=prefs, gecko_log=log)
    try:
        marionette.start_session()
        marionette.set_window_rect(width=WIDTH * ZOOM, height=HEIGHT * ZOOM)
        marionette.timeout.implicit = 10
        yield InFirefox(marionette)
        assert marionette.get_cookies() == []
    finally:
        marionette.cleanup()
