"""SQL given by a user: it reads the lake's tables and can do nothing else.

Fences, each enough for most attacks: the lake is attached READ_ONLY; DuckDB is set to touch no
file outside the lake's data, to load nothing and to change no setting; because the catalog's extension
opens files past DuckDB's own checks, only SELECT statements (and EXPLAIN of them) are run, and only with
functions, views and tables that are allowed (`user_fence`); no password for a database is in the
environment while it runs (`withheld`); and time, memory, disk and rows have limits (`user_limits`).
"""
# Why: see docs/decisions.md, "A user's SQL meets three fences".

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Any

import duckdb

from core.errors import CopydeskError
from warehouse.asking.ids import complete_ids
from warehouse.asking.search.table_function import prepare_search
from warehouse.asking.user_faults import explained
from warehouse.asking.user_fence import Fence
from warehouse.asking.user_limits import OWNER, Deadline, LimitError, QueryLimits
from warehouse.catalog.attach import AsOf, attach_session, detach
from warehouse.catalog.extensions import quote
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.schema_version import check_readable
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import SqlFile
from warehouse.catalog.withheld import give_back_passwords, withhold_passwords

if TYPE_CHECKING:
    import pyarrow as pa

    from core.settings import Settings


class _Run:
    """One run of a user's SQL: errors in it are explained, and its limits kept."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, location: LakeLocation, limits: QueryLimits
    ) -> None:
        self._connection = connection
        self._location = location
        self._limits = limits
        self._deadline = Deadline(connection, limits)
        self._row_count = 0

    def execute(
        self, sql: str, values: Mapping[str, Any] | Sequence[Any] | None
    ) -> duckdb.DuckDBPyConnection:
        """Start the SQL."""

        def drain() -> None:
            self._deadline.check()
            result = self._connection.execute(sql, values)
            while result.fetchmany(10_000):
                pass

        self._again: Callable[[], object] = drain
        with self.guarded():
            return self._connection.execute(sql, values)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """A context for everything that makes DuckDB work on the run."""
        with self._deadline.running(), explained(self._connection, self._location, self._again):
            yield

    def count(self, rows: int) -> None:
        """Count rows of the answer. Raises LimitError if it has more than the limit."""
        self._row_count += rows
        if self._limits.rows is not None and self._row_count > self._limits.rows:
            self._connection.interrupt()
            raise LimitError(f"the answer has more than {self._limits.rows:,} rows; add LIMIT, or count")


class QueryAnswer:
    """The result of a user's SQL, read once: `columns` with distinct names and their types, then the rows.

    Reading raises KeyboardInterrupt when the query is stopped by Ctrl-C, and LimitError past a limit.
    """

    def __init__(self, result: duckdb.DuckDBPyConnection, run: _Run) -> None:
        self.result = result
        self._run = run
        self.columns: tuple[str, ...] = make_unique(column[0] for column in result.description or ())
        self.types: tuple[str, ...] = tuple(str(column[1]) for column in result.description or ())

    def fetch(self, count: int) -> list[tuple[Any, ...]]:
        """At most `count` further rows as Python values."""
        with self._run.guarded():
            rows = self.result.fetchmany(count)
        self._run.count(len(rows))
        return rows

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """The rows, one after the other, in flat memory."""
        while rows := self.fetch(2_048):
            yield from rows

    def arrow_batches(self, rows: int = 100_000) -> pa.RecordBatchReader:
        """The rows as a stream of Arrow batches, to write them out in flat memory."""
        import pyarrow as pa

        with self._run.guarded():
            reader = self.result.to_arrow_reader(rows)
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
            with self._run.guarded():
                try:
                    batch = reader.read_next_batch()
                except StopIteration:
                    return
            self._run.count(batch.num_rows)
            yield pa.RecordBatch.from_arrays(batch.columns, schema=schema)


def make_unique(names: Iterable[str]) -> tuple[str, ...]:
    """The names, with a number added to repeated ones as DuckDB's `.df()` does: a, a_1, A_2."""
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

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, location: LakeLocation, limits: QueryLimits = OWNER
    ) -> None:
        self._connection = connection
        self._location = location
        self._limits = limits
        self._fence = Fence(connection)
        self._is_open = True
        has_file = bool(location.catalog_url) and "password" not in location.catalog_parameters
        withhold_passwords(keep_file=has_file)

    def run(
        self,
        sql: str,
        values: Mapping[str, Any] | Sequence[Any] | None = None,
        *,
        seconds: float | None = None,
    ) -> QueryAnswer:
        """The answer to `sql`, one statement. Raises ConfigError that says what is wrong with it.

        `seconds` is the time limit of this run, if it differs from the session's.
        """
        limits = self._limits if seconds is None else replace(self._limits, seconds=seconds)
        run = _Run(self._connection, self._location, limits)
        checked = self._fence.check(sql)
        prepare_search(Lake(self._location, self._connection, read_only=True), sql)
        return QueryAnswer(run.execute(checked, values), run)

    def split(self, sql: str) -> list[str]:
        """The statements of `sql`, all of which can run. Raises ConfigError that says what is wrong with one."""
        self._fence.check(sql, several=True)
        return [statement.query for statement in self._connection.extract_statements(sql)]

    def complete_ids(self, file: SqlFile, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a named question, with whole ids where the beginning of one was given."""
        return complete_ids(Lake(self._location, self._connection, read_only=True), file, values)

    def words(self) -> list[str]:
        """Names of tables, columns and functions, sorted, for completion in a shell."""
        rows = self._connection.execute(
            "SELECT table_name FROM duckdb_columns() WHERE database_name = 'lake' AND schema_name = 'main'"
            " UNION SELECT column_name FROM duckdb_columns() WHERE database_name = 'lake'"
            " UNION SELECT function_name FROM duckdb_functions() WHERE function_type IN ('scalar', 'aggregate')"
        ).fetchall()
        return sorted(row[0] for row in rows if re.fullmatch(r"\w+", row[0]))

    def interrupt(self) -> None:
        """Stop what still runs: a query in another thread, or one whose answer is no longer needed."""
        self._connection.interrupt()

    def close(self) -> None:
        """Detach, then close."""
        detach(self._connection)
        if self._is_open:
            self._is_open = False
            give_back_passwords()

    def __enter__(self) -> UserSql:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.interrupt()
        self.close()


def open_for_user_sql(
    settings: Settings | LakeLocation, *, as_of: AsOf | None = None, limits: QueryLimits = OWNER
) -> UserSql:
    """A session in which a user's SQL reads the lake (as it was at `as_of`), and cannot do anything else.

    `limits` are those of the owner at a terminal; use `page_limits` to answer other people. Raises what `open_lake`
    raises for a reader.
    """
    location = settings if isinstance(settings, LakeLocation) else LakeLocation.of(settings)
    connection = attach_session(location, read_only=True, as_of=as_of)
    try:
        check_readable(Lake(location, connection, read_only=True))
        limits.apply(connection)
        connection.execute(f"SET allowed_directories = ['{quote(location.data_path)}']")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    except (duckdb.Error, CopydeskError):
        detach(connection)
        raise
    return UserSql(connection, location, limits)
