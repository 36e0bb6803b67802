"""The demonstration as `manage.py demo` loads it, with small pictures."""

import pytest

from articles.demonstration import accounts, loader


@pytest.fixture
def demonstration(tmp_path, monkeypatch, settings):
    """Loads it. What the pictures show does not matter here."""
    from articles.images import drawing
    from tests.factories import picture_bytes

    numbers = iter(range(1, 1000))
    monkeypatch.setattr(
        drawing, "draw", lambda *args, **kwargs: picture_bytes("PNG", (640 + next(numbers), 360)), raising=True
    )
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "articles.newsletter.sending.EmlFolder", tmp_path / "mail"

    def load():
        accounts.make(tmp_path / "accounts.txt")
        return loader.load(lambda stories: stories, site_url="https://example.org")

    return load


@pytest.fixture
def loaded(demonstration):
    return demonstration()
