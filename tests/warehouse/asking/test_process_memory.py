"""The memory of a process has a limit that counts what DuckDB does not count."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.asking.process_memory import find_free_memory

# Each allocates far more than the limit in one call, past DuckDB's own accounts.
GREEDY = [
    "select length(repeat('x', 900000000) || 'y')",
    "select len(range(200000000))",
    "select length(string_agg(repeat('x', 10000000), ',')) from range(100)",
    "select length(printf('%900000000s', 'x') || 'y')",
    "select len(list_resize([1], 300000000, 0))",
]
SESSION = """
import sys
from warehouse.asking.user_limits import LimitError, terminal_limits
from warehouse.asking.user_sql import open_for_user_sql
from warehouse.catalog.location import LakeLocation
with open_for_user_sql(LakeLocation.at(sys.argv[1]), limits=terminal_limits(gigabytes=0.5)) as session:
    for query in sys.argv[2:]:
        try:
            print("answered", session.run(query).fetch(1))
        except LimitError as error:
            print(error)
    print(session.run("select count(*) from articles").fetch(1))
"""


def test_one_call_that_takes_all_memory_is_one_line_and_the_session_goes_on(empty_lake: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SESSION, str(empty_lake), *GREEDY], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    *refused, last = done.stdout.splitlines()
    assert refused == [
        "the query needs more memory than its limit; ask for fewer rows or columns, or sort less"
    ] * len(GREEDY)
    assert last == "[(0,)]"


@pytest.mark.slow  # processes that take all their memory
def test_the_command_says_so_in_one_line_whether_duckdb_or_the_printing_takes_the_memory(
    empty_lake: Path,
) -> None:
    for query in (GREEDY[1], "select repeat('äx', 60000000) from range(3)"):
        command = [sys.executable, "-c", "from cli.main import main; main()", "sql", "--memory", "0.5"]
        done = subprocess.run(
            [*command, "--lake", str(empty_lake), "--json", query],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
        assert "needs more memory than" in done.stderr


@pytest.mark.parametrize(("limit", "used", "free"), [("1000", "400", 600), ("1000", "1200", 0)])
def test_a_container_with_less_memory_than_the_machine_decides(
    tmp_path: Path, limit: str, used: str, free: int
) -> None:
    (tmp_path / "memory.max").write_text(limit)
    (tmp_path / "memory.current").write_text(used)
    assert find_free_memory(tmp_path) == free


@pytest.mark.parametrize("limit", ["max\n", None])
def test_without_a_container_or_its_limit_the_machine_decides(tmp_path: Path, limit: str | None) -> None:
    if limit:
        (tmp_path / "memory.max").write_text(limit)
    assert find_free_memory(tmp_path) > 1_000_000
