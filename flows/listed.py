"""Pages that a list names, fetched and landed like those of followed outlets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from core.errors import ConfigError
from core.outlets import Outlet
from core.safety.plain_files import read_named
from core.settings import Settings
from flows.intake.fetching import Timekeeping
from flows.intake.harvest import Harvest
from flows.intake.intake import Acquisition
from flows.intake.options import find_outlet_keys
from flows.load import check_sums
from flows.runs.run import RunReport, open_run, report_run
from flows.runs.steps import DirectSteps, NoProgress, Progress, Steps
from flows.stories import group_new_articles
from flows.work.process import make_order, process_and_land
from tasks.acquire.base.announcements import Announcement
from tasks.acquire.base.naming import find_outlet_key, host_of, slug_outlet
from tasks.acquire.follow.url_lists import read_url_list


def load_listed(
    settings: Settings,
    paths: Sequence[Path | str],
    *,
    outlet: str | None = None,
    steps: Steps | None = None,
    progress: Progress | None = None,
    timekeeping: Timekeeping | None = None,
) -> RunReport:
    """Fetch and land the pages whose addresses the files list, as politely as an ingest of outlets.

    Every address gets one outcome. What a killed run had fetched is landed first, without asking again;
    the run is one of flow `ingest`, since the next ingest takes over what it leaves.

    Args:
        outlet: the outlet's key for all pages; else that of the host in `copydesk.toml`, or the host.

    Raises:
        ConfigError: a file that cannot be read, or has no address in it.
    """
    steps, progress = steps or DirectSteps(), progress or NoProgress()
    entries = read_lists(paths)
    with open_run(settings, "ingest", {"lists": [str(path) for path in paths], "outlet": outlet}) as run:
        order = make_order(run, "process_batch", counts_lines=True)
        with Acquisition(run, order.fingerprint()) as acquisition:
            harvest = Harvest(run, acquisition, progress, timekeeping or Timekeeping())
            staged = steps.run("acquire", harvest.take_listed, entries, find_outlets(settings, outlet))
            steps.run("process", process_and_land, run, order, staged, progress)
            harvest.land_cursors()
            acquisition.settle()
            harvest.remove_leftovers()
        steps.run("group", group_new_articles, run, progress)
        steps.run("check", check_sums, run, acquisition.taken_count)
    return replace(report_run(run), fetches=harvest.fetches)


def read_lists(paths: Sequence[Path | str]) -> list[Announcement]:
    """The addresses in the files, each once, in their order."""
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
    """Gives an address's outlet: the one of that key, else the one with that host, else one named after it."""
    keys = find_outlet_keys(settings)

    def find(url: str) -> Outlet:
        found = key or find_outlet_key(url, keys) or slug_outlet(host_of(url) or "") or "unknown"
        return settings.outlet(found)

    return find
