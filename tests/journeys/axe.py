"""axe-core, asked for every rule that it has: WCAG 2.0 to 2.2, A to AAA, best practice and what is experimental."""

from collections import defaultdict
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page

from tests.journeys import looks

AXE = Axe().axe_script
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What may differ between two looks at one page: the rules that read colors (the one that asks for more contrast leaves
# what has too little for AA to the other), and those that read sizes.
COLORS = ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]
AA_COLORS = ["color-contrast", "link-in-text-block"]
SIZES = ["target-size", "scrollable-region-focusable"]
RUN = """async ([part, tags, rules]) => {
  const known = axe.getRules(tags).filter((rule) => !rule.tags.includes("deprecated")).map((rule) => rule.ruleId);
  const runOnly = { type: "rule", values: known.filter((rule) => !rules || rules.includes(rule)) };
  const found = await axe.run(part || document, { runOnly, resultTypes: ["violations"] });
  return found.violations.map((one) => [one.id, one.nodes.map((node) => node.target.join(" "))]);
}"""
Violations = list[tuple[str, list[Any]]]
# The combinations of colors in which axe found nothing wrong, in each scheme.
GOOD: dict[tuple[str, ...], set[str]] = defaultdict(set)


def brought_along(page: Page) -> Page:
    """A page that finds axe wherever it goes, which costs less than to give it to each document."""
    page.add_init_script(AXE)
    return page


def frames(page: Page) -> list[Frame]:
    """Those that are shown: a lazy one that is not has no document yet, and nothing can be asked of it."""
    return [frame for frame in page.frames if not frame.parent_frame or frame.frame_element().is_visible()]


def violations(page: Page, part: str = "", tags: list[str] | None = None, rules: list[str] | None = None) -> Violations:
    """What axe finds on a page or in a part of it (a CSS selector), and in the frames there.

    It asks the rules with one of these tags, or all; of them only those named in `rules`, where it names some.
    """
    for frame in frames(page):
        if not frame.evaluate("window.axe !== undefined"):
            frame.evaluate(AXE)
    return [(rule, targets) for rule, targets in page.evaluate(RUN, [part or None, tags, rules])]


class Viewer:
    """Looks at a page in several ways: by every rule at first and where something new is shown, else by some; or by all
    of them each time.
    """

    def __init__(self, page: Page, tags: list[str] | None = None, *, asks_all: bool = False) -> None:
        self.page, self.tags, self.asks_all = page, tags, asks_all
        self.shows_more = page.evaluate(looks.SHOWN_NOTHING)

    def look(self, rules: list[str], *, scheme: str = "") -> Violations:
        """`scheme` is another than that of the look before. It changes colors alone, so what counts is which of them
        meet: a combination in which axe found nothing wrong is good on every page.
        """
        self.shows_more = self.page.evaluate(looks.SHOWS_MORE) or self.asks_all
        looked = frames(self.page) if scheme else []
        met = {words for frame in looked for words in frame.evaluate(looks.COMBINATIONS)}
        if scheme and not self.shows_more and met <= GOOD[scheme, *rules]:
            return []
        found = violations(self.page, tags=self.tags, rules=None if self.shows_more else rules)
        if not found:
            GOOD[scheme, *rules] |= met
        return found
