"""Follow outlets: fetch what is new, archive it, work it, land it; one run from start to end."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import ConfigError
from core.outlets import Outlet
from core.settings import Settings
from flows.intake.fetching import Timekeeping
from flows.intake.harvest import OutletHarvest
from flows.intake.report import IngestReport
from flows.recipe import run_recipe
from flows.runs.notices import tell_silent_outlets
from flows.runs.run import open_run
from flows.runs.steps import Progress, RunSteps


def ingest_outlets(
    settings: Settings,
    keys: Sequence[str] = (),
    *,
    steps: RunSteps | None = None,
    progress: Progress | None = None,
    timekeeping: Timekeeping | None = None,
) -> IngestReport:
    """Fetch and land what is new at the named outlets, or at all outlets of `copydesk.toml`.

    Every requested page gets one outcome. Pages that a killed run fetched and did not land are landed first,
    without asking again. An outlet that another run is following is left out.

    Raises:
        ConfigError: an outlet is unknown, or none is configured.
    """
    outlets = choose_outlets(settings, keys)
    names = [outlet.key for outlet in outlets]
    with open_run(settings, "ingest", {"outlets": names}) as run:
        harvest = OutletHarvest(run, timekeeping or Timekeeping(), outlets)
        run_recipe(run, harvest, steps=steps, progress=progress)
        tell_silent_outlets(run.lake, settings, run.run_id, names)
    return harvest.report()


def choose_outlets(settings: Settings, keys: Sequence[str]) -> list[Outlet]:
    """The outlets of these keys, or all that have something to follow. Raises ConfigError if no outlet is left."""
    known = {outlet.key: outlet for outlet in settings.outlets}
    if unknown := [key for key in keys if key not in known]:
        names = ", ".join(sorted(known)) or "none"
        raise ConfigError(f"no outlet {unknown[0]!r} in copydesk.toml; it has {names}")
    chosen = [known[key] for key in dict.fromkeys(keys)] or list(known.values())
    chosen = [outlet for outlet in chosen if outlet.feeds or outlet.sitemaps or outlet.sections]
    if not chosen:
        raise ConfigError("no outlet with feeds, sitemaps or sections to follow; add one to copydesk.toml")
    return chosen
