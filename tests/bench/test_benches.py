"""Benches that take a number of articles still run, over a few: they write rows past the press, which knows more.

And every fault in `faults.toml` can still be planted: a line that changes in the product changes there too.
"""

import os
import shutil

import pytest

from tests.bench import faults
from tests.newsletter.nursery import nursery
from tests.newsletter.site import ROOT

RUN = """
import sys
from tests.bench import {bench}, search
{bench}.TIMES = search.TIMES = 1  # a figure of one measurement is a figure
with open({out!r}, "w") as sys.stdout:
    {bench}.main(12)
"""


@pytest.fixture(scope="module")
def site(migrated, tmp_path_factory):
    """Where its database lies, and a process with the product loaded."""
    database = tmp_path_factory.mktemp("bench") / "site.sqlite3"
    with nursery(ROOT, {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}) as processes:
        yield database, processes


@pytest.mark.xdist_group("benches")
@pytest.mark.parametrize("bench", ["search", "browse", "sweep"])
def test_a_bench_runs_and_prints_its_figures(bench, site, migrated, tmp_path):
    database, processes = site
    for left in database.parent.glob("site.sqlite3*"):
        left.unlink()
    shutil.copy(migrated, database)
    out = tmp_path / "out"
    processes.run(RUN.format(out=str(out), bench=bench))
    assert "queries" in out.read_text()


def test_forty_faults_can_be_planted_in_the_product_as_it_is():
    planted = faults.read()
    assert faults.problems(planted) == []
    assert len(planted) >= 40
