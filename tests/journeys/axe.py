"""axe-core, asked for every rule that it has: WCAG 2.0 to 2.2, A to AAA, best practice and what is experimental."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe().axe_script
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async ([part, tags]) => {
  const known = axe.getRules(tags).filter((rule) => !rule.tags.includes("deprecated"));
  const runOnly = { type: "rule", values: known.map((rule) => rule.ruleId) };
  const found = await axe.run(part || document, { runOnly, resultTypes: ["violations"] });
  return found.violations.map((one) => [one.id, one.nodes.map((node) => node.target.join(" "))]);
}"""


def violations(page: Page, part: str = "", tags: list[str] | None = None) -> list[tuple[str, list[Any]]]:
    """What axe finds on a page or in a part of it (a CSS selector), by the rules with these tags, or all of them."""
    if not page.evaluate("window.axe !== undefined"):
        page.evaluate(AXE)
    return [(rule, targets) for rule, targets in page.evaluate(RUN, [part or None, tags])]
