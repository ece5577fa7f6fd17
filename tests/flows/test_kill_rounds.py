"""Whatever is struck under a load - a worker, the load, Prefect's server, PostgreSQL, S3 - the next load completes it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.servers, pytest.mark.slow, pytest.mark.timeout(1_800)]

REPOSITORY = Path(__file__).resolve().parents[2]


# Kinds of one process have their inputs made once. A killed load and a killed worker are in the first test, so the verbs
# leave them out; `python -m benchmarks.strain.kill verbs` strikes those as well.
@pytest.mark.parametrize("what", ["worker flow server", "postgres s3"])
def test_loads_that_are_struck_lose_nothing_and_double_nothing(what: str) -> None:
    words = ["--what", *what.split(), "--rounds", "2", "--articles", "20", "--seed", "4"]
    command = [sys.executable, "-m", "benchmarks.strain.kill", "loads", *words]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for kind in what.split():
        assert re.search(
            rf"^{kind}: \d+ rounds, [1-9] loads hit, 0 rounds differ$", done.stdout, re.MULTILINE
        )


@pytest.mark.parametrize(
    ("what", "catalog"),
    [("landing backfill", "sqlite"), ("maintain", "postgres"), ("serve", "sqlite")],
)
def test_verbs_that_are_killed_among_hostile_inputs_are_completed(what: str, catalog: str) -> None:
    words = ["--what", *what.split(), "--catalogs", catalog, "--rounds", "2"]
    command = [sys.executable, "-m", "benchmarks.strain.kill", "verbs", *words]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for verb in what.split():
        counted = rf"^{verb} on {catalog}: \d+ rounds, [1-9]\d* hit, 0 differ "
        assert re.search(counted, done.stdout, re.MULTILINE)


def test_hostile_inputs_have_one_outcome_each_and_cost_the_good_ones_nothing() -> None:
    command = [sys.executable, "-m", "benchmarks.strain.load_hostile", "cost", "--inputs", "270"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "270 inputs, 270 outcomes, 243 of 243 good ones taken" in done.stdout
