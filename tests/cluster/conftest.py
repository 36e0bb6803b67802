"""Nodes of one site: each with a folder of its own, all with one database and one folder for pictures."""

import json
import os
import shutil
import subprocess
import sys
from itertools import count

import pytest

from tests.cluster import servers
from tests.management.serving import GATHER
from tests.newsletter.site import ROOT, Site

# Every process counts its rows from another number, since their names are unique.
BEGIN = """
import django, json
django.setup()
from tests import factories
for one in factories.DjangoModelFactory.__subclasses__():
    one.reset_sequence({number} * 1000, force=True)
said = None
"""
processes = count()


class Node(Site):
    """A machine. `more` is what all machines of its site have in common."""

    def __init__(self, folder, database, more):
        super().__init__(folder, database)
        self.more = more

    def environment(self, relay=None, *, askable=True, **more):
        return super().environment(relay, askable=askable, **{**self.more, **more})

    def does(self, lines, **more):
        """Lines of Python, with the site loaded; what they leave in `said`."""
        script = f"{BEGIN.format(number=next(processes))}{lines}\nprint(json.dumps(said))"
        env = self.environment(**more)
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True
        )
        return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def database():
    with servers.databases() as both:
        yield both


@pytest.fixture(scope="module")
def nodes(database, tmp_path_factory):
    """Makes so many nodes with an empty database."""
    folder = tmp_path_factory.mktemp("nodes")
    more = {"MEDIA_STORAGE": str(folder / "shared")}
    first = Node(folder / "node-1", database[0].url, more)
    first.folder.mkdir()
    first.migrate()
    subprocess.run([sys.executable, "-c", GATHER], cwd=ROOT, env=first.environment(), check=True)
    others = []
    for number in (2, 3):
        other = Node(folder / f"node-{number}", database[0].url, more)
        shutil.copytree(first.folder / "static", other.folder / "static", copy_function=os.link)
        others.append(other)
    return [first, *others]
