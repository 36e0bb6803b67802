"""Prints what every type of public page weighs, and what two judges say of it. Nothing is asserted.

    python -m tests.bench.pages [--vnu vnu.jar] [--lighthouse node_modules/.bin/lighthouse] [--times 3] [--only NAME]

Bytes are those of the HTML and of its style sheets as a server sends them compressed (gzip, level 6). The Nu HTML
checker (npm vnu-jar) reads the very bytes that came, of forms that were sent too. Lighthouse (npm) opens every page
that an address alone shows, but for answers like 404, which it refuses; those that search engines must not list are
spared its rule that a page should be. Each figure is the median of its runs, as on a slow phone: the four scores, when
the largest part of the first screen is there (LCP, seconds) and how far things move (CLS). A run that it could not
finish is repeated.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

from playwright.sync_api import Browser, Response, sync_playwright

from tests import needs
from tests.demo_site import Site, demonstration
from tests.journeys import weight
from tests.journeys.conftest import CHROMIUM
from tests.journeys.pages import KINDS

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FIGURES = {"LCP": ("largest-contentful-paint", 1000), "CLS": ("cumulative-layout-shift", 1)}


def main() -> None:
    asked = arguments()
    with tempfile.TemporaryDirectory() as folder, demonstration(Path(folder)) as site:
        judges = f"  {'  '.join(CATEGORIES)}{''.join(f'{one:>6}' for one in FIGURES)}" if asked.lighthouse else ""
        limit = f"(an article: at most {weight.LIMIT} bytes)"
        print(f"{'':22} {'HTML':>7} {'CSS':>6} {'both':>7}  requests{judges}  {limit}")
        sources = weigh(site, Path(folder), asked)
        if asked.vnu:
            print(f"\n{check(asked.vnu, sources)}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vnu", help="path of vnu.jar")
    parser.add_argument("--lighthouse", help="path of Lighthouse’s command")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--only", metavar="NAME", help="one type of page")
    return parser.parse_args()


def weigh(site: Site, folder: Path, asked: argparse.Namespace) -> list[Path]:
    """Prints a line per type of page; the files that hold their HTML as it came."""
    sources = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs.chromium(), args=CHROMIUM)
        for name, reach in KINDS.items():
            if asked.only in (None, name):
                response, requests = visit(browser, site, reach)
                sources.append(folder / f"{name.replace(' ', '-').replace(',', '')}.html")
                sources[-1].write_bytes(response.body())
                html, css = weight.compressed(response.body()), weight.of_sheets(response.body(), response.url)
                scores = judged(asked.lighthouse, response, asked.times) if asked.lighthouse else ""
                print(f"{name:22} {html:>7} {css:>6} {html + css:>7}  {requests:>8}{scores}", flush=True)
        browser.close()
    return sources


def visit(browser: Browser, site: Site, reach) -> tuple[Response, int]:  # type: ignore[no-untyped-def]
    """The answer that shows the page, and how many requests a second look at it takes with nothing kept."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    response = reach(site, page)
    response.finished()
    requests = 1 + page.evaluate("performance.getEntriesByType('resource').length")
    return response, requests


def check(jar: str, sources: list[Path]) -> str:
    """What the Nu HTML checker says of all of them, its notes (info) left out."""
    command = ["java", "-Xss4m", "-jar", jar, "--format", "json", "--exit-zero-always", *map(str, sources)]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stderr)["messages"]
    wrong = [one for one in said if one["type"] == "error" or one.get("subType") == "warning"]
    lines = [f"{Path(one['url']).name}:{one.get('lastLine', 0)} {one['type']}: {one['message']}" for one in wrong]
    return "\n".join([*lines, f"Nu HTML checker: {len(sources)} pages, {len(wrong)} errors and warnings"])


def judged(command: str, response: Response, times: int) -> str:
    """Lighthouse's four scores of the page, each the median of so many runs."""
    if response.request.method != "GET" or not response.ok:
        return "  (not for Lighthouse)"
    flags = ["--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}"]
    flags.append("--chrome-flags=--headless --no-sandbox --disable-gpu")
    if b'content="noindex' in response.body() or "noindex" in response.headers.get("x-robots-tag", ""):
        flags.append("--skip-audits=is-crawlable")
    env = {"CHROME_PATH": needs.chromium() or "", **os.environ}
    runs: list[dict] = []
    for _attempt in range(2 * times):
        done = subprocess.run([command, response.url, *flags], capture_output=True, text=True, env=env)
        if done.returncode == 0:
            runs.append(json.loads(done.stdout))
        if len(runs) == times:
            break
    else:
        return f"  (Lighthouse finished {len(runs)} of {times} runs)"
    scores = {one: statistics.median(run["categories"][one]["score"] or 0 for run in runs) for one in CATEGORIES}
    figures = [
        statistics.median(run["audits"][audit]["numericValue"] for run in runs) / unit
        for audit, unit in FIGURES.values()
    ]
    return "".join(f"  {score * 100:>{len(one)}.0f}" for one, score in scores.items()) + "".join(
        f"{one:>6.2f}" for one in figures
    )


if __name__ == "__main__":
    main()
