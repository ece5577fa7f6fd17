"""How files are read, and which of their pages: made from settings and from the user's choice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from core.config.values import check_language, codes
from core.errors import ConfigError
from core.settings import Settings
from tasks.acquire.base.fields import check_columns
from tasks.acquire.base.naming import find_host
from tasks.acquire.files.read import FileOptions
from warehouse.catalog.sql_files import suggest


@dataclass(frozen=True, slots=True)
class FileChoice:
    """Which pages of the files to load, and how to read their records; the default is all of them.

    `only` holds keys of outlets or hosts, `languages` holds codes of ISO 639-1; with the times of fetching they choose
    among the pages of WARC files. `columns` maps our fields to a record's own. `start_offset` is the place in a
    WARC file to begin at (the number after `@` in an input_ref). `copies`: copy the records of WARC files into the
    archive instead of referencing them. `follows_links`: links can lead out of the folders that are loaded.
    """

    only: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    fetched_from: datetime | None = None
    fetched_until: datetime | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    start_offset: int = 0
    copies: bool = False
    follows_links: bool = False


def file_options(
    settings: Settings, outlet: str | None = None, choice: FileChoice | None = None
) -> FileOptions:
    """How to read files.

    Raises ConfigError for an unknown column, language or outlet, or if `--from` is not before `--to`.
    """
    choice = choice or FileChoice()
    check_columns(choice.columns)
    if choice.fetched_from and choice.fetched_until and choice.fetched_from >= choice.fetched_until:
        raise ConfigError("--from is not before --to, so nothing was fetched in between; swap them")
    return FileOptions(
        outlet=outlet,
        columns=choice.columns,
        outlet_keys=find_outlet_keys(settings),
        start_offset=choice.start_offset,
        follows_links=choice.follows_links,
        hosts=frozenset(host for name in choice.only for host in _hosts_of(settings, name)),
        fetched_from=choice.fetched_from,
        fetched_until=choice.fetched_until,
        languages=frozenset(map(_read_language, choice.languages)),
        max_input_bytes=settings.limits.max_input_bytes,
        max_expansion_ratio=settings.limits.max_expansion_ratio,
    )


def find_outlet_keys(settings: Settings) -> dict[str, str]:
    """The outlets' keys by host: the hosts that they name and the host of the home page, with its port if it has one.

    If two outlets name a host, it belongs to the first.
    """
    keys: dict[str, str] = {}
    for outlet in settings.outlets:
        home = outlet.home_url or ""
        for host in (*outlet.hosts, urlsplit(home).netloc, find_host(home)):
            if host:
                keys.setdefault(host.lower().removeprefix("www."), outlet.key)
    return keys


def _read_language(text: str) -> str:
    """The ISO 639-1 code of a language given by code (EN), tag (en-GB) or English name (english)."""
    word = text.strip().lower()
    known = codes()["languages"]
    names = {name.lower(): code for code, name in known.items()}
    found = names.get(word) or re.split(r"[-_]", word)[0]
    try:
        return check_language(found if found in known else word)
    except ValueError as error:
        raise ConfigError(f"--language: {error}") from None


def _hosts_of(settings: Settings, name: str) -> list[str]:
    """The hosts of an outlet in the settings; any other name is a host itself, or an address on it."""
    outlet = next((outlet for outlet in settings.outlets if outlet.key == name), None)
    if outlet is None:
        return [_read_host(settings, name)]
    addresses = (outlet.home_url, *outlet.feeds, *outlet.sitemaps, *outlet.sections)
    found = (*outlet.hosts, *(find_host(address) for address in addresses))
    return sorted({host.lower().removeprefix("www.") for host in found if host})


def _read_host(settings: Settings, name: str) -> str:
    host = find_host(name if "://" in name else f"//{name}") or ""
    if "." in host:
        return host
    keys = [outlet.key for outlet in settings.outlets]
    raise ConfigError(
        f"--only {name}: neither a host, such as harbour-post.example, nor an outlet in the settings"
        f"{suggest(name, keys) if keys else ''}"
    )
