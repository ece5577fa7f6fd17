"""`connect`: pandas, Arrow and time travel for Python and notebooks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from core.errors import ConfigError
from tests.warehouse.conftest import PartFolder, make_rows, make_run
from warehouse import Connection, connect
from warehouse.catalog.open import Lake
from warehouse.landing.land import land_parts


@pytest.fixture(scope="module")
def connection(read_lake: Lake) -> Iterator[Connection]:
    land_parts(read_lake, make_run(), [PartFolder(read_lake)(make_rows("a"), make_rows("b"))])
    with connect(read_lake.location.folder) as opened:
        yield opened


def test_an_answer_is_a_pandas_frame_or_an_arrow_table(connection: Connection) -> None:
    frame = connection.sql("SELECT title, word_count FROM articles").df()
    assert list(frame.columns) == ["title", "word_count"]
    assert len(frame) == 2
    assert connection.sql("FROM figures").to_arrow_table().num_rows == 2
    assert connection.sql("FROM figures").arrow().read_all().num_rows == 2
    assert connection.execute(
        "SELECT count(*) FROM articles WHERE title = ?", ["Boats moved"]
    ).fetchone() == (2,)


def test_it_is_read_only(connection: Connection) -> None:
    with pytest.raises(duckdb.Error, match="read-only"):
        connection.execute("DELETE FROM articles")


def test_times_are_utc(connection: Connection) -> None:
    found = connection.execute("SELECT published_at::VARCHAR FROM articles LIMIT 1").fetchone()
    assert found == ("2024-05-01 00:00:00+00",)


def test_a_connection_as_of_now_keeps_its_picture_while_others_write(lake: Lake, part: PartFolder) -> None:
    land_parts(lake, make_run(), [part(make_rows("a"))])
    with connect(lake.location.folder, as_of="now") as kept, connect(lake.location.folder) as plain:
        assert kept.execute("SELECT count(*) FROM articles").fetchone() == (1,)
        land_parts(lake, make_run(), [part(make_rows("b"))])
        assert kept.execute("SELECT count(*) FROM articles").fetchone() == (1,)
        assert plain.execute("SELECT count(*) FROM articles").fetchone() == (2,)


def test_a_lake_is_seen_as_it_was(lake: Lake, part: PartFolder) -> None:
    first = land_parts(lake, make_run(), [part(make_rows("a"))])
    moment = datetime.now(UTC)
    land_parts(lake, make_run("run-2"), [part(make_rows("b"))])
    for as_of in (first.snapshot_id, str(first.snapshot_id), moment, moment.isoformat()):
        with connect(str(lake.location.folder), as_of=as_of) as then:
            assert then.execute("SELECT count(*) FROM articles").fetchone() == (1,), as_of


def test_a_time_before_the_lake_or_no_time_at_all_is_told(lake: Lake) -> None:
    told = r"does not have this snapshot.*; the first is 0 of 20\d\d-.*Z, the last \d+ of 20\d\d-.*Z\Z"
    for as_of in (datetime.now(UTC) - timedelta(days=9999), 99_999):
        with pytest.raises(ConfigError, match=told):
            connect(lake.location.folder, as_of=as_of)
    with pytest.raises(ConfigError, match="neither a snapshot number nor a time"):
        connect(lake.location.folder, as_of="last tuesday")


def test_a_folder_without_a_lake_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no lake at"):
        connect(tmp_path)


def test_a_script_that_takes_a_frame_gets_no_warning(lake: Lake) -> None:
    code = f"from warehouse import connect\nwith connect({str(lake.location.folder)!r}) as lake:\n    lake.sql('FROM articles').df()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
