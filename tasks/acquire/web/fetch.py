"""Fetch politely: robots.txt, one request at a time per host, pauses that hosts ask for, limits."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from tenacity import AsyncRetrying, RetryCallState, retry_if_result, stop_after_attempt

from core.http.exchanges import Exchange
from core.outcomes import Reason
from tasks.acquire.base.addresses import AddressPolicy, ForbiddenAddressError, clean_address
from tasks.acquire.base.parsing import HERE, Parser
from tasks.acquire.web.client import WebClient
from tasks.acquire.web.exchange import PASSING, REDIRECTS, ask_once
from tasks.acquire.web.fetched import ANY_TYPE, Ask, Fetched, Hop
from tasks.acquire.web.gates import HostGates, ReadClock, Sleep
from tasks.acquire.web.robots import PARSED_BYTES, RobotsRules, judge_robots, robots_address

# The longest pause that a host gets, over all runs; a longer one is a mistake.
MAX_PATIENCE = timedelta(days=7)
_LONGEST_SECONDS = 1e9
_TOLD_BY_STATUS = (None, Reason.HTTP_STATUS, Reason.NOT_MODIFIED)


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """How requests are made to all hosts. `agent` is the name that robots.txt knows us by, `parser` reads their listings."""

    agent: str = "copydesk"
    addresses: AddressPolicy = field(default_factory=AddressPolicy)
    honours_training_optouts: bool = False
    parser: Parser = HERE
    max_redirects: int = 5
    max_attempts: int = 4
    first_wait_seconds: float = 2.0
    longest_wait_seconds: float = 300.0


class Fetcher:
    """Asks hosts through `client`. Time comes from outside: `clock` in seconds, `now`, `sleep`, and `rng`.

    `robots` are the rules by the address of their robots.txt; those of an earlier run save asking again, and
    keep its hosts' wish to be left alone (Retry-After). `tally` counts by outlet and host: `requests`, `bytes`
    as they came, and each status or reason that ended one; robots.txt counts for the outlet that was the first
    to need it, and one that is not there as `no_robots`.
    """

    def __init__(
        self,
        client: WebClient,
        policy: FetchPolicy,
        *,
        clock: ReadClock,
        now: Callable[[], datetime],
        sleep: Sleep,
        rng: random.Random,
        robots: Mapping[str, RobotsRules] | None = None,
    ) -> None:
        self._client, self._policy = client, policy
        self._clock, self._now, self._sleep, self._rng = clock, now, sleep, rng
        self._gates = HostGates(clock, sleep)
        self.robots: dict[str, RobotsRules] = dict(robots or {})
        self.tally: dict[tuple[str, str], Counter[str]] = {}
        self._robots_locks: dict[str, asyncio.Lock] = {}

    @property
    def parser(self) -> Parser:
        """Where what hosts list is read."""
        return self._policy.parser

    async def fetch(self, ask: Ask) -> Fetched:
        """The answer to a request, after redirects; a failure is its `reason`."""
        url, count = ask.url, 0
        hops: tuple[Hop, ...] = ()
        passed: tuple[tuple[str, Exchange], ...] = ()
        while True:
            answer = await self._ask_if_allowed(url, ask)
            count += answer.request_count
            exchange = replace(answer.exchange, redirects=passed) if answer.exchange else None
            answer = replace(answer, hops=hops, request_count=count, exchange=exchange)
            if answer.reason is not None or answer.status_code not in REDIRECTS:
                return answer
            location = clean_redirect(url, answer.headers.get("location"))
            if location is None:
                return replace(answer, reason=Reason.HTTP_STATUS, detail="it redirects to no address")
            hops = (*hops, Hop(url, answer.status_code or 0, location))
            if len(hops) > self._policy.max_redirects:
                detail = f"more than {self._policy.max_redirects} redirects, the last to {location}"
                return replace(answer, reason=Reason.HTTP_STATUS, detail=detail, hops=hops)
            if answer.exchange:
                passed = (*passed, (url, replace(answer.exchange, redirects=())))
            url = location

    async def robots_of(self, url: str, outlet: str = "", delay_seconds: float = 2.0) -> RobotsRules:
        """The rules of the address's host, requested once a day; the request is counted for the outlet."""
        address = robots_address(url)
        async with self._robots_locks.setdefault(address, asyncio.Lock()):
            rules = self.robots.get(address)
            if rules is None or not rules.is_fresh(self._now()):
                rules = self.robots[address] = await self._ask_robots(address, outlet, delay_seconds)
                if rules.forbids(url, self._policy.agent) is None:
                    self._gates.hold(_host(url), rules.crawl_delay(self._policy.agent))
            return rules

    async def _ask_robots(self, address: str, outlet: str, delay_seconds: float) -> RobotsRules:
        url = address
        ask = Ask(
            url, delay_seconds, max_bytes=PARSED_BYTES + 1, types=ANY_TYPE, outlet=outlet, is_robots=True
        )
        answer = await self._ask_checked(url, ask)
        for _ in range(self._policy.max_redirects):  # RFC 9309 2.3.1.2: five at least
            location = clean_redirect(url, answer.headers.get("location"))
            if answer.status_code not in REDIRECTS or location is None:
                break
            url = location
            answer = await self._ask_checked(url, ask)
        return replace(judge_robots(answer, self._now()), resumes_at=self._resumes_at(answer))

    async def _ask_checked(self, url: str, ask: Ask) -> Fetched:
        try:
            self._policy.addresses.check_url(url)
        except ForbiddenAddressError as error:
            return self._fail(ask, url, Reason.FORBIDDEN_ADDRESS, str(error))
        return await self._ask_patiently(url, ask)

    async def _ask_if_allowed(self, url: str, ask: Ask) -> Fetched:
        policy = self._policy
        try:
            policy.addresses.check_url(url)
        except ForbiddenAddressError as error:
            return self._fail(ask, url, Reason.FORBIDDEN_ADDRESS, str(error))
        rules = await self.robots_of(url, ask.outlet, ask.delay_seconds)
        if rest := rules.rest_at(self._now()):
            return self._fail(ask, url, Reason.FETCH_FAILED, rest)
        if rules.problem:
            return self._fail(ask, url, rules.reason, rules.problem)
        if rule := rules.forbids(url, policy.agent, with_training_optouts=policy.honours_training_optouts):
            return self._fail(ask, url, Reason.ROBOTS_FORBID, rule)
        delay = max(ask.delay_seconds, rules.crawl_delay(policy.agent))
        return await self._ask_patiently(url, replace(ask, delay_seconds=delay))

    async def _ask_patiently(self, url: str, ask: Ask) -> Fetched:
        """Repeat a request while its failure can be temporary, with growing pauses or at the time that the host gives.

        A host that asks for a longer pause than this run allows gets no more requests.
        """
        host = _host(url)
        tries = 0

        async def ask_in_turn() -> Fetched:
            nonlocal tries
            async with self._gates.turn(host, ask.delay_seconds):
                if rest := self._rest_at(url):  # it said so while this ask waited for its turn
                    return self._fail(ask, url, Reason.FETCH_FAILED, rest)
                tries += 1
                answer = await ask_once(self._client, url, ask, self._now())
                self._heed(url, answer)
            self._count(host, answer)
            return answer

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
        answer: Fetched = await retrying(ask_in_turn)
        return replace(answer, ask=ask, request_count=tries)

    def _heed(self, url: str, answer: Fetched) -> None:
        """Hold the host for the pause that it asks for; if this run cannot wait that long, until another run."""
        address = robots_address(url)
        rules = self.robots.get(address)
        if resumes_at := self._resumes_at(answer):
            if rules is not None:  # else this is its robots.txt, whose rules will say so
                self.robots[address] = replace(rules, resumes_at=resumes_at)
        elif answer.status_code in PASSING and (wait := self._asked_wait(answer)):
            self._gates.hold(_host(url), wait)

    def _rest_at(self, url: str) -> str | None:
        rules = self.robots.get(robots_address(url))
        return rules.rest_at(self._now()) if rules else None

    def _resumes_at(self, answer: Fetched) -> datetime | None:
        """The time of the next request to a host that asks for a longer pause than this run allows."""
        wait = self._asked_wait(answer) if answer.status_code in PASSING else None
        if wait is None or wait <= self._policy.longest_wait_seconds:
            return None
        return self._now() + min(timedelta(seconds=wait), MAX_PATIENCE)

    def _count(self, host: str, answer: Fetched) -> None:
        tally = self.tally.setdefault((answer.ask.outlet, host), Counter())
        tally["requests"] += 1
        tally["bytes"] += len(answer.exchange.body) if answer.exchange else 0
        tally[_name_end(answer)] += 1

    def _is_passing(self, answer: Fetched) -> bool:
        wait = self._asked_wait(answer)
        is_passing = answer.status_code in PASSING or _is_connection_trouble(answer)
        is_short = wait is None or wait <= self._policy.longest_wait_seconds
        return is_passing and is_short and not self._rest_at(answer.final_url)

    def _wait(self, state: RetryCallState) -> float:
        answer: Fetched = _last_answer(state)
        asked = self._asked_wait(answer)
        if asked is not None:
            return asked
        longest = self._policy.longest_wait_seconds
        wait: float = self._policy.first_wait_seconds * 2.0 ** (state.attempt_number - 1)
        # between half and all of it, so that those who failed together come back apart
        return min(longest, wait) * (0.5 + self._rng.random() / 2)

    def _asked_wait(self, answer: Fetched) -> float | None:
        return parse_retry_after(answer.headers.get("retry-after"), self._now())

    def _fail(self, ask: Ask, url: str, reason: Reason, detail: str) -> Fetched:
        return Fetched(ask, url, self._now(), reason, detail)


def _last_answer(state: RetryCallState) -> Fetched:
    assert state.outcome is not None
    answer: Fetched = state.outcome.result()
    return answer


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _name_end(answer: Fetched) -> str:
    """The name in the tally for the end of a request."""
    status = answer.status_code or 0
    if answer.ask.is_robots and status in range(400, 500) and status not in PASSING:
        return "no_robots"  # nothing failed: a host need not have one
    is_told_by_status = answer.reason in _TOLD_BY_STATUS or status in PASSING
    return str(answer.status_code if is_told_by_status else answer.reason)


def _is_connection_trouble(answer: Fetched) -> bool:
    return answer.reason is Reason.FETCH_FAILED and answer.status_code is None


def clean_redirect(url: str, location: str | None) -> str | None:
    """The absolute target of a redirect. A target outside the web is returned as it is, to be refused."""
    if not location:
        return None
    try:
        return clean_address(location, url) or urljoin(url, location.strip())
    except ValueError:
        return None


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds to wait by a Retry-After header, a number or a date (RFC 9110 10.2.3); None without it."""
    if not value:
        return None
    bare = value.strip()
    if bare.isascii() and bare.isdigit():
        return min(float(bare[:20]), _LONGEST_SECONDS)
    try:
        moment = parsedate_to_datetime(bare)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max((aware - now) / timedelta(seconds=1), 0.0)
    except (ValueError, OverflowError):
        return None
