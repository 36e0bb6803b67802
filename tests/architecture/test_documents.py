"""The pages for engineers name modules and tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "pain_site" / "deploy"  # its page names the files beside it
PAGES = [*ROOT.glob("pain_site/decisions/*.md"), *DEPLOY.glob("*.md"), *ROOT.glob(".github/*.md")]
NAMED = re.compile(r"`((?:articles|pain_site|tests|\.ci|\.github)/[^`\s]*|[\w.]+\.(?:txt|toml|yaml|md))`")


def test_what_a_page_names_is_there():
    named = [(page.name, name) for page in PAGES for name in NAMED.findall(page.read_text())]
    assert len(named) > len(PAGES)
    assert [(page, name) for page, name in named if not any((root / name).exists() for root in (ROOT, DEPLOY))] == []
