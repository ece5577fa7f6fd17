"""Copydesk's own processes do without pandas, and their answers are the same; they look for garbage more seldom."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import sys
from datetime import UTC, datetime
{first}
import duckdb, pyarrow as pa
day = datetime(2026, 3, 2, tzinfo=UTC)
row = duckdb.connect().execute("SELECT $name || '!', epoch($day)::BIGINT", {{"name": "Tarn", "day": day}}).fetchone()
print(row, pa.array([day]).to_pylist() == [day], "pandas" in sys.modules)
"""
ROW = "('Tarn!', 1772409600) True"


@pytest.mark.parametrize(
    ("first", "has_pandas"),
    [
        ("from core.lean import leave_out_pandas; leave_out_pandas()", False),
        ("import pandas; from core.lean import leave_out_pandas; leave_out_pandas()", True),
    ],
)
def test_values_are_bound_without_pandas_unless_it_is_there_already(first: str, has_pandas: bool) -> None:
    script = SCRIPT.format(first=first)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"{ROW} {has_pandas}"


def test_garbage_is_still_looked_for_only_more_seldom() -> None:
    script = (
        "import gc; before = gc.get_threshold(); from core.lean import collect_seldom; collect_seldom();"
        " print(gc.isenabled(), gc.get_threshold()[0] > before[0], gc.get_threshold()[1:] == before[1:])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True True True"
