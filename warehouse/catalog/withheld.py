"""Passwords that are taken out of the environment while a user's SQL runs.

libpq sends PGPASSWORD to any host that it connects to. So it is removed for that time; Copydesk's own
modules find it here, and the catalog's secret in DuckDB has it.
"""

from __future__ import annotations

import os
from threading import Lock

# PGPASSFILE can name a file with a password for any host.
_NAMES = ("PGPASSWORD", "PGPASSFILE")
_lock = Lock()
_kept: dict[str, str] = {}
_holders = 0


def secret_variable(name: str) -> str | None:
    """A variable of the environment, also while it is withheld."""
    return os.environ.get(name) or _kept.get(name)


def withhold_passwords(*, keep_file: bool = False) -> None:
    """Take the passwords out of the environment, until each caller has called `give_back_passwords`.

    `keep_file` is for a catalog whose password is in libpq's password file, by its host: it is read there.
    """
    global _holders
    with _lock:
        _holders += 1
        for name in _NAMES[:1] if keep_file else _NAMES:
            if name in os.environ and name not in _kept:
                _kept[name] = os.environ.pop(name)
        if not keep_file:
            # libpq would look into ~/.pgpass, where an entry can be for any host as well
            os.environ["PGPASSFILE"] = os.devnull


def give_back_passwords() -> None:
    """Put the passwords back once the last caller has called this."""
    global _holders
    with _lock:
        _holders -= 1
        if _holders:
            return
        if os.environ.get("PGPASSFILE") == os.devnull:
            del os.environ["PGPASSFILE"]
        os.environ.update(_kept)
        _kept.clear()
