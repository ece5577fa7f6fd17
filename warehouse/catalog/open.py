"""Opening a lake, for reading or for writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.catalog.attach import attach_or_create, attach_session, attach_sql
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.migrations import migrate
from warehouse.catalog.schema_version import check_readable
from warehouse.catalog.session import Lake

if TYPE_CHECKING:
    from core.settings import Settings
    from warehouse.catalog.attach import AsOf

__all__ = ["Lake", "attach_sql", "open_lake"]


def open_lake(
    settings: Settings | LakeLocation,
    *,
    read_only: bool = False,
    create: bool = False,
    as_of: AsOf | None = None,
) -> Lake:
    """The lake that the settings name, with its schema brought up to date unless `read_only`.

    `create` makes a missing lake; `as_of`, for readers, shows it as it was at that
    snapshot or time. Raises ConfigError for a missing lake, PermanentError
    for one of a newer version or a broken catalog, TransientError for a catalog that is locked or unreachable.
    """
    location = settings if isinstance(settings, LakeLocation) else LakeLocation.of(settings)
    if create and not read_only:
        connection = attach_or_create(location)
    else:
        connection = attach_session(
            location, read_only=read_only, as_of=as_of or ("now" if read_only else None)
        )
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
        migrate(lake)
