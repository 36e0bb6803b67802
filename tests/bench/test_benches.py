"""Benches that take a number of articles still run, over a few: they write rows past the press, which knows more.

And every fault in `faults.toml` can still be planted: a line that changes in the product changes there too.
"""

import os
import shutil
import subprocess
import sys

import pytest

from tests.bench import faults


@pytest.mark.parametrize("bench", ["search", "browse", "sweep"])
def test_a_bench_runs_and_prints_its_figures(bench, migrated, tmp_path):
    database = shutil.copy(migrated, tmp_path)
    run = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{bench}", "12"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{database}"},
    )
    assert run.returncode == 0, run.stderr
    assert "queries" in run.stdout


def test_forty_faults_can_be_planted_in_the_product_as_it_is():
    planted = faults.read()
    assert faults.problems(planted) == []
    assert len(planted) >= 40
