"""Claims of a run on things of a lake, such as outlets and hosts: no other run holds them until this one lets go or ends.

In an embedded lake a claim is the lock of a file in the staging folder; on PostgreSQL it is an advisory lock of a
session, so that it holds across machines. Either ends with its process, however that ends.
"""
# Why: see docs/decisions.md, "One run follows an outlet at a time".

from __future__ import annotations

import hashlib
import re
from abc import ABC, abstractmethod
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from core.errors import TransientError
from warehouse.catalog.faults import redact

if TYPE_CHECKING:
    from filelock import FileLock

    from warehouse.catalog.location import LakeLocation

_NO_FILE_NAME = re.compile(r"[^a-z0-9._-]")


class Claims(ABC):
    """What this run has claimed. Use it in a `with` block that ends when no claim is needed any more.

    A name can be claimed several times; it is free once it was released as often.
    """

    @abstractmethod
    def take(self, name: str) -> bool:
        """Claim a name. False if another run holds it."""

    @abstractmethod
    def release(self, name: str) -> None:
        """Give back one claim."""

    @abstractmethod
    def close(self) -> None:
        """Give back every claim."""

    def __enter__(self) -> Claims:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_claims(location: LakeLocation, kind: str) -> Claims:
    """Claims on things of a kind, e.g. `outlets`."""
    return _CatalogClaims(location, kind) if location.catalog_url else _FileClaims(location.staging / kind)


class _FileClaims(Claims):
    """Locks of files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._locks: dict[str, FileLock] = {}

    def take(self, name: str) -> bool:
        from filelock import FileLock, Timeout

        self._folder.mkdir(parents=True, exist_ok=True)
        file = self._folder / f"{_NO_FILE_NAME.sub('_', name.lower())}.lock"
        try:
            # Not of one thread: a run fetches in a thread of its own, and gives all claims back at its end.
            self._locks.setdefault(name, FileLock(file, thread_local=False)).acquire(timeout=0)
        except Timeout:
            return False
        return True

    def release(self, name: str) -> None:
        self._locks[name].release()

    def close(self) -> None:
        for lock in self._locks.values():
            lock.release(force=True)


class _CatalogClaims(Claims):
    """Advisory locks of one session on the catalog's server.

    If the session breaks, its locks are gone. The next claim opens another session and takes them again; what
    another run took meanwhile stays with that run.
    """

    def __init__(self, location: LakeLocation, kind: str) -> None:
        self._location, self._kind = location, kind
        self._held: Counter[str] = Counter()
        self._session: Any = None

    def take(self, name: str) -> bool:
        import psycopg

        fault = ""
        for _ in range(2):  # a session that has been idle for hours can be broken
            try:
                taken = self._lock(name)
            except psycopg.Error as error:
                self._session, fault = None, redact(str(error), self._location)
            else:
                self._held[name] += taken
                return taken
        raise TransientError(f"cannot reach the catalog {self._location}: {fault}")

    def release(self, name: str) -> None:
        import psycopg

        self._held[name] -= 1
        try:
            if self._session is not None:
                self._session.execute("SELECT pg_advisory_unlock(%s)", (self._key(name),))
        except psycopg.Error:  # the session is broken, and its locks are gone
            self._session = None

    def close(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None

    def _lock(self, name: str) -> bool:
        if self._session is None:
            self._session = self._connect()
            for held in self._held.elements():
                self._try_lock(held)
        return self._try_lock(name)

    def _try_lock(self, name: str) -> bool:
        answer = self._session.execute("SELECT pg_try_advisory_lock(%s)", (self._key(name),))
        return bool(answer.fetchone()[0])

    def _connect(self) -> Any:
        import psycopg
        from psycopg.conninfo import make_conninfo

        # A machine that vanishes is noticed after some two minutes; its claims end then.
        alive: dict[str, Any] = {"keepalives_idle": 60, "keepalives_interval": 20, "keepalives_count": 3}
        settings = make_conninfo(**self._location.catalog_parameters, **alive)
        session = psycopg.connect(settings, autocommit=True, connect_timeout=30)
        for name, value in (("idle", 60), ("interval", 20), ("count", 3)):
            session.execute(f"SET tcp_keepalives_{name} = {value}")
        return session

    def _key(self, name: str) -> int:
        """A signed number of 64 bits, which is how PostgreSQL names its locks."""
        digest = hashlib.sha256(f"{self._kind}:{name.lower()}".encode()).digest()
        return int.from_bytes(digest[:8], "big", signed=True)
