"""The process that hands out batches stays small: it loads no language library."""

from __future__ import annotations

import json
import subprocess
import sys

MODULES = [
    *("flows.load", "flows.ingest", "flows.work.jobs", "flows.backfill.work"),
    *("tasks.group.duplicates", "tasks.group.stories", "tasks.group.questions", "flows.edits"),
]
SCRIPT = """
import importlib, json, sys
found = {}
for module in sys.argv[1:]:
    importlib.import_module(module)
    found[module] = sorted({"spacy", "thinc", "pint"} & set(sys.modules))
print(json.dumps(found))
"""


def test_the_coordinator_loads_no_language_library() -> None:
    """One process imports them one after the other; the first that has libraries is the one that loads them."""
    command = [sys.executable, "-c", SCRIPT, *MODULES]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {module: [] for module in MODULES}
