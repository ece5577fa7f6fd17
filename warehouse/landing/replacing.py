"""Rows replaced by key: DELETE with a literal list of months, then INSERT.

Months are bound one by one into `month IN (...)`, because DuckLake skips the files of other
months only if the months are values, not if they come from a join.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from core.tables import ARTICLE_CHILDREN, TABLES, Table

if TYPE_CHECKING:
    import duckdb

_WINNERS = "SELECT part, article_id FROM decided WHERE reason IN ('new', 'updated', 'reprocessed')"


def rewrite_articles(
    connection: duckdb.DuckDBPyConnection, staged: Collection[str], keep: Collection[str]
) -> None:
    """Delete the rows of the articles in temporary table `gone` from every article table, then insert the winners'.

    `staged` names the tables with staged rows. In a table of `keep` only articles that leave the
    lake lose their rows.
    """
    months = {
        condition: _fetch_months(connection, f"SELECT DISTINCT month FROM gone WHERE {condition}")
        for condition in ("true", "NOT has_successor")
    }
    all_win = _do_all_win(connection)
    for name in ("articles", *ARTICLE_CHILDREN):
        condition = "NOT has_successor" if name in keep else "true"
        _delete_articles(connection, name, condition, months[condition])
        if name in staged:
            _insert_winners(connection, name, all_win=all_win)


def replace_rows(connection: duckdb.DuckDBPyConnection, table: str, source: str) -> None:
    """Replace the rows with the same keys by those of `source`, a view or temporary table."""
    described = TABLES[table]
    delete_keys(connection, table, source, described.key)
    connection.execute(f"INSERT INTO lake.main.{table} BY NAME SELECT * FROM {source}")


def replace_arrow(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Replace the rows with the same keys by Arrow rows."""
    connection.register("arrow_rows", rows.select(TABLES[table].column_names))
    try:
        replace_rows(connection, table, "arrow_rows")
    finally:
        connection.unregister("arrow_rows")


def replace_row(connection: duckdb.DuckDBPyConnection, table: str, row: Mapping[str, Any]) -> None:
    """Replace the row with the same key by one with the values of every column; of a table without months.

    Values are bound: DuckDB would load Arrow's reader of data sets to look at one Arrow row.
    """
    described = TABLES[table]
    same = " AND ".join(f"{column} = ${column}" for column in described.key)
    connection.execute(
        f"DELETE FROM lake.main.{table} WHERE {same}", {column: row[column] for column in described.key}
    )
    insert_row(connection, table, row)


def insert_row(connection: duckdb.DuckDBPyConnection, table: str, row: Mapping[str, Any]) -> None:
    """Insert a row with the values of every column, whose key the lake does not have yet."""
    described = TABLES[table]
    names = ", ".join(described.column_names)
    marks = ", ".join(f"${column}" for column in described.column_names)
    connection.execute(f"INSERT INTO lake.main.{table} ({names}) VALUES ({marks})", dict(row))


def delete_values(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, values: Sequence[str]
) -> None:
    """Delete the rows whose `column` is one of the values."""
    connection.register("arrow_keys", pa.table({column: pa.array(list(values), pa.string())}))
    try:
        delete_keys(connection, table, "arrow_keys", (column,))
    finally:
        connection.unregister("arrow_keys")


def delete_keys(connection: duckdb.DuckDBPyConnection, table: str, source: str, key: Sequence[str]) -> None:
    """Delete the rows whose key is in `source`; only the months that hold such rows are read."""
    described: Table = TABLES[table]
    same = " AND ".join(f"old.{column} = new.{column}" for column in key)
    held = f"EXISTS (SELECT 1 FROM {source} AS new WHERE {same})"
    months: list[Any] = []
    where = ""
    if described.is_partitioned:
        months = _fetch_months(
            connection, f"SELECT DISTINCT month FROM lake.main.{table} AS old WHERE {held}"
        )
        if not months:
            return
        where = f"month IN ({_marks(months)}) AND "
    connection.execute(f"DELETE FROM lake.main.{table} AS old WHERE {where}{held}", months)


def _delete_articles(
    connection: duckdb.DuckDBPyConnection, table: str, condition: str, months: list[date]
) -> None:
    if months:
        connection.execute(
            f"DELETE FROM lake.main.{table} WHERE month IN ({_marks(months)})"
            f" AND article_id IN (SELECT article_id FROM gone WHERE {condition})",
            months,
        )


def _insert_winners(connection: duckdb.DuckDBPyConnection, table: str, *, all_win: bool) -> None:
    winners = f" SEMI JOIN ({_WINNERS}) AS winner ON staged.part = winner.part AND staged.article_id = winner.article_id"
    connection.execute(
        f"INSERT INTO lake.main.{table} BY NAME SELECT staged.* EXCLUDE (part) FROM staged_{table} AS staged"
        + winners * (not all_win)
    )


def _do_all_win(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether every staged article is written. A part holds one row of an article, and rows of no other article."""
    counts = f"SELECT (SELECT count(*) FROM staged_articles) = (SELECT count(*) FROM ({_WINNERS}))"
    return connection.execute(counts).fetchall() == [(True,)]


def _fetch_months(connection: duckdb.DuckDBPyConnection, query: str) -> list[date]:
    return [row[0] for row in connection.execute(f"{query} ORDER BY ALL").fetchall()]


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
