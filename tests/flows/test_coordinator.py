"""The process that hands out batches stays small: it loads no language library."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "module",
    [
        *("flows.load", "flows.ingest", "flows.work.jobs", "flows.backfill.work"),
        *("tasks.group.duplicates", "tasks.group.stories", "tasks.group.questions", "flows.edits"),
    ],
)
def test_the_coordinator_loads_no_language_library(module: str) -> None:
    script = f"import sys, {module}; print(sorted({{'spacy', 'thinc', 'pint'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
