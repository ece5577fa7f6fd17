"""Check outlets and add them to `copydesk.toml`: what they announce now, and their blocks."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import tomlkit

from core.config.mistakes import Mistake
from core.config.values import check_key
from core.errors import ConfigError
from core.outlets import Outlet
from core.safety.plain_files import read_named
from core.settings import EngineSettings, Settings, load_settings, load_sound_settings
from flows.ingest import choose_outlets
from flows.intake.fetching import Timekeeping, open_fetcher
from flows.intake.parse_workers import ParseWorkers
from flows.work.selectors import find_wrong_selectors
from tasks.acquire.base.addresses import AddressPolicy, ForbiddenAddressError
from tasks.acquire.base.parsing import UnparsableError
from tasks.acquire.base.sites import Keys, sites_of
from tasks.acquire.follow.opml import read_opml, write_opml
from tasks.acquire.follow.survey import ListingCheck, check_outlet, survey_outlet

_WRITTEN = ("name", "home_url", "country", "language", "time_zone", "feeds", "sitemaps", "sections", "why")


@dataclass(frozen=True, slots=True)
class Additions:
    """Keys of the outlets that were added, and of outlets in the settings that were given again."""

    added: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)


def check_outlets(file: Path | None, keys: Sequence[str]) -> list[tuple[str, ListingCheck]]:
    """Ask for every listing of the named outlets (of all, by default) once; pairs of outlet and result.

    Mistakes in the settings of outlets come first, as listings of kind `settings`; the listings of sound outlets are
    fetched all the same. Raises ConfigError for a mistake elsewhere in the settings.
    """
    settings, mistakes = load_sound_settings(file)
    mistakes += find_wrong_selectors(settings.outlets)
    mistakes = [mistake for mistake in mistakes if not keys or mistake.outlet in keys]
    wrong = [(mistake.outlet or mistake.place, _make_check(mistake)) for mistake in mistakes]
    named = {mistake.outlet for mistake in mistakes}
    sound = {outlet.key for outlet in settings.outlets}
    asked = [key for key in keys if key in sound or key not in named]
    if wrong and not (asked or (sound and not keys)):
        return wrong
    return wrong + asyncio.run(_ask_listings(settings, choose_outlets(settings, asked)))


def _make_check(mistake: Mistake) -> ListingCheck:
    return ListingCheck(mistake.key, "settings", None, 0, None, None, mistake.problem)


async def _ask_listings(settings: Settings, outlets: Sequence[Outlet]) -> list[tuple[str, ListingCheck]]:
    async with open_fetcher(settings, Timekeeping()) as fetcher:
        checked = await asyncio.gather(*(check_outlet(outlet, fetcher) for outlet in outlets))
    return [(outlet.key, found) for outlet, checks in zip(outlets, checked, strict=True) for found in checks]


def survey(settings: Settings, url: str, key: str | None = None) -> Outlet:
    """The outlet of a page, with the feeds and sitemaps that can be followed; its key is of its host, or the one given.

    Raises ConfigError for an address that is not on the public Internet and not opened by the settings, and for a key
    that is taken or cannot be one.
    """
    if key is not None:
        _check_new_key(settings, key)
    try:
        AddressPolicy(frozenset(settings.fetch.open_hosts)).check_url(url)
    except ForbiddenAddressError as error:
        host = urlsplit(url).hostname
        how = (
            f'; if it is your own, write open_hosts = ["{host}"] in [fetch] of copydesk.toml' if host else ""
        )
        raise ConfigError(f"could not request {url}: {error}{how}") from error

    async def look() -> Outlet:
        async with open_fetcher(settings, Timekeeping()) as fetcher:
            return await survey_outlet(url, fetcher)

    found = asyncio.run(look())
    return found.model_copy(update={"key": key}) if key else found


def _check_new_key(settings: Settings, key: str) -> None:
    if any(outlet.key == key for outlet in settings.outlets):
        raise ConfigError(f"another outlet has the key {key!r}; choose another one")
    try:
        check_key(key)
    except ValueError as error:
        raise ConfigError(f"--key: {error}") from error


def add_outlets(file: Path, outlets: Iterable[Outlet]) -> Additions:
    """Append blocks for the outlets to the settings file, and keep its comments.

    An outlet is not added if its site or one of its listings is in the file already. If its key is taken, it gets a
    number. Raises ConfigError if the file is wrong, or cannot be read or written.
    """
    present = load_settings(file).outlets if file.exists() else ()
    additions, fresh = _tell_apart(outlets, present)
    if not fresh:
        return additions
    try:
        document = (
            tomlkit.parse(file.read_text(encoding="utf-8-sig")) if file.exists() else tomlkit.document()
        )
        blocks = document.setdefault("outlets", tomlkit.aot())
        if not isinstance(blocks, tomlkit.items.AoT):
            raise ConfigError(
                f"settings file {file}: write its outlets as [[outlets]] blocks, so that more can follow"
            )
        for outlet in fresh:
            blocks.append(_make_block(outlet))
        file.write_text(tomlkit.dumps(document), encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"settings file {file} cannot be written: {error.strerror}") from error
    return additions


def _tell_apart(outlets: Iterable[Outlet], present: Iterable[Outlet]) -> tuple[Additions, list[Outlet]]:
    """The outlets that are new, each under a free key, and the report."""
    additions, fresh = Additions(), list[Outlet]()
    keys, places = Keys(outlet.key for outlet in present), dict[str, str]()
    for outlet in present:
        places |= dict.fromkeys(_find_places(outlet), outlet.key)
    for outlet in outlets:
        known = next((places[place] for place in sorted(_find_places(outlet)) if place in places), None)
        if known:
            additions.known.append(known)
            continue
        numbered = outlet.model_copy(update={"key": keys.give(outlet.key)})
        places |= dict.fromkeys(_find_places(numbered), numbered.key)
        additions.added.append(numbered.key)
        fresh.append(numbered)
    return additions, fresh


def _find_places(outlet: Outlet) -> set[str]:
    """The sites and listings of an outlet; two blocks that share one describe the same outlet."""
    return {*sites_of(outlet), *outlet.feeds, *outlet.sitemaps, *outlet.sections}


def import_opml(file: Path, opml: Path) -> Additions:
    """Add the outlets of an OPML file to the settings file."""
    try:
        data = read_named(opml)
    except OSError as error:
        raise ConfigError(f"OPML file {opml} cannot be read: {error.strerror}") from error
    return add_outlets(file, asyncio.run(_read_opml(data, opml)))


async def _read_opml(data: bytes, opml: Path) -> list[Outlet]:
    async with ParseWorkers(EngineSettings()) as parser:
        try:
            return await parser.parse(read_opml, data)
        except UnparsableError as error:
            raise ConfigError(f"OPML file {opml} cannot be read: {error}") from error


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
