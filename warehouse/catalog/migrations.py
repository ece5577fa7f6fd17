"""The lake's schema: made from core/tables and sql/marts, brought up to date, never downgraded.

Files of sql/migrations, numbered, hold what core/tables cannot express; each runs once.
core/tables is compared with the lake: missing tables and columns are added, comments and views
are refreshed. The highest number is the schema's version; a lake with a higher one is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import duckdb

from core.tables import TABLES, Column, Table
from warehouse.catalog.extensions import quote
from warehouse.catalog.faults import explain_fault
from warehouse.catalog.gate import writer_gate
from warehouse.catalog.schema_version import SQL_FOLDER, check_version, migration_files, newest_version
from warehouse.catalog.sql_files import SqlFile, parse_sql

if TYPE_CHECKING:
    from warehouse.catalog.session import Lake

_TYPES = {
    "string": "VARCHAR",
    "int64": "BIGINT",
    "double": "DOUBLE",
    "bool": "BOOLEAN",
    "binary": "BLOB",
    "date32[day]": "DATE",
    "timestamp[us, tz=UTC]": "TIMESTAMPTZ",
}


# Macros that are in the lake beside the views: any client that attaches it has them.
_MACROS = {
    # The words of a span: offsets are half-open and count code points from 0, SQL's from 1.
    "span_of(body_text, start_char, end_char)": "substr(body_text, start_char + 1, end_char - start_char)",
    # Where a browser finds the article: its address, else its canonical one; null if neither is on the web.
    "web_address(url, canonical_url)": "CASE WHEN regexp_matches(url, '^https?://') THEN url"
    " WHEN regexp_matches(canonical_url, '^https?://') THEN canonical_url END",
    # Words as part of a text fragment, where a hyphen separates parts.
    "fragment_part(words)": "replace(url_encode(words), '-', '%2D')",
    # The address with a text fragment, so that a browser scrolls to the span; null without an address. The three words
    # before the span tell it from the same words elsewhere on the page. Of a long span, which can run over paragraphs,
    # the fragment holds the first and the last words.
    "link_to_words(address, lead_text, span_text)": r"""CASE WHEN address IS NOT NULL THEN concat(
        regexp_replace(address, '#.*$', ''),
        '#:~:text=',
        coalesce(fragment_part(nullif(trim(regexp_extract(lead_text, '(\S+\s+){1,3}$')), '')) || '-,', ''),
        CASE WHEN length(span_text) > 80 OR contains(span_text, chr(10)) THEN concat(
            fragment_part(trim(regexp_extract(span_text, '^(\S+[^\S\n]+){0,3}\S+'))),
            ',',
            fragment_part(trim(regexp_extract(span_text, '\S+([^\S\n]+\S+){0,3}$')))
        ) ELSE fragment_part(span_text) END
    ) END""",
}
# Kept in the catalog, so that every writer uses them. Inlining small writes into the catalog has
# open bugs in this version of DuckLake.
_OPTIONS = {"parquet_compression": "zstd", "data_inlining_row_limit": "0"}


def migrate(lake: Lake) -> bool:
    """Bring the schema up to date; returns whether anything had to be done."""
    if check_version(lake) == (newest_version(), schema_fingerprint()):
        return False
    with writer_gate(lake.location):
        found = check_version(lake)
        try:
            _apply(lake.connection, found[0] if found else 0)
        except duckdb.Error as error:
            raise explain_fault(error, lake.location) from error
    return True


@cache
def schema_fingerprint() -> str:
    """Sixteen hex digits that change with core/tables and with any view or macro."""
    parts = (
        [repr(_OPTIONS), repr(_MACROS)]
        + [repr(table) for table in TABLES.values()]
        + [mart.text for mart in list_marts()]
    )
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:16]


@cache
def list_marts() -> tuple[SqlFile, ...]:
    """The views of sql/marts, each after those it reads."""
    waiting = {path.stem: parse_sql(path) for path in sorted((SQL_FOLDER / "marts").glob("*.sql"))}
    ordered: list[SqlFile] = []
    while waiting:
        ready = [name for name, mart in waiting.items() if not set(mart.reads) & (waiting.keys() - {name})]
        ordered += [waiting.pop(name) for name in ready]
    return tuple(ordered)


def column_type(column: Column) -> str:
    """The SQL type of a column."""
    listed = str(column.type)
    if listed.startswith("list<"):
        return _TYPES[str(column.type.value_type)] + "[]"
    return _TYPES[listed]


def _apply(connection: duckdb.DuckDBPyConnection, version: int) -> None:
    """Add all that is missing, in one transaction."""
    connection.execute("BEGIN")
    try:
        for number, path in migration_files():
            if number > version:
                connection.execute(path.read_text(encoding="utf-8"))
        for option, value in _OPTIONS.items():
            connection.execute(f"CALL lake.set_option('{option}', '{value}')")
        for statement in _sync_statements(connection):
            connection.execute(statement)
        create_macros(connection)
        for mart in list_marts():
            _replace_view(connection, mart)
        connection.execute(
            "INSERT INTO internal.schema_versions VALUES ($version, $fingerprint, now())",
            {"version": newest_version(), "fingerprint": schema_fingerprint()},
        )
        connection.execute("CALL lake.set_commit_message('copydesk', 'schema')")
        connection.execute("COMMIT")
    except duckdb.Error:
        connection.rollback()
        raise


def create_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Define the macros that views use in the connection's database."""
    for head, body in _MACROS.items():
        connection.execute(f"CREATE OR REPLACE MACRO {head} AS {body}")


def _sync_statements(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Statements that give the lake every table and column of core/tables, with comments."""
    found = _read_columns(connection)
    for table in TABLES.values():
        columns = found.get(table.name)
        if columns is None:
            yield create_statement(table)
            if table.is_partitioned:
                yield f"ALTER TABLE {table.name} SET PARTITIONED BY (month)"
            yield f"COMMENT ON TABLE {table.name} IS '{quote('One row per ' + table.grain)}'"
        for column in table.columns:
            if columns is not None and column.name not in columns:
                yield f"ALTER TABLE {table.name} ADD COLUMN {column.name} {column_type(column)}"
            comment = _comment(column)
            if columns is None or columns.get(column.name) != comment:
                yield f"COMMENT ON COLUMN {table.name}.{column.name} IS '{quote(comment)}'"


def _read_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str | None]]:
    rows = connection.execute(
        "SELECT table_name, column_name, comment FROM duckdb_columns()"
        " WHERE database_name = 'lake' AND schema_name = 'main'"
    ).fetchall()
    found: dict[str, dict[str, str | None]] = {}
    for table, column, comment in rows:
        found.setdefault(table, {})[column] = comment
    return found


def create_statement(table: Table) -> str:
    """The SQL that makes a table of core/tables."""
    columns = ", ".join(
        f"{column.name} {column_type(column)}{' NOT NULL' if column.required else ''}"
        for column in table.columns
    )
    return f"CREATE TABLE {table.name} ({columns})"


def _comment(column: Column) -> str:
    """The meaning, with unit and choices if the column has them."""
    unit = f" [{column.unit}]" if column.unit else ""
    choices = f" ({', '.join(column.choices)})" if column.choices else ""
    return column.meaning + unit + choices


def _replace_view(connection: duckdb.DuckDBPyConnection, mart: SqlFile) -> None:
    connection.execute(f"CREATE OR REPLACE VIEW {mart.name} AS {mart.text}")
    connection.execute(f"COMMENT ON VIEW {mart.name} IS '{quote(mart.purpose)}'")
