"""Landing, the one write path: staged parts become rows, outcomes and a run in one transaction.

sql/landing holds its steps: the numbered files run in order, in one loop (_run_files). Their headers
say what they make, need and give.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from core.errors import ContractError
from core.tables import ARTICLE_CHILDREN, TABLES
from warehouse.catalog.extensions import quote
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import SqlFile, find_sql, numbered_files
from warehouse.catalog.transactions import write_transaction
from warehouse.landing.parts import part_files
from warehouse.landing.replacing import (
    delete_values,
    insert_row,
    replace_arrow,
    replace_row,
    replace_rows,
    rewrite_articles,
)
from warehouse.landing.revisions import stage_changed_words

_STAGED = ("captures", "articles", *ARTICLE_CHILDREN, "entities", "outcomes", "line_statistics")
_READ_OFTEN = ("captures", "outcomes")


@dataclass(frozen=True, slots=True)
class LandingReport:
    """What a landing did.

    `counts` holds the number of inputs by (outcome, reason), of this landing only: inputs that the run had
    recorded before are not counted. `snapshot_id` is the snapshot made.
    """

    snapshot_id: int
    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def input_count(self) -> int:
        """Inputs whose outcome this landing recorded."""
        return sum(self.counts.values())


def land_parts(
    lake: Lake,
    run: Mapping[str, Any],
    parts: Sequence[Path],
    *,
    replace: bool = False,
    keep: Collection[str] = (),
) -> LandingReport:
    """Land the parts of a run in one transaction and record the run as `run` (a row of `runs`).

    Of several captures of an article the newest wins. An article that the lake has with the same text and
    metadata is left alone; otherwise its row and children are replaced. With `replace` (backfill) every
    candidate is written again, and an article is deleted if its capture is now rejected or became another
    article. Inputs that the run has recorded already are skipped, so that a part can be landed twice.
    `run` needs no counts: they are taken from `outcomes`. `keep` names tables of ARTICLE_CHILDREN that the
    parts do not hold and that stay as they are (`removed_lines` when only extraction runs again).
    """

    run_id = str(run["run_id"])

    def work() -> dict[tuple[str, str], int]:
        before = lake.snapshot_id
        staged = _stage_parts(lake.connection, parts)
        after = {
            "changed_texts": lambda: stage_changed_words(lake.connection),
            "gone": lambda: rewrite_articles(lake.connection, staged, keep),
        }
        known = _run_files(lake.connection, {"run_id": run_id, "replace": replace}, after)
        _record(lake.connection, run, (known["input_count"], known["accepted_count"]), before)
        return _count_landed(lake.connection)

    counts = write_transaction(lake, run_id, work)
    return LandingReport(lake.snapshot_id, counts)


def land_rows(
    lake: Lake,
    run: Mapping[str, Any],
    tables: Mapping[str, pa.Table],
    *,
    delete: Mapping[str, Sequence[str]] | None = None,
    check: Callable[[], None] = lambda: None,
) -> LandingReport:
    """Replace rows by key in one transaction, as the group step does, and record the run.

    `tables` holds rows by table name; `delete` holds values of the first key column by table name
    (article ids, story ids) whose rows go first. `check` is called first, within the transaction: what it raises ends it.
    """

    def work() -> None:
        check()
        before = lake.snapshot_id
        for name, values in (delete or {}).items():
            delete_values(lake.connection, name, TABLES[name].key[0], values)
        for name, rows in tables.items():
            replace_arrow(lake.connection, name, rows)
        _record(lake.connection, run, _count_inputs(lake.connection, run), before)

    write_transaction(lake, str(run["run_id"]), work)
    return LandingReport(lake.snapshot_id)


def begin_run(lake: Lake, run: Mapping[str, Any]) -> None:
    """Write the row of a run that begins: its id is new, so nothing of it is looked for."""
    row = TABLES["runs"].to_arrow([run]).to_pylist()[0]
    write_transaction(lake, str(run["run_id"]), lambda: insert_row(lake.connection, "runs", row))


def record_run(lake: Lake, run: Mapping[str, Any]) -> None:
    """Write the run's row, with its counts taken from `outcomes`; a row of that id is replaced."""
    connection = lake.connection
    write_transaction(
        lake, str(run["run_id"]), lambda: _record(connection, run, _count_inputs(connection, run), None)
    )


def _stage_parts(connection: duckdb.DuckDBPyConnection, parts: Sequence[Path]) -> frozenset[str]:
    """Make a temporary view staged_<table> over the files of every table, with the column `part`; small rows that many
    steps read are copied into a temporary table instead.

    Gives the names of the tables that have any rows.
    """
    files = {name: part_files(parts, name) for name in _STAGED}
    for name, found in files.items():
        kind = "TABLE" if name in _READ_OFTEN else "VIEW"
        connection.execute(f"CREATE OR REPLACE TEMP {kind} staged_{name} AS {_select_staged(name, found)}")
    return frozenset(name for name, found in files.items() if found)


def _select_staged(name: str, files: Sequence[Path]) -> str:
    rows = f"SELECT *, NULL::VARCHAR AS part FROM lake.main.{name} WHERE false"
    if not files:
        return rows
    listed = ", ".join(f"'{quote(str(file))}'" for file in files)
    # Outcomes that a dead run left can have the columns of an older release. Other parts are named by a key of the code
    # that made them. With union_by_name each query opens every file once more, to read its columns.
    mixed = str(name == "outcomes").lower()
    # A part is named by its folder. To split the path would take as long for each row as to read it.
    ending = len(f"/{files[0].name}")
    return (
        f"{rows} UNION ALL BY NAME SELECT * EXCLUDE (filename), left(filename, -{ending}) AS part"
        f" FROM read_parquet([{listed}], union_by_name = {mixed}, filename = true)"
    )


def _run_files(
    connection: duckdb.DuckDBPyConnection, values: Mapping[str, Any], after: Mapping[str, Callable[[], None]]
) -> dict[str, Any]:
    """Run the numbered files of sql/landing in order; the values, and what the files gave.

    A file without rows in what it `needs` is skipped. What it `gives` is bound in the files after it; a
    `breach` is raised as ContractError. The rows it makes replace those of the table it `replaces`, by key.
    A file with `each` runs once for every table named there. `after` holds the work that SQL cannot say,
    by the file that it follows.
    """
    known = dict(values)
    for file in numbered_files("landing"):
        if any(_is_empty(connection, name) for name in file.needs):
            continue
        for table in file.each or ("",):
            known |= _run_file(connection, file, {**known, "table": table})
        if file.name in after:
            after[file.name]()
    return known


def _run_file(
    connection: duckdb.DuckDBPyConnection, file: SqlFile, known: Mapping[str, Any]
) -> dict[str, Any]:
    """Run a file with the values that it takes; what it gives."""
    bound = file.bind({p.name: known[p.name] for p in file.parameters})
    answer = connection.execute(file.text, bound or None)
    row = answer.fetchone() if file.gives else None
    given = dict(zip(file.gives, row, strict=True)) if row else {}
    if "breach" in given:
        raise ContractError(given["breach"])
    for table, made in zip(file.replaces, file.makes, strict=False):
        if not _is_empty(connection, made):
            replace_rows(connection, table.format(table=known["table"]), made)
    return given


def _is_empty(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    return connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is None


def _record(
    connection: duckdb.DuckDBPyConnection,
    run: Mapping[str, Any],
    counts: tuple[int, int],
    snapshot_id: int | None,
) -> None:
    row = {**run, "input_count": counts[0], "accepted_count": counts[1]}
    if snapshot_id is not None:
        row["snapshot_id"] = snapshot_id
    replace_row(connection, "runs", TABLES["runs"].to_arrow([row]).to_pylist()[0])


def _count_inputs(connection: duckdb.DuckDBPyConnection, run: Mapping[str, Any]) -> tuple[int, int]:
    """How many inputs of the run have an outcome, and how many of them were accepted."""
    inputs, accepted = _fetch(connection, "run_counts", run_id=run["run_id"])[0]
    return inputs, accepted


def _count_landed(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], int]:
    return {(outcome, reason): count for outcome, reason, count in _fetch(connection, "landed_counts")}


def _fetch(connection: duckdb.DuckDBPyConnection, name: str, **values: Any) -> list[tuple[Any, ...]]:
    file = find_sql(name, "landing")
    return connection.execute(file.text, file.bind(values) or None).fetchall()
