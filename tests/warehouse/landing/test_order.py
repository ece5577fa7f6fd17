"""The files of sql/landing tell a story that holds: nothing is read before it is made, and headers say what SQL does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from core.tables import TABLES
from warehouse.catalog.schema_version import SQL_FOLDER
from warehouse.catalog.sql_files import ASKED_FOLDERS, SqlFile, find_sql, numbered_files, parse_sql

FILES = numbered_files("landing")
STAGED = {f"staged_{name}" for name in TABLES}
GIVEN = {"run_id", "replace"}
_NAMED = re.compile(r"\b((?<!DISTINCT )FROM|JOIN|INTO|UPDATE)\s+(?:lake\.main\.)?(\w+)")
_DELETED = re.compile(r"\bDELETE FROM lake\.main\.(\w+)")
_OF_EACH = "query_table"
_LOCAL = re.compile(r"(?:\bWITH|,)\s+(\w+) AS \(")
_MADE = re.compile(r"\bTEMP TABLE (\w+) AS\b")
_BY_PYTHON = {"changed_words"}  # warehouse/landing/revisions.py makes it of the file's answer
_WRITTEN_BY_PYTHON = {"gone"}  # warehouse/landing/replacing.py rewrites the articles after it


def find_faults(files: Sequence[SqlFile]) -> list[str]:
    """What a file takes that no file before it makes or gives, or that may have been skipped."""
    made: dict[str, tuple[str, ...]] = {}
    given: dict[str, tuple[str, ...]] = {name: () for name in GIVEN}
    faults = []
    for file in files:
        known = {*TABLES, *STAGED, *made}
        faults += [f"{file.name} takes {name}" for name in {*file.reads, *file.needs} - known]
        bound = {*given, "table"} if file.each else given.keys()
        faults += [f"{file.name} binds {p.name}" for p in file.parameters if p.name not in bound]
        for name in file.reads:
            if not set(made.get(name, ())) <= set(file.needs):
                faults.append(f"{file.name} reads {name} even when that was skipped")
        for name in (p.name for p in file.parameters):
            if not set(given.get(name, ())) <= set(file.needs):
                faults.append(f"{file.name} binds {name} even when that was skipped")
        made |= {name: file.needs for name in file.makes}
        given |= {name: file.needs for name in file.gives}
    return faults


def strip_header(file: SqlFile) -> str:
    return "\n".join(line for line in file.text.splitlines() if not line.startswith("--"))


def find_reads(sql: str) -> set[str]:
    """The tables that a statement reads: those of FROM and JOIN that it neither names itself nor writes to."""
    deleted = _DELETED.sub("", sql)
    named = {name for word, name in _NAMED.findall(deleted) if word in ("FROM", "JOIN")}
    return named - set(_LOCAL.findall(sql)) - {_OF_EACH}


def find_writes(sql: str) -> set[str]:
    return {name for word, name in _NAMED.findall(sql) if word in ("INTO", "UPDATE")} | set(
        _DELETED.findall(sql)
    )


def test_each_temporary_table_is_made_before_it_is_read() -> None:
    assert find_faults(FILES) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda files: files[::-1], "outcomes takes recorded"),
        (lambda files: [file for file in files if file.name != "existing"], "capture_times takes existing"),
        (lambda files: [file for file in files if file.name != "months_met"], "existing binds first_month"),
        (
            lambda files: [replace(file, needs=()) if file.name == "revisions" else file for file in files],
            "revisions reads changed_words even when that was skipped",
        ),
    ],
    ids=["backwards", "a table is missing", "a value is missing", "a table of an earlier landing"],
)
def test_a_wrong_order_is_seen(change: object, fault: str) -> None:
    assert fault in find_faults(change(list(FILES)))  # type: ignore[operator]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_header_says_what_its_statement_reads_makes_and_writes(file: SqlFile) -> None:
    sql = strip_header(file)
    assert set(file.reads) == find_reads(sql) | set(file.each)
    assert {name.format(table=each) for name in file.replaces for each in file.each or ("",)} <= set(TABLES)
    assert set(file.makes) - _BY_PYTHON == set(_MADE.findall(sql))
    assert find_writes(sql) == (set() if file.name in _WRITTEN_BY_PYTHON else set(file.writes))
    assert {p.name for p in file.parameters} == set(re.findall(r"\$(\w+)", sql))


def test_what_is_read_and_written_is_found_in_sql() -> None:
    sql = "WITH a AS (SELECT 1 FROM pending), b AS (SELECT 2 FROM a) SELECT * FROM b JOIN lake.main.runs USING (x)"
    assert find_reads(sql) == {"pending", "runs"}
    assert find_reads("DELETE FROM lake.main.stories WHERE id IN (SELECT id FROM gone)") == {"gone"}
    assert find_writes("DELETE FROM lake.main.stories WHERE id IN (SELECT id FROM gone)") == {"stories"}
    assert find_writes("INSERT INTO lake.main.runs BY NAME SELECT 1") == {"runs"}


def test_the_numbers_have_no_gap_and_count_in_no_name() -> None:
    names = sorted(path.name for path in (SQL_FOLDER / "landing").glob("[0-9]*.sql"))
    assert [int(name[:2]) for name in names] == list(range(1, len(names) + 1))
    assert [file.name for file in FILES] == [name[3:-4] for name in names]
    assert find_sql("decided", "landing").text == FILES[6].text


def test_a_name_is_found_in_one_folder_only() -> None:
    names = Counter(
        parse_sql(path).name for folder in ASKED_FOLDERS for path in (SQL_FOLDER / folder).glob("*.sql")
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_every_folder_of_sql_is_known() -> None:
    folders = {path.parent.name for path in SQL_FOLDER.rglob("*.sql")}
    assert folders == {*ASKED_FOLDERS, "landing", "checks", "marts", "migrations"}


def test_a_number_alone_is_no_prefix(tmp_path: Path) -> None:
    header = "-- purpose: x\n-- grain: x\n-- key: none\n-- reads: none\nSELECT 1"
    for name, found in {"12_two.sql": "two", "2024.sql": "2024", "two_12.sql": "two_12"}.items():
        (tmp_path / name).write_text(header)
        assert parse_sql(tmp_path / name).name == found
