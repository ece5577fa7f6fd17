"""A WARC file is downloaded whole or not at all, goes on where it broke off, and is asked for as safely as pages."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from core.errors import ConfigError, CopydeskError, TransientError
from tasks.acquire.base.addresses import AddressPolicy
from tasks.acquire.web.client import WebClient
from tasks.acquire.web.downloads import Downloader
from tests.fixtureweb.clock import SimulatedClock
from tests.fixtureweb.server import Answer, FixtureWeb, Request, not_found

HOST = "data.orsay.example"
ARCHIVE = gzip.compress(b"WARC/1.0\r\n" + bytes(range(256)) * 400, compresslevel=0)
Site = Callable[[Request], Answer]


class Shelf:
    """Serves the archive in ranges; each of the first `breaks` answers stops after a third of what is asked for."""

    def __init__(self, breaks: int = 0, data: bytes = ARCHIVE) -> None:
        self.breaks, self.data, self.tag = breaks, data, '"1"'

    def __call__(self, request: Request) -> Answer:
        start = 0
        if "range" in request.headers and request.headers["if-range"] == self.tag:
            start = int(request.headers["range"].removeprefix("bytes=").rstrip("-"))
        rest = self.data[start:]
        headers = {"ETag": self.tag, "Content-Type": "application/warc"}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(self.data) - 1}/{len(self.data)}"
        if self.breaks:
            self.breaks -= 1
            return Answer(206 if start else 200, headers=headers, stream=break_off(rest[: len(rest) // 3]))
        return Answer(206 if start else 200, rest, headers)


def break_off(data: bytes) -> Callable[[], AsyncIterator[bytes]]:
    async def stream() -> AsyncIterator[bytes]:
        yield data
        raise ConnectionError

    return stream


def download(site: Site, folder: Path, *, limit: int = 10**9) -> tuple[Path | CopydeskError, FixtureWeb, int]:
    """The file or the error, the web with its log, and the bytes that were told of."""
    clock = SimulatedClock()
    web = FixtureWeb(clock)
    told = 0

    def tell(count: int, total: int) -> None:
        nonlocal told
        told += count

    async def run() -> Path | CopydeskError:
        async with web:
            web.sites = {HOST: site}
            addresses = AddressPolicy(open_hosts=frozenset({HOST}))
            async with WebClient("copydesk-test", addresses, resolve=web.resolve) as client:
                downloader = Downloader(client, addresses, folder, clock.now, clock.sleep, limit)
                try:
                    return await downloader.download(f"http://{HOST}:{web.port}/../x/crawl.warc.gz", tell)
                except CopydeskError as error:
                    return error

    return asyncio.run(run()), web, told


def test_a_file_comes_whole_under_a_name_of_our_own(tmp_path: Path) -> None:
    path, web, told = download(Shelf(), tmp_path)
    assert isinstance(path, Path)
    assert (path.parent, path.suffixes) == (tmp_path, [".warc", ".gz"])
    assert path.read_bytes() == ARCHIVE
    assert "crawl" not in path.name
    assert (len(web.log), told) == (1, len(ARCHIVE))
    assert list(tmp_path.iterdir()) == [path]


def test_a_download_that_breaks_off_goes_on_where_it_was(tmp_path: Path) -> None:
    path, web, told = download(Shelf(breaks=2), tmp_path)
    assert isinstance(path, Path)
    assert path.read_bytes() == ARCHIVE
    third = len(ARCHIVE) // 3
    ranges = [request.headers.get("range") for request in web.log]
    assert ranges[:2] == [None, f"bytes={third}-"]
    assert len(ranges) == 3
    assert told >= len(ARCHIVE)
    assert web.clock.seconds() > 2  # it waited before it asked again


def test_a_file_that_has_changed_meanwhile_begins_anew(tmp_path: Path) -> None:
    class Changing(Shelf):
        def __call__(self, request: Request) -> Answer:
            answer = super().__call__(request)
            self.tag, self.data = '"2"', gzip.compress(b"WARC/1.1\r\nanother file")
            return answer

    path, _, _ = download(Changing(breaks=1), tmp_path)
    assert isinstance(path, Path)
    assert gzip.decompress(path.read_bytes()).endswith(b"another file")


def test_what_keeps_breaking_can_be_gone_on_with_by_the_same_call(tmp_path: Path) -> None:
    error, web, _ = download(Shelf(breaks=99), tmp_path)
    assert isinstance(error, TransientError)
    assert "same command again" in str(error)
    assert len(web.log) == 6
    (part,) = tmp_path.glob("*.part")
    assert 0 < part.stat().st_size < len(ARCHIVE)


def test_a_host_that_asks_for_patience_gets_it(tmp_path: Path) -> None:
    asked = []

    def busy(request: Request) -> Answer:
        asked.append(request.at)
        return Shelf()(request) if len(asked) > 1 else Answer(503, headers={"Retry-After": "90"})

    path, web, _ = download(busy, tmp_path)
    assert isinstance(path, Path)
    assert 90 <= web.clock.seconds() < 92


@pytest.mark.parametrize(
    ("site", "why"),
    [
        (lambda _: not_found(), "HTTP status 404"),
        (lambda _: Answer(302, headers={"Location": "http://169.254.169.254/x.warc.gz"}), "169.254.169.254"),
        (lambda _: Answer(302, headers={"Location": "file:///etc/passwd"}), "scheme file"),
        (lambda _: Answer(302, headers={"Location": "/again.warc.gz"}), "more than 5 redirects"),
        (lambda _: Answer(body=b"<html>Please log in</html>"), "is not a WARC file"),
        (Shelf(data=ARCHIVE * 5), "larger than 200,000 bytes"),
    ],
    ids=["missing", "metadata service", "file", "circle", "a page", "too large"],
)
def test_what_cannot_be_had_is_the_users_error_and_says_why(site: Site, why: str, tmp_path: Path) -> None:
    error, _, _ = download(site, tmp_path, limit=200_000)
    assert isinstance(error, ConfigError)
    assert why in str(error)
    assert list(tmp_path.glob("*.warc*")) == []
