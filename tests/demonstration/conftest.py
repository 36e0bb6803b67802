"""The demonstration as `manage.py demo` loads it, with small pictures; loaded once for all tests of this folder."""

from itertools import count

import pytest
from django.db import transaction
from django.test import override_settings

from articles.demonstration import accounts, loader
from articles.images import drawing
from tests.factories import picture_bytes


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items):
    for item in items:
        if item.nodeid.startswith("tests/demonstration/"):
            item.add_marker(pytest.mark.xdist_group("demonstration"))


@pytest.fixture(scope="package")
def loaded_once(django_db_setup, django_db_blocker, tmp_path_factory):
    """The folder of its files. What the pictures show does not matter here."""
    folder, widths = tmp_path_factory.mktemp("demonstration"), count(641)
    files = {
        "MEDIA_ROOT": folder / "media",
        "EMAIL_BACKEND": "articles.mail.eml_folder.EmlFolder",
        "EMAIL_FILE_PATH": folder / "mail",
    }
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patched, override_settings(**files):
            patched.setattr(drawing, "draw", lambda *args, **kwargs: picture_bytes("PNG", (next(widths), 360)))
            accounts.make(folder / "accounts.txt")
            loader.load(lambda stories: stories, site_url="https://example.org")
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def loaded(loaded_once, db, settings):
    """The folder in which the demonstration's files lie."""
    settings.MEDIA_ROOT = loaded_once / "media"
    return loaded_once
