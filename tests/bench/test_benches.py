"""Benches that take a number of articles still run, over a few: they write rows past the press, which knows more."""

import os
import shutil
import subprocess
import sys

import pytest


@pytest.mark.parametrize("bench", ["search", "ways_in"])
def test_a_bench_runs_and_prints_its_figures(bench, migrated, tmp_path):
    database = shutil.copy(migrated, tmp_path)
    run = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{bench}", "30"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{database}"},
    )
    assert run.returncode == 0, run.stderr
    assert "queries" in run.stdout
