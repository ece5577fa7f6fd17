"""`load` and `backfill`: what writes to a lake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from copydesk.place import find_settings
from core.errors import ConfigError

if TYPE_CHECKING:
    from core.settings import Settings
    from flows.backfill.plan import BackfillPlan
    from flows.backfill.report import BackfillReport
    from flows.backfill.request import BackfillRequest
    from flows.intake.options import FileChoice
    from flows.runs.run import RunReport


def load(
    paths: str | Path | Sequence[str | Path],
    lake: str | Path | None = None,
    *,
    outlet: str | None = None,
    published: datetime | None = None,
    choice: FileChoice | None = None,
    workers: int | None = None,
    config: str | Path | None = None,
) -> RunReport:
    """Load files, folders and WARC files on the web into the lake, which is made if it is missing.

    The same as `copydesk load`: each input gets one outcome, counted in the report; loading the same again changes
    nothing. `outlet` and `published` are for all of them; `choice` says which pages of WARC files, and how columns of
    records are called. `workers` is the number of processes: all cores by default, 0 for this process alone.

    Raises ConfigError for a path that does not exist, TransientError if another writer holds the lake for too long.
    """
    from flows.load import load_files

    settings = _set_workers(find_settings(lake, config), workers)
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    return load_files(settings, given, outlet=outlet, published=published, choice=choice)


@overload
def backfill(
    request: BackfillRequest,
    lake: str | Path | None = None,
    *,
    dry_run: Literal[True],
    workers: int | None = None,
    config: str | Path | None = None,
) -> BackfillPlan: ...


@overload
def backfill(
    request: BackfillRequest,
    lake: str | Path | None = None,
    *,
    dry_run: Literal[False] = False,
    workers: int | None = None,
    config: str | Path | None = None,
) -> BackfillReport | None: ...


def backfill(
    request: BackfillRequest,
    lake: str | Path | None = None,
    *,
    dry_run: bool = False,
    workers: int | None = None,
    config: str | Path | None = None,
) -> BackfillReport | BackfillPlan | None:
    """Work archived articles again with today's code, chunk by chunk; never the network.

    Returns the report, None where no article matches, and with `dry_run` the plan alone. A backfill that was stopped
    goes on with `copydesk backfill resume ID`.
    """
    from flows.backfill.plan import plan_backfill
    from flows.backfill.work import begin_backfill, resume_backfill

    settings = _set_workers(find_settings(lake, config), workers)
    plan = plan_backfill(settings, request)
    if dry_run:
        return plan
    if not plan.chunks:
        return None
    return resume_backfill(settings, begin_backfill(settings, request, plan=plan))


def _set_workers(settings: Settings, workers: int | None) -> Settings:
    if workers is None:
        return settings
    if workers < 0:
        raise ConfigError(f"workers is {workers}; give the number of processes, or 0 for this process alone")
    given = {"name": "inline"} if workers == 0 else {"workers": workers}
    return settings.model_copy(update={"engine": settings.engine.model_copy(update=given)})
