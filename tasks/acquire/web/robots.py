"""robots.txt (RFC 9309): which pages of a host can be requested, and how fast."""
# Why: see docs/decisions.md, "A host's wish to be left alone is kept with its robots.txt".

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import urlsplit

from protego import Protego

from core.outcomes import Reason, Row
from core.safety.writable import make_writable
from tasks.acquire.base.links import find_sitemaps
from tasks.acquire.web.fetched import Fetched
from tasks.acquire.web.optouts import find_training_agents, find_training_signals, match_signal

PARSED_BYTES = 512_000  # RFC 9309 2.5: a crawler must parse at least 500 KiB; we parse no more
LIFETIME = timedelta(hours=24)  # RFC 9309 2.4: not longer in the cache than 24 hours
TROUBLE_LIFETIME = timedelta(minutes=10)
# A host that wants a longer pause than this gets no requests: a run would never end.
MAX_CRAWL_DELAY_SECONDS = 300.0


@dataclass(frozen=True)
class RobotsRules:
    """The rules of a host, read at `read_at`; `text` is the file as it came.

    If the rules could not be read, `problem` says why, and no page can be requested, for `reason`. Until `resumes_at`,
    the host wants to be left alone (Retry-After).
    """

    read_at: datetime
    text: str = ""
    problem: str | None = None
    reason: Reason = Reason.FETCH_FAILED
    resumes_at: datetime | None = None

    @cached_property
    def rules(self) -> Protego:
        """The parsed rules."""
        return Protego.parse(self.text)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps it names."""
        return find_sitemaps(self.text)

    def is_fresh(self, now: datetime) -> bool:
        """Whether the rules are recent enough to use."""
        if self.rest_at(now):
            return True
        return now - self.read_at < (TROUBLE_LIFETIME if self.problem else LIFETIME)

    def rest_at(self, now: datetime) -> str | None:
        """The time until which the host wants to be left alone, in words; None if requests are allowed now."""
        if self.resumes_at is None or now >= self.resumes_at:
            return None
        return f"the host asked to be left alone until {self.resumes_at:%Y-%m-%d %H:%M} UTC (Retry-After)"

    def forbids(self, url: str, agent: str, *, with_training_optouts: bool = False) -> str | None:
        """The rule that forbids asking for `url`, in words, or None."""
        if not self.rules.can_fetch(url, agent):
            return f"robots.txt forbids it to {agent}"
        if (delay := self.crawl_delay(agent)) > MAX_CRAWL_DELAY_SECONDS:
            return (
                f"robots.txt asks for {delay:,.0f} seconds between two requests, and more than "
                f"{MAX_CRAWL_DELAY_SECONDS:.0f} are not waited for"
            )
        return self._opts_out(url, agent) if with_training_optouts else None

    def crawl_delay(self, agent: str) -> float:
        """The seconds between two requests that the host asks for, or 0."""
        return float(self.rules.crawl_delay(agent) or 0)

    def _opts_out(self, url: str, agent: str) -> str | None:
        closed = (name for name in self._training_agents if not self.rules.can_fetch(url, name))
        if said := next(closed, None) or match_signal(find_training_signals(self.text, agent), url):
            return f"robots.txt opts out of text mining ({said})"
        return None

    @cached_property
    def _training_agents(self) -> tuple[str, ...]:
        return find_training_agents(self.text)


def robots_address(url: str) -> str:
    """Where the rules for an address are."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def judge_robots(answer: Fetched, now: datetime) -> RobotsRules:
    """The rules that an answer to /robots.txt means (RFC 9309 2.3.1).

    2xx: the rules in the file. 4xx except 429, and endless redirects: everything is allowed. No answer, 5xx and 429:
    nothing is allowed for now, and `problem` says why.
    """
    status = answer.status_code
    if status is not None and 200 <= status < 300 and answer.reason in (None, Reason.EMPTY):
        return RobotsRules(now, _cut_lines(answer.body).decode("utf-8", "replace").removeprefix("\ufeff"))
    if status is not None and 300 <= status < 500 and status != 429:
        return RobotsRules(now)
    reason = Reason.FORBIDDEN_ADDRESS if answer.reason is Reason.FORBIDDEN_ADDRESS else Reason.FETCH_FAILED
    problem = f"could not read robots.txt ({answer.detail}), so no page of the host is requested"
    return RobotsRules(now, problem=problem, reason=reason)


def _cut_lines(body: bytes) -> bytes:
    """The whole lines among the bytes that are parsed: half a rule would be another rule."""
    return body if len(body) <= PARSED_BYTES else body[:PARSED_BYTES].rpartition(b"\n")[0]


def robots_to_row(address: str, rules: RobotsRules) -> Row | None:
    """The row of `feed_cursors` that saves a host's rules for the next run; None for rules not to be kept."""
    if rules.problem and rules.resumes_at is None:
        return None
    return {
        "outlet": urlsplit(address).netloc,
        "feed_url": address,
        "kind": "robots",
        "checked_at": rules.read_at,
        "failure_count": 1 if rules.problem else 0,
        "problem": rules.problem,
        "seen": "{}",
        "content": make_writable(rules.text),
        "resumes_at": rules.resumes_at,
    }


def robots_from_row(row: Row) -> RobotsRules:
    """The rules that a row of kind `robots` holds."""
    return RobotsRules(
        row["checked_at"], row["content"] or "", row.get("problem"), resumes_at=row.get("resumes_at")
    )
