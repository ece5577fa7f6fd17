"""A user's SQL ends when it has cost what it may, with one line that says so, and the session goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import ConfigError
from core.settings import Settings
from tests.warehouse.conftest import PartFolder, make_rows, make_run
from warehouse.asking.user_limits import LimitError, QueryLimits, page_limits
from warehouse.asking.user_sql import QueryAnswer, open_for_user_sql
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import open_lake
from warehouse.landing.land import land_parts

ENDLESS = [
    "with recursive t(n) as (select 1 union all select n + 1 from t) select count(*) from t",
    "select count(*) from range(1000000000) a, range(1000000000) b",
    "select max(x) from (select random() as x from range(200000000) order by x)",
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, empty_lake: Path) -> LakeLocation:
    folder = tmp_path_factory.mktemp("limits")
    shutil.copytree(empty_lake, folder / "lake")
    place = LakeLocation.at(folder / "lake")
    with open_lake(place) as lake:
        land_parts(lake, make_run(), [PartFolder(lake)(make_rows("a"), make_rows("b"))])
    return place


@pytest.mark.parametrize("sql", ENDLESS)
def test_a_query_without_end_is_stopped_in_one_line_and_the_next_is_answered(
    place: LakeLocation, sql: str
) -> None:
    with open_for_user_sql(place, limits=QueryLimits(seconds=0.5, memory="200MB", spill="100MB")) as session:
        with pytest.raises(LimitError, match=r"\A[^\n]+\Z"):
            session.run(sql).fetch(1)
        assert session.run("select count(*) from articles", seconds=60).fetch(1) == [(2,)]


def test_time_that_the_reader_of_the_answer_takes_is_not_counted(
    place: LakeLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_for_user_sql(place, limits=QueryLimits(seconds=30)) as session:
        answer = session.run("from range(100000)")
        monkeypatch.setattr(
            "warehouse.asking.user_limits.time.monotonic", lambda: 1e9
        )  # an hour passes outside
        assert answer.fetch(1) == [(0,)]


@pytest.mark.parametrize(
    "read", [lambda answer: answer.fetch(5_000), lambda answer: list(answer), lambda answer: answer.arrow()]
)
def test_an_answer_with_too_many_rows_is_refused_and_one_at_the_limit_given(
    place: LakeLocation, read: Callable[[QueryAnswer], object]
) -> None:
    with open_for_user_sql(place, limits=QueryLimits(rows=4_000)) as session:
        with pytest.raises(LimitError, match="more than 4,000 rows"):
            read(session.run("from range(4001)"))
        assert read(session.run("from range(4000)"))


@pytest.mark.parametrize("sql", ["select list(x) from range(80000000) t(x)", ENDLESS[2]])
def test_what_needs_too_much_memory_or_disk_is_told_in_one_line(place: LakeLocation, sql: str) -> None:
    with open_for_user_sql(place, limits=QueryLimits(memory="60MB", spill="20MB")) as session:
        with pytest.raises(LimitError, match=r"\Athe query needs more [^\n]+\Z"):
            session.run(sql).fetch(1)
        assert session.run("select 1").fetch(1) == [(1,)]


def test_the_limits_cannot_be_lifted_by_the_query(place: LakeLocation) -> None:
    with open_for_user_sql(place, limits=page_limits(Settings())) as session:
        for sql in ("set memory_limit = '1TB'", "reset memory_limit", "set max_temp_directory_size = '1TB'"):
            with pytest.raises(ConfigError):
                session.run(sql)


def test_the_command_ends_with_its_line_and_exit_code(place: LakeLocation) -> None:
    command = [
        sys.executable,
        "-c",
        "from cli.main import main; main()",
        "sql",
        "--lake",
        str(place.folder),
        "--timeout",
        "1",
    ]
    done = subprocess.run([*command, ENDLESS[0]], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "copydesk: the query was stopped at its limit of 1 s; ask for less, or allow more time (--timeout)"
    ]


def test_a_single_call_that_cannot_be_interrupted_ends_the_command_as_well(place: LakeLocation) -> None:
    code = (
        "import warehouse.asking.user_limits as limits; limits._GRACE_SECONDS = 0.5\n"
        "from warehouse.asking.user_sql import open_for_user_sql; from warehouse.catalog.location import LakeLocation\n"
        f"place = LakeLocation.at({str(place.folder)!r})\n"
        "with open_for_user_sql(place, limits=limits.QueryLimits(seconds=0.5, ends_process=True)) as session:\n"
        "    session.run(\"select levenshtein(repeat('ab', 200000), repeat('ba', 200001))\").fetch(1)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("copydesk: the query was stopped at its limit of 0.5 s")


def test_no_password_of_a_database_is_in_the_environment_while_a_session_is_open(
    place: LakeLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", "c0rmorant")
    monkeypatch.setenv("PGPASSFILE", "/tmp/pass")
    server = LakeLocation.at("lake", "postgresql://desk@db.example/news")
    with open_for_user_sql(place):
        with open_for_user_sql(place):
            pass
        assert "c0rmorant" not in read_c_environment()
        assert os.environ["PGPASSFILE"] == os.devnull
        assert server.catalog_parameters["password"] == "c0rmorant"
    assert os.environ["PGPASSWORD"] == "c0rmorant"
    assert os.environ["PGPASSFILE"] == "/tmp/pass"


def read_c_environment() -> str:
    """What a library in C, or a child, finds."""
    return subprocess.run(["env"], capture_output=True, text=True, check=True).stdout
