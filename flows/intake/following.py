"""Outlets followed side by side, each apart from the others: what is wrong with one costs that one alone."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from core.outlets import Outlet
from core.safety.logs import get_log
from flows.intake.locks import HostLocks, hosts_of
from tasks.acquire.base.interleaving import draw_side_by_side
from tasks.acquire.follow.cursors import FeedCursor
from tasks.acquire.follow.harvest import Expect, HarvestItem, harvest_outlet
from tasks.acquire.web.fetch import Fetcher

_log = get_log()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An outlet that was not followed, since another run asks its hosts."""

    outlet: Outlet


@dataclass(frozen=True, slots=True)
class Broken:
    """An outlet whose harvest ended with an unexpected error."""

    outlet: Outlet
    error: Exception


Followed = HarvestItem | LeftOut | Broken


def follow(
    outlets: Sequence[Outlet],
    fetcher: Fetcher,
    cursors: Mapping[str, Sequence[FeedCursor]],
    hosts: HostLocks,
    *,
    side_by_side: int,
    expect: Expect,
) -> AsyncGenerator[Followed, None]:
    """Everything that the outlets give, as it comes; `cursors` by outlet key. See harvest_outlet for `expect`."""

    async def follow_one(outlet: Outlet) -> AsyncGenerator[Followed, None]:
        async with hosts.hold(hosts_of(outlet), outlet.limits.max_seconds) as is_held:
            if not is_held:
                yield LeftOut(outlet)
                return
            harvest = harvest_outlet(outlet, fetcher, cursors.get(outlet.key, ()), expect)
            async with aclosing(_contain(outlet, harvest)) as items:
                async for item in items:
                    yield item

    return draw_side_by_side(map(follow_one, outlets), side_by_side)


async def _contain(
    outlet: Outlet, harvest: AsyncGenerator[HarvestItem, None]
) -> AsyncGenerator[HarvestItem | Broken, None]:
    """The harvest; an unexpected error in it is its last item."""
    try:
        async with aclosing(harvest):
            async for item in harvest:
                yield item
    except Exception as error:
        _log.exception("outlet %s was not followed to its end; the other outlets continue", outlet.key)
        yield Broken(outlet, error)
