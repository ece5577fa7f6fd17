"""The HTTP client: HTTP/2, connections kept, every address checked before it is connected to."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import cache
from types import TracebackType
from typing import Self
from zlib import crc32

import httpcore
import httpx

from tasks.acquire.base.addresses import AddressPolicy, ForbiddenAddressError

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
KEPT_SECONDS = 30.0
# A pool looks through all its connections for each request; many small ones do not.
_POOLS = 128
# Idle connections that a pool keeps: of 200 hosts side by side, up to 6 share a pool, and connections above the limit
# are closed after every answer.
_MIN_IDLE = 8
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"
# What core.http.bodies takes off again.
ACCEPT_ENCODING = "gzip, deflate, br, zstd"


@cache
def tls_context() -> ssl.SSLContext:
    """The trusted certificates, read once, since reading takes a tenth of a second."""
    return httpx.create_ssl_context(trust_env=False)


class WebClient:
    """Sends single requests: no cookies, no redirects of its own, nothing read from the environment.

    Behind a proxy it is the proxy that resolves names and that has to refuse inner addresses; only
    addresses given as numbers are still refused here. `max_connections` holds for each of some pools.
    """

    def __init__(
        self,
        user_agent: str,
        policy: AddressPolicy,
        *,
        resolve: Resolver | None = None,
        proxy: str | None = None,
        max_connections: int = 200,
    ) -> None:
        self._headers = {"User-Agent": user_agent, "Accept": ACCEPT, "Accept-Encoding": ACCEPT_ENCODING}
        self.is_proxied = proxy is not None
        limits = httpx.Limits(
            max_connections=max_connections,
            max_keepalive_connections=min(max_connections, max(_MIN_IDLE, max_connections // _POOLS)),
            keepalive_expiry=KEPT_SECONDS,
        )
        backend = GuardedBackend(policy, resolve or resolve_by_system, httpcore.AnyIOBackend())
        self._pools = [_make_pool(limits, backend, proxy) for _ in range(_POOLS)]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pool in self._pools:
            await pool.aclose()

    async def get(self, url: str, headers: Mapping[str, str]) -> httpx.Response:
        """The response, its body still to be read and the response to be closed; httpx.TransportError."""
        request = httpx.Request("GET", url, headers={**self._headers, **headers})
        pool = self._pools[crc32(request.url.raw_host) % _POOLS]
        response = await pool.handle_async_request(request)
        response.request = request
        return response


def _make_pool(
    limits: httpx.Limits, backend: httpcore.AsyncNetworkBackend, proxy: str | None
) -> httpx.AsyncHTTPTransport:
    transport = httpx.AsyncHTTPTransport(
        http2=True, verify=tls_context(), limits=limits, proxy=proxy, trust_env=False
    )
    if proxy is None:
        transport._pool = httpcore.AsyncConnectionPool(  # httpx has no public way to a network backend
            ssl_context=tls_context(),
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            keepalive_expiry=limits.keepalive_expiry,
            http2=True,
            network_backend=backend,
        )
    return transport


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to addresses that were resolved here, once, and found good: no second look-up can differ."""

    def __init__(self, policy: AddressPolicy, resolve: Resolver, inner: httpcore.AsyncNetworkBackend) -> None:
        self._policy, self._resolve, self._inner = policy, resolve, inner

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the host's first address that answers; ForbiddenAddressError, or ConnectError."""
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} has no address: {error}") from error
        self._policy.check_ips(host, addresses)
        failure = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError as error:
                failure = error
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Never."""
        raise ForbiddenAddressError(f"unix socket {path}")

    async def sleep(self, seconds: float) -> None:
        """For httpcore's own use."""
        await self._inner.sleep(seconds)


async def resolve_by_system(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a host, each once, in the system's order. Raises OSError if it has no address."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
