"""Fetching politely: robots.txt, one request at a time per host, patience where it is asked for, limits."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_result, stop_after_attempt

from core.exchanges import Exchange
from core.outcomes import Reason
from tasks.acquire.addresses import AddressPolicy, ForbiddenAddressError, clean_address
from tasks.acquire.client import WebClient
from tasks.acquire.fetched import ANY_TYPE, Ask, Fetched, Hop
from tasks.acquire.gates import Clock, HostGates, Sleep
from tasks.acquire.http_bodies import BodyTooLargeError, decode_body
from tasks.acquire.robots import ROBOTS_MAX_BYTES, RobotsRules, judge_robots, robots_address

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Worth another try: too many requests, and the server's or a gateway's own trouble.
_PASSING = frozenset({429, 500, 502, 503, 504})
_BOMB_RATIO = 200


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """How all hosts are asked. `agent` is the name that robots.txt knows us by."""

    agent: str = "copydesk"
    addresses: AddressPolicy = field(default_factory=AddressPolicy)
    honours_training_optouts: bool = False
    max_redirects: int = 5
    max_attempts: int = 4
    first_wait_seconds: float = 2.0
    longest_wait_seconds: float = 300.0


class Fetcher:
    """Asks hosts through `client`. Time comes from outside: `clock` in seconds, `now`, `sleep`, and `rng`.

    `robots` are the rules by the address of their robots.txt; those of an earlier run save asking again.
    """

    def __init__(
        self,
        client: WebClient,
        policy: FetchPolicy,
        *,
        clock: Clock,
        now: Callable[[], datetime],
        sleep: Sleep,
        rng: random.Random,
        robots: Mapping[str, RobotsRules] | None = None,
    ) -> None:
        self._client, self._policy = client, policy
        self._clock, self._now, self._sleep, self._rng = clock, now, sleep, rng
        self._gates = HostGates(clock, sleep)
        self.robots: dict[str, RobotsRules] = dict(robots or {})
        self._robots_locks: dict[str, asyncio.Lock] = {}

    async def fetch(self, ask: Ask) -> Fetched:
        """What came of the ask, redirects followed; what goes wrong on the way is its `reason`."""
        url, count = ask.url, 0
        hops: tuple[Hop, ...] = ()
        while True:
            answer = await self._ask_if_allowed(url, ask)
            count += answer.request_count
            answer = replace(answer, hops=hops, request_count=count)
            if answer.reason is not None or answer.status_code not in _REDIRECTS:
                return answer
            location = clean_redirect(url, answer.headers.get("location"))
            if location is None:
                return replace(answer, reason=Reason.HTTP_STATUS, detail="it redirects to no address")
            hops = (*hops, Hop(url, answer.status_code or 0, location))
            if len(hops) > self._policy.max_redirects:
                detail = f"more than {self._policy.max_redirects} redirects, the last to {location}"
                return replace(answer, reason=Reason.HTTP_STATUS, detail=detail, hops=hops)
            url = location

    async def robots_of(self, url: str) -> RobotsRules:
        """The rules of the address's host, asked for once a day."""
        address = robots_address(url)
        async with self._robots_locks.setdefault(address, asyncio.Lock()):
            rules = self.robots.get(address)
            if rules is None or not rules.is_fresh(self._now()):
                rules = self.robots[address] = await self._ask_robots(address)
            return rules

    async def _ask_robots(self, address: str) -> RobotsRules:
        url = address
        ask = Ask(url, delay_seconds=0.0, max_bytes=ROBOTS_MAX_BYTES, types=ANY_TYPE)
        answer = await self._ask_patiently(url, ask)
        for _ in range(self._policy.max_redirects):  # RFC 9309 2.3.1.2: five at least
            location = clean_redirect(url, answer.headers.get("location"))
            if answer.status_code not in _REDIRECTS or location is None:
                break
            url = location
            answer = await self._ask_patiently(url, ask)
        return judge_robots(answer, self._now())

    async def _ask_if_allowed(self, url: str, ask: Ask) -> Fetched:
        policy = self._policy
        try:
            policy.addresses.check_url(url)
        except ForbiddenAddressError as error:
            return self._fail(ask, url, Reason.FORBIDDEN_ADDRESS, str(error))
        rules = await self.robots_of(url)
        if rules.problem:
            return self._fail(ask, url, rules.reason, rules.problem)
        if rule := rules.forbids(url, policy.agent, with_training_optouts=policy.honours_training_optouts):
            return self._fail(ask, url, Reason.ROBOTS_FORBID, rule)
        delay = max(ask.delay_seconds, rules.crawl_delay(policy.agent))
        return await self._ask_patiently(url, replace(ask, delay_seconds=delay))

    async def _ask_patiently(self, url: str, ask: Ask) -> Fetched:
        """Asks again, later and later or when the host says, while the trouble may pass."""
        host = urlsplit(url).hostname or ""
        tries = 0

        async def ask_once() -> Fetched:
            nonlocal tries
            tries += 1
            async with self._gates.turn(host, ask.delay_seconds):
                return await self._ask_once(url, ask)

        def hold(state: RetryCallState) -> None:
            self._gates.hold(host, state.upcoming_sleep)

        retrying = AsyncRetrying(
            stop=stop_after_attempt(self._policy.max_attempts),
            retry=retry_if_result(self._is_passing),
            wait=self._wait,
            sleep=self._sleep,
            before_sleep=hold,
            retry_error_callback=_last_answer,
        )
        answer: Fetched = await retrying(ask_once)
        return replace(answer, ask=ask, request_count=tries)

    def _is_passing(self, answer: Fetched) -> bool:
        wait = self._asked_wait(answer)
        is_passing = answer.status_code in _PASSING or _is_connection_trouble(answer)
        return is_passing and (wait is None or wait <= self._policy.longest_wait_seconds)

    def _wait(self, state: RetryCallState) -> float:
        answer: Fetched = _last_answer(state)
        asked = self._asked_wait(answer)
        if asked is not None:
            return asked
        longest = self._policy.longest_wait_seconds
        wait: float = self._policy.first_wait_seconds * 2.0 ** (state.attempt_number - 1)
        return min(longest, wait) * (
            0.5 + self._rng.random() / 2
        )  # so that those who failed together come back apart

    def _asked_wait(self, answer: Fetched) -> float | None:
        return parse_retry_after(answer.headers.get("retry-after"), self._now())

    async def _ask_once(self, url: str, ask: Ask) -> Fetched:
        started_at = self._now()
        try:
            async with asyncio.timeout(ask.timeout_seconds):
                return await self._exchange(url, ask, started_at)
        except ForbiddenAddressError as error:
            return self._fail(ask, url, Reason.FORBIDDEN_ADDRESS, str(error))
        except TimeoutError:
            detail = f"not done within {ask.timeout_seconds:g} seconds"
            return self._fail(ask, url, Reason.TIMED_OUT, detail)
        except (httpx.TransportError, httpx.InvalidURL) as error:
            detail = f"{type(error).__name__}: {error}".rstrip(": ")
            return self._fail(ask, url, Reason.FETCH_FAILED, detail)

    async def _exchange(self, url: str, ask: Ask, started_at: datetime) -> Fetched:
        response = await self._client.get(url, _conditions(ask))
        try:
            headers = {name.lower(): value for name, value in reversed(response.headers.multi_items())}
            fetched = Fetched(ask, url, started_at, status_code=response.status_code, headers=headers)
            if refusal := _judge_head(fetched):
                return refusal
            raw = await _read_raw(response, ask.max_bytes)
        finally:
            await response.aclose()
        if raw is None:
            return _too_large(fetched)
        return _with_body(fetched, _make_exchange(response.request, response, raw), raw)

    def _fail(self, ask: Ask, url: str, reason: Reason, detail: str) -> Fetched:
        return Fetched(ask, url, self._now(), reason, detail)


def _last_answer(state: RetryCallState) -> Fetched:
    assert state.outcome is not None
    answer: Fetched = state.outcome.result()
    return answer


def _is_connection_trouble(answer: Fetched) -> bool:
    return answer.reason is Reason.FETCH_FAILED and answer.status_code is None


def _conditions(ask: Ask) -> dict[str, str]:
    given = {"If-None-Match": ask.etag, "If-Modified-Since": ask.last_modified}
    return {name: value for name, value in given.items() if value}


def _judge_head(fetched: Fetched) -> Fetched | None:
    """The end of an exchange whose body is not to be read, or None."""
    status = fetched.status_code or 0
    if status == 304:
        return replace(fetched, reason=Reason.NOT_MODIFIED, detail="304")
    if status in _REDIRECTS:
        return fetched
    if status in _PASSING:
        return replace(fetched, reason=Reason.FETCH_FAILED, detail=f"HTTP status {status}")
    if not 200 <= status < 300:
        return replace(fetched, reason=Reason.HTTP_STATUS, detail=f"HTTP status {status}")
    types = fetched.ask.types
    if types and fetched.content_type and fetched.content_type not in types:
        detail = f"content type {fetched.content_type}"
        return replace(fetched, reason=Reason.UNSUPPORTED_TYPE, detail=detail)
    length = fetched.headers.get("content-length", "")
    if length.isdigit() and int(length) > fetched.ask.max_bytes:
        return _too_large(fetched)
    return None


async def _read_raw(response: httpx.Response, max_bytes: int) -> bytes | None:
    """The body as it came, or None once it is longer than `max_bytes`."""
    parts: list[bytes] = []
    size = 0
    async for part in response.aiter_raw():
        size += len(part)
        if size > max_bytes:
            return None
        parts.append(part)
    return b"".join(parts)


def _with_body(fetched: Fetched, exchange: Exchange, raw: bytes) -> Fetched:
    try:
        body = decode_body(raw, fetched.headers.get("content-encoding"), fetched.ask.max_bytes)
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


def _make_exchange(request: httpx.Request, response: httpx.Response, raw: bytes) -> Exchange:
    stream = response.extensions.get("network_stream")
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


def clean_redirect(url: str, location: str | None) -> str | None:
    """Where a redirect leads, absolute. One that leads off the web is given as it is, to be refused."""
    if not location:
        return None
    try:
        return clean_address(location, url) or urljoin(url, location.strip())
    except ValueError:
        return None


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds to wait by a Retry-After header, which has them or a date (RFC 9110 10.2.3); None without one."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((aware - now) / timedelta(seconds=1), 0.0)
