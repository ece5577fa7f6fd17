"""An open lake: a DuckDB session to which a DuckLake catalog and its Parquet files are attached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from types import TracebackType
from typing import Any

import duckdb

from warehouse.catalog.attach import ALIAS, attach_sql, detach
from warehouse.catalog.faults import explain_fault, interruptible
from warehouse.catalog.location import LakeLocation


class Lake:
    """An open lake. `connection` is a DuckDB session that uses it; close it by leaving the context."""

    def __init__(
        self, location: LakeLocation, connection: duckdb.DuckDBPyConnection, read_only: bool
    ) -> None:
        self.location = location
        self.connection = connection
        self.read_only = read_only

    def execute(
        self, sql: str, values: Mapping[str, Any] | Sequence[Any] | None = None
    ) -> duckdb.DuckDBPyConnection:
        """Run Copydesk's own SQL; a failure is raised as the CopydeskError that says what to do.

        The answer can still be incomplete: use `fetch`, or read it inside `explained`.
        """
        with self.explained():
            return self.connection.execute(sql, values)

    def fetch(
        self, sql: str, values: Mapping[str, Any] | Sequence[Any] | None = None
    ) -> list[tuple[Any, ...]]:
        """All rows of the answer to Copydesk's own SQL."""
        with self.explained():
            return self.connection.execute(sql, values).fetchall()

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Raise errors of DuckDB as the CopydeskError that says what to do, and Ctrl-C as KeyboardInterrupt.

        Reading an answer ends its transaction, which asks the catalog once more: its server can have stopped.
        """
        try:
            with interruptible(self.connection):
                yield
        except duckdb.Error as error:
            raise explain_fault(error, self.location) from error

    @property
    def snapshot_id(self) -> int:
        """The newest snapshot."""
        return int(self.fetch(f"SELECT id FROM {ALIAS}.current_snapshot()")[0][0])

    def use_all_cores(self) -> None:
        """Use all cores, for a writer's long work while no worker runs."""
        self.execute("RESET GLOBAL threads")

    def use_one_core(self) -> None:
        """Use one core, for many short reads: a second thread costs a third of the CPU time more and saves none.

        Remote files are waited for, not computed, so a lake on S3 keeps its threads.
        """
        if not self.location.data_url:
            self.execute("SET GLOBAL threads = 1")

    @contextmanager
    def branch(self) -> Iterator[Lake]:
        """A second connection to the session, for one thread: its temporary tables and views are its own."""
        with closing(self.connection.cursor()) as connection:
            with self.explained():
                connection.execute(f"USE {ALIAS}")
            yield Lake(self.location, connection, self.read_only)

    def attach_sql(self) -> str:
        """Statements with which any DuckDB client reads this lake; never a password."""
        return attach_sql(self.location)

    def close(self) -> None:
        """Detach, then close."""
        detach(self.connection)

    def __enter__(self) -> Lake:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
