"""The site of an address: its host, unless many publishers share the host (shared_hosts.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from core.outlets import Outlet
from tasks.acquire.base.naming import find_host, slug_outlet

_NO_NAME = "outlet"
_FORM_WORDS = frozenset({"feed", "feeds", "rss", "atom", "xml", "index", "videos", "rss.xml", "feed.xml"})


def site_of(url: str | None) -> str | None:
    """The site of an address, which distinguishes outlets: host and port, and on a shared host the path too."""
    host = find_host(url)
    if url is None or host is None:
        return None
    parts = urlsplit(url)
    place = f"{host}:{parts.port}" if parts.port else host
    if not is_shared(url):
        return place
    return place + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")


def is_shared(url: str) -> bool:
    """Whether many publishers share the host of the address."""
    labels = (find_host(url) or "").split(".")
    return any(".".join(labels[at:]) in _shared_hosts() for at in range(len(labels)))


def sites_of(outlet: Outlet) -> frozenset[str]:
    """The sites of an outlet: its home page's and its hosts; without both, the site of its first listing."""
    named = [site_of(outlet.home_url), *(host.removeprefix("www.") for host in outlet.hosts)]
    found = frozenset(site for site in named if site)
    listings = (*outlet.feeds, *outlet.sitemaps, *outlet.sections)
    return found or frozenset(site for site in map(site_of, listings[:1]) if site)


def name_key(url: str, title: str | None = None) -> str:
    """A key for the outlet of an address: its host, or on a shared host its title, else the last name in its path."""
    host = slug_outlet(find_host(url) or "") or _NO_NAME
    if not is_shared(url):
        return host
    names = [slug_outlet(unquote(part).partition(".")[0]) for part in urlsplit(url).path.split("/")]
    named = [name for name in names if name and name not in _FORM_WORDS]
    return slug_outlet(title or "") or (named[-1] if named else host)


class Keys:
    """Keys in use; each is given out once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._next_numbers: dict[str, int] = {}

    def give(self, key: str) -> str:
        """The key, with the first number from 2 that makes it unused. From now on it is in use."""
        number, fresh = self._next_numbers.get(key, 2), key
        while fresh in self._taken:
            fresh, number = f"{key}-{number}", number + 1
        self._next_numbers[key] = number
        self._taken.add(fresh)
        return fresh


@cache
def _shared_hosts() -> frozenset[str]:
    text = (Path(__file__).parent / "shared_hosts.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)["hosts"])
