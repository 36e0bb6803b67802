"""An environment in which nothing is wrong."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
GOOD = {"SECRET_KEY": "k" * 20 + "0123456789" * 4, "SITE_URL": "https://example.org"}
