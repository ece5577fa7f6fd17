"""The stages' options, made from settings and from what the lake has learned."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from core.config.values import check_language, codes
from core.errors import ConfigError
from core.settings import Settings
from flows.work.selectors import check_selectors
from tasks.acquire.base.fields import check_columns
from tasks.acquire.base.naming import host_of
from tasks.acquire.files.read import FileOptions
from tasks.clean.options import CleanOptions
from tasks.extract.options import ExtractOptions
from warehouse.catalog.sql_files import suggest


def clean_options(
    settings: Settings,
    *,
    learned_lines: Mapping[str, frozenset[str]] | None = None,
    counts_lines: bool = False,
) -> CleanOptions:
    """How to clean: outlets, limits, and the boilerplate learned so far; ConfigError for a wrong selector."""
    check_selectors(settings.outlets)
    return CleanOptions(
        outlets={outlet.key: outlet for outlet in settings.outlets},
        min_words=settings.limits.min_words,
        max_words=settings.limits.max_words,
        learned_lines=learned_lines or {},
        counts_lines=counts_lines,
    )


def extract_options(settings: Settings) -> ExtractOptions:
    """How to extract: the model of each language that settings name, each outlet's time zone."""
    models = dict(settings.models.others)
    if settings.models.en:
        models["en"] = settings.models.en
    zones = {outlet.key: outlet.time_zone for outlet in settings.outlets}
    return ExtractOptions(models=models, time_zones=zones)


@dataclass(frozen=True, slots=True)
class FileChoice:
    """What of the files is wanted, and how their records are to be read; all of it, when nothing is said.

    `only` are outlets' keys or hosts, `languages` ISO 639-1; together with the times of fetching they choose
    among the pages of WARC files. `columns` maps our fields to a record's own. `start_offset` is the
    place in a WARC file (the number after `@` in an input_ref) to begin at. With `copies` the records
    of WARC files are copied into the archive instead of being referenced where they lie. With `follows_links`
    links may lead out of the folders that are loaded.
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
    """How to read files; ConfigError for a column of ours that there is none of, a language that is none, an outlet
    that is neither in the settings nor a host, and times that lie the wrong way round."""
    choice = choice or FileChoice()
    check_columns(choice.columns)
    if choice.fetched_from and choice.fetched_until and choice.fetched_from >= choice.fetched_until:
        raise ConfigError("--from is not before --to, so nothing was fetched in between; exchange them")
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
    """The keys of the outlets by the hosts that are theirs: those named, and that of the home page, with its port
    where it has one. The first outlet that has a host keeps it."""
    keys: dict[str, str] = {}
    for outlet in settings.outlets:
        home = outlet.home_url or ""
        for host in (*outlet.hosts, urlsplit(home).netloc, host_of(home)):
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
    found = (*outlet.hosts, *(host_of(address) for address in addresses))
    return sorted({host.lower().removeprefix("www.") for host in found if host})


def _read_host(settings: Settings, name: str) -> str:
    host = host_of(name if "://" in name else f"//{name}") or ""
    if "." in host:
        return host
    keys = [outlet.key for outlet in settings.outlets]
    raise ConfigError(
        f"--only {name}: neither a host, such as harbour-post.example, nor an outlet in the settings"
        f"{suggest(name, keys) if keys else ''}"
    )
