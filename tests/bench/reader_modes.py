"""Prints what a reader mode shows of each article of the demonstration, beside the article's own text.

    python -m tests.bench.reader_modes node_modules/@mozilla/readability/Readability.js

Mozilla's Readability (npm @mozilla/readability) is what Firefox reads pages with. White space is no difference, and
neither are the numbers of references, which it leaves out with their buttons. It also leaves out a heading that repeats
the title.
"""

import argparse
import os
import re
import tempfile
from pathlib import Path
from urllib.request import urlopen

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

from playwright.sync_api import Page, sync_playwright

from tests import needs
from tests.demo_site import demonstration
from tests.journeys.conftest import CHROMIUM

READ = """source => {
  const own = document.querySelector(".body").cloneNode(true);
  own.querySelectorAll("sup").forEach((number) => number.remove());
  const Readability = new Function("module", source + "; return Readability")({});
  const read = new DOMParser().parseFromString(new Readability(document.cloneNode(true)).parse().content, "text/html");
  return [own, read.body].map((text) => text.textContent.replace(/\\s+/g, ""));
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readability", type=Path, help="path of Readability.js")
    source = parser.parse_args().readability.read_text()
    with tempfile.TemporaryDirectory() as folder, demonstration(Path(folder)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs.chromium(), args=CHROMIUM)
        page = browser.new_context(bypass_csp=True).new_page()
        for address in re.findall(
            r"<loc>([^<]*/articles/[^<]*)</loc>", urlopen(f"{site.url}/sitemap.xml").read().decode()
        ):
            print(f"{address.rstrip('/').rpartition('/')[2]:32} {compared(page, address, source)}")
        browser.close()


def compared(page: Page, address: str, source: str) -> str:
    page.goto(address)
    own, read = page.evaluate(READ, source)
    if own == read:
        return f"the same, {len(own):,} characters"
    first = next((place for place, (one, other) in enumerate(zip(own, read, strict=False)) if one != other), 0)
    return f"differs: {own[first : first + 40]} / {read[first : first + 40]}"


if __name__ == "__main__":
    main()
