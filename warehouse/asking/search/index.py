"""The index of a search: a file of SQLite's FTS5 beside the catalog, brought up to date by what has landed since.

It holds titles, texts and who is quoted, copied from the lake: nothing that the lake does not hold, and it can be
deleted at any time. A change is one transaction, so that a search never sees half an index.
"""
# Why: see docs/decisions.md, "Search has its own index, in SQLite".

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from core.errors import PermanentError, TransientError
from warehouse.asking.search.query_syntax import space_out

if TYPE_CHECKING:
    from warehouse.catalog.location import LakeLocation
    from warehouse.catalog.session import Lake

_VERSION = 1
_WAIT_SECONDS = 120
_BATCH = 1_000
# SQLite collects words in memory before it writes them. With its own 1 MB it merges so often that an index costs a third
# more than with 16 MB.
_TABLES = """
CREATE TABLE state (version INTEGER, snapshot_id INTEGER, snapshot_at TEXT);
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, article_id TEXT UNIQUE, outlet TEXT, title TEXT, published_at TEXT,
    published_date TEXT, url TEXT
);
CREATE INDEX articles_by_date ON articles (published_date);
CREATE VIRTUAL TABLE words USING fts5 (
    title, body, speakers, tokenize = "porter unicode61 remove_diacritics 2", prefix = '2 3'
);
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(5.0, 1.0, 0.0)');
INSERT INTO words (words, rank) VALUES ('hashsize', 16777216);
"""
# Who is quoted by name; a description such as "X's lawyer" is somebody else.
_ARTICLES = """
WITH asked AS (SELECT * FROM lake.main.articles AT (VERSION => {snapshot}) {chosen}),
quoted AS (SELECT * FROM lake.main.quotations AT (VERSION => {snapshot}) {chosen}),
known AS (SELECT * FROM lake.main.entities AT (VERSION => {snapshot})),
speakers AS (
    SELECT quoted.article_id, string_agg(DISTINCT coalesce(known.name, quoted.speaker), ' . ') AS names
    FROM quoted LEFT JOIN known ON quoted.speaker_entity_id = known.entity_id
    WHERE NOT quoted.is_anonymous AND quoted.speaker IS NOT NULL
        AND (known.name IS NOT NULL OR NOT regexp_matches(quoted.speaker, '[''’]s '))
    GROUP BY quoted.article_id
)
SELECT
    asked.article_id, outlet, title, strftime(published_at, '%Y-%m-%dT%H:%M:%SZ'),
    coalesce(published_date, published_at::DATE)::VARCHAR, url, body_text, speakers.names
FROM asked LEFT JOIN speakers ON asked.article_id = speakers.article_id
"""


def search_file(location: LakeLocation) -> Path:
    """The file that holds the index."""
    return location.folder / "search.sqlite"


def refresh_search(lake: Lake) -> int:
    """Bring the index to the lake's snapshot; returns the snapshot that it shows.

    An index that is newer stays as it is: another reader is ahead. A file that is not an index of this lake is replaced.
    """
    file = search_file(lake.location)
    snapshot_id = lake.snapshot_id
    current = _find_current(file, snapshot_id, lake)
    if current is not None:
        return current
    snapshot_at = _tell_time(lake, snapshot_id) or ""
    try:
        return _refresh(lake, file, snapshot_id, snapshot_at)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and not _is_broken(file):
            raise _explain(error, file) from error
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    return _refresh(lake, file, snapshot_id, snapshot_at)


@contextmanager
def open_index(file: Path) -> Iterator[sqlite3.Connection]:
    """The index, to read. Raises PermanentError if it cannot be read."""
    try:
        with closing(_connect(file)) as index:
            yield index
    except sqlite3.DatabaseError as error:
        raise _explain(error, file) from error


def _connect(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)


def _tell_time(lake: Lake, snapshot_id: int) -> str | None:
    """When the lake made that snapshot; None if it has no such snapshot, or none any more."""
    sql = f"SELECT snapshot_time::VARCHAR FROM lake.snapshots() WHERE snapshot_id = {snapshot_id}"
    rows = lake.fetch(sql)
    return str(rows[0][0]) if rows else None


def _find_current(file: Path, snapshot_id: int, lake: Lake) -> int | None:
    """The snapshot that the file shows, if it is an index of this lake and shows this one or a later one."""
    if not file.is_file():
        return None
    with suppress(sqlite3.DatabaseError), closing(_connect(file)) as index:
        state = _read_state(index)
        if state is not None and state[0] >= snapshot_id and _is_of(lake, *state):
            return state[0]
    return None


def _read_state(index: sqlite3.Connection) -> tuple[int, str] | None:
    with suppress(sqlite3.OperationalError):
        row = index.execute(
            "SELECT snapshot_id, snapshot_at FROM state WHERE version = ?", [_VERSION]
        ).fetchone()
        return (int(row[0]), str(row[1])) if row else None
    return None


def _is_of(lake: Lake, snapshot_id: int, snapshot_at: str) -> bool:
    """Whether the lake has made that snapshot at that time: a lake that was restored numbers its snapshots from the start."""
    return _tell_time(lake, snapshot_id) == snapshot_at


def _refresh(lake: Lake, file: Path, snapshot_id: int, snapshot_at: str) -> int:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PermanentError(f"cannot write the search index {file}: {error.strerror}") from error
    with closing(_connect(file)) as index:
        index.execute("PRAGMA journal_mode = WAL")
        index.execute("PRAGMA synchronous = NORMAL")
        index.execute("BEGIN IMMEDIATE")
        try:
            shown = _write(lake, index, snapshot_id, snapshot_at)
            index.execute("COMMIT")
        except BaseException:
            index.execute("ROLLBACK")
            raise
    file.with_name("search.duckdb").unlink(missing_ok=True)  # the index of versions before
    return shown


def _write(lake: Lake, index: sqlite3.Connection, snapshot_id: int, snapshot_at: str) -> int:
    """Write what is new, and return the snapshot; another process can have done it while this one waited."""
    state = _read_state(index)
    if state and state[0] >= snapshot_id and _is_of(lake, *state):
        return state[0]
    changed = _find_changed(lake, state, snapshot_id)
    if changed is None:
        _begin_anew(index)
        changed = [None]
    for ids in changed:
        _replace(lake, index, snapshot_id, ids)
    index.execute("DELETE FROM state")
    index.execute("INSERT INTO state VALUES (?, ?, ?)", [_VERSION, snapshot_id, snapshot_at])
    return snapshot_id


def _begin_anew(index: sqlite3.Connection) -> None:
    for name in ("words", "articles", "state"):
        index.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in filter(str.strip, _TABLES.split(";\n")):
        index.execute(statement)


def _find_changed(
    lake: Lake, state: tuple[int, str] | None, snapshot_id: int
) -> list[list[str] | None] | None:
    """The ids of changed articles, in lists of at most _BATCH; None if all have to be read."""
    if state is None or not _is_of(lake, *state):
        return None
    changes = " UNION ".join(
        f"SELECT article_id FROM lake.table_changes('{table}', {state[0] + 1}, {snapshot_id})"
        for table in ("articles", "quotations")
    )
    try:
        ids = [row[0] for row in lake.connection.execute(f"{changes} ORDER BY article_id").fetchall()]
    except duckdb.Error:
        return None  # the snapshot of the index has expired since
    return [ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH)]


def _replace(lake: Lake, index: sqlite3.Connection, snapshot_id: int, ids: list[str] | None) -> None:
    """Write the articles as they are now; those that are gone go."""
    chosen = "" if ids is None else "WHERE article_id IN (SELECT unnest($ids::VARCHAR[]))"
    sql = _ARTICLES.format(snapshot=snapshot_id, chosen=chosen)
    if ids is not None:
        _remove(index, ids)
    with lake.explained():
        found = lake.connection.execute(sql, None if ids is None else {"ids": ids})
        while rows := found.fetchmany(_BATCH):
            for row in rows:
                _add(index, *row)


def _remove(index: sqlite3.Connection, ids: list[str]) -> None:
    for article_id in ids:
        row = index.execute(
            "DELETE FROM articles WHERE article_id = ? RETURNING number", [article_id]
        ).fetchone()
        if row:
            index.execute("DELETE FROM words WHERE rowid = ?", row)


def _add(index: sqlite3.Connection, article_id: str, *values: Any) -> None:
    outlet, title, published_at, published_date, url, body, speakers = values
    known = [article_id, outlet, title, published_at, published_date, url]
    number = index.execute(
        "INSERT INTO articles (article_id, outlet, title, published_at, published_date, url) VALUES (?, ?, ?, ?, ?, ?)",
        known,
    ).lastrowid
    texts = [space_out(text or "") for text in (title, body, speakers)]
    index.execute("INSERT INTO words (rowid, title, body, speakers) VALUES (?, ?, ?, ?)", [number, *texts])


def _is_broken(file: Path) -> bool:
    """Whether the file is not a readable index; a locked one is readable."""
    try:
        with closing(_connect(file)) as index:
            return bool(index.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok")
    except sqlite3.DatabaseError as error:
        return not isinstance(error, sqlite3.OperationalError)


def _explain(error: sqlite3.DatabaseError, file: Path) -> PermanentError | TransientError:
    if "locked" in str(error):
        return TransientError(
            f"another process brings the search index {file} up to date; try again in a moment"
        )
    if not os.access(file.parent, os.W_OK) or "readonly" in str(error):
        return PermanentError(
            f"cannot use the search index {file}: this user cannot write beside the lake's catalog, where each search brings its "
            "index up to date; give the right to, or search as the user that loads"
        )
    return PermanentError(
        f"cannot use the search index {file}: {error}; it can be deleted, and is then made again"
    )
