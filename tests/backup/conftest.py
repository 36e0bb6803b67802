"""Each test has folders of its own: for the site, its journal, and its backups."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def folders_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()
    settings.MEDIA_ROOT = settings.VAR_DIR / "media"
    settings.SITE_JOURNAL = settings.VAR_DIR / "journal.jsonl"


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"
