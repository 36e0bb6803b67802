"""A site for `serve`."""

import pytest

from tests.management.serving import empty_site


@pytest.fixture
def site(migrated, shared_folder, tmp_path):
    return empty_site(tmp_path, migrated, shared_folder)
