"""Follow outlets: fetch what is new, archive it, work it, land it; one run from start to end."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import ConfigError
from core.outlets import Outlet
from core.settings import Settings
from flows.intake.fetching import Timekeeping
from flows.intake.harvest import Harvest
from flows.intake.intake import Acquisition
from flows.intake.locks import OutletLocks
from flows.intake.report import IngestReport
from flows.load import check_sums
from flows.runs.notices import tell_silent_outlets
from flows.runs.run import open_run
from flows.runs.steps import DirectSteps, NoProgress, Progress, Steps
from flows.stories import group_new_articles
from flows.work.process import make_order, process_and_land


def ingest_outlets(
    settings: Settings,
    keys: Sequence[str] = (),
    *,
    steps: Steps | None = None,
    progress: Progress | None = None,
    timekeeping: Timekeeping | None = None,
) -> IngestReport:
    """Fetch and land what is new at the outlets named, or at all of `copydesk.toml`.

    Every page asked for gets one outcome. What a killed run had fetched and not landed is landed
    first, without asking again. Outlets that another run follows at the moment are left out.

    Raises:
        ConfigError: no such outlet, or none configured.
    """
    steps, progress = steps or DirectSteps(), progress or NoProgress()
    outlets = choose_outlets(settings, keys)
    with open_run(settings, "ingest", {"outlets": [outlet.key for outlet in outlets]}) as run:
        order = make_order(run, "process_batch", counts_lines=True)
        with (
            OutletLocks(settings.staging) as locks,
            Acquisition(run, order.fingerprint()) as acquisition,
        ):
            harvest = Harvest(run, acquisition, progress, timekeeping or Timekeeping())
            staged = steps.run("acquire", harvest.take_outlets, outlets, locks)
            steps.run("process", process_and_land, run, order, staged, progress)
            harvest.land_cursors()
            acquisition.settle()
            harvest.remove_leftovers()
        steps.run("group", group_new_articles, run, progress)
        steps.run("check", check_sums, run, acquisition.taken_count)
        tell_silent_outlets(run.lake, settings, run.run_id, [outlet.key for outlet in outlets])
    return harvest.report()


def choose_outlets(settings: Settings, keys: Sequence[str]) -> list[Outlet]:
    """The outlets of these keys, or all that have something to follow; ConfigError where there is none."""
    known = {outlet.key: outlet for outlet in settings.outlets}
    if unknown := [key for key in keys if key not in known]:
        names = ", ".join(sorted(known)) or "none"
        raise ConfigError(f"no outlet {unknown[0]!r} in copydesk.toml; it has {names}")
    chosen = [known[key] for key in dict.fromkeys(keys)] or list(known.values())
    chosen = [outlet for outlet in chosen if outlet.feeds or outlet.sitemaps or outlet.sections]
    if not chosen:
        raise ConfigError("no outlet with feeds, sitemaps or sections to follow; add one to copydesk.toml")
    return chosen
