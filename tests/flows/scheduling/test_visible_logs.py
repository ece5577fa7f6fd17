"""Prefect's own log lines steer no terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.scheduling.server import local_server

# A flow whose parameters, error and log lines hold what a page could hold, run as Prefect runs ours.
HOSTILE_FLOW = r"""
import logging
from flows.scheduling.prefect_steps import PrefectSteps, run_as_prefect_flow
from prefect.logging import get_run_logger

def read(steps, progress):
    get_run_logger().error("page %s", "tide\u202e\x1b]0;gone\x07")
    logging.getLogger("some.library").warning("path \x9b31m\u2066")
    steps.run("acquire", fail)

def fail():
    raise ValueError("headline \x1b[2J\u202d")

run_as_prefect_flow("load", read)
"""


@pytest.mark.slow
@pytest.mark.servers
@pytest.mark.timeout(600)
def test_nothing_in_the_lines_and_tracebacks_of_a_run_steers_the_terminal(tmp_path: Path) -> None:
    with local_server(tmp_path) as server:
        environment = {**os.environ, **server.environment, "NO_COLOR": "1", "PREFECT_LOGGING_COLORS": "false"}
        done = subprocess.run(
            [sys.executable, "-c", HOSTILE_FLOW], env=environment, capture_output=True, text=True, check=False
        )
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "page tide<U+202E><U+001B>]0;gone<U+0007>" in said
    assert "path <U+009B>31m<U+2066>" in said
    logged = said.rpartition("Traceback (most recent call last)")[0]  # the last is Python's own
    assert "headline <U+001B>[2J<U+202D>" in logged
    assert not [sign for sign in "\x1b\x07\x9b\u202e\u202d\u2066" if sign in logged]
