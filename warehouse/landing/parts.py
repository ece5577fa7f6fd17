"""Parts: the rows of a batch, as a folder of Parquet files that is either whole or absent."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from core.errors import ContractError
from core.safety.disk import sync_path
from core.tables import ARTICLE_CHILDREN, TABLES

_MADE_WITH_ARTICLES = frozenset(ARTICLE_CHILDREN) - {"readings"}
# A part is read once, soon, and whole: what makes files smaller or lets readers skip rows costs more than it saves.
_READ_ONCE = {"compression": "lz4", "use_dictionary": False, "write_statistics": False, "store_schema": False}


def write_part(folder: Path, tables: Mapping[str, pa.Table]) -> Path:
    """Write the rows of a batch as `folder/<table>.parquet`, and return `folder`.

    The files are written and synced under another name, then renamed in one step, so that a folder
    of that name is whole; one that exists already is kept as it is. Raises ContractError for a table that
    differs from core/tables, for two articles of one id (a batch has to choose one of them), or for rows of an article
    that the part does not hold.
    """
    if folder.is_dir():
        return folder
    checked = {name: _check(name, table) for name, table in tables.items() if table.num_rows}
    _check_belonging(checked)
    unfinished = folder.with_name(f".{folder.name}.{os.getpid()}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for name, table in checked.items():
        file = unfinished / f"{name}.parquet"
        pq.write_table(table, file, **_READ_ONCE)
        sync_path(file)
    sync_path(unfinished)
    return _rename(unfinished, folder)


def part_files(parts: Sequence[Path], table: str) -> list[Path]:
    """The files that hold rows of the table, in the order of the parts."""
    return [file for part in parts if (file := part / f"{table}.parquet").is_file()]


def drop_part(folder: Path) -> None:
    """Remove a part that was landed."""
    shutil.rmtree(folder, ignore_errors=True)


def _check(name: str, table: pa.Table) -> pa.Table:
    if name not in TABLES:
        raise ContractError(f"a part holds rows of {name!r}, which is not a table")
    schema = TABLES[name].schema
    if set(table.column_names) != set(schema.names):
        odd = sorted(set(table.column_names) ^ set(schema.names))
        raise ContractError(f"a part's rows of {name} have other columns than the table: {', '.join(odd)}")
    if name == "articles" and len(table["article_id"].unique()) != table.num_rows:
        raise ContractError(
            "a part holds two articles of one article_id; keep the newest capture's per batch"
        )
    table = table.select(schema.names)
    if table.schema.equals(schema):
        return table
    try:
        return table.cast(schema)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, ValueError) as error:
        raise ContractError(f"a part's rows of {name} do not fit the table: {error}") from error


def _check_belonging(tables: Mapping[str, pa.Table]) -> None:
    """Landing takes all of a part's rows where it takes all of its articles (replacing.py)."""
    own = set(_list_articles(tables["articles"])) if "articles" in tables else set()
    for name in _MADE_WITH_ARTICLES & tables.keys():
        if not own.issuperset(_list_articles(tables[name])):
            raise ContractError(f"a part holds rows of {name} without their article")


def _list_articles(table: pa.Table) -> list[str]:
    names: list[str] = table["article_id"].unique().to_pylist()
    return names


def _rename(unfinished: Path, folder: Path) -> Path:
    try:
        unfinished.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise
        shutil.rmtree(unfinished)  # another process finished the same batch first
        return folder
    sync_path(folder.parent)
    return folder
