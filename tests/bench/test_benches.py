"""Benches that take a number of articles still run, over a few: they write rows past the press, which knows more."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("bench", ["search", "ways_in"])
def test_a_bench_runs_and_prints_its_figures(bench):
    on_sqlite = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    run = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{bench}", "60"], capture_output=True, text=True, check=False, env=on_sqlite
    )
    assert run.returncode == 0, run.stderr
    assert "queries" in run.stdout
