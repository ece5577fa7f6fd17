"""The named questions: those of Copydesk and those of the user's own folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from core.errors import ConfigError, ContractError
from core.safety.visible import show_line
from core.settings import Settings
from warehouse.asking.excerpt import excerpt
from warehouse.catalog.session import Lake
from warehouse.catalog.sql_files import SqlFile, find_sql, list_queries, parse_own, run_query, suggest

OWN = "own"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\Z")
_MOST_BYTES = 100_000


def list_questions(settings: Settings) -> list[SqlFile]:
    """Every named question: Copydesk's by name, then the user's own by name.

    Raises ConfigError that names a file of the user's folder which cannot be read or is called wrongly.
    """
    builtin = list_queries()
    known = {file.name for file in builtin}
    own = [_read(path) for path in _own_files(settings)]
    for file in own:
        if file.name in known:
            raise ConfigError(
                f"{settings.queries}/{file.name}.sql: Copydesk has a query of that name; rename it"
            )
    return builtin + own


def find_question(settings: Settings, name: str) -> SqlFile:
    """The named question of that name. Raises ConfigError with the nearest name for an unknown one."""
    if settings.queries and _NAME.match(name) and name not in {file.name for file in list_queries()}:
        path = settings.queries / f"{name}.sql"
        if path.is_file():
            return _read(path)
        names = [file.name for file in list_queries()] + [path.stem for path in _own_files(settings)]
        raise ConfigError(f"no query is called {name!r}{suggest(name, names)}")
    return find_sql(name, "queries")


def answer_question(lake: Lake, file: SqlFile, values: Mapping[str, Any]) -> pa.Table:
    """The answer to one of Copydesk's named questions. One about a story reads that story's rows and no others."""
    story_id = values.get("story_id")
    if not story_id:
        return run_query(lake, file.name, **values)
    with excerpt(lake, (file.name,), story_ids=[story_id]) as part:
        return run_query(part, file.name, **values)


def is_own(file: SqlFile) -> bool:
    """Whether it is the user's: its SQL is fenced like any other that a user writes."""
    return file.folder == OWN


def _own_files(settings: Settings) -> list[Path]:
    if settings.queries is None:
        return []
    if not settings.queries.is_dir():
        raise ConfigError(
            f"the folder of your queries, {settings.queries}, does not exist; make it, or change `queries`"
        )
    return sorted(settings.queries.glob("*.sql"))


def _read(path: Path) -> SqlFile:
    if not _NAME.match(path.stem):
        raise ConfigError(
            f"{show_line(str(path))}: a query's name has small letters, digits, - and _ only; rename the file"
        )
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ConfigError(f"{path} is longer than {_MOST_BYTES:,} bytes")
        return parse_own(path, OWN)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    except ContractError as error:
        raise ConfigError(f"{path.parent}/{error}") from error
