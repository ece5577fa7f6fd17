"""Pages of articles: requested within their outlet's limits, and made into captures."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from core.captures import Capture, CaptureKind
from core.http.exchanges import Exchange
from core.outcomes import InputOutcome, Reason
from core.outlets import Outlet
from tasks.acquire.base.addresses import strip_tracking
from tasks.acquire.base.announcements import Announcement
from tasks.acquire.base.interleaving import draw_side_by_side
from tasks.acquire.base.naming import make_capture
from tasks.acquire.base.options import STAGE
from tasks.acquire.files.single_files import judge_payload
from tasks.acquire.web.fetch import Fetcher
from tasks.acquire.web.fetched import Ask, Fetched


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page for the archive and the cleaning: the capture and the exchange as it came over the wire."""

    capture: Capture
    exchange: Exchange


def ask_for_page(entry: Announcement, outlet: Outlet) -> Ask:
    """The request for an announced page, within its outlet's limits."""
    limits = outlet.limits
    return Ask(
        strip_tracking(entry.url),
        delay_seconds=limits.delay_seconds,
        max_bytes=limits.max_bytes,
        timeout_seconds=limits.timeout_seconds,
        outlet=outlet.key,
    )


def make_page(outlet: Outlet, entry: Announcement, answer: Fetched) -> FetchedPage | InputOutcome:
    """The page as a capture with the announcement's hints, or its outcome, under the requested address."""
    url = answer.ask.url
    if answer.reason is not None or answer.exchange is None:
        reason = answer.reason or Reason.HTTP_STATUS
        detail = answer.detail or f"HTTP status {answer.status_code}"
        return InputOutcome(url, reason, STAGE, detail=detail)
    if problem := judge_payload(url, answer.body, answer.ask.max_bytes):
        return problem
    capture = make_capture(
        input_ref=url,
        outlet=outlet.key,
        url=url,
        kind=CaptureKind.HTML,
        payload=answer.body,
        fetched_at=answer.fetched_at,
        final_url=answer.final_url if answer.final_url != url else None,
        content_type=answer.content_type,
        charset=answer.charset,
        hints=entry.hints(),
    )
    return FetchedPage(capture, answer.exchange)


def fetch_listed(
    entries: Iterable[Announcement],
    find_outlet: Callable[[str], Outlet],
    fetcher: Fetcher,
    *,
    side_by_side: int = 100,
) -> AsyncGenerator[FetchedPage | InputOutcome, None]:
    """The pages of a list, or their outcomes. `find_outlet` gives the outlet of an address.

    At most `side_by_side` hosts get requests at once; the pages of one host keep the order of the list.
    """
    by_host: dict[str, list[Announcement]] = {}
    for entry in entries:
        by_host.setdefault(urlsplit(entry.url).netloc, []).append(entry)

    async def fetch_host(listed: Sequence[Announcement]) -> AsyncGenerator[FetchedPage | InputOutcome, None]:
        for entry in listed:
            outlet = find_outlet(entry.url)
            yield make_page(outlet, entry, await fetcher.fetch(ask_for_page(entry, outlet)))

    return draw_side_by_side(map(fetch_host, by_host.values()), side_by_side)
