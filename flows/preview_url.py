"""A page fetched for a preview: as politely and safely as an ingest, and not archived."""

from __future__ import annotations

import asyncio

from core.captures import Capture
from core.outcomes import InputOutcome
from core.outlets import Outlet
from core.settings import Settings
from flows.intake.fetching import Timekeeping, open_fetcher
from flows.intake.options import find_outlet_keys
from tasks.acquire.base.announcements import Announcement
from tasks.acquire.base.naming import find_outlet_key, host_of, slug_outlet
from tasks.acquire.web.pages import FetchedPage, ask_for_page, make_page


def fetch_page(settings: Settings, url: str, outlet: str | None = None) -> Capture | InputOutcome:
    """The page's capture, or the outcome that says why there is none."""
    key = outlet or find_outlet_key(url, find_outlet_keys(settings)) or slug_outlet(host_of(url) or "")
    return asyncio.run(_fetch(settings, url, settings.outlet(key or "preview")))


async def _fetch(settings: Settings, url: str, outlet: Outlet) -> Capture | InputOutcome:
    entry = Announcement(url)
    async with open_fetcher(settings, Timekeeping()) as fetcher:
        page = make_page(outlet, entry, await fetcher.fetch(ask_for_page(entry, outlet)))
    return page.capture if isinstance(page, FetchedPage) else page
