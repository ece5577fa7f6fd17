"""The schema version of a lake, and whether this code can use it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from core.errors import ConfigError, PermanentError
from warehouse.catalog.faults import explain_fault

if TYPE_CHECKING:
    from warehouse.catalog.session import Lake

SQL_FOLDER = Path(__file__).resolve().parent.parent.parent / "sql"
_NEWEST = """
SELECT version, fingerprint FROM internal.schema_versions
ORDER BY version DESC, applied_at DESC LIMIT 1
"""


def check_version(lake: Lake) -> tuple[int, str] | None:
    """The lake's schema version and fingerprint, None for an empty catalog.

    Raises PermanentError if a newer Copydesk made the lake.
    """
    found = _read_version(lake)
    if found and found[0] > newest_version():
        raise PermanentError(
            f"the lake at {lake.location} has schema version {found[0]}, this Copydesk knows up to"
            f" {newest_version()}; upgrade Copydesk to use it"
        )
    return found


def check_readable(lake: Lake) -> None:
    """Check that the lake has tables and that this code knows them.

    Raises ConfigError if there are no tables: nothing was loaded, the first load is still making them, or
    `as_of` is before them. Raises PermanentError as check_version does.
    """
    if check_version(lake) is None:
        raise ConfigError(f"the lake at {lake.location} has no tables yet; load something first")


@cache
def newest_version() -> int:
    """The highest number among the files of sql/migrations."""
    return max(number for number, _ in migration_files())


def migration_files() -> list[tuple[int, Path]]:
    """The files of sql/migrations with their numbers, in order."""
    return sorted((int(path.name[:4]), path) for path in (SQL_FOLDER / "migrations").glob("[0-9]*.sql"))


def _read_version(lake: Lake) -> tuple[int, str] | None:
    """The newest row of internal.schema_versions; None if that table does not exist yet."""
    try:
        row = lake.connection.execute(_NEWEST).fetchone()
    except duckdb.CatalogException:
        return None
    except duckdb.Error as error:
        raise explain_fault(error, lake.location) from error
    return (int(row[0]), str(row[1])) if row else None
