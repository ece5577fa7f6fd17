"""Texts that were read again from the archive, kept so that a report or a page of an edited article does not clean them anew.

A file of SQLite beside the catalog. It holds nothing that the archive does not hold, and it can be deleted at any time.
"""
# Why: see docs/decisions.md, "Texts read again are kept beside the catalog".

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

_WAIT_SECONDS = 5
_TABLE = (
    "CREATE TABLE IF NOT EXISTS texts (key TEXT PRIMARY KEY, version TEXT NOT NULL, paragraphs TEXT NOT NULL)"
)


class KeptTexts:
    """The texts by key, of one version of the code; what another version made is removed when a text is kept.

    If the file cannot be read or written (a folder of somebody else, a full disk), nothing is found and nothing kept.
    """

    def __init__(self, folder: Path, version: str) -> None:
        self._file = folder / "texts.sqlite"
        self._version = version

    def find(self, keys: Sequence[str]) -> dict[str, list[str]]:
        """The texts that are known, as paragraphs, by key."""
        if not self._file.is_file():
            return {}
        asked = (
            "SELECT key, paragraphs FROM texts WHERE version = ? AND key IN (SELECT value FROM json_each(?))"
        )
        try:
            with self._open() as texts:
                rows = texts.execute(asked, [self._version, json.dumps(keys)]).fetchall()
                return {key: json.loads(paragraphs) for key, paragraphs in rows}
        except (sqlite3.Error, ValueError):
            return {}

    def keep(self, texts: Mapping[str, Sequence[str]]) -> bool:
        """Keep these texts; False if that is not possible here."""
        rows = [(key, self._version, json.dumps(paragraphs)) for key, paragraphs in texts.items()]
        try:
            with self._open() as kept:
                kept.execute(_TABLE)
                kept.execute("DELETE FROM texts WHERE version <> ?", [self._version])
                kept.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", rows)
        except sqlite3.Error:
            return False
        return True

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._file, timeout=_WAIT_SECONDS)) as texts, texts:
            yield texts
