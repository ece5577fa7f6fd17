"""One request and its answer, within its limits of time, size and kind."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import httpx

from core.http.bodies import BodyTooLargeError, decode_beginning, decode_body
from core.http.exchanges import Exchange
from core.outcomes import Reason
from tasks.acquire.base.addresses import ForbiddenAddressError
from tasks.acquire.web.client import WebClient
from tasks.acquire.web.fetched import Ask, Fetched

REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Worth another try: too many requests, and the server's or a gateway's own trouble.
PASSING = frozenset({429, 500, 502, 503, 504})
_BOMB_RATIO = 200
_REDIRECT_BYTES = 100_000  # of a redirect's body, which is not used; a longer one is not kept
_READ_OFF_SECONDS = 5.0


async def ask_once(client: WebClient, url: str, ask: Ask, now: datetime) -> Fetched:
    """The answer to one request for `url`, without following redirects; a failure is its `reason`."""
    try:
        async with asyncio.timeout(ask.timeout_seconds):
            return await _exchange(client, url, ask, now)
    except ForbiddenAddressError as error:
        return Fetched(ask, url, now, Reason.FORBIDDEN_ADDRESS, str(error))
    except TimeoutError:
        detail = f"not done within {ask.timeout_seconds:g} seconds"
        return Fetched(ask, url, now, Reason.TIMED_OUT, detail)
    except (httpx.InvalidURL, UnicodeError) as error:
        return Fetched(ask, url, now, Reason.FORBIDDEN_ADDRESS, f"no address: {error}")
    except (httpx.TransportError, ValueError) as error:
        detail = f"{type(error).__name__}: {error}".rstrip(": ")
        return Fetched(ask, url, now, Reason.FETCH_FAILED, detail)


async def _exchange(client: WebClient, url: str, ask: Ask, now: datetime) -> Fetched:
    response = await client.get(url, _conditions(ask))
    try:
        headers = {name.lower(): value for name, value in reversed(response.headers.multi_items())}
        fetched = Fetched(ask, url, now, status_code=response.status_code, headers=headers)
        if refusal := _judge_head(fetched):
            await _read_off(response)
            return refusal
        is_redirect = response.status_code in REDIRECTS
        raw = await _read_raw(
            response, _REDIRECT_BYTES if is_redirect else ask.max_bytes, is_cut=ask.is_robots
        )
    finally:
        await response.aclose()
    exchange = _make_exchange(response, raw or b"", has_own_address=not client.is_proxied)
    if is_redirect:
        return replace(fetched, exchange=exchange)
    return _too_large(fetched) if raw is None else _with_body(fetched, exchange, raw)


def _conditions(ask: Ask) -> dict[str, str]:
    given = {"If-None-Match": ask.etag, "If-Modified-Since": ask.last_modified}
    # A server can give values that a request cannot hold.
    return {name: value for name, value in given.items() if value and value.isascii() and value.isprintable()}


def _judge_head(fetched: Fetched) -> Fetched | None:
    """The result of an exchange whose body should not be read, or None."""
    status = fetched.status_code or 0
    if status == 304:
        return replace(fetched, reason=Reason.NOT_MODIFIED, detail="304")
    if status in REDIRECTS:
        return None
    if status in PASSING:
        return replace(fetched, reason=Reason.FETCH_FAILED, detail=f"HTTP status {status}")
    if not 200 <= status < 300:
        return replace(fetched, reason=Reason.HTTP_STATUS, detail=f"HTTP status {status}")
    types = fetched.ask.types
    if types and fetched.content_type and fetched.content_type not in types:
        detail = f"content type {fetched.content_type}"
        return replace(fetched, reason=Reason.UNSUPPORTED_TYPE, detail=detail)
    length = said_length(fetched.headers)
    if length is not None and length > fetched.ask.max_bytes and not fetched.ask.is_robots:
        return _too_large(fetched)
    return None


def said_length(headers: Mapping[str, str]) -> int | None:
    """The number in Content-Length; only ASCII digits count."""
    length = headers.get("content-length", "")
    return int(length[:20]) if length.isascii() and length.isdigit() else None


async def _read_raw(response: httpx.Response, max_bytes: int, *, is_cut: bool = False) -> bytes | None:
    """The body as it came. If it is longer than `max_bytes`: its beginning if it can be cut, else None."""
    parts: list[bytes] = []
    size = 0
    async for part in response.aiter_raw():
        size += len(part)
        if size > max_bytes:
            return b"".join([*parts, part])[:max_bytes] if is_cut else None
        parts.append(part)
    return b"".join(parts)


async def _read_off(response: httpx.Response) -> None:
    """Read a short unwanted answer to its end, since a connection with unread bytes must be closed."""
    length = said_length(response.headers)
    if length is not None and length <= _REDIRECT_BYTES:
        with contextlib.suppress(TimeoutError, httpx.TransportError):
            async with asyncio.timeout(_READ_OFF_SECONDS):
                await _read_raw(response, _REDIRECT_BYTES)


def _with_body(fetched: Fetched, exchange: Exchange, raw: bytes) -> Fetched:
    coding, limit = fetched.headers.get("content-encoding"), fetched.ask.max_bytes
    try:
        decode = decode_beginning if fetched.ask.is_robots else decode_body
        body = decode(raw, coding, limit)
    except BodyTooLargeError:
        if len(raw) * _BOMB_RATIO < fetched.ask.max_bytes:
            detail = f"{len(raw):,} bytes grow to more than {fetched.ask.max_bytes:,}"
            return replace(fetched, reason=Reason.COMPRESSION_BOMB, detail=detail)
        return _too_large(fetched)
    if not body:
        return replace(fetched, reason=Reason.EMPTY, detail="an empty answer", exchange=exchange)
    return replace(fetched, body=body, exchange=exchange)


def _too_large(fetched: Fetched) -> Fetched:
    return replace(fetched, reason=Reason.TOO_LARGE, detail=f"more than {fetched.ask.max_bytes:,} bytes")


def _make_exchange(response: httpx.Response, raw: bytes, *, has_own_address: bool) -> Exchange:
    request = response.request
    stream = response.extensions.get("network_stream") if has_own_address else None
    server = stream.get_extra_info("server_addr") if stream else None
    return Exchange(
        method=request.method,
        target=request.url.raw_path.decode("ascii"),
        request_headers=_texts(request.headers.raw),
        status_code=response.status_code,
        reason_phrase=response.reason_phrase,
        response_headers=_texts(response.headers.raw),
        body=raw,
        ip_address=str(server[0]) if server else None,
    )


def _texts(headers: list[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]
