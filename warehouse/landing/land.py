"""Landing, the one write path: staged parts become rows, outcomes and a run in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from core.errors import ContractError
from core.tables import ARTICLE_CHILDREN, TABLES
from warehouse.catalog.extensions import quote
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import find_sql
from warehouse.catalog.transactions import write_transaction
from warehouse.landing.parts import part_files, write_part
from warehouse.landing.replacing import (
    ARTICLE_GROUPING,
    delete_articles,
    delete_values,
    insert_of_winners,
    replace_arrow,
    replace_rows,
)
from warehouse.landing.revisions import stage_changed_words

__all__ = ["LandingReport", "land_parts", "land_rows", "record_run", "write_part"]

_STAGED = ("captures", "articles", *ARTICLE_CHILDREN, "entities", "outcomes", "line_statistics")
_MERGED = ("entities", "line_statistics")


@dataclass(frozen=True, slots=True)
class LandingReport:
    """What a landing did.

    `counts` holds the number of inputs by (outcome, reason), of this landing only: inputs that the
    run had recorded before count nothing. `changed_article_ids` were written (new, updated or
    reprocessed), `deleted_article_ids` are gone; both sorted. `snapshot_id` is the snapshot made.
    """

    run_id: str
    snapshot_id: int
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    changed_article_ids: tuple[str, ...] = ()
    deleted_article_ids: tuple[str, ...] = ()

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

    Of several captures of an article the newest wins; an article that the lake has with the same
    text and metadata is left alone; otherwise its row and children are replaced. With `replace`
    (backfill) every candidate is written anew, and an article whose capture was made anew and came
    out rejected, or as another article, is deleted. Inputs that the run has recorded already are left
    out, so that a part may be landed twice. Tables in `keep` are left as they are: a backfill that does
    not make their rows anew names them. `run` needs no counts: they are taken from `outcomes`.
    `keep` names tables of ARTICLE_CHILDREN that the parts do not hold and that stay as they are
    (`removed_lines` when only the extraction is made anew).
    """

    def work() -> LandingReport:
        before = lake.snapshot_id
        staged = _stage_parts(lake.connection, parts)
        _decide(lake.connection, str(run["run_id"]), replace)
        _write(lake.connection, str(run["run_id"]), staged, keep)
        _record(lake.connection, run, before)
        return _report(lake.connection, str(run["run_id"]))

    return _finish(lake, write_transaction(lake, str(run["run_id"]), work))


def land_rows(
    lake: Lake,
    run: Mapping[str, Any],
    tables: Mapping[str, pa.Table],
    *,
    delete: Mapping[str, Sequence[str]] | None = None,
) -> LandingReport:
    """Replace rows by key in one transaction, as the group step does, and record the run.

    `tables` holds rows by table name; `delete` holds values of the first key column by table name
    (article ids, story ids) whose rows go first.
    """

    def work() -> LandingReport:
        before = lake.snapshot_id
        for name, values in (delete or {}).items():
            delete_values(lake.connection, name, TABLES[name].key[0], values)
        for name, rows in tables.items():
            replace_arrow(lake.connection, name, rows)
        _record(lake.connection, run, before)
        return LandingReport(str(run["run_id"]), -1)

    return _finish(lake, write_transaction(lake, str(run["run_id"]), work))


def record_run(lake: Lake, run: Mapping[str, Any]) -> None:
    """Write the run's row, with its counts taken from `outcomes`; a row of that id is replaced."""
    write_transaction(lake, str(run["run_id"]), lambda: _record(lake.connection, run, None))


def _stage_parts(connection: duckdb.DuckDBPyConnection, parts: Sequence[Path]) -> frozenset[str]:
    """A temporary view staged_<table> over the files of every table, with the column `part`.

    Gives the names of the tables that have any rows.
    """
    for name in _STAGED:
        rows = f"SELECT *, NULL::VARCHAR AS part FROM lake.main.{name} WHERE false"
        if files := part_files(parts, name):
            listed = ", ".join(f"'{quote(str(file))}'" for file in files)
            rows += (
                " UNION ALL BY NAME SELECT * EXCLUDE (filename), parse_path(filename)[-2] AS part"
                f" FROM read_parquet([{listed}], union_by_name = true, filename = true)"
            )
        connection.execute(f"CREATE OR REPLACE TEMP VIEW staged_{name} AS {rows}")
    return frozenset(name for name in _STAGED if part_files(parts, name))


def _decide(connection: duckdb.DuckDBPyConnection, run_id: str, replace: bool) -> None:
    """Temporary tables pending, decided and gone: what is to be written and what is to go."""
    _run(connection, "land_pending", run_id=run_id)
    _run(connection, "land_met", replace=replace)
    _run(connection, "land_existing", **_months_met(connection))
    _run(connection, "land_capture_times")
    _run(connection, "land_decided", run_id=run_id, replace=replace)
    _run(connection, "land_gone", replace=replace)
    twice = _fetch_one(
        connection, "SELECT min(input_ref) FROM pending GROUP BY input_ref HAVING count(*) > 1"
    )
    if twice:
        raise ContractError(f"input {twice} has two outcomes in one run")
    lost = _fetch_one(
        connection,
        "SELECT min(input_ref) FROM pending ANTI JOIN decided USING (input_ref) WHERE outcome = 'accepted'",
    )
    if lost:
        raise ContractError(f"input {lost} was accepted without an article row or without its capture")


def _months_met(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The first and the last month of the articles met: bound as values, they keep other files closed."""
    found = connection.execute("SELECT min(month), max(month) FROM met").fetchall()[0]
    return dict(zip(("first_month", "last_month"), found, strict=True))


def _write(
    connection: duckdb.DuckDBPyConnection, run_id: str, staged: frozenset[str], keep: Collection[str]
) -> None:
    if "articles" in staged:
        stage_changed_words(connection, **_months_met(connection))
        _run(connection, "land_revisions")
    for name in ("articles", *ARTICLE_CHILDREN):
        delete_articles(connection, name, "NOT has_successor" if name in keep else "true")
        if name in staged:
            insert_of_winners(connection, name)
    _detach(connection)
    for name in _MERGED:
        if name in staged:
            _run(connection, f"land_{name}")
            if _fetch_one(connection, f"SELECT count(*) FROM merged_{name}"):
                replace_rows(connection, name, f"merged_{name}")
    if "captures" in staged:
        _land_captures(connection)
    _run(connection, "land_outcomes", run_id=run_id)


def _land_captures(connection: duckdb.DuckDBPyConnection) -> None:
    """Captures that are new, and those of which something else is said by now in the place of the old ones."""
    first_month, last_month = connection.execute(
        "SELECT min(month), max(month) FROM lake.main.captures"
        " WHERE capture_id IN (SELECT capture_id FROM staged_captures)"
    ).fetchall()[0]
    if first_month:
        _run(connection, "land_restated", first_month=first_month, last_month=last_month)
        if _fetch_one(connection, "SELECT count(*) FROM restated_captures"):
            replace_rows(connection, "captures", "restated_captures")
    _run(connection, "land_captures")


def _detach(connection: duckdb.DuckDBPyConnection) -> None:
    """Take articles that are gone, or went to another month, out of duplicates and stories."""
    if not _fetch_one(connection, "SELECT count(*) FROM gone WHERE is_detached"):
        return
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE shrunk_stories AS SELECT DISTINCT story_id FROM lake.main.story_articles"
        " WHERE article_id IN (SELECT article_id FROM gone WHERE is_detached)"
    )
    for name in ARTICLE_GROUPING:
        delete_articles(connection, name, "is_detached")
    connection.execute(
        "DELETE FROM lake.main.duplicates WHERE original_article_id IN"
        " (SELECT article_id FROM gone WHERE NOT has_successor)"
    )
    _run(connection, "land_stories")
    connection.execute(
        "DELETE FROM lake.main.stories WHERE story_id IN (SELECT story_id FROM shrunk_stories)"
        " AND story_id NOT IN (SELECT story_id FROM lake.main.story_articles)"
    )


def _record(connection: duckdb.DuckDBPyConnection, run: Mapping[str, Any], snapshot_id: int | None) -> None:
    inputs, accepted = connection.execute(
        "SELECT count(*), count(*) FILTER (WHERE outcome = 'accepted') FROM lake.main.outcomes WHERE run_id = ?",
        [run["run_id"]],
    ).fetchall()[0]
    row = {**run, "input_count": inputs, "accepted_count": accepted}
    if snapshot_id is not None:
        row["snapshot_id"] = snapshot_id
    replace_arrow(connection, "runs", TABLES["runs"].to_arrow([row]))


def _report(connection: duckdb.DuckDBPyConnection, run_id: str) -> LandingReport:
    counted = connection.execute(
        "SELECT recorded.outcome, recorded.reason, count(*) FROM lake.main.outcomes AS recorded"
        " SEMI JOIN pending USING (input_ref) WHERE recorded.run_id = ? GROUP BY ALL ORDER BY ALL",
        [run_id],
    ).fetchall()
    changed = "SELECT article_id FROM decided WHERE reason IN ('new', 'updated', 'reprocessed') ORDER BY ALL"
    deleted = "SELECT article_id FROM gone WHERE NOT has_successor ORDER BY ALL"
    return LandingReport(
        run_id=run_id,
        snapshot_id=-1,
        counts={(outcome, reason): count for outcome, reason, count in counted},
        changed_article_ids=tuple(row[0] for row in connection.execute(changed).fetchall()),
        deleted_article_ids=tuple(row[0] for row in connection.execute(deleted).fetchall()),
    )


def _finish(lake: Lake, report: LandingReport) -> LandingReport:
    """The report with the snapshot that the commit made."""
    return LandingReport(
        report.run_id,
        lake.snapshot_id,
        report.counts,
        report.changed_article_ids,
        report.deleted_article_ids,
    )


def _run(connection: duckdb.DuckDBPyConnection, command: str, **values: Any) -> None:
    file = find_sql(command, "commands")
    connection.execute(file.text, file.bind(values) or None)


def _fetch_one(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None
