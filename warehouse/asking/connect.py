"""`connect`: the lake for Python and notebooks, read-only, every table by its plain name."""

from __future__ import annotations

import os
import re
import warnings
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from core.errors import ConfigError, CopydeskError
from warehouse.catalog.attach import AsOf, attach_session, detach
from warehouse.catalog.location import LakeLocation, is_catalog_url
from warehouse.catalog.schema_version import check_readable
from warehouse.catalog.session import Lake

# Of DuckDB 1.5's own call in .df(), which pandas 3.1 is going to change; readers of a lake cannot do anything about it.
warnings.filterwarnings("ignore", message=r"The inplace keyword in DataFrame\.drop is deprecated")


class Connection:
    """A DuckDB connection that reads the lake; other attributes are those of DuckDB's connection.

    `sql("...")` gives a DuckDB relation: `.df()` is a pandas frame, `.to_arrow_table()` an Arrow table.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def sql(self, query: str, **more: Any) -> duckdb.DuckDBPyRelation:
        """The query as a relation; it runs when its rows are read."""
        return self._connection.sql(query, **more)

    def close(self) -> None:
        """Detach, then close."""
        detach(self._connection)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def connect(lake: str | Path = "lake", *, as_of: str | int | datetime | None = None) -> Connection:
    """A read-only connection to the lake in that folder, as it is now or was at `as_of`.

    `lake` is a folder, or `postgresql://...` for a catalog on a server, whose data are at
    COPYDESK_DATA_URL (s3://...) or COPYDESK_LAKE (a folder). `as_of` is a snapshot's number, a time, the
    ISO text of one (UTC unless it says), or "now": the newest snapshot, kept for all queries of the connection.
    Without `as_of` each query sees the newest rows, so two queries can differ while somebody writes.
    """
    location = _locate(lake)
    connection = attach_session(location, read_only=True, as_of=read_as_of(as_of))
    try:
        check_readable(Lake(location, connection, read_only=True))
    except CopydeskError:
        detach(connection)
        raise
    return Connection(connection)


def read_as_of(as_of: str | int | datetime | None) -> AsOf | None:
    """A snapshot's number, an aware time or "now". Raises ConfigError for any other text."""
    if as_of == "now":
        return "now"
    if isinstance(as_of, str):
        if re.fullmatch(r"\d{1,18}", as_of):
            return int(as_of)
        try:
            as_of = datetime.fromisoformat(as_of)
        except ValueError:
            raise ConfigError(
                f"as-of {as_of!r} is neither a snapshot number nor a time; write it like 42, 2024-05-01T12:00 or now"
            ) from None
    if isinstance(as_of, datetime) and as_of.tzinfo is None:
        return as_of.replace(tzinfo=UTC)
    return as_of


def _locate(lake: str | Path) -> LakeLocation:
    text = str(lake)
    if is_catalog_url(text):
        folder = os.environ.get("COPYDESK_LAKE", "lake")
        return LakeLocation.at(folder, catalog_url=text, data_url=os.environ.get("COPYDESK_DATA_URL"))
    return LakeLocation.at(lake)
