"""robots.txt (RFC 9309): what may be asked of a host, and how fast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import urlsplit

from protego import Protego

from core.outcomes import Reason, Row
from tasks.acquire.fetched import Fetched
from tasks.acquire.links import find_sitemaps

PARSED_BYTES = 512_000  # RFC 9309 2.5: a crawler must parse at least 500 KiB
ROBOTS_MAX_BYTES = 5_000_000
LIFETIME = timedelta(hours=24)  # RFC 9309 2.4: not longer in the cache than 24 hours
TROUBLE_LIFETIME = timedelta(minutes=10)
MAX_CRAWL_DELAY_SECONDS = 60.0
# Names under which publishers opt out of training and other text and data mining in robots.txt.
TRAINING_AGENTS = ("CCBot", "GPTBot", "Google-Extended", "anthropic-ai", "ClaudeBot", "Applebot-Extended")


@dataclass(frozen=True)
class RobotsRules:
    """A host's rules as it gave them at `read_at`, `text` as it came.

    `problem` is set when they could not be had, and then nothing may be asked, for `reason`.
    """

    read_at: datetime
    text: str = ""
    problem: str | None = None
    reason: Reason = Reason.FETCH_FAILED

    @cached_property
    def rules(self) -> Protego:
        """The parsed rules."""
        return Protego.parse(self.text)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps it names."""
        return find_sitemaps(self.text)

    def is_fresh(self, now: datetime) -> bool:
        """Whether the host need not be asked again yet."""
        return now - self.read_at < (TROUBLE_LIFETIME if self.problem else LIFETIME)

    def forbids(self, url: str, agent: str, *, with_training_optouts: bool = False) -> str | None:
        """The rule that forbids asking for `url`, in words, or None."""
        if not self.rules.can_fetch(url, agent):
            return f"robots.txt forbids it to {agent}"
        if with_training_optouts:
            closed = (name for name in TRAINING_AGENTS if not self.rules.can_fetch(url, name))
            if name := next(closed, None):
                return f"robots.txt opts out of text mining ({name})"
        return None

    def crawl_delay(self, agent: str) -> float:
        """Seconds between two requests that the host asks for; 0 when it asks for none; a minute at the most."""
        asked = self.rules.crawl_delay(agent)
        return min(float(asked or 0), MAX_CRAWL_DELAY_SECONDS)


def robots_address(url: str) -> str:
    """Where the rules for an address are."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def judge_robots(answer: Fetched, now: datetime) -> RobotsRules:
    """The rules that an answer to /robots.txt means (RFC 9309 2.3.1).

    2xx: what it says. 4xx and redirects without end: everything is allowed, but for 429, which asks
    for patience. No answer, 5xx and 429: nothing may be asked for now, and `problem` says why.
    """
    status = answer.status_code
    if status is not None and 200 <= status < 300 and answer.reason in (None, Reason.EMPTY):
        return RobotsRules(now, answer.body[:PARSED_BYTES].decode("utf-8", "replace").removeprefix("\ufeff"))
    if status is not None and 300 <= status < 500 and status != 429:
        return RobotsRules(now)
    reason = Reason.FORBIDDEN_ADDRESS if answer.reason is Reason.FORBIDDEN_ADDRESS else Reason.FETCH_FAILED
    problem = f"robots.txt could not be had ({answer.detail}), so nothing may be asked"
    return RobotsRules(now, problem=problem, reason=reason)


def robots_to_row(address: str, rules: RobotsRules) -> Row | None:
    """The row of `feed_cursors` that saves a host's rules for the next run; None for rules not to be kept."""
    if rules.problem:
        return None
    return {
        "outlet": urlsplit(address).netloc,
        "feed_url": address,
        "kind": "robots",
        "checked_at": rules.read_at,
        "failure_count": 0,
        "seen": "{}",
        "content": rules.text,
    }


def robots_from_row(row: Row) -> RobotsRules:
    """The rules that a row of kind `robots` holds."""
    return RobotsRules(row["checked_at"], row["content"] or "")
