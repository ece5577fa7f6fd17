"""Pages of a list of addresses, fetched and landed like pages of followed outlets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from core.errors import ConfigError
from core.outlets import Outlet
from core.safety.plain_files import read_named
from core.settings import Settings
from flows.intake.fetching import Timekeeping
from flows.intake.harvest import ListHarvest
from flows.intake.options import find_outlet_keys
from flows.recipe import run_recipe
from flows.runs.run import RunReport, open_run, report_run
from flows.runs.steps import Progress, RunSteps
from tasks.acquire.base.announcements import Announcement
from tasks.acquire.base.naming import find_host, find_outlet_key, slug_outlet
from tasks.acquire.follow.url_lists import read_url_list


def load_listed(
    settings: Settings,
    paths: Sequence[Path | str],
    *,
    outlet: str | None = None,
    steps: RunSteps | None = None,
    progress: Progress | None = None,
    timekeeping: Timekeeping | None = None,
) -> RunReport:
    """Fetch and land the pages whose addresses the files list, as politely as an ingest of outlets.

    Every address gets one outcome. Pages that a killed run fetched and did not land are landed first, without asking
    again. In `runs` it is a run of flow `ingest`, like every run that asks hosts for pages.

    Args:
        outlet: the outlet's key for all pages; by default the outlet in `copydesk.toml` that has the address's host,
            else the host.

    Raises:
        ConfigError: a file cannot be read, or has no address in it.
    """
    entries = read_lists(paths)
    with open_run(settings, "ingest", {"lists": [str(path) for path in paths], "outlet": outlet}) as run:
        harvest = ListHarvest(run, timekeeping or Timekeeping(), entries, find_outlets(settings, outlet))
        run_recipe(run, harvest, steps=steps, progress=progress)
    return replace(report_run(run), fetches=harvest.fetches)


def read_lists(paths: Sequence[Path | str]) -> list[Announcement]:
    """The addresses in the files, in their order, without repetitions."""
    found: dict[str, Announcement] = {}
    for path in paths:
        try:
            data = read_named(Path(path))
        except OSError as error:
            raise ConfigError(f"list {path} cannot be read: {error.strerror}") from error
        for entry in read_url_list(data, str(path)):
            found.setdefault(entry.key, entry)
    return list(found.values())


def find_outlets(settings: Settings, key: str | None) -> Callable[[str], Outlet]:
    """A function from an address to its outlet: the outlet of that key, else the one with the host, else one named
    after the host."""
    keys = find_outlet_keys(settings)

    def find(url: str) -> Outlet:
        found = key or find_outlet_key(url, keys) or slug_outlet(find_host(url) or "") or "unknown"
        return settings.outlet(found)

    return find
