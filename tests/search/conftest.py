"""The demonstration's articles, printed through the press as they are, without its pictures."""

import re

import pytest

from articles.demonstration import accounts, loader


@pytest.fixture
def demonstration(tmp_path, monkeypatch, db):
    monkeypatch.setattr(loader, "_pictures", lambda story: iter(()))
    monkeypatch.setattr(loader, "PLACE", re.compile(r"\{\{picture:([a-z0-9-]+)\}\}"))
    monkeypatch.setattr(loader, "_figure", lambda name, story, drawn: "")
    accounts.make(tmp_path / "accounts.txt")
    return loader.load(lambda stories: stories, site_url="https://example.org")
