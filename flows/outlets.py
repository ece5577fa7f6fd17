"""Outlets looked at and added: what they announce now, and blocks for `copydesk.toml`."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path

import tomlkit

from core.errors import ConfigError
from core.outlets import Outlet
from core.settings import Settings
from flows.fetching import Timekeeping, open_fetcher
from flows.ingest import choose_outlets
from tasks.acquire.opml import read_opml, write_opml
from tasks.acquire.survey import ListingCheck, check_outlet, survey_outlet

_WRITTEN = ("name", "home_url", "country", "language", "time_zone", "feeds", "sitemaps", "sections", "why")


def check_outlets(settings: Settings, keys: Sequence[str]) -> list[tuple[str, ListingCheck]]:
    """Every listing of the outlets (all, when none is named), asked for once: (outlet, how it is)."""
    outlets = choose_outlets(settings, keys)

    async def check() -> list[list[ListingCheck]]:
        async with open_fetcher(settings, Timekeeping()) as fetcher:
            return await asyncio.gather(*(check_outlet(outlet, fetcher) for outlet in outlets))

    checked = asyncio.run(check())
    return [(outlet.key, found) for outlet, checks in zip(outlets, checked, strict=True) for found in checks]


def survey(settings: Settings, url: str) -> Outlet:
    """The outlet that a page belongs to, with the feeds and sitemaps that can be followed."""

    async def look() -> Outlet:
        async with open_fetcher(settings, Timekeeping()) as fetcher:
            return await survey_outlet(url, fetcher)

    return asyncio.run(look())


def add_outlets(file: Path, outlets: Iterable[Outlet]) -> list[str]:
    """Append blocks for the outlets to the settings file, its comments kept; the keys that were new.

    Raises ConfigError when the file cannot be read or written.
    """
    try:
        document = tomlkit.parse(file.read_text(encoding="utf-8")) if file.exists() else tomlkit.document()
    except (OSError, ValueError) as error:
        raise ConfigError(f"settings file {file} cannot be read: {error}") from error
    blocks = document.setdefault("outlets", tomlkit.aot())
    known = {str(block["key"]) for block in blocks}
    fresh = [outlet for outlet in outlets if outlet.key not in known]
    for outlet in fresh:
        blocks.append(_make_block(outlet))
    try:
        file.write_text(tomlkit.dumps(document), encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"settings file {file} cannot be written: {error.strerror}") from error
    return [outlet.key for outlet in fresh]


def import_opml(file: Path, opml: Path) -> list[str]:
    """Add the outlets of an OPML file; the keys that were new."""
    try:
        data = opml.read_bytes()
    except OSError as error:
        raise ConfigError(f"OPML file {opml} cannot be read: {error.strerror}") from error
    return add_outlets(file, read_opml(data))


def export_opml(settings: Settings) -> bytes:
    """The outlets' feeds as OPML 2.0."""
    return write_opml(settings.outlets)


def _make_block(outlet: Outlet) -> tomlkit.items.Table:
    block = tomlkit.table()
    block["key"] = outlet.key
    for name in _WRITTEN:
        value = getattr(outlet, name)
        if value and value != Outlet.model_fields[name].default:
            block[name] = list(value) if isinstance(value, tuple) else value
    return block
