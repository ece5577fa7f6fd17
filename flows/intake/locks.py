"""Locks on outlets and hosts, so that two runs at once never ask the same one."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Collection
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from core.outlets import Outlet

_NO_FILE_NAME = re.compile(r"[^a-z0-9._-]")
_LOOK_AGAIN_SECONDS = 0.5


class OutletLocks:
    """The outlets that this run follows. Use it in a `with` block that ends once the cursors have landed.

    The locks are in the lake's staging folder and go with the process, however it ends.
    """

    def __init__(self, staging: Path) -> None:
        self._folder = staging / "outlets"
        self._held = ExitStack()
        self._keys: set[str] = set()

    def __enter__(self) -> OutletLocks:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.close()

    def take(self, key: str) -> bool:
        """Lock the outlet for this run. False if another run is following it."""
        if key not in self._keys:
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                self._held.enter_context(FileLock(_lock_file(self._folder, key)).acquire(timeout=0))
            except Timeout:
                return False
            self._keys.add(key)
        return True


class HostLocks:
    """The hosts that this run asks; its outlets share the locks."""

    def __init__(self, staging: Path) -> None:
        self._folder = staging / "hosts"
        self._locks: dict[str, FileLock] = {}

    @asynccontextmanager
    async def hold(self, hosts: Collection[str], longest_seconds: float) -> AsyncIterator[bool]:
        """Hold all hosts, once no other run asks one of them. False if that takes too long."""
        waited = 0.0
        while (held := self._take(hosts)) is None and waited < longest_seconds:
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
            waited += _LOOK_AGAIN_SECONDS
        with held or ExitStack():
            yield held is not None

    def _take(self, hosts: Collection[str]) -> ExitStack | None:
        """Hold all hosts or no host: a run that waits for one must not hold another."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as taken:
            for host in sorted(hosts):
                lock = self._locks.setdefault(host, FileLock(_lock_file(self._folder, host)))
                try:
                    taken.enter_context(lock.acquire(timeout=0))
                except Timeout:
                    return None
            return taken.pop_all()


def _lock_file(folder: Path, name: str) -> Path:
    return folder / f"{_NO_FILE_NAME.sub('_', name.lower())}.lock"


def hosts_of(outlet: Outlet) -> set[str]:
    """The hosts that receive requests when an outlet is followed."""
    urls = (outlet.home_url, *outlet.feeds, *outlet.sitemaps, *outlet.sections)
    return {host for url in urls if url and (host := urlsplit(url).hostname)} | set(outlet.hosts)
