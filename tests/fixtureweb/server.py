"""A small HTTP/1.1 server on loopback that plays many hosts and writes down every request."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from tests.fixtureweb.clock import SimulatedClock


@dataclass(frozen=True)
class Request:
    """A request as it came, at simulated time `at`; `ended_at` is when its answer was done."""

    host: str
    path: str
    headers: Mapping[str, str]
    at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """An answer; a `stream` is sent piece by piece and without a Content-Length."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    stream: Callable[[], AsyncIterator[bytes]] | None = None


Site = Callable[[Request], Answer]


def html(text: str, **headers: str) -> Answer:
    """A page."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(body=text.encode(), headers={"Content-Type": "text/html; charset=utf-8", **named})


def not_found() -> Answer:
    return Answer(404, b"<p>Nothing here.</p>", {"Content-Type": "text/html"})


class FixtureWeb:
    """Plays the hosts in `sites`; `log` has every request in order, `busiest` the most at once for each host."""

    def __init__(self, clock: SimulatedClock, addresses: Sequence[str] = ("127.0.0.1",)) -> None:
        self.clock = clock
        self._addresses = addresses
        self.sites: dict[str, Site] = {}
        self.log: list[Request] = []
        self.busiest: Counter[str] = Counter()
        self.connection_count = 0
        self._busy: Counter[str] = Counter()
        self._port = 0
        self._servers: list[asyncio.Server] = []
        self._connections: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> FixtureWeb:
        for address in self._addresses:  # all on the port that the first one is given
            self._servers.append(await asyncio.start_server(self._serve, address, self._port))
            self._port = int(self._servers[0].sockets[0].getsockname()[1])  # the same when it opens once more
        return self

    async def __aexit__(self, *error: object) -> None:
        for server in self._servers:
            server.close()
        self._servers.clear()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    @property
    def port(self) -> int:
        return self._port

    def url(self, host: str, path: str = "/") -> str:
        return f"http://{host}:{self.port}{path}"

    async def resolve(self, host: str, port: int) -> list[str]:
        """Every host that is played is on loopback; no other has an address."""
        if host not in self.sites:
            raise OSError(f"no such host {host}")
        return ["127.0.0.1"]

    def paths(self, host: str) -> list[str]:
        """What the host was asked for, in order."""
        return [request.path for request in self.log if request.host == host]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        self.connection_count += 1
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while await self._serve_one(reader, writer):
                    pass
        finally:
            self._connections.discard(task)
            writer.close()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, *lines = head.splitlines()
        headers = {
            name.lower(): value.strip() for name, _, value in (h.partition(":") for h in lines) if name
        }
        host = headers.get("host", "").rpartition(":")[0]
        request = Request(host, line.split(" ")[1], headers, self.clock.now())
        place = len(self.log)
        self.log.append(request)
        self._busy[host] += 1
        self.busiest[host] = max(self.busiest[host], self._busy[host])
        try:
            await self._send(writer, self.sites.get(host, lambda _: not_found())(request))
        finally:
            self._busy[host] -= 1
            self.log[place] = Request(host, request.path, headers, request.at, self.clock.now())
        return True

    async def _send(self, writer: asyncio.StreamWriter, answer: Answer) -> None:
        headers = dict(answer.headers)
        if answer.stream is None:
            headers.setdefault("Content-Length", str(len(answer.body)))
        else:
            headers["Transfer-Encoding"] = "chunked"
        lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
        if answer.stream is None:
            writer.write(answer.body if answer.status != 304 else b"")
        else:
            async for piece in answer.stream():
                writer.write(b"%x\r\n%b\r\n" % (len(piece), piece))
                await writer.drain()
            writer.write(b"0\r\n\r\n")
        await writer.drain()
