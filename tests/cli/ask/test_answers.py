"""Answers in every form: whole in files and pipes, JSON that parsers accept, no file that only looks finished."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cli.console import formats
from cli.console.display import print_json
from cli.console.formats import choose_format, write_answer, write_answers
from core.errors import ConfigError
from tests.cli.command import answer, run
from warehouse.asking.user_sql import UserSql, open_for_user_sql
from warehouse.catalog.location import LakeLocation

FAILS_LATE = "SELECT CASE WHEN range = 150000 THEN error('boom') ELSE range END AS n FROM range(300000)"


@pytest.fixture(scope="module")
def session(lake: Path) -> Iterator[UserSql]:
    with open_for_user_sql(LakeLocation.at(lake)) as opened:
        yield opened


def ask_json(session: UserSql, query: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """The answer as a strict reader of JSON takes it: NaN and Infinity are refused."""
    write_answer(session.run(query), "json")
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    return rows


def test_json_has_null_for_what_is_no_finite_number(
    session: UserSql, capsys: pytest.CaptureFixture[str]
) -> None:
    query = "SELECT 1 / 0 AS a, 'nan'::DOUBLE AS b, ['-inf'::FLOAT, 2] AS c"
    assert ask_json(session, query, capsys) == [{"a": None, "b": None, "c": [None, 2.0]}]


def test_json_has_decimals_as_numbers_and_bytes_as_base64(
    session: UserSql, capsys: pytest.CaptureFixture[str]
) -> None:
    query = "SELECT 5 * 1.0 AS a, round(0.123456, 2) AS b, '\\x00\\xFF'::BLOB AS c, MAP {DATE '2026-01-02': 1.5} AS d"
    (row,) = ask_json(session, query, capsys)
    assert row == {"a": 5.0, "b": 0.12, "c": "AP8=", "d": {"2026-01-02": 1.5}}
    assert all(type(row[name]) is float for name in "ab")


def test_an_address_in_markdown_is_a_link_that_leads_there(
    session: UserSql, capsys: pytest.CaptureFixture[str]
) -> None:
    write_answer(
        session.run("select 'https://ash.example/a#:~:text=40_boats' as link, '<b>~</b>' as more"), "markdown"
    )
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == r"| <https://ash.example/a#:~:text=40_boats> | &lt;b&gt;\~&lt;/b&gt; |"


def test_each_statement_has_its_answer_for_people_and_is_refused_in_a_form_that_holds_one(
    session: UserSql, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two = "select 1 as a; select ';' as b;"
    write_answers(session, two, "table")
    assert capsys.readouterr().out.split() == ["a", "─", "1", "b", "─", ";"]
    for form, output in (("csv", None), ("table", tmp_path / "two.txt")):
        with pytest.raises(ConfigError, match="has 2 statements"):
            write_answers(session, two, form, output)
    with pytest.raises(ConfigError, match="can only read"):  # before the first is answered
        write_answers(session, "select 1; drop table articles", "table")
    assert capsys.readouterr().out == "" and not list(tmp_path.iterdir())


def test_columns_of_one_name_are_all_there_in_every_form(
    session: UserSql, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    query = "SELECT 1 AS a, 2 AS a, 3 AS A, 4 AS a_1"
    assert ask_json(session, query, capsys) == [{"a": 1, "a_1": 2, "A_2": 3, "a_1_1": 4}]
    write_answer(session.run(query), "csv")
    assert capsys.readouterr().out == "a,a_1,A_2,a_1_1\n1,2,3,4\n"
    write_answer(session.run(query), "parquet", tmp_path / "a.parquet")
    assert pq.read_table(tmp_path / "a.parquet").to_pylist() == [{"a": 1, "a_1": 2, "A_2": 3, "a_1_1": 4}]


def test_half_a_surrogate_pair_is_printed_as_its_escape(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"id": "a\ud800é"})
    written = capsys.readouterr().out
    assert written == '{"id": "a\\ud800é"}\n'
    assert json.loads(written) == {"id": "a\ud800é"}


def test_pipes_and_files_get_every_row_of_a_table(
    session: UserSql, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_answer(session.run("FROM range(5000)"), "table")
    lines = capsys.readouterr().out.splitlines()
    assert (len(lines), lines[-1].strip()) == (5_002, "4999")
    write_answer(session.run("FROM range(5000)"), "table", tmp_path / "r.txt")
    assert (tmp_path / "r.txt").read_text().splitlines() == lines


def test_a_terminal_gets_the_first_rows_and_is_told_so(
    session: UserSql, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr(formats, "TERMINAL_ROWS", 10)
    write_answer(session.run("FROM range(5000)"), "table")
    written = capsys.readouterr()
    assert len(written.out.splitlines()) == 12
    assert "the first 10 rows" in written.err


def test_columns_stand_below_each_other_whatever_the_alphabet(
    session: UserSql, capsys: pytest.CaptureFixture[str]
) -> None:
    write_answer(session.run("FROM (VALUES ('ferry', 1.5), ('東京', 20)) AS t(word, n)"), "table")
    assert capsys.readouterr().out.splitlines() == [
        "word       n",
        "────────────",
        "ferry    1.5",
        "東京    20.0",
    ]


def test_the_form_is_told_by_the_files_name_or_asked_for() -> None:
    assert choose_format(None, Path("a.MD")) == "markdown"
    assert choose_format(None, Path("answer")) == choose_format(None, None) == "table"
    assert choose_format("csv", Path("a.odt")) == "csv"
    with pytest.raises(ConfigError, match=r"a\.odt.*\.parquet.*--format"):
        choose_format(None, Path("a.odt"))


@pytest.mark.parametrize("form", ["parquet", "csv", "json", "markdown", "table"])
def test_a_query_that_fails_late_leaves_no_file_and_is_what_is_told(
    session: UserSql, tmp_path: Path, form: str
) -> None:
    output = tmp_path / "answer"
    for before in (None, "what was there"):
        if before:
            output.write_text(before)
        with pytest.raises(ConfigError, match=r"\Aboom\Z"):
            write_answer(session.run(FAILS_LATE), form, output)
        assert [path.read_text() for path in tmp_path.iterdir()] == ([before] if before else [])


def test_a_file_that_is_replaced_keeps_its_rights_and_its_link(session: UserSql, tmp_path: Path) -> None:
    (tmp_path / "real.csv").touch(mode=0o600)
    (tmp_path / "link.csv").symlink_to("real.csv")
    write_answer(session.run("SELECT 1 AS n"), "csv", tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "n\n1\n"
    assert (tmp_path / "real.csv").stat().st_mode & 0o777 == 0o600


def test_a_pipe_is_written_to_and_stays_one(session: UserSql, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_answer(session.run("SELECT 1 AS n"), "csv", tmp_path / "pipe")
    assert os.read(reader, 100) == b"n\n1\n"
    os.close(reader)
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("value", ["INTERVAL 1 DAY", "[INTERVAL 1 DAY]", "union_value(k := 1)"])
def test_what_parquet_has_no_form_for_is_named_with_what_to_do(
    session: UserSql, tmp_path: Path, value: str
) -> None:
    with pytest.raises(ConfigError, match=r'no form for column spent of type .*; select "spent"::VARCHAR'):
        write_answer(session.run(f"SELECT 1 AS n, {value} AS spent"), "parquet", tmp_path / "a.parquet")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a.parquet", "a.csv"])
def test_a_folder_that_is_not_there_is_told_by_the_files_own_name(
    session: UserSql, tmp_path: Path, name: str
) -> None:
    output = tmp_path / "none" / name
    with pytest.raises(ConfigError, match=rf"none/{name} cannot be written: No such file or directory\Z"):
        write_answer(session.run("SELECT 1"), choose_format(None, output), output)


def test_a_query_on_standard_input_is_answered_with_or_without_a_dash(lake: Path) -> None:
    for words in (["sql"], ["sql", "-"]):
        assert json.loads(answer(*words, "--json", lake=lake, stdin="SELECT 7 AS n\n")) == [{"n": 7}]
    code, output, error = run("sql", lake=lake, stdin="")
    assert (code, output) == (2, "")
    assert "no SQL was given" in error


@pytest.mark.parametrize("way", ["arrow", "fetch"])
def test_a_failure_that_duckdb_tells_as_an_interruption_is_still_told(
    session: UserSql, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """One in thirty failures on several threads is told so; here each is."""
    answer = session.run(FAILS_LATE)

    def fail(*_: object) -> None:
        raise OSError("INTERRUPT Error: Interrupted!") if way == "arrow" else duckdb.InterruptException("so")

    class Broken:
        read_next_batch = fetchmany = staticmethod(fail)
        schema = pa.schema([(name, pa.int64()) for name in answer.columns])

        def to_arrow_reader(self, _rows: int) -> Broken:
            return self

    monkeypatch.setattr(answer, "result", Broken())
    with pytest.raises(ConfigError, match="boom"):
        list(answer.arrow_batches() if way == "arrow" else answer)
