"""Download WARC files by address, as safely as pages, and resume a download that broke off."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt

from core.errors import ConfigError, TransientError
from tasks.acquire.base.addresses import AddressPolicy, ForbiddenAddressError
from tasks.acquire.web.client import WebClient
from tasks.acquire.web.exchange import PASSING, REDIRECTS, said_length
from tasks.acquire.web.fetch import clean_redirect, parse_retry_after
from tasks.acquire.web.gates import Sleep

MAX_DOWNLOAD_BYTES = 10_000_000_000  # the files of Common Crawl's CC-NEWS have one gigabyte
STALL_SECONDS = 60.0
_MAX_REDIRECTS, _MAX_ATTEMPTS = 5, 6
_FIRST_WAIT, _LONGEST_WAIT = 2.0, 300.0
_STARTS = {b"\x1f\x8b": ".warc.gz", b"WARC/": ".warc"}
Tell = Callable[[int, int], None]
"""Called with the number of bytes so far and the total (0 if unknown)."""


class _PassingError(Exception):
    """A temporary failure. `wait` is the pause that the server asks for, in seconds."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Downloader:
    """Downloads files into `folder`; time comes from outside."""

    client: WebClient
    addresses: AddressPolicy
    folder: Path
    now: Callable[[], datetime]
    sleep: Sleep
    max_bytes: int = MAX_DOWNLOAD_BYTES

    async def download(self, url: str, tell: Tell) -> Path:
        """The WARC file of that address, whole; one that exists is not requested again.

        Its name is made of a hash of the address, never of what the address says. Raises ConfigError for
        an address that is refused or has no WARC file, TransientError when the network fails for too
        long: the same call then goes on where it broke off.
        """
        name = f"loaded-{hashlib.sha256(url.encode()).hexdigest()[:20]}"
        for suffix in _STARTS.values():
            if (whole := self.folder / (name + suffix)).is_file():
                return whole
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f"{name}.part"
        await self._go_on_until_whole(url, part, tell)
        return _finish(url, part, name)

    async def _go_on_until_whole(self, url: str, part: Path, tell: Tell) -> None:
        retrying = AsyncRetrying(
            stop=stop_after_attempt(_MAX_ATTEMPTS),
            retry=retry_if_exception_type((_PassingError, httpx.TransportError, TimeoutError)),
            wait=_wait,
            sleep=self.sleep,
            reraise=True,
        )
        try:
            await retrying(self._go_on, url, part, tell)
        except (_PassingError, httpx.TransportError, TimeoutError) as error:
            why = f"{type(error).__name__} {error}".strip() if not isinstance(error, _PassingError) else error
            raise TransientError(
                f"could not download {url}: {why}; run the same command again to resume"
            ) from error
        except ForbiddenAddressError as error:
            raise ConfigError(f"{url} was not requested: {error}") from error

    async def _go_on(self, url: str, part: Path, tell: Tell) -> None:
        """Request the missing part and append it. Start again if the server does not know ranges or has another file."""
        tag_file = part.with_suffix(".tag")
        size = part.stat().st_size if part.exists() and tag_file.exists() else 0
        ranged = {"Range": f"bytes={size}-", "If-Range": tag_file.read_text()} if size else {}
        async with asyncio.timeout(STALL_SECONDS):
            response = await self._ask(url, {"Accept": "*/*", "Accept-Encoding": "identity", **ranged})
        try:
            place = response.headers.get("content-range", "")
            if response.status_code == 416 and place == f"bytes */{size}":
                return
            is_rest = response.status_code == 206
            if response.status_code == 416 or (is_rest and not place.startswith(f"bytes {size}-")):
                part.unlink(missing_ok=True)
                raise _PassingError("the server sent a different part from the one requested")
            total = (said_length(response.headers) or 0) + (size if is_rest else 0)
            _note_tag(tag_file, response)
            await self._write(response, part, size if is_rest else 0, total, tell)
        finally:
            await response.aclose()

    async def _ask(self, url: str, headers: dict[str, str]) -> httpx.Response:
        """The answer with the file, after redirects; each address on the way is checked."""
        address = url
        for _ in range(_MAX_REDIRECTS + 1):
            self.addresses.check_url(address)
            response = await self.client.get(address, headers)
            if response.status_code in {200, 206, 416}:
                return response
            await response.aclose()
            address = self._judge(url, address, response)
        raise ConfigError(f"could not download {url}: more than {_MAX_REDIRECTS} redirects")

    def _judge(self, url: str, address: str, response: httpx.Response) -> str:
        """The address to request next. Raises a temporary or a final error."""
        status = response.status_code
        if status in PASSING:
            wait = parse_retry_after(response.headers.get("retry-after"), self.now())
            raise _PassingError(f"HTTP status {status}", wait)
        location = clean_redirect(address, response.headers.get("location"))
        if status not in REDIRECTS or location is None:
            raise ConfigError(f"could not download {url}: HTTP status {status}")
        return location

    async def _write(self, response: httpx.Response, part: Path, start: int, total: int, tell: Tell) -> None:
        pieces = response.aiter_raw()
        size = start
        tell(start, total)
        with part.open("r+b" if start else "wb") as file:
            file.seek(start)
            while True:
                async with asyncio.timeout(STALL_SECONDS):
                    piece = await anext(pieces, b"")
                if not piece:
                    return
                size += len(piece)
                if size > self.max_bytes:
                    raise ConfigError(f"{response.request.url} is larger than {self.max_bytes:,} bytes")
                file.write(piece)
                tell(len(piece), total)


def _note_tag(tag_file: Path, response: httpx.Response) -> None:
    """Keep the tag that identifies the file, so that a download can resume; without a tag it starts again."""
    tag = response.headers.get("etag") or response.headers.get("last-modified")
    if tag and not tag.startswith("W/"):  # RFC 9110 13.1.5: a weak tag does not do for ranges
        tag_file.write_text(tag)
    else:
        tag_file.unlink(missing_ok=True)


def _finish(url: str, part: Path, name: str) -> Path:
    with part.open("rb") as file:
        start = file.read(5)
    suffix = next((suffix for magic, suffix in _STARTS.items() if start.startswith(magic)), None)
    part.with_suffix(".tag").unlink(missing_ok=True)
    if suffix is None:
        part.unlink()
        raise ConfigError(f"{url} is not a WARC file: it begins with {start!r}")
    return part.rename(part.with_name(name + suffix))


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, _PassingError) else None
    wait: float = _FIRST_WAIT * 2.0 ** (state.attempt_number - 1)
    return min(asked if asked is not None else wait, _LONGEST_WAIT)
