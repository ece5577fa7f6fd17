"""What we assume of DuckLake and DuckDB. When one of these fails after an upgrade, read design notes
before repairing the test: landing, the gate or the spans rest on it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.conftest import PartFolder, count_rows, make_rows, make_run, snapshot_tables
from warehouse.catalog.attach import attach_session, detach
from warehouse.catalog.faults import is_conflict
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import Lake, open_lake
from warehouse.landing.land import land_parts


@pytest.fixture
def other(location: LakeLocation, lake: Lake) -> Iterator[duckdb.DuckDBPyConnection]:
    """A second writer's session on the same lake, past the gate."""
    connection = attach_session(location, read_only=False)
    yield connection
    detach(connection)


def test_of_two_writers_past_the_gate_the_second_fails_and_may_try_again(
    lake: Lake, other: duckdb.DuckDBPyConnection
) -> None:
    for connection in (lake.connection, other):
        connection.execute("BEGIN")
        connection.execute("UPDATE internal.writer_gate SET n = n + 1")
    lake.connection.execute("COMMIT")
    with pytest.raises(duckdb.TransactionException) as caught:
        other.execute("COMMIT")
    assert is_conflict(caught.value)
    assert lake.execute("SELECT n FROM internal.writer_gate").fetchall() == [(1,)]


def test_a_reader_keeps_its_snapshot_while_a_writer_commits(lake: Lake, part: PartFolder) -> None:
    reader = attach_session(lake.location, read_only=True)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM articles").fetchone() == (0,)
    land_parts(lake, make_run(), [part(make_rows("a"))])
    assert reader.execute("SELECT count(*) FROM mentions").fetchone() == (0,)
    reader.execute("COMMIT")
    assert reader.execute("SELECT count(*) FROM mentions").fetchone() == (1,)
    detach(reader)


def test_a_reader_of_one_snapshot_sees_no_later_delete(lake: Lake, part: PartFolder) -> None:
    """Inside a transaction alone it would: a count that was 1 becomes 0 when somebody else deletes."""
    land_parts(lake, make_run(), [part(make_rows("a"))])
    reader = attach_session(lake.location, read_only=True, as_of="now")
    assert reader.execute("SELECT count(*) FROM mentions").fetchone() == (1,)
    lake.execute("DELETE FROM mentions")
    lake.execute("DELETE FROM articles")
    for _ in range(2):
        assert reader.execute("SELECT count(*) FROM mentions").fetchone() == (1,)
        assert reader.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    detach(reader)
    assert count_rows(lake, "articles") == 0


@pytest.mark.slow  # a process that is killed
def test_a_writer_killed_inside_its_transaction_leaves_the_previous_snapshot(
    lake: Lake, part: PartFolder
) -> None:
    land_parts(lake, make_run(), [part(make_rows("a"))])
    before, snapshot = snapshot_tables(lake), lake.snapshot_id
    folder = part(make_rows("b"))
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from warehouse.landing import land as landing\n"
        "from warehouse.catalog.open import open_lake\n"
        "from warehouse.catalog.location import LakeLocation\n"
        "def run_and_die(room, files=landing.numbered_files):\n"
        "    yield from files(room)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "landing.numbered_files = run_and_die\n"
        f"run = {make_run('run-2', started_at='2024-05-02T00:00:00Z')!r}\n"
        "from datetime import UTC, datetime\n"
        "run['started_at'] = datetime(2024, 5, 2, tzinfo=UTC)\n"
        f"with open_lake(LakeLocation.at({str(lake.location.folder)!r})) as lake:\n"
        f"    landing.land_parts(lake, run, [Path({str(folder)!r})])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, env={**os.environ})
    assert done.returncode == -signal.SIGKILL
    assert lake.snapshot_id == snapshot
    assert snapshot_tables(lake) == before
    report = land_parts(lake, make_run("run-2"), [folder])  # and the gate is free again
    assert report.counts == {("accepted", "new"): 1}


@pytest.mark.parametrize(
    ("text", "start", "end", "surface"),
    [
        ("Café Zoë said 12", 5, 8, "Zoë"),
        ("👩‍🚒 Ida 🎉 came", 4, 7, "Ida"),
        ("e\u0301te\u0301 hot", 6, 9, "hot"),
        ("🇩🇰 Danes", 3, 8, "Danes"),
        ("日本語 text", 0, 3, "日本語"),
        ("a\u200bb c", 4, 5, "c"),
    ],
)
def test_substr_counts_code_points_as_python_does(text: str, start: int, end: int, surface: str) -> None:
    assert text[start:end] == surface
    with closing(duckdb.connect()) as connection:
        found = connection.execute(
            "SELECT substr(?, ? + 1, ? - ?), length(?)", [text, start, end, start, text]
        ).fetchone()
    assert found == (surface, len(text))


def test_an_older_snapshot_stays_readable(lake: Lake, part: PartFolder) -> None:
    first = land_parts(lake, make_run(), [part(make_rows("a"))])
    land_parts(lake, make_run("run-2"), [part(make_rows("b"))])
    with open_lake(lake.location, read_only=True, as_of=first.snapshot_id) as then:
        assert count_rows(then, "articles") == 1
        assert count_rows(then, "outlet_health") == 1
    assert count_rows(lake, "articles") == 2


def test_bound_months_leave_out_the_files_of_other_months(lake: Lake) -> None:
    for month in range(1, 7):
        lake.execute(
            "INSERT INTO sentences VALUES ('a', 1, 0, 5, ?)",
            [date(2024, month, 1)],
        )
    asked = [date(2024, 1, 1), date(2024, 5, 1)]
    plan = lake.execute(
        "EXPLAIN ANALYZE SELECT count(*) FROM sentences WHERE month IN (?, ?)", asked
    ).fetchall()
    assert "Total Files Read: 2" in plan[0][1]
    everything = lake.execute(
        "EXPLAIN ANALYZE SELECT max(article_id) FROM sentences WHERE end_char > 1"
    ).fetchall()
    assert "Total Files Read: 6" in everything[0][1]


def test_temporary_tables_may_be_made_inside_a_transaction_on_the_lake(lake: Lake) -> None:
    lake.execute("BEGIN")
    lake.execute("CREATE TEMP TABLE keys AS SELECT 's' AS story_id")
    lake.execute("INSERT INTO stories SELECT story_id, 't', NULL, NULL, 1, 1, NULL FROM keys")
    lake.execute("COMMIT")
    assert count_rows(lake, "stories") == 1


def test_schema_changes_and_rows_commit_together_or_not_at_all(lake: Lake) -> None:
    lake.execute("BEGIN")
    lake.execute("ALTER TABLE stories ADD COLUMN mood VARCHAR")
    lake.execute("INSERT INTO stories VALUES ('s', 't', NULL, NULL, 1, 1, NULL, 'grave')")
    lake.execute("ROLLBACK")
    columns = lake.execute("SELECT * FROM stories").description
    assert "mood" not in [column[0] for column in columns or ()]


def test_a_view_is_found_under_any_name_of_the_lake(lake: Lake, part: PartFolder) -> None:
    land_parts(lake, make_run(), [part(make_rows("a"))])
    lake.connection.execute("USE memory")
    lake.connection.execute("DETACH lake")
    attach = lake.attach_sql().splitlines()[1].replace(" AS lake ", " AS elsewhere ")
    lake.connection.execute(attach)
    assert lake.connection.execute("SELECT count(*) FROM elsewhere.figure_readings").fetchone() == (1,)
    lake.connection.execute("DETACH elsewhere")


def test_nothing_is_inlined_into_the_catalog_and_files_are_zstd(lake: Lake, part: PartFolder) -> None:
    land_parts(lake, make_run(), [part(make_rows("a"))])
    files = sorted((lake.location.folder / "data" / "main").rglob("*.parquet"))
    assert len(files) >= 10
    codecs = lake.execute(
        "SELECT DISTINCT compression FROM parquet_metadata(?)", [[str(file) for file in files]]
    ).fetchall()
    assert codecs == [("ZSTD",)]


def test_orphans_of_a_killed_writer_are_found(lake: Lake) -> None:
    orphan = lake.location.folder / "data" / "main" / "stories" / "left-behind.parquet"
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(Path(__file__).read_bytes())
    found = lake.execute("CALL ducklake_delete_orphaned_files('lake', dry_run => true, cleanup_all => true)")
    assert [Path(row[0]).name for row in found.fetchall()] == ["left-behind.parquet"]
