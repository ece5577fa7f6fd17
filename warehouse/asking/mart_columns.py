"""The meaning of the columns of sql/marts: from the view's header, else from the table that the column comes from."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from core.errors import ContractError
from core.tables import TABLES
from warehouse.catalog.migrations import create_macros, create_statement, list_marts
from warehouse.catalog.sql_files import SqlFile


@dataclass(frozen=True, slots=True)
class MartColumn:
    """A column of a view: its SQL type and what it means."""

    name: str
    type: str
    meaning: str


def describe_marts() -> dict[str, tuple[MartColumn, ...]]:
    """The columns of every view, in order, by its name; needs no lake."""
    marts = list_marts()
    known: dict[str, dict[str, str]] = {
        name: {column.name: column.meaning for column in table.columns} for name, table in TABLES.items()
    }
    described: dict[str, tuple[MartColumn, ...]] = {}
    with duckdb.connect() as connection:
        for table in TABLES.values():
            connection.execute(create_statement(table))
        create_macros(connection)
        for mart in marts:
            connection.execute(f"CREATE VIEW {mart.name} AS {mart.text}")
            rows = connection.execute(f"DESCRIBE {mart.name}").fetchall()
            columns = tuple(MartColumn(name, type_, _explain(mart, name, known)) for name, type_, *_ in rows)
            described[mart.name] = columns
            known[mart.name] = {column.name: column.meaning for column in columns}
    return described


def _explain(mart: SqlFile, column: str, known: dict[str, dict[str, str]]) -> str:
    """The meaning of a view's column. Raises ContractError if neither the header nor a table explains it."""
    if column in mart.columns:
        return mart.columns[column]
    for source in mart.reads:
        if column in known[source]:
            return known[source][column]
    raise ContractError(f"sql/marts/{mart.name}.sql: its header does not explain the column {column}")
