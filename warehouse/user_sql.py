"""SQL given by a user: it reads the lake's tables and can do nothing else.

Three fences, each enough for most attacks: the lake is attached READ_ONLY; DuckDB itself is told to
touch no file outside the lake's data, to load nothing and to change no setting; and, because the
catalog's extension opens files past DuckDB's own checks, only SELECT statements (and EXPLAIN of
them) are run, and of the table functions only those that read no file and no other database.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any

import duckdb

from core.errors import ConfigError, CopydeskError
from warehouse.attach import attach_session, detach
from warehouse.extensions import quote
from warehouse.location import LakeLocation
from warehouse.schema import check_readable
from warehouse.session import Lake
from warehouse.user_faults import READ_ONLY_HINT, explained

if TYPE_CHECKING:
    import pyarrow as pa

    from core.settings import Settings

# Table functions that read neither files nor other databases, and change nothing.
_ALLOWED_FUNCTIONS = frozenset(
    [
        "range",
        "generate_series",
        "unnest",
        "repeat",
        "repeat_row",
        "json_each",
        "json_tree",
        "histogram",
        "histogram_values",
        "summary",
        "duckdb_columns",
        "duckdb_constraints",
        "duckdb_functions",
        "duckdb_keywords",
        "duckdb_schemas",
        "duckdb_tables",
        "duckdb_types",
        "duckdb_views",
        "pragma_table_info",
        "pragma_version",
        "snapshots",
        "current_snapshot",
        "table_changes",
        "table_deletions",
        "table_insertions",
        "table_info",
    ]
)
# DuckDB's own views of what is attached: they tell where the catalog lies.
_HIDDEN_VIEWS = frozenset(["duckdb_databases", "pragma_database_list"])
_OPTION = r"(?:analyze|format\s+\w+)"
_COMMENT = r"(?:--[^\r\n]*[\r\n]|/\*(?:(?!/\*|\*/)(?s:.))*\*/)"
_EXPLAIN = re.compile(
    rf"(?i)\A(?:\s|{_COMMENT})*(explain\b(?:\s+analyze\b)?(?:\s*\(\s*{_OPTION}(?:\s*,\s*{_OPTION})*\s*\))?)"
)
_PIVOT = re.compile(r"(?i)\bpivot\b")
_PIVOT_HINT = "PIVOT needs its values here: PIVOT articles ON outlet IN ('a', 'b') USING count(*)"


class Answer:
    """The result of a user's SQL, read once: `columns`, no two of one name, with their types, then the rows.

    Reading raises KeyboardInterrupt when the query is stopped by Ctrl-C.
    """

    def __init__(
        self, result: duckdb.DuckDBPyConnection, location: LakeLocation, again: Callable[[], object]
    ) -> None:
        self._result = result
        self._explained = partial(explained, result, location, again)
        self.columns: tuple[str, ...] = _make_unique(column[0] for column in result.description or ())
        self.types: tuple[str, ...] = tuple(str(column[1]) for column in result.description or ())

    def fetch(self, count: int) -> list[tuple[Any, ...]]:
        """At most `count` further rows as Python values."""
        with self._explained():
            return self._result.fetchmany(count)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """The rows, one after the other, in flat memory."""
        while rows := self.fetch(2_048):
            yield from rows

    def arrow_batches(self, rows: int = 100_000) -> pa.RecordBatchReader:
        """The rows as a stream of Arrow batches, to write them out in flat memory."""
        import pyarrow as pa

        with self._explained():
            reader = self._result.to_arrow_reader(rows)
        schema = pa.schema(
            [field.with_name(name) for field, name in zip(reader.schema, self.columns, strict=True)]
        )
        return pa.RecordBatchReader.from_batches(schema, self._read_batches(reader, schema))

    def arrow(self) -> pa.Table:
        """All rows as one Arrow table."""
        return self.arrow_batches().read_all()

    def _read_batches(self, reader: pa.RecordBatchReader, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        while True:
            with self._explained():
                try:
                    batch = reader.read_next_batch()
                except StopIteration:
                    return
            yield pa.RecordBatch.from_arrays(batch.columns, schema=schema)


def _make_unique(names: Iterable[str]) -> tuple[str, ...]:
    """The names, each further one of a name with a number, as DuckDB's `.df()` has them: a, a_1, A_2."""
    counts: dict[str, int] = {}
    made = []
    for name in names:
        unique = name
        while unique.lower() in counts:
            unique = f"{name}_{counts[name.lower()]}"
            counts[name.lower()] += 1
        counts[unique.lower()] = 1
        made.append(unique)
    return tuple(made)


class UserSql:
    """A session for a user's SQL. Close it, or use it as a context."""

    LIST_TABLES = (
        "SELECT table_name FROM duckdb_columns() WHERE database_name = 'lake' AND schema_name = 'main'"
        " GROUP BY ALL ORDER BY ALL"
    )

    def __init__(self, connection: duckdb.DuckDBPyConnection, location: LakeLocation) -> None:
        self._connection = connection
        self._location = location

    def run(self, sql: str, values: Mapping[str, Any] | Sequence[Any] | None = None) -> Answer:
        """The answer of the last statement of `sql`; ConfigError says what is wrong with it."""
        sql = self._check(sql)

        def drain() -> None:
            result = self._connection.execute(sql, values)
            while result.fetchmany(10_000):
                pass

        with explained(self._connection, self._location, drain):
            return Answer(self._connection.execute(sql, values), self._location, drain)

    def words(self) -> list[str]:
        """Names of tables, columns and functions, sorted, for completion in a shell."""
        rows = self._connection.execute(
            "SELECT table_name FROM duckdb_columns() WHERE database_name = 'lake' AND schema_name = 'main'"
            " UNION SELECT column_name FROM duckdb_columns() WHERE database_name = 'lake'"
            " UNION SELECT function_name FROM duckdb_functions() WHERE function_type IN ('scalar', 'aggregate')"
        ).fetchall()
        return sorted(row[0] for row in rows if re.fullmatch(r"\w+", row[0]))

    def interrupt(self) -> None:
        """Stop what still runs: a query in another thread, or one whose answer is no longer wanted."""
        self._connection.interrupt()

    def close(self) -> None:
        """Detach, then close."""
        detach(self._connection)

    def __enter__(self) -> UserSql:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.interrupt()
        self.close()

    def _check(self, sql: str) -> str:
        """The SQL to run; ConfigError unless every statement only reads the lake."""
        if "\x00" in sql:
            raise ConfigError("SQL holds a null character")
        found = _EXPLAIN.match(sql)
        checked = sql[found.end() :] if found else sql
        # quoted, not bound: to bind a value DuckDB imports pandas, which costs half a second
        row = self._connection.execute(f"SELECT json_serialize_sql('{quote(checked)}')").fetchone()
        assert row is not None
        parsed = json.loads(row[0])
        if parsed["error"]:
            if parsed["error_type"] == "parser":
                raise ConfigError(f"SQL is not understood: {parsed['error_message']}")
            raise ConfigError(_PIVOT_HINT if _PIVOT.search(checked) else READ_ONLY_HINT)
        if not parsed["statements"]:
            raise ConfigError("no SQL was given")
        if found and len(parsed["statements"]) > 1:
            raise ConfigError("EXPLAIN takes one statement")
        for node in _walk(parsed["statements"]):
            _check_node(node)
        # of an EXPLAIN runs what was checked, whatever stood before it
        return f"{found[1]} {checked}" if found else sql


def open_for_user_sql(settings: Settings | LakeLocation, *, as_of: int | datetime | None = None) -> UserSql:
    """A session in which a user's SQL reads the lake (as it was at `as_of`), and cannot do anything else.

    Raises what `open_lake` raises for a reader.
    """
    location = settings if isinstance(settings, LakeLocation) else LakeLocation.of(settings)
    connection = attach_session(location, read_only=True, as_of=as_of)
    try:
        check_readable(Lake(location, connection, read_only=True))
        connection.execute(f"SET allowed_directories = ['{quote(location.data_path)}']")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    except (duckdb.Error, CopydeskError):
        detach(connection)
        raise
    return UserSql(connection, location)


def _walk(root: Any) -> Iterator[dict[str, Any]]:
    """Every object of a parsed statement, without recursion: a hostile query nests deeply."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _check_node(node: dict[str, Any]) -> None:
    if node.get("type") == "TABLE_FUNCTION":
        name = str(node["function"].get("function_name", "")).lower()
        if name.removeprefix("ducklake_") not in _ALLOWED_FUNCTIONS:
            raise ConfigError(f"table function {name} is not allowed here; {READ_ONLY_HINT}")
    if node.get("type") == "BASE_TABLE" and str(node.get("table_name", "")).lower() in _HIDDEN_VIEWS:
        raise ConfigError(f"{node['table_name']} is not for queries; SHOW TABLES lists what is")
    catalog = f"{node.get('catalog_name', '')} {node.get('schema_name', '')}".lower()
    if "__ducklake" in catalog:
        raise ConfigError(
            "the catalog's own tables are not for queries; `copydesk tables` lists those that are"
        )
