"""A site with readers, an issue half sent and a picture, and the folder of its backups."""

from pathlib import Path
from typing import Any

import pytest

from articles.mail import journal


@pytest.fixture(autouse=True)
def folders_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()
    settings.MEDIA_ROOT = settings.VAR_DIR / "media"
    settings.SITE_JOURNAL = settings.VAR_DIR / "journal.jsonl"


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def known() -> Any:
    """What the journal has of each kind."""

    def count(what: str) -> int:
        text = journal.path().read_text()
        return text.count(f'"what": "{what}"')

    return count
