"""An article's page as a reader meets it: the first screen, what opens beside a word, paper, and the way to report."""

import re
from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.demo_site import Site
from tests.journeys.pages import PUMPS, went

# The lines of the sentence in which a button stands, and what covers any of them.
COVERED = """button => {
  const block = button.closest("p, li"), card = document.getElementById(button.getAttribute("popovertarget"));
  const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), pieces = [];
  let words = "", place = 0;
  while (walk.nextNode()) {
    if (button.compareDocumentPosition(walk.currentNode) & 2) place = words.length + walk.currentNode.length;
    pieces.push([walk.currentNode, words.length]);
    words += walk.currentNode.data;
  }
  const ends = [...words.matchAll(/[.!?:;]\\s/g)].map((end) => end.index + 1);
  const from = Math.max(0, ...ends.filter((end) => end < place - 1));
  const to = Math.min(words.length, ...ends.filter((end) => end >= place));
  const shown = card.getBoundingClientRect(), over = [];
  const meets = (line) => line.bottom > shown.top + 1 && line.top < shown.bottom - 1
    && line.right > shown.left + 1 && line.left < shown.right - 1;
  for (const [node, start] of pieces) {
    const first = Math.max(0, from - start), last = Math.min(node.length, to - start);
    if (first >= last) continue;
    const range = document.createRange();
    range.setStart(node, first), range.setEnd(node, last);
    if ([...range.getClientRects()].some(meets)) over.push(range.toString());
  }
  return over;
}"""


@pytest.fixture(params=[(390, 844), (1280, 900)], ids=["phone", "desk"])
def article(request: pytest.FixtureRequest, site: Site, browser: Browser) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    went(page, site.url + PUMPS)
    yield page
    context.close()


def test_the_text_begins_within_the_first_screen(site: Site, browser: Browser) -> None:
    """Of every article but those that were corrected, where the correction comes first."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    sitemap = urlopen(f"{site.url}/sitemap.xml").read().decode()
    begin = {}
    for address in re.findall(r"<loc>([^<]*/articles/[^<]*)</loc>", sitemap):
        went(page, address)
        if page.locator(".corrected").count() == 0:
            first = page.locator(".body > p").first
            begin[address] = first.evaluate("one => one.getBoundingClientRect().top + 1.6 * 19")
    page.close()
    assert len(begin) > 8
    assert {address: end for address, end in begin.items() if end > 900} == {}


def test_what_opens_beside_a_word_leaves_its_sentence_in_sight_and_closes(article: Page) -> None:
    buttons = article.locator(".body [popovertarget]")
    assert buttons.count() > 8
    for button in buttons.all():
        button.evaluate("one => one.scrollIntoView({ block: 'center' })")
        button.click()
        card = article.locator(f"#{button.get_attribute('popovertarget')}")
        expect(card).to_be_visible()
        assert button.evaluate(COVERED) == []
        box, view = card.bounding_box(), article.viewport_size
        assert box is not None
        assert view is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= view["width"]
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= view["height"]
        card.get_by_role("button", name="Close").click()
        expect(card).to_be_hidden()


def test_a_word_s_meaning_leads_to_its_own_place_in_the_glossary(article: Page) -> None:
    term = article.locator(".term button").first
    card = article.locator(f"#{term.get_attribute('popovertarget')}")
    term.click()
    card.get_by_role("link").click()
    expect(article.locator(f"[id='{article.url.rpartition('#')[2]}']")).to_be_in_viewport()


def test_a_reference_leads_back_to_the_sentence_that_cites_it(article: Page) -> None:
    article.locator("#ref-1 .back a").first.click()
    expect(article.locator("#r1a")).to_be_in_viewport()


def test_paper_has_the_address_and_the_day(article: Page) -> None:
    article.emulate_media(media="print")
    known = article.locator(".known")
    expect(known.locator(".address")).to_be_visible()
    expect(known.locator(".address")).to_have_text(article.url)
    expect(known).to_contain_text("November 19, 2026")
    for gone in (".known input", ".toc", ".join", ".next", ".poll", ".wrong"):
        expect(article.locator(gone)).to_be_hidden()


def test_a_passage_is_reported_by_keyboard_in_five_stops(article: Page) -> None:
    article.get_by_role("link", name="Report it").click()
    stops = 0
    while not article.evaluate("document.activeElement.matches('input[name=p]')"):
        article.keyboard.press("Tab")
        stops += 1
        assert stops <= 5
        if article.evaluate("document.activeElement.matches('.skip')"):
            article.keyboard.press("Enter")
    for _passage in range(3):
        article.keyboard.press("ArrowDown")
    chosen = article.locator("label.pick", has=article.locator(":checked"))
    expect(chosen).to_have_text("A trial usually comes first.")
