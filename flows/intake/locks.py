"""Locks on outlets and hosts, so that two runs at once never ask the same one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import ExitStack, asynccontextmanager
from types import TracebackType
from urllib.parse import urlsplit

from core.errors import TransientError
from core.outlets import Outlet
from warehouse.catalog.claims import Claims, open_claims
from warehouse.catalog.location import LakeLocation

_LOOK_AGAIN_SECONDS = 0.5


class OutletLocks:
    """The outlets that this run follows. Use it in a `with` block that ends once the cursors have landed."""

    def __init__(self, location: LakeLocation) -> None:
        self._claims = open_claims(location, "outlets")
        self._keys: set[str] = set()

    def __enter__(self) -> OutletLocks:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._claims.close()

    def take(self, key: str) -> bool:
        """Lock the outlet for this run. False if another run is following it."""
        if key not in self._keys and self._claims.take(key):
            self._keys.add(key)
        return key in self._keys


class HostLocks:
    """The hosts that this run asks; its outlets share the locks. Use it in a `with` block."""

    def __init__(self, location: LakeLocation) -> None:
        self._claims: Claims = open_claims(location, "hosts")

    def __enter__(self) -> HostLocks:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._claims.close()

    @asynccontextmanager
    async def hold(self, hosts: Collection[str], longest_seconds: float) -> AsyncIterator[bool]:
        """Hold all hosts, once no other run asks one of them. False if that takes too long.

        A catalog that restarts is waited for as long. Raises TransientError if it stays away.
        """
        waited = 0.0
        while (
            held := self._take(hosts, must=waited >= longest_seconds)
        ) is None and waited < longest_seconds:
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
            waited += _LOOK_AGAIN_SECONDS
        with held or ExitStack():
            yield held is not None

    def _take(self, hosts: Collection[str], *, must: bool) -> ExitStack | None:
        """Hold all hosts or no host: a run that waits for one must not hold another."""
        with ExitStack() as taken:
            for host in sorted(hosts):
                try:
                    is_held = self._claims.take(host)
                except TransientError:
                    if must:
                        raise
                    return None
                if not is_held:
                    return None
                taken.callback(self._claims.release, host)
            return taken.pop_all()


def hosts_of(outlet: Outlet) -> set[str]:
    """The hosts that receive requests when an outlet is followed."""
    urls = (outlet.home_url, *outlet.feeds, *outlet.sitemaps, *outlet.sections)
    return {host for url in urls if url and (host := urlsplit(url).hostname)} | set(outlet.hosts)
