"""A site for `serve`: empty, with its static files gathered once for all tests of a run."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.newsletter.site import ROOT, Site
from tests.once import once

GATHER = "import django; django.setup(); from articles.management.commands import serve; serve.collect_static()"


@pytest.fixture
def site(migrated, shared_folder, tmp_path):
    def gather(folder):
        env = Site(folder).environment()
        subprocess.run([sys.executable, "-c", GATHER], cwd=ROOT, env=env, check=True)

    made = Site(tmp_path, empty=migrated)
    made.migrate()
    shutil.copytree(once(shared_folder, "static", gather) / "static", tmp_path / "static", copy_function=os.link)
    return made
