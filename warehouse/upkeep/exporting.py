"""Tables and views of a lake as plain Parquet files, one each, for programs that cannot read DuckLake.

The files below a lake's data folder also hold rows that were replaced or removed, and lack small changes that are
still in the catalog: only the catalog tells which rows count.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import ConfigError
from core.tables import TABLES
from warehouse.catalog.extensions import quote
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.migrations import list_marts
from warehouse.catalog.open import open_lake

if TYPE_CHECKING:
    from core.settings import Settings
    from warehouse.catalog.session import Lake


def export_tables(settings: Settings, folder: Path, names: Sequence[str] = ()) -> dict[str, int]:
    """Write each named table or view, or every table, to NAME.parquet in the folder; returns their numbers of rows.

    All are of one snapshot. An earlier file of the same name is replaced when the new one is whole; other files
    stay. Raises ConfigError for an unknown name, and for a folder within the lake's own.
    """
    chosen = _choose(names)
    location = LakeLocation.of(settings)
    if folder.resolve().is_relative_to(location.folder.resolve()):
        raise ConfigError(f"{folder} is within the lake's own folder; choose another folder")
    with open_lake(location, read_only=True) as lake:
        folder.mkdir(parents=True, exist_ok=True)
        return {name: _export(lake, name, folder) for name in chosen}


def _choose(names: Sequence[str]) -> list[str]:
    known = [*TABLES, *(mart.name for mart in list_marts())]
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else "`copydesk tables` lists them"
            raise ConfigError(f"no table or view is called {name!r}; {hint}")
    return list(dict.fromkeys(names)) or list(TABLES)


def _export(lake: Lake, name: str, folder: Path) -> int:
    unfinished = folder / f".{name}.{secrets.token_hex(4)}.unfinished"
    copy = f"COPY (FROM lake.main.{name}) TO '{quote(str(unfinished))}' (FORMAT parquet, COMPRESSION zstd)"
    try:
        ((count,),) = lake.fetch(copy)
        unfinished.replace(folder / f"{name}.parquet")
    finally:
        unfinished.unlink(missing_ok=True)
    return int(count)
