"""The views and macros that are defined in a lake, as SQL."""

from __future__ import annotations

import re
from collections import defaultdict

import duckdb

from warehouse.catalog.attach import ALIAS

_NAME = r'(?:"(?:[^"]|"")*"|\w+)'
_CREATE_VIEW = re.compile(
    rf"\ACREATE VIEW (?:IF NOT EXISTS )?{_NAME}(?:\.{_NAME}){{0,2}}\s*(?:\(\s*{_NAME}(?:\s*,\s*{_NAME})*\s*\))?\s*AS\s"
)


class LakeDefinitions:
    """Views and macros by their name in lower case, read again when the lake has changed."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._snapshot: object = None
        self._builtin_views: frozenset[str] = frozenset()
        self._views: dict[str, str] = {}
        self._macros: dict[str, list[str]] = {}
        self._table_macros: dict[str, list[str]] = {}

    def refresh(self) -> None:
        """Read them, unless nothing has landed since."""
        row = self._connection.execute(f"SELECT id FROM {ALIAS}.current_snapshot()").fetchone()
        if row == self._snapshot and row is not None:
            return
        self._read_views()
        self._read_macros()
        self._snapshot = row

    def is_builtin_view(self, name: str) -> bool:
        """Whether DuckDB itself has a view of that name."""
        return name in self._builtin_views

    def view_body(self, name: str) -> str | None:
        """The SELECT of a view of the lake; the whole definition if its SELECT cannot be separated."""
        return self._views.get(name)

    def macro_bodies(self, name: str) -> list[str]:
        """A SELECT of each definition of a macro of the lake."""
        return self._macros.get(name, [])

    def table_macro_bodies(self, name: str) -> list[str]:
        """A SELECT of each definition of a table macro of the lake."""
        return self._table_macros.get(name, [])

    def _read_views(self) -> None:
        rows = self._connection.execute(
            "SELECT database_name, view_name, sql FROM system.main.duckdb_views()"
        ).fetchall()
        self._builtin_views = frozenset(name.lower() for place, name, _ in rows if place != ALIAS)
        self._views = {name.lower(): _CREATE_VIEW.sub("", sql) for place, name, sql in rows if place == ALIAS}

    def _read_macros(self) -> None:
        rows = self._connection.execute(
            "SELECT function_name, function_type, macro_definition FROM system.main.duckdb_functions()"
            f" WHERE database_name = '{ALIAS}' AND macro_definition IS NOT NULL"
        ).fetchall()
        macros, table_macros = defaultdict(list), defaultdict(list)
        for name, kind, body in rows:
            if kind == "table_macro":
                table_macros[name.lower()].append(body)
            else:
                macros[name.lower()].append(f"SELECT {body}")
        self._macros, self._table_macros = dict(macros), dict(table_macros)
