"""Whether 03/04/2025 is in April or in March: what outlet, page and address say about the country's custom."""
# Why: see docs/decisions.md, "The order of day and month is decided by the outlet first, by the time last".

from __future__ import annotations

import re

from core.outlets import Outlet
from tasks.clean.page.page import Page
from tasks.clean.page.urls import host_of
from tasks.clean.words.moments import DayFirst
from tasks.clean.words.word_lists import word_set

_REGION = re.compile(r"[-_]([a-z]{2})(?:[-_]|$)", re.IGNORECASE)


def is_day_first(outlet: Outlet | None, page: Page | None = None) -> DayFirst:
    """True where the day is written first, False where the month is (the United States), "dashed" where only
    03-04-2025 is taken so, None if nothing tells.

    Evidence in this order: the outlet's country, the region of the page's language, the language, the country of
    the host's name. English without a region on an international host is taken for American, but for days
    with dashes: of the pages measured, English ones without a region wrote all of those with the day first.
    """
    if outlet and outlet.country:
        return outlet.country != "US"
    if page is None:
        return None
    declared = (page.tree.get("lang") or "").casefold()
    if region := _REGION.search(declared):
        return region[1] != "us"
    if declared and not declared.startswith("en"):
        return True
    country = _country_of(host_of(page.url))
    if country:
        return country != "us"
    return "dashed" if declared else None


def _country_of(host: str) -> str | None:
    """The country whose name a host bears; None for those that are sold to everybody (.tv, .io)."""
    last = host.rpartition(".")[2]
    is_country = len(last) == 2 and last.isalpha() and last not in word_set("dates", "worldwide_hosts")
    return last if is_country else None
