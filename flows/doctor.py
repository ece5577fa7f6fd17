"""What is right and what is wrong with this installation, one finding per subject."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from core import __version__
from core.errors import ConfigError, CopydeskError
from core.settings import Settings
from flows.intake.contact import MISSING_CONTACT, lacks_contact
from flows.models import NO_ENGLISH, find_english
from flows.runs.notices import find_services, find_unknown_addresses
from tasks.extract.languages.served import readings
from warehouse.catalog.attach import loads_here
from warehouse.catalog.extensions import OLDEST_DUCKDB
from warehouse.catalog.location import LakeLocation
from warehouse.catalog.open import open_lake

_PACKAGES = ("duckdb", "duckdb-extension-ducklake", "pyarrow", "pandas", "trafilatura", "spacy", "prefect")
_LOW_DISK_BYTES = 1_000_000_000


class Finding(NamedTuple):
    """A subject that was checked, and its state."""

    subject: str
    is_good: bool
    detail: str
    is_warning: bool = False


class AttachLines(NamedTuple):
    """How other DuckDB clients read the lake: `loads` can replace the first line of `anywhere` on this machine."""

    anywhere: str
    loads: str | None


def diagnose(load: Callable[[], Settings]) -> tuple[list[Finding], AttachLines | None]:
    """The findings, and the ATTACH statements if the lake can be opened."""
    findings = [_look_at_python(), *_look_at_packages(), _look_at_model()]
    try:
        settings = load()
    except ConfigError as error:
        return [*findings, Finding("settings", False, str(error))], None
    findings.append(Finding("settings", True, f"{len(settings.outlets)} outlets configured"))
    findings.append(_look_at_languages(settings))
    findings.append(_look_at_disk(settings.lake))
    findings.append(_look_at_prefect())
    findings.append(_look_at_notices(settings))
    findings.append(_look_at_contact(settings))
    finding, attach = _look_at_lake(settings)
    return [*findings, finding, *_look_at_role(settings, finding.is_good)], attach


def _look_at_python() -> Finding:
    good = (3, 11) <= sys.version_info[:2] < (3, 14)
    return Finding(
        "copydesk", good, f"{__version__} on Python {platform.python_version()} (3.11 to 3.13 work)"
    )


def _look_at_packages() -> Iterator[Finding]:
    for name in _PACKAGES:
        try:
            yield Finding(name, True, version(name))
        except PackageNotFoundError:
            yield Finding(
                name,
                False,
                "is not installed; install Copydesk again (README, First steps), with every package",
            )


def _look_at_model() -> Finding:
    package = find_english()
    return Finding("language model", package is not None, package or NO_ENGLISH)


def _look_at_languages(settings: Settings) -> Finding:
    """How names are read in which language; the table of all that is read is in README."""
    models = {"en", *(code.split("-")[0] for code in settings.models.others)}
    by_names: dict[str, list[str]] = {}
    for reading, codes in readings(models).items():
        by_names.setdefault(reading.names, []).extend(codes)
    told = "; ".join(f"{', '.join(codes)}: {how}" for how, codes in by_names.items())
    return Finding("languages", True, f"names in {told}. `copydesk models list` lists models")


def _look_at_disk(lake: Path) -> Finding:
    place = next(folder for folder in (lake.absolute(), *lake.absolute().parents) if folder.exists())
    free = shutil.disk_usage(place).free
    return Finding("disk", free > _LOW_DISK_BYTES, f"{free / 1e9:.1f} GB free at {place}")


def _look_at_prefect() -> Finding:
    url = os.environ.get("PREFECT_API_URL")
    return Finding(
        "runs", True, f"as Prefect flows, on {url}" if url else "direct (PREFECT_API_URL is not set)"
    )


def _look_at_notices(settings: Settings) -> Finding:
    if unknown := find_unknown_addresses(settings.notices):
        numbers = ", ".join(map(str, unknown))
        return Finding(
            "notices", False, f"apprise cannot read address {numbers} of `to`; correct it in [notices]"
        )
    services = ", ".join(find_services(settings.notices))
    told = f"failures are reported by {services}" if services else "no recipients; add some to [notices]"
    return Finding("notices", True, told)


def _look_at_contact(settings: Settings) -> Finding:
    if lacks_contact(settings):
        return Finding("contact", False, MISSING_CONTACT)
    return Finding("contact", True, f"requests to publishers name {settings.user_agent}")


def _look_at_lake(settings: Settings) -> tuple[Finding, AttachLines | None]:
    if settings.catalog_url is None and not settings.lake.exists():
        return Finding("lake", True, f"{settings.lake} does not exist yet; `copydesk load` makes it"), None
    try:
        with open_lake(settings, read_only=True) as lake:
            detail = (
                f"{lake.location}, snapshot {lake.snapshot_id}; DuckDB {version('duckdb')} here,"
                f" {OLDEST_DUCKDB} or later reads it"
            )
            return Finding("lake", True, detail), AttachLines(lake.attach_sql(), loads_here(lake.location))
    except CopydeskError as error:
        return Finding("lake", False, str(error)), None


def _look_at_role(settings: Settings, is_there: bool) -> Iterator[Finding]:
    """Whether the catalog user can write: loading needs that, answering other people's SQL must not have it."""
    if settings.catalog_url is None or not is_there:
        return
    from warehouse.catalog.role import look_at_role

    try:
        role = look_at_role(LakeLocation.of(settings))
    except CopydeskError as error:
        yield Finding("catalog user", False, str(error))
        return
    if role.excess:
        detail = f"{role.name} {', '.join(role.excess)}; right for loading pages, too much for answering SQL"
        yield Finding("catalog user", True, f"{detail} (docs/runbook.md, Readers)", is_warning=True)
    else:
        yield Finding("catalog user", True, f"{role.name} only reads the lake's catalog")
