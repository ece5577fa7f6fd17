"""Connections are made to the very addresses that were checked, and to none inside our own network."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Sequence
from zlib import crc32

import httpcore
import pytest

from tasks.acquire.base.addresses import AddressPolicy, ForbiddenAddressError
from tasks.acquire.web.client import GuardedBackend, WebClient
from tasks.acquire.web.fetch import Fetcher, FetchPolicy
from tasks.acquire.web.fetched import Ask
from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.server import Answer, FixtureWeb, Request, html, not_found


class Listener(httpcore.AsyncNetworkBackend):
    """Writes down what is connected to; `dead` addresses do not answer."""

    def __init__(self, *dead: str) -> None:
        self.connected: list[str] = []
        self._dead = dead

    async def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        self.connected.append(host)
        if host in self._dead:
            raise httpcore.ConnectError("nobody there")
        return object()


def connect(answers: Sequence[Sequence[str]], *dead: str, policy: AddressPolicy | None = None) -> Listener:
    """One connection for each answer that the name gives in turn; stops at the first error."""
    inner, given = Listener(*dead), iter(answers)

    async def resolve(host: str, port: int) -> Sequence[str]:
        return next(given)

    backend = GuardedBackend(policy or AddressPolicy(), resolve, inner)

    async def connect_all() -> None:
        for _ in answers:
            await backend.connect_tcp("orsay-mail.example", 443)

    try:
        asyncio.run(connect_all())
    except (ForbiddenAddressError, httpcore.ConnectError) as error:
        inner.connected.append(type(error).__name__)
    return inner


def test_a_connection_is_made_to_the_address_and_not_to_the_name():
    assert connect([["203.0.113.0", "8.8.8.8"][1:]]).connected == ["8.8.8.8"]


def test_a_name_that_moves_inside_after_it_was_checked_gains_nothing():
    assert connect([["8.8.8.8"], ["127.0.0.1"]]).connected == ["8.8.8.8", "ForbiddenAddressError"]


def test_one_inner_address_among_public_ones_is_enough_to_refuse():
    assert connect([["8.8.8.8", "10.0.0.1"]]).connected == ["ForbiddenAddressError"]


def test_the_next_address_is_tried_when_one_does_not_answer():
    assert connect([["8.8.8.8", "9.9.9.9"]], "8.8.8.8").connected == ["8.8.8.8", "9.9.9.9"]
    assert connect([["8.8.8.8"]], "8.8.8.8").connected == ["8.8.8.8", "ConnectError"]


def test_a_host_that_the_user_opened_may_be_inside():
    policy = AddressPolicy(open_hosts=frozenset({"orsay-mail.example"}))
    assert connect([["10.0.0.1"]], policy=policy).connected == ["10.0.0.1"]


@pytest.mark.parametrize("answer", [[], ["not an address"]])
def test_a_name_without_a_good_address_is_not_connected_to(answer):
    assert connect([answer]).connected in (["ConnectError"], ["ForbiddenAddressError"])


def only_pages(request: Request) -> Answer:
    """A site without robots.txt."""
    return not_found() if request.path == "/robots.txt" else html("<p>The ferry did not sail.</p>")


def test_each_host_is_asked_over_one_connection_however_many_run_side_by_side():
    # all of one pool of connections, and more of them than it would keep open by chance
    names = (f"outlet-{n}.example" for n in itertools.count())
    hosts = list(itertools.islice((name for name in names if crc32(name.encode()) % 128 == 0), 8))
    clock = SimulatedClock()
    web = FixtureWeb(clock)
    web.sites = dict.fromkeys(hosts, only_pages)
    addresses = AddressPolicy(open_hosts=frozenset(hosts))

    async def run() -> None:
        async with web, WebClient("copydesk-test", addresses, resolve=web.resolve) as client:
            policy = FetchPolicy(addresses=addresses)
            rng = random.Random(1)
            fetcher = Fetcher(client, policy, clock=clock.seconds, now=clock.now, sleep=clock.sleep, rng=rng)
            for path in ("/a", "/b"):
                await asyncio.gather(*(fetcher.fetch(Ask(web.url(host, path))) for host in hosts))

    asyncio.run(run())
    assert len(web.log) == 3 * len(hosts)
    assert web.connection_count == len(hosts)
