"""The writer gate: one writer at a time, around the whole of every write transaction.

DuckLake's own optimistic commits fail under several writers on SQLite, and on PostgreSQL let two
transactions insert the same new key. So writers queue at a gate, a lock of the file beside a SQLite
catalog or an advisory lock on PostgreSQL; and the first statement of each transaction
(`warehouse.catalog.transactions`) updates the one row of `internal.writer_gate`, so that writers that slip past
the gate conflict.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from core.errors import TransientError
from warehouse.catalog.faults import redact

if TYPE_CHECKING:
    from warehouse.catalog.location import LakeLocation

WAIT_SECONDS = 900.0
_LOCK_KEY = 0x636F70796465736B  # "copydesk"


def writer_gate(location: LakeLocation, wait_seconds: float = WAIT_SECONDS) -> AbstractContextManager[None]:
    """Hold the gate of the lake. Raises TransientError if another writer keeps it for too long."""
    if location.catalog_url:
        return _hold_advisory_lock(location, wait_seconds)
    return _hold_file_lock(location, wait_seconds)


@contextmanager
def _hold_file_lock(location: LakeLocation, wait_seconds: float) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(location.lock_file, timeout=wait_seconds)
    try:
        lock.acquire()
    except Timeout:
        raise TransientError(
            f"timed out waiting to write to {location}: another writer has held {location.lock_file} for over {wait_seconds:.0f} s; try again when it ends"
        ) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _hold_advisory_lock(location: LakeLocation, wait_seconds: float) -> Iterator[None]:
    import psycopg
    from psycopg.conninfo import make_conninfo

    try:
        connection = psycopg.connect(
            make_conninfo(**location.catalog_parameters), autocommit=True, connect_timeout=30
        )
    except psycopg.Error as error:
        raise TransientError(f"cannot reach the catalog {location}: {redact(str(error), location)}") from None
    with connection:
        try:
            connection.execute(f"SET lock_timeout = {int(wait_seconds * 1000)}")
            connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK_KEY,))
        except psycopg.Error as error:
            raise TransientError(
                f"timed out waiting to write to {location}: {redact(str(error), location)}"
            ) from None
        yield
