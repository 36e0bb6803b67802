"""What comes before anything can be read: an article's HTML and style sheets."""

import re
from urllib.request import urlopen

from playwright.sync_api import Browser

from pain_site.static_files import without_layout
from tests.demo_site import ROOT, Site
from tests.journeys import weight

STYLES = sorted((ROOT / "articles/static/articles").rglob("*.css"))
RULES = """text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  // What holds a variable is kept as it was written.
  return [...sheet.cssRules].map((rule) => rule.cssText.replace(/, /g, ","));
}"""


def test_every_article_and_its_style_are_light(site: Site) -> None:
    sitemap = urlopen(f"{site.url}/sitemap.xml").read().decode()
    addresses = re.findall(r"<loc>([^<]*/articles/[^<]*)</loc>", sitemap)
    assert len(addresses) > 10
    weights = {}
    for address in addresses:
        html = urlopen(address).read()
        assert weight.of_sheets(html, address) > 1000, "it comes without its style"
        whole, words = (weight.of(part, address) for part in (html, weight.DRAWING.sub(b"", html)))
        weights[address] = words, whole - words
    assert {address: words for address, (words, _drawings) in weights.items() if words > weight.LIMIT} == {}
    assert max(drawings for _words, drawings in weights.values()) <= weight.OF_DRAWINGS
    assert any(drawings > 1000 for _words, drawings in weights.values())


def test_a_style_sheet_says_the_same_without_its_layout(browser: Browser) -> None:
    page = browser.new_page()
    for sheet in STYLES:
        written = sheet.read_text()
        served = without_layout(written)
        assert len(served) < len(written)
        assert page.evaluate(RULES, served) == page.evaluate(RULES, written), sheet.name
    page.close()
