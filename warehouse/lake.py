"""The lake: a DuckLake catalog and its Parquet files, attached to a DuckDB session of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.attach import ALIAS, attach_or_create, attach_session, attach_sql, detach
from warehouse.faults import explain_fault
from warehouse.location import LakeLocation
from warehouse.schema import check_readable

if TYPE_CHECKING:
    from datetime import datetime

    from core.settings import Settings

__all__ = ["Lake", "attach_sql", "open_lake"]


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
        """Run SQL of our own; a failure comes out as the CopydeskError that says what to do."""
        try:
            return self.connection.execute(sql, values)
        except duckdb.Error as error:
            raise explain_fault(error, self.location) from error

    @property
    def snapshot_id(self) -> int:
        """The newest snapshot."""
        row = self.execute(f"SELECT id FROM {ALIAS}.current_snapshot()").fetchone()
        assert row is not None
        return int(row[0])

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


def open_lake(
    settings: Settings | LakeLocation,
    *,
    read_only: bool = False,
    create: bool = False,
    as_of: int | datetime | None = None,
) -> Lake:
    """The lake that the settings name, with its schema brought up to date unless `read_only`.

    `create` makes a lake where there is none; `as_of`, for readers, shows it as it was at that
    snapshot or time. Raises ConfigError for a missing lake, PermanentError
    for one of a newer version or a broken catalog, TransientError for a catalog that is locked or away.
    """
    location = settings if isinstance(settings, LakeLocation) else LakeLocation.of(settings)
    if create and not read_only:
        connection = attach_or_create(location)
    else:
        connection = attach_session(location, read_only=read_only, as_of=as_of)
    lake = Lake(location, connection, read_only)
    try:
        _check(lake)
    except BaseException:
        lake.close()
        raise
    return lake


def _check(lake: Lake) -> None:
    if lake.read_only:
        check_readable(lake)
    else:
        from warehouse.migrations import migrate

        migrate(lake)
