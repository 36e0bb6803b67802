"""The demonstration's articles, printed through the press as they are, without its pictures."""

import re

import pytest
from django.db import transaction
from django.test import override_settings

from articles.demonstration import accounts, loader


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker, tmp_path_factory):
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"),
    ):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(loader, "_pictures", lambda story: iter(()))
            patched.setattr(loader, "PLACE", re.compile(r"\{\{picture:([a-z0-9-]+)\}\}"))
            patched.setattr(loader, "_figure", lambda name, story, drawn: "")
            accounts.make(tmp_path_factory.mktemp("demonstration") / "accounts.txt")
            loader.load(lambda stories: stories, site_url="https://example.org")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demonstration(loaded_once, db):
    """What every question of a test is asked about."""
